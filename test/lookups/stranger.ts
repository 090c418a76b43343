/** Servers and a resolver of strangers, on this machine, for the tests of look-ups. */
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Resolve } from '../../server/lookups/dns.ts';
import type { Guard, Wanted } from '../../server/lookups/guarded-get.ts';
import { isPublicAddress } from '../../server/lookups/public-address.ts';

export interface Stranger {
  port: number;
  /** `METHOD host path` of every request that came. */
  asked: string[];
  /** Header fields of the last request. */
  lastHeaders(): Record<string, unknown>;
  stop(): Promise<void>;
}

export async function startStranger(answer: RequestListener, tls?: { key: string; cert: string }): Promise<Stranger> {
  const asked: string[] = [];
  let last: Record<string, unknown> = {};
  const listener: RequestListener = (request, response) => {
    asked.push(`${request.method} ${request.headers.host} ${request.url}`);
    last = { ...request.headers };
    answer(request, response);
  };
  const server = tls ? createTlsServer(tls, listener) : createServer(listener);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    lastHeaders: () => last,
    stop: async () => {
      const closed = new Promise<void>((done) => server.close(() => done()));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** A and AAAA records by name; a list of lists answers one after the other (the last again and again). */
export function zone(records: Record<string, string[] | string[][]>): Resolve & { asked: string[] } {
  const asked: string[] = [];
  const turn = new Map<string, number>();
  const resolve = async (name: string, type: string): Promise<unknown[]> => {
    asked.push(`${type} ${name}`);
    const entry = records[name] ?? [];
    const rows = Array.isArray(entry[0]) ? (entry as string[][]) : [entry as string[]];
    const at = turn.get(`${type} ${name}`) ?? 0;
    turn.set(`${type} ${name}`, at + 1);
    const row = rows[Math.min(at, rows.length - 1)] ?? [];
    const found = row.filter((address) => (type === 'AAAA') === address.includes(':'));
    if (found.length === 0) throw Object.assign(new Error(`query${type} ENOTFOUND ${name}`), { code: 'ENOTFOUND' });
    return found;
  };
  return Object.assign(resolve, { asked });
}

/** Only 127.0.0.1 stands for the internet here; every other address is judged as it would be outside of a test. */
export function guardOf(port: number, resolve: Resolve, extra: Partial<Guard> = {}): Guard {
  return {
    resolve,
    isAllowed: (address) => address === '127.0.0.1' || isPublicAddress(address),
    ports: [port],
    schemes: ['http:', 'https:'],
    ...extra,
  };
}

export const wanted: Wanted = {
  accept: 'text/html',
  userAgent: 'Reelback/test',
  maxBytes: 64 * 1024,
  timeoutMs: 8_000,
  maxRedirects: 3,
};
