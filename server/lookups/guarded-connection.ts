/** From a host to one connection: names are resolved here, once, and the connection goes to what was judged. */
import { isIP } from 'node:net';
import { buildConnector, Client } from 'undici';
import type { Resolve } from './dns.ts';

export interface Door {
  hostname: string;
  port: number;
  /** The only addresses that are connected to, in this order; [] for a host that needs no judgement. */
  addresses: readonly string[];
  secure: boolean;
  /** Whose certificate is expected. */
  servername: string;
}

const CONNECT_MS = 4_000;
const MAX_HEADER_BYTES = 16_384;
/** Names that never leave a network, whatever a resolver says. */
const INSIDE =
  /(?:^|\.)(?:localhost|local|localdomain|internal|intranet|lan|home|corp|private|onion|home\.arpa|in-addr\.arpa|ip6\.arpa)$/;

/** A name of the internet: letters, digits and hyphens, with a dot in it. */
export function isNamedHost(hostname: string): boolean {
  return (
    hostname.length <= 253 &&
    /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/.test(hostname) &&
    !INSIDE.test(hostname)
  );
}

/** @param hostname as the URL parser leaves it: lower case, numbers as dotted decimal, IPv6 in brackets */
export async function addressesOf(
  hostname: string,
  resolve: Resolve,
  deadline: AbortSignal,
): Promise<{ found: string[] } | { reason: 'blocked_host' | 'unresolved' | 'timeout' }> {
  const literal = hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) !== 0) return { found: [literal] };
  if (!isNamedHost(hostname)) return { reason: 'blocked_host' };
  const late = new Promise<null>((done) => {
    if (deadline.aborted) done(null);
    else deadline.addEventListener('abort', () => done(null), { once: true });
  });
  const asked = Promise.allSettled([resolve(hostname, 'A'), resolve(hostname, 'AAAA')]);
  const answers = await Promise.race([asked, late]);
  if (answers === null) return { reason: 'timeout' };
  const found = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value.map(String) : []));
  return found.length === 0 ? { reason: 'unresolved' } : { found: found.slice(0, 16) };
}

/** One request's own connection: nothing is shared with other looks, no keep-alive, no second protocol. */
export function connectTo(door: Door, deadline: AbortSignal): Client {
  const origin = `${door.secure ? 'https' : 'http'}://${door.hostname.includes(':') ? `[${door.hostname}]` : door.hostname}:${door.port}`;
  const connector = buildConnector({ timeout: CONNECT_MS, allowH2: false, maxCachedSessions: 0 });
  return new Client(origin, {
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: 0,
    bodyTimeout: 0,
    pipelining: 0,
    connect: (options, callback) => {
      void tryEach(door, options, connector, deadline).then(
        (socket) => callback(null, socket),
        (error: Error) => callback(error, null),
      );
    },
  });
}

type Connector = ReturnType<typeof buildConnector>;
type Options = Parameters<Connector>[0];
type Socket = NonNullable<Parameters<Parameters<Connector>[1]>[1]>;

async function tryEach(door: Door, options: Options, connector: Connector, deadline: AbortSignal): Promise<Socket> {
  const targets = door.addresses.length > 0 ? door.addresses.slice(0, 4) : [door.hostname];
  let last = new Error('no address');
  for (const target of targets) {
    if (deadline.aborted) break;
    try {
      return await new Promise<Socket>((done, failed) =>
        connector(
          {
            ...options,
            hostname: target,
            port: String(door.port),
            protocol: door.secure ? 'https:' : 'http:',
            // A number has no name to ask a certificate for.
            servername: isIP(door.servername) === 0 ? door.servername : undefined,
          },
          (error, socket) => (socket ? done(socket) : failed(error ?? new Error('no socket'))),
        ),
      );
    } catch (error) {
      last = error as Error;
      // A certificate does not get better at the next address.
      if (/CERT|ALTNAME|SELF_SIGNED/.test(String((error as NodeJS.ErrnoException).code))) break;
    }
  }
  throw last;
}
