/** The rest of the internet: one port that is every web site of a stranger, and the registry of their domains. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRegistry, type Registry } from './registry.ts';
import { createSites, type Sites } from './sites.ts';

export interface Internet {
  /** Origin at which every site answers, by the Host field of the request. */
  readonly url: string;
  /** Base of the registry. */
  readonly rdapUrl: string;
  readonly registry: Registry;
  readonly sites: Sites;
  stop(): Promise<void>;
}

/** @param options.port 0 or absent: a free one */
export async function startInternet(options: { port?: number } = {}): Promise<Internet> {
  const registry = createRegistry();
  const sites = createSites();
  const server = createServer((request, response) => void handle(request, response));
  server.requestTimeout = 0;
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(options.port ?? 0, '127.0.0.1', () => listening());
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('error', () => {});
    const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
    const target = new URL(request.url ?? '/', `http://${host || 'nobody.example'}`);
    if (/^(?:127\.0\.0\.1|localhost)$/.test(host) && target.pathname.startsWith('/rdap/'))
      await registry.answer(request, response, target);
    else sites.answer(request, response, target);
  }

  return {
    url,
    rdapUrl: `${url}/rdap/`,
    registry,
    sites,
    async stop() {
      const closed = new Promise<void>((done) => server.close(() => done()));
      server.closeAllConnections();
      await closed;
    },
  };
}
