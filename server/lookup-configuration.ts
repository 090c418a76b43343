import { resolve } from 'node:path';
import { type Environment, isThisMachine, switchOf, textOf, urlOf, wrong } from './environment.ts';

/** What may be asked of the internet about a reported mail, beyond DNS. */
export interface LookupConfiguration {
  /** Registration dates of domains; null: off. */
  rdap: {
    /** Base URL of the one server to ask; null: the registries of IANA's list. */
    only: string | null;
    /** Absolute path of a list in IANA's form (RFC 9224); null: the one that is shipped, asked for anew once a day. */
    serversFile: string | null;
  } | null;
  /** Looks at what links show; null: never, whatever the setting says. */
  lures: {
    /** Test double for all hosts with a name, on this machine. */
    double: { hostname: string; port: number } | null;
  } | null;
}

/** @param dns without DNS there is nobody to ask, unless a double is named */
export function readLookups(
  env: Environment,
  dns: 'off' | string[] | null,
  exists: (path: string) => boolean,
): LookupConfiguration {
  return { rdap: rdapOf(env, dns, exists), lures: luresOf(env, dns) };
}

function rdapOf(env: Environment, dns: 'off' | string[] | null, exists: (path: string) => boolean) {
  const name = 'REELBACK_RDAP';
  const value = textOf(env, name) ?? (dns === 'off' ? 'off' : 'on');
  const listed = textOf(env, 'REELBACK_RDAP_SERVERS');
  if (listed !== null && !exists(resolve(listed))) {
    throw wrong(
      'REELBACK_RDAP_SERVERS',
      'must be the path of a file in the form of https://data.iana.org/rdap/dns.json',
    );
  }
  if (value === 'off') return null;
  const serversFile = listed === null ? null : resolve(listed);
  if (value === 'on') {
    if (dns === 'off' && textOf(env, name) !== null) throw wrong(name, 'cannot be on while REELBACK_DNS is off');
    return { only: null, serversFile };
  }
  if (!URL.canParse(value)) throw wrong(name, 'must be on, off or the address of an RDAP server');
  return { only: urlOf(env, name, { path: true }), serversFile };
}

function luresOf(env: Environment, dns: 'off' | string[] | null) {
  const double = doubleOf(env);
  if (!switchOf(env, 'REELBACK_LURES')) return null;
  if (dns === 'off' && double === null) throw wrong('REELBACK_LURES', 'cannot be 1 while REELBACK_DNS is off');
  return { double };
}

function doubleOf(env: Environment): { hostname: string; port: number } | null {
  const name = 'REELBACK_LURE_DOUBLE';
  const value = urlOf(env, name, { path: false });
  if (value === null) return null;
  const { protocol, hostname, port } = new URL(value);
  if (protocol !== 'http:' || !isThisMachine(hostname)) {
    throw wrong(name, 'is for tests and the demo: http:// on this machine, such as http://127.0.0.1:9000');
  }
  return { hostname: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? 80 : Number(port) };
}
