import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer, request as httpRequest } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';

export interface TlsFront {
  /** For Chromium: these names lead here, and all others lead nowhere. */
  resolverRules: string;
  close(): Promise<void>;
}

/** One TLS server that answers for several host names, so that a browser meets them at port 443 without any DNS. */
export async function startTlsFront(hosts: Record<string, RequestListener>): Promise<TlsFront> {
  const names = Object.keys(hosts);
  const altNames = names.map((value) => ({ type: 2 as const, value }));
  const pems = await generate([{ name: 'commonName', value: names[0] ?? 'localhost' }], {
    keySize: 2048,
    extensions: [{ name: 'subjectAltName', altNames }],
  });
  const server = createTlsServer({ key: pems.private, cert: pems.cert }, (request, response) => {
    const handler = hosts[(request.headers.host ?? '').split(':')[0] ?? ''];
    if (handler) handler(request, response);
    else response.writeHead(421).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const rules = names.map((name) => `MAP ${name}:443 127.0.0.1:${port}`);
  return {
    resolverRules: [...rules, 'MAP * ~NOTFOUND', 'EXCLUDE 127.0.0.1', 'EXCLUDE localhost'].join(', '),
    close: () => stop(server),
  };
}

/** Hands requests on to a plain http server, streams included. */
export function passTo(origin: string): RequestListener {
  const { hostname, port } = new URL(origin);
  return (request: IncomingMessage, response: ServerResponse) => {
    const { url: path, method, headers } = request;
    const onward = httpRequest({ hostname, port, path, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  };
}

/** Answers with scripts that pages of other origins may load. */
export function scriptsOf(find: (path: string) => Promise<Buffer | null>): RequestListener {
  return async (request, response) => {
    const bytes = await find(new URL(request.url ?? '/', 'https://x').pathname);
    const headers = { 'access-control-allow-origin': '*', 'content-type': 'text/javascript; charset=utf-8' };
    response.writeHead(bytes ? 200 : 404, headers).end(bytes ?? undefined);
  };
}

/** A plain http server on a free port of this computer. */
export async function listen(handler: RequestListener): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => stop(server) };
}

function stop(server: ReturnType<typeof createServer> | ReturnType<typeof createTlsServer>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
