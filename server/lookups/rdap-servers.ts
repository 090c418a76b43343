/** Which registry answers for which top-level domain (RFC 9224). */
import type { Got } from './guarded-get.ts';

/** Base URL with trailing slash, by top-level domain in lower case (A-label). */
export type RdapServers = ReadonlyMap<string, string>;

/** Where IANA publishes the current edition. */
export const IANA_SERVERS_URL = 'https://data.iana.org/rdap/dns.json';
/** Its size is 33 KB (2026). */
export const MAX_SERVERS_BYTES = 1_000_000;

/**
 * Reads a bootstrap file. Plain http is left out: an answer that anybody on the way can write dates nothing.
 * @returns null when it is none
 */
export function readRdapServers(json: string): RdapServers | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return null;
  }
  const services = (Object(parsed) as { services?: unknown }).services;
  if (!Array.isArray(services)) return null;
  const servers = new Map<string, string>();
  for (const service of services) {
    const [suffixes, urls] = Array.isArray(service) ? service : [];
    if (!Array.isArray(suffixes) || !Array.isArray(urls)) return null;
    const url = urls.find((each) => typeof each === 'string' && /^https:\/\//i.test(each) && URL.canParse(each));
    if (url === undefined) continue;
    for (const suffix of suffixes)
      if (typeof suffix === 'string') servers.set(suffix.toLowerCase(), `${url}`.endsWith('/') ? url : `${url}/`);
  }
  return servers.size === 0 ? null : servers;
}

/** The list that was just fetched; null when it is none, or has shrunk to a few: then the one at hand serves better. */
export function newerServers(got: Got, atHand: RdapServers): RdapServers | null {
  if (!got.ok || got.status !== 200 || got.truncated) return null;
  const list = readRdapServers(Buffer.from(got.body).toString('utf8'));
  return list !== null && list.size >= atHand.size / 2 ? list : null;
}

/** The server for a domain: that of its longest listed suffix; null when its registry has none. */
export function rdapServerOf(domain: string, servers: RdapServers): string | null {
  for (let rest = domain; rest !== ''; ) {
    const dot = rest.indexOf('.');
    rest = dot < 0 ? '' : rest.slice(dot + 1);
    const server = servers.get(rest);
    if (rest !== '' && server !== undefined) return server;
  }
  return null;
}
