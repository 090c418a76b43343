/** POST to an address that an administrator has named: nothing of our own network can be reached with it, unless allowed. */
import type { Resolve } from './dns.ts';
import { addressesOf, connectTo, type Door } from './guarded-connection.ts';

export interface PostGuard {
  resolve: Resolve;
  /** Which resolved or written addresses may be connected to; isStrangersAddress outside of tests. */
  isAllowed(address: string): boolean;
  /** Names and addresses of this network, in plain http too: an operator's choice, REELBACK_WEBHOOK_PRIVATE. */
  anywhere: boolean;
}

export type PostFailure =
  | 'not_https'
  | 'blocked_host'
  | 'blocked_address'
  | 'unresolved'
  | 'unreachable'
  | 'tls'
  | 'timeout'
  | 'bad_answer';

export type Posted =
  /** `retryAfterMs` as the target asked for; `text` is the beginning of its answer. */
  { ok: true; status: number; retryAfterMs: number | null; text: string } | { ok: false; reason: PostFailure };

export type Post = (url: string, headers: Record<string, string>, body: string) => Promise<Posted>;

const TIMEOUT_MS = 10_000;
const ANSWER_BYTES = 2_000;

/** Follows no redirect: a target that moves is told to the administrator, not obeyed. */
export function guardedPost(guard: PostGuard): Post {
  return async (address, headers, body) => {
    const deadline = AbortSignal.timeout(TIMEOUT_MS);
    const url = URL.canParse(address) ? new URL(address) : null;
    const schemes = guard.anywhere ? ['https:', 'http:'] : ['https:'];
    if (!url || !schemes.includes(url.protocol)) return { ok: false, reason: 'not_https' };
    const door = await doorOf(url, guard, deadline);
    if ('reason' in door) return { ok: false, reason: door.reason };
    const connection = connectTo(door, deadline);
    try {
      const response = await connection.request({
        method: 'POST',
        path: `${url.pathname}${url.search}`,
        headers: { host: url.host, 'user-agent': 'Reelback', ...headers },
        body,
        signal: deadline,
      });
      return {
        ok: true,
        status: response.statusCode,
        retryAfterMs: retryAfter(response.headers['retry-after']),
        text: await beginningOf(response.body),
      };
    } catch (error) {
      return { ok: false, reason: deadline.aborted ? 'timeout' : failureOf(error) };
    } finally {
      connection.destroy();
    }
  };
}

async function doorOf(url: URL, guard: PostGuard, deadline: AbortSignal): Promise<Door | { reason: PostFailure }> {
  const secure = url.protocol === 'https:';
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port);
  const hostname = url.hostname.replace(/\.$/, '');
  const servername = hostname.replace(/^\[|\]$/g, '');
  if (guard.anywhere) return { hostname: servername, port, addresses: [], secure, servername };
  const addresses = await addressesOf(hostname, guard.resolve, deadline);
  if ('reason' in addresses) return addresses;
  // One bad address is enough: a name that also points inwards means no good.
  if (!addresses.found.every((each) => guard.isAllowed(each))) return { reason: 'blocked_address' };
  return { hostname: servername, port, addresses: addresses.found, secure, servername };
}

/** Seconds only: a date would be read by a clock that may be wrong. */
function retryAfter(value: string | string[] | undefined): number | null {
  return typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) * 1_000 : null;
}

/** A target that talks without end is cut off. */
async function beginningOf(body: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body) {
    parts.push(part);
    size += part.length;
    if (size >= ANSWER_BYTES) break;
  }
  return Buffer.concat(parts).toString('utf8', 0, ANSWER_BYTES);
}

function failureOf(error: unknown): PostFailure {
  // Not instanceof: an error of Node's own is of another realm where a test runner made one.
  const { code = '', name = '' } = Object(error) as Partial<NodeJS.ErrnoException>;
  if (/CERT|SSL|TLS|ALTNAME|SELF_SIGNED|UNABLE_TO_|EPROTO|SIGNATURE/.test(code)) return 'tls';
  if (/TIMEOUT|ABORT/.test(code)) return 'timeout';
  if (/^HPE_|^UND_ERR_(HEADERS|RESPONSE|RES|INVALID|INFO|NOT)/.test(code) || name === 'HTTPParserError')
    return 'bad_answer';
  return 'unreachable';
}
