import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Tenant } from '../tenant/tenant.ts';

/** Moves come in bursts; one word every so often is enough for the eye. */
const GATHER_MS = 120;
const HEARTBEAT_MS = 20_000;

/** An event stream that says `change` whenever something in the mailbox does, and `elsewhere` for the others' unread counts. */
export function mailboxEvents(tenant: Tenant, request: IncomingMessage, response: ServerResponse, url: URL): void {
  const address = (url.searchParams.get('mailbox') ?? '').toLowerCase();
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  response.write('retry: 1000\n\n');

  const pending = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  const say = (word: string) => {
    pending.add(word);
    timer ??= setTimeout(() => {
      timer = null;
      for (const it of pending) response.write(`event: ${it}\ndata: {}\n\n`);
      pending.clear();
    }, GATHER_MS);
  };
  const stop = tenant.onChange(({ mailbox }) => say(mailbox.address === address ? 'change' : 'elsewhere'));
  const heartbeat = setInterval(() => response.write(': here\n\n'), HEARTBEAT_MS);
  request.on('close', () => {
    stop();
    clearInterval(heartbeat);
    if (timer) clearTimeout(timer);
  });
}
