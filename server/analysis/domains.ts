import { getDomain, getPublicSuffix } from 'tldts';

const icannOnly = { allowPrivateDomains: false, validateHostname: false } as const;
const withPrivate = { allowPrivateDomains: true, validateHostname: false } as const;

/** Registrable domain by the ICANN part of the Public Suffix List (`mail.example.co.uk` -> `example.co.uk`); the host itself when it has none. */
export function registrableDomain(host: string): string {
  return getDomain(host, icannOnly) ?? host;
}

/** The label before the public suffix, `example` for `mail.example.co.uk`. */
export function domainLabel(host: string): string {
  const domain = registrableDomain(host);
  const dot = domain.indexOf('.');
  return dot < 0 ? domain : domain.slice(0, dot);
}

/** ICANN public suffix such as `de` or `co.uk`; '' when there is none. */
export function publicSuffix(host: string): string {
  return getPublicSuffix(host, icannOnly) ?? '';
}

/**
 * Anybody can have a name below it: the private part of the Public Suffix List (`web.app`, `duckdns.org`, `github.io`).
 * @returns that suffix, or null.
 */
export function sharedSuffix(host: string): string | null {
  const suffix = getPublicSuffix(host, withPrivate);
  return suffix !== null && suffix !== publicSuffix(host) ? suffix : null;
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
