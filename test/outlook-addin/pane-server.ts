/**
 * The wire on the other side of the pane: the files of the add-in under the Content-Security-Policy of production, and
 * the API as a script the test writes. The real server meets the real pane in the browser tests.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { SubmissionRequest } from '../../shared/api.ts';

export interface Call {
  method: string;
  path: string;
  key: string | undefined;
  authorization: string | undefined;
  body: SubmissionRequest;
}

export type Reply = (call: Call, response: ServerResponse) => void;

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.png': 'image/png',
};

export async function startPaneServer(bundle: string) {
  const calls: Call[] = [];
  let reply: Reply = (_, response) => response.writeHead(500).end();
  let officeScript = '';

  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0]!;
    if (path.startsWith('/api/')) {
      read(request).then((text) => {
        const call: Call = {
          method: request.method ?? '',
          path: request.url ?? '',
          key: request.headers['idempotency-key'] as string | undefined,
          authorization: request.headers.authorization,
          body: text ? JSON.parse(text) : null,
        };
        calls.push(call);
        reply(call, response);
      });
      return;
    }
    const name = path.replace(/^\/addins\/outlook\//, '');
    if (name === 'office.js') return void response.setHeader('content-type', TYPES['.js']!).end(officeScript);
    const file = [join(bundle, name), join(process.cwd(), 'outlook-addin', name)].find((path) => existsSync(path));
    if (!file || !TYPES[extname(file)]) return void response.writeHead(404).end();
    response.setHeader('content-type', TYPES[extname(file)]!);
    response.setHeader(
      'content-security-policy',
      "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; object-src 'none'",
    );
    if (name !== 'pane.html') return void response.end(readFileSync(file));
    const settings = {
      origin: origin(),
      clientId: '11111111-2222-4333-8444-555555555555',
      authority: 'https://login.microsoftonline.com/t1',
      scope: 'api://reelback.example/report.submit',
    };
    const html = readFileSync(file, 'utf8')
      .replace('content="{}"', `content="${JSON.stringify(settings).replace(/"/g, '&quot;')}"`)
      .replace('https://appsforoffice.microsoft.com/lib/1/hosted/office.js', 'office.js');
    response.end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url: () => `${origin()}/addins/outlook/pane.html`,
    calls,
    answer: (next: Reply) => {
      reply = next;
    },
    office: (script: string) => {
      officeScript = script;
    },
    stop: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

function read(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => resolve(Buffer.concat(chunks).toString()));
    request.on('error', reject);
  });
}
