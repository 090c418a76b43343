import { BlockList, isIP } from 'node:net';
import { PermanentError } from '../../shared/errors.ts';

/** Addresses that nobody on the Internet has (RFC 6890): an entry for them would never match, or match ourselves. */
const NOBODYS = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['224.0.0.0', 3],
] as const)
  NOBODYS.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  NOBODYS.addSubnet(network, bits, 'ipv6');
/** Wider than any organisation is. */
const WIDEST = { 4: 8, 6: 16 } as const;

/** @param text one address or a CIDR, lower case. @throws PermanentError `invalid_entry` */
export function ipRange(text: string): string {
  const [network, bits, ...rest] = text.split('/') as [string, string | undefined];
  const family = isIP(network);
  if ((family !== 4 && family !== 6) || rest.length > 0)
    throw refused(`${text} is no IP address and no range such as 192.0.2.0/24.`);
  const longest = family === 4 ? 32 : 128;
  const prefix = bits === undefined ? longest : /^\d{1,3}$/.test(bits) ? Number(bits) : -1;
  if (prefix < 0 || prefix > longest) throw refused(`/${bits} is no prefix length of this kind of address.`);
  if (prefix < WIDEST[family])
    throw refused(`A range is at least /${WIDEST[family]}: this one means half of the world.`);
  if (NOBODYS.check(network, family === 4 ? 'ipv4' : 'ipv6'))
    throw refused(`${network} is private, loopback, link-local or multicast: no mail comes from there.`);
  return bits === undefined ? network : `${network}/${prefix}`;
}

const refused = (detail: string) => new PermanentError('invalid_entry', detail);
