/** Which addresses a look-up may connect to: those of strangers on the internet, and nothing of our own. */
import { networkInterfaces } from 'node:os';
import ipaddr from 'ipaddr.js';

/**
 * Public by number and a door into a cloud all the same: Azure's host agent hands out credentials there. The other
 * clouds' metadata addresses are link-local, unique local or of carrier-grade NAT.
 */
const WIRE_SERVERS = new Set(['168.63.129.16']);

/** Global unicast as IANA hands it out; everything else (`::127.0.0.1`, 4000::) belongs to nobody we would want to ask. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an address is a public one of the internet. IPv6 that carries an IPv4 address inside (mapped, NAT64, 6to4,
 * Teredo) is not: what it leads to depends on the network.
 * @param address as a resolver or the URL parser writes it: dotted decimal, or IPv6 without brackets
 */
export function isPublicAddress(address: string): boolean {
  if (address.includes('%') || WIRE_SERVERS.has(address)) return false;
  // Only the four-part decimal form: octal, hexadecimal and short forms are the URL parser's business, not a resolver's.
  const parsed = ipaddr.IPv4.isValidFourPartDecimal(address)
    ? ipaddr.IPv4.parse(address)
    : ipaddr.IPv6.isValid(address)
      ? ipaddr.IPv6.parse(address)
      : null;
  if (parsed === null || parsed.range() !== 'unicast') return false;
  return !(parsed instanceof ipaddr.IPv6) || parsed.match(GLOBAL_UNICAST);
}

/** The same, without the addresses of this very machine: a public address of ours may show more to ourselves. */
export function isStrangersAddress(address: string): boolean {
  if (!isPublicAddress(address)) return false;
  const plain = ipaddr.parse(address).toNormalizedString();
  return !Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .some((own) => ipaddr.isValid(own.address) && ipaddr.parse(own.address).toNormalizedString() === plain);
}
