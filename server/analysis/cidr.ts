import { BlockList, isIP } from 'node:net';

/** Is the address inside `192.0.2.0/24`, `2001:db8::/32` or equal to a single address? False for what does not parse. */
export function cidrContains(range: string, ip: string): boolean {
  const [network, bits] = range.split('/') as [string, string | undefined];
  const family = isIP(network);
  if (family === 0 || isIP(ip) !== family) return false;
  const type = family === 4 ? 'ipv4' : 'ipv6';
  const prefix = bits === undefined ? (family === 4 ? 32 : 128) : Number(bits);
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > (family === 4 ? 32 : 128)) return false;
  const list = new BlockList();
  list.addSubnet(network, prefix, type);
  return list.check(ip, type);
}
