import { networkInterfaces } from 'node:os';
import fc from 'fast-check';
import { guardedGet } from '../../server/lookups/guarded-get.ts';
import { isPublicAddress, isStrangersAddress } from '../../server/lookups/public-address.ts';
import { wanted, zone } from './stranger.ts';

/** Spellings of hosts behind which something of ours may answer; none may be connected to. */
const spellings = `
127.0.0.1
127.1
127.0.1
127.255.255.254
0.0.0.0
0
0x7f000001
0x7f.1
0x7f.0x0.0x0.0x1
2130706433
017700000001
0177.0.0.1
0177.0.0.01
00000177.0.0.1
127.0.0.1.
127.0.0.1%2e
%31%32%37.0.0.1
①②⑦.0.0.1
127。0。0。1
１２７.0.0.1
10.0.0.1
10.255.255.255
0xa000001
012.1
167772161
172.16.0.1
172.31.255.255
192.168.0.1
192.168.1.254
3232235777
0xc0a80101
169.254.169.254
169.254.169.253
0xa9fea9fe
2852039166
0251.0376.0251.0376
169.254.43518
100.64.0.1
100.100.100.200
168.63.129.16
192.0.0.192
192.0.2.1
198.18.0.1
198.51.100.1
203.0.113.1
192.88.99.1
224.0.0.1
239.255.255.250
240.0.0.1
255.255.255.255
[::]
[::1]
[0:0:0:0:0:0:0:1]
[::ffff:127.0.0.1]
[::ffff:7f00:1]
[0:0:0:0:0:ffff:169.254.169.254]
[::ffff:a9fe:a9fe]
[::127.0.0.1]
[::7f00:1]
[::ffff:0:127.0.0.1]
[64:ff9b::127.0.0.1]
[64:ff9b::a9fe:a9fe]
[64:ff9b:1::7f00:1]
[2002:7f00:1::]
[2002:a9fe:a9fe::]
[2001:0:7f00:1::]
[2001:db8::1]
[3fff::1]
[fc00::1]
[fd00:ec2::254]
[fd12:3456:789a::1]
[fe80::1]
[fe80::a9fe:a9fe]
[febf::1]
[fec0::1]
[ff02::1]
[100::1]
[4000::1]
[5f00::1]
localhost
LOCALHOST
localhost.
lоcalhost
foo.localhost
localhost.localdomain
metadata.google.internal
metadata
instance-data.ec2.internal
kubernetes.default.svc.cluster.local
router.lan
printer.home.arpa
1.0.0.127.in-addr.arpa
wpad
intranet
server.corp
db.internal.
expyuzz4wqqyqhjn.onion
`
  .trim()
  .split('\n');

/** Asks with a resolver that would answer every name with this machine. */
async function ask(url: string) {
  const resolve = Object.assign(async () => ['127.0.0.1'], {});
  return guardedGet(
    url,
    { resolve, isAllowed: isPublicAddress, ports: [80, 443, 65_535], schemes: ['http:', 'https:'] },
    wanted,
  );
}

test('there are more than sixty spellings in the corpus', () => expect(spellings.length).toBeGreaterThan(60));

test.each(spellings)('no connection is made to %s', async (host) => {
  for (const url of [`http://${host}/`, `https://user:pw@${host}:65535/latest/meta-data/#x`]) {
    const got = await ask(url);
    expect(got.ok).toBe(false);
    expect(['blocked_address', 'blocked_host', 'not_web']).toContain(got.ok ? '' : got.reason);
  }
});

test.each([
  'file:///etc/passwd',
  'ftp://example.com/',
  'gopher://127.0.0.1:6379/_INFO',
  'data:text/html,<p>x',
  'javascript:alert(1)',
  'ws://example.com/',
  '//example.com/',
  'http://',
  'not an address',
  `http://example.com/${'a'.repeat(9_000)}`,
])('%s is no address of the web', async (url) => {
  expect(await ask(url.slice(0, 9_100))).toMatchObject({ ok: false, reason: 'not_web' });
});

test.each(['http://example.com:22/', 'https://example.com:8443/', 'http://example.com:6379/'])(
  'the port of %s is not asked',
  async (url) => expect(await ask(url)).toMatchObject({ ok: false, reason: 'blocked_port' }),
);

test('addresses of strangers are public, whatever their family', () => {
  for (const address of ['8.8.8.8', '1.1.1.1', '93.184.216.34', '2606:4700:4700::1111', '2a00:1450:4001:80e::200e'])
    expect(isPublicAddress(address)).toBe(true);
});

test('an address with a zone, in another notation or with noise is none', () => {
  for (const address of [
    'fe80::1%eth0',
    '2606:4700::1%1',
    '8.8.8',
    '010.8.8.8',
    '0x8.8.8.8',
    '8.8.8.8 ',
    '',
    '8.8.8.8/24',
  ])
    expect(isPublicAddress(address)).toBe(false);
});

test('the addresses of this machine are not strangers', () => {
  const own = Object.values(networkInterfaces()).flatMap((entries) => (entries ?? []).map(({ address }) => address));
  expect(own.length).toBeGreaterThan(0);
  for (const address of own) expect(isStrangersAddress(address)).toBe(false);
  expect(isStrangersAddress('8.8.8.8')).toBe(true);
});

test('every way to write an IPv4 address inside IPv6 is refused', () => {
  fc.assert(
    fc.property(fc.ipV4(), fc.constantFrom('::ffff:', '::', '64:ff9b::', '::ffff:0:'), (v4, prefix) => {
      expect(isPublicAddress(`${prefix}${v4}`)).toBe(false);
    }),
    { numRuns: 300 },
  );
});

test('private networks are refused, address by address', () => {
  const inside = fc.oneof(
    fc.tuple(fc.constant(10), fc.nat(255)),
    fc.tuple(fc.constant(127), fc.nat(255)),
    fc.tuple(fc.constant(192), fc.constant(168)),
    fc.tuple(fc.constant(169), fc.constant(254)),
    fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 })),
    fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 })),
    fc.tuple(fc.integer({ min: 224, max: 255 }), fc.nat(255)),
  );
  fc.assert(
    fc.property(inside, fc.nat(255), fc.nat(255), ([a, b], c, d) => {
      expect(isPublicAddress(`${a}.${b}.${c}.${d}`)).toBe(false);
    }),
    { numRuns: 300 },
  );
});

test('a name that has one private address among public ones is refused', async () => {
  const resolve = zone({
    'mixed.example.com': ['93.184.216.34', '10.0.0.5'],
    'six.example.com': ['93.184.216.34', '::1'],
  });
  const guard = { resolve, isAllowed: isPublicAddress, ports: [80], schemes: ['http:' as const] };
  for (const host of ['mixed.example.com', 'six.example.com'])
    expect(await guardedGet(`http://${host}/`, guard, wanted)).toMatchObject({ ok: false, reason: 'blocked_address' });
});
