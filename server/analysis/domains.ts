import { getPublicSuffix, parse } from 'tldts';

const icannOnly = { allowPrivateDomains: false, validateHostname: false } as const;
const withPrivate = { allowPrivateDomains: true, validateHostname: false } as const;

interface HostName {
  domain: string;
  label: string;
  suffix: string;
  /** undefined: not looked up yet. */
  shared: string | null | undefined;
}

/** A cache, not state: bounded, and the answer depends on the host alone. A mail names each of its hosts many times. */
const remembered = new Map<string, HostName>();
const MOST_REMEMBERED = 10_000;
const LONGEST_REMEMBERED = 255;

function hostName(host: string): HostName {
  const known = remembered.get(host);
  if (known !== undefined) return known;
  // A slice of its mail would keep all of that alive.
  const own = Buffer.from(host).toString();
  const { domain: parsed, publicSuffix } = parse(own, icannOnly);
  const domain = parsed ?? own;
  const dot = domain.indexOf('.');
  const name: HostName = {
    domain,
    label: dot < 0 ? domain : domain.slice(0, dot),
    suffix: publicSuffix ?? '',
    shared: undefined,
  };
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  if (host.length <= LONGEST_REMEMBERED) remembered.set(own, name);
  return name;
}

/** Registrable domain by the ICANN part of the Public Suffix List (`mail.example.co.uk` -> `example.co.uk`); the host itself when it has none. */
export function registrableDomain(host: string): string {
  return hostName(host).domain;
}

/** The label before the public suffix, `example` for `mail.example.co.uk`. */
export function domainLabel(host: string): string {
  return hostName(host).label;
}

/** ICANN public suffix such as `de` or `co.uk`; '' when there is none. */
export function publicSuffix(host: string): string {
  return hostName(host).suffix;
}

/**
 * Anybody can have a name below it: the private part of the Public Suffix List (`web.app`, `duckdns.org`, `github.io`).
 * @returns that suffix, or null.
 */
export function sharedSuffix(host: string): string | null {
  const name = hostName(host);
  if (name.shared === undefined) {
    const suffix = getPublicSuffix(host, withPrivate);
    name.shared = suffix !== null && suffix !== name.suffix ? suffix : null;
  }
  return name.shared;
}

/** True when host is domain or lies below it. */
export function isWithin(host: string, domain: string): boolean {
  return (
    host === domain || (host.length > domain.length && host.endsWith(domain) && host.at(-domain.length - 1) === '.')
  );
}

/** IPv4 or IPv6 literal, brackets allowed. */
export function isAddressLiteral(host: string): boolean {
  return /^(?:\d{1,3}\.){3}\d{1,3}$/.test(host) || host.startsWith('[') || host.split(':').length > 2;
}
