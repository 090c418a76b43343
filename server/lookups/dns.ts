/** DNS for the checks of DKIM, SPF and DMARC: bounded in time, with a small cache. */
import { Resolver } from 'node:dns/promises';

/**
 * Records of one name and type, in the shape of node:dns `resolve`: TXT as string[][], MX as {priority, exchange}[], A as
 * string[]. Rejects with an Error whose `code` is the resolver's word: ENOTFOUND and ENODATA say there is no such record,
 * anything else (ETIMEOUT, ESERVFAIL, ECONNREFUSED) that nobody knows.
 */
export type Resolve = (name: string, type: string) => Promise<unknown[]>;

export interface DnsOptions {
  /** Addresses of resolvers; default: those of the machine. */
  servers?: string[];
  /** For one name, all tries together. Default 4 s. */
  timeoutMs?: number;
  now?: () => number;
}

/** A key that was rotated is to be noticed soon; node:dns does not tell the TTL of TXT records. */
const KEPT_MS = 300_000;
/** "No such record" is believed for less long, trouble only so that one mail does not wait for the same name thrice. */
const KEPT_ABSENT_MS = 60_000;
const KEPT_TROUBLE_MS = 10_000;
const KEPT_MOST = 5_000;
const TYPES = new Set(['A', 'AAAA', 'CNAME', 'MX', 'NS', 'PTR', 'SRV', 'TXT']);

export function dnsResolve(options: DnsOptions = {}): Resolve {
  const { timeoutMs = 4_000, now = Date.now } = options;
  const resolver = new Resolver({ timeout: Math.ceil(timeoutMs / 2), tries: 2 });
  if (options.servers) resolver.setServers(options.servers);
  const kept = new Map<string, { answer: Promise<unknown[]>; until: number }>();

  return (name, type) => {
    const host = name.toLowerCase().replace(/\.$/, '');
    if (!TYPES.has(type) || host === '' || host.length > 253) return Promise.reject(dnsError('EBADNAME', name, type));
    const key = `${type} ${host}`;
    const known = kept.get(key);
    if (known && known.until > now()) return known.answer;
    // Not resolveTxt and its kin: one call serves every type.
    const answer = within(timeoutMs, resolver.resolve(host, type) as Promise<unknown[]>, host, type);
    const entry = { answer, until: now() + KEPT_MS };
    answer.catch((error) => {
      entry.until = now() + (isAbsent(error) ? KEPT_ABSENT_MS : KEPT_TROUBLE_MS);
    });
    kept.delete(key);
    kept.set(key, entry);
    if (kept.size > KEPT_MOST) kept.delete(kept.keys().next().value as string);
    return answer;
  };
}

/** For the demo and for tests: there is no DNS here, and nothing is asked. */
export const offlineResolve: Resolve = (name, type) => Promise.reject(dnsError('ECONNREFUSED', name, type));

function isAbsent(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : '';
  return code === 'ENOTFOUND' || code === 'ENODATA';
}

/** c-ares counts its timeout per server, so several silent servers add up. */
async function within(timeoutMs: number, answer: Promise<unknown[]>, name: string, type: string): Promise<unknown[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(dnsError('ETIMEOUT', name, type)), timeoutMs);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

function dnsError(code: string, hostname: string, type: string): Error {
  return Object.assign(new Error(`query${type} ${code} ${hostname}`), { code, hostname, syscall: `query${type}` });
}
