/** GET on the open internet for an address that a stranger chose: nothing of our own network can be reached with it. */
import type { Resolve } from './dns.ts';
import { readBody } from './guarded-body.ts';
import { addressesOf, connectTo, type Door, isNamedHost } from './guarded-connection.ts';

export interface Guard {
  resolve: Resolve;
  /** Which resolved or written addresses may be connected to; isStrangersAddress outside of tests. */
  isAllowed(address: string): boolean;
  ports: readonly number[];
  schemes: readonly ('http:' | 'https:')[];
  /** Whether a redirect may be followed there; default: wherever the rest allows. */
  mayFollow?(url: URL): boolean;
  /** An origin that the operator has named: its address and port are not judged. */
  trustedOrigin?: string;
  /** Test double: every named host is this one, in plain. Addresses written as such are judged all the same. */
  double?: { hostname: string; port: number };
}

export interface Wanted {
  accept: string;
  userAgent: string;
  /** Of the body, after decompression; what comes beyond is not read. */
  maxBytes: number;
  /** For everything together. */
  timeoutMs: number;
  maxRedirects: number;
}

/** Why there is no answer. Each is an outcome, not an exception: strangers' servers do what they like. */
export type GetFailure =
  | 'not_web'
  | 'blocked_host'
  | 'blocked_port'
  | 'blocked_address'
  | 'blocked_redirect'
  | 'unresolved'
  | 'unreachable'
  | 'tls'
  | 'timeout'
  | 'too_many_redirects'
  | 'bad_answer';

export type Got =
  | {
      ok: true;
      /** Where it ended. */
      url: string;
      status: number;
      headers: Record<string, string>;
      body: Uint8Array;
      /** True when the body was longer than wanted, broke off or dribbled on: `body` is its beginning. */
      truncated: boolean;
    }
  | { ok: false; url: string; reason: GetFailure };

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Follows redirects itself, and judges every one of them like the first address. Sends no cookies, no credentials, no referrer. */
export async function guardedGet(address: string, guard: Guard, wanted: Wanted): Promise<Got> {
  const deadline = AbortSignal.timeout(wanted.timeoutMs);
  let url = address;
  for (let hops = 0; ; hops++) {
    const answer = await oneGet(url, guard, wanted, deadline);
    if (!answer.ok) return answer;
    const location = REDIRECTS.has(answer.status) ? answer.headers.location : undefined;
    if (location === undefined) return answer;
    if (hops >= wanted.maxRedirects) return { ok: false, url, reason: 'too_many_redirects' };
    const next = URL.canParse(location, answer.url) ? new URL(location, answer.url) : null;
    if (next === null) return { ok: false, url, reason: 'bad_answer' };
    if (guard.mayFollow && !guard.mayFollow(next)) return { ok: false, url: next.href, reason: 'blocked_redirect' };
    url = next.href;
  }
}

async function oneGet(address: string, guard: Guard, wanted: Wanted, deadline: AbortSignal): Promise<Got> {
  const no = (reason: GetFailure): Got => ({ ok: false, url: address, reason });
  if (!URL.canParse(address) || address.length > 8_000) return no('not_web');
  const url = new URL(address);
  // Never ours to send, and a trick to show another host.
  url.username = '';
  url.password = '';
  url.hash = '';
  const trusted = guard.trustedOrigin !== undefined && url.origin === guard.trustedOrigin;
  if (!trusted && !guard.schemes.some((scheme) => scheme === url.protocol)) return no('not_web');
  const door = trusted ? trustedDoor(url) : await doorOf(url, guard, deadline);
  if ('reason' in door) return no(door.reason);
  const connection = connectTo(door, deadline);
  try {
    const response = await connection.request({
      method: 'GET',
      path: `${url.pathname}${url.search}`,
      headers: {
        host: url.host,
        accept: wanted.accept,
        'accept-encoding': 'identity',
        'accept-language': 'en,de;q=0.5',
        'user-agent': wanted.userAgent,
      },
      signal: deadline,
    });
    const headers = plainHeaders(response.headers);
    const redirects = REDIRECTS.has(response.statusCode) && headers.location !== undefined;
    // Nobody reads the body of a redirect.
    const body = redirects
      ? { bytes: new Uint8Array(0), truncated: false }
      : await readBody(response.body, headers, wanted.maxBytes);
    if (body === null) return no(deadline.aborted ? 'timeout' : 'bad_answer');
    return {
      ok: true,
      url: url.href,
      status: response.statusCode,
      headers,
      body: body.bytes,
      truncated: body.truncated,
    };
  } catch (error) {
    return no(deadline.aborted ? 'timeout' : failureOf(error));
  } finally {
    connection.destroy();
  }
}

/** Where to connect: one judged address, so that a second answer of the resolver changes nothing. */
async function doorOf(url: URL, guard: Guard, deadline: AbortSignal): Promise<Door | { reason: GetFailure }> {
  const secure = url.protocol === 'https:';
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port);
  if (!guard.ports.includes(port)) return { reason: 'blocked_port' };
  const hostname = url.hostname.replace(/\.$/, '');
  if (isNamedHost(hostname) && guard.double)
    return { ...guard.double, addresses: [], secure: false, servername: hostname };
  const addresses = await addressesOf(hostname, guard.resolve, deadline);
  if ('reason' in addresses) return addresses;
  // One bad address is enough: a name that also points inwards means no good.
  if (!addresses.found.every((each) => guard.isAllowed(each))) return { reason: 'blocked_address' };
  return { hostname, port, addresses: addresses.found, secure, servername: hostname };
}

function trustedDoor(url: URL): Door {
  const secure = url.protocol === 'https:';
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port);
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  return { hostname, port, addresses: [], secure, servername: hostname };
}

function plainHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? (value[0] ?? '') : value]],
    ),
  );
}

function failureOf(error: unknown): GetFailure {
  // Not instanceof: an error of Node's own is of another realm where a test runner made one.
  const { code = '', name = '' } = Object(error) as Partial<NodeJS.ErrnoException>;
  if (/CERT|SSL|TLS|ALTNAME|SELF_SIGNED|UNABLE_TO_|EPROTO|SIGNATURE/.test(code)) return 'tls';
  if (/TIMEOUT|ABORT/.test(code) || code === 'ETIMEDOUT') return 'timeout';
  if (/^HPE_|^UND_ERR_(HEADERS|RESPONSE|RES|INVALID|INFO|NOT)/.test(code) || name === 'HTTPParserError')
    return 'bad_answer';
  return 'unreachable';
}
