import fc from 'fast-check';
import { CLASS_OF, readServiceAddress, serviceAddress } from '../../server/intake/service-address.ts';
import { DISPOSITIONS } from '../../shared/verdict.ts';

const service = { account: 'report', domain: 'reports.example.org' };
const read = (address: string) => readServiceAddress(address, service);

test.each([
  ['report+user+phish@reports.example.org', 'USER', 'MALICIOUS'],
  ['report+user+malicious@reports.example.org', 'USER', 'MALICIOUS'],
  ['Report+User+Spam@Reports.Example.ORG', 'USER', 'SPAM'],
  ['report+team+spoof@reports.example.org', 'TEAM', 'SPOOF'],
  ['report+team+suspicious@reports.example.org', 'TEAM', 'SUSPICIOUS'],
  ['report+user+bulk@reports.example.org', 'USER', 'BULK'],
  ['report+user+not_junk@reports.example.org', 'USER', 'NONE'],
  ['report+user+none@reports.example.org', 'USER', 'NONE'],
  ['report+team@reports.example.org', 'TEAM', null],
  ['report@reports.example.org', 'USER', null],
])('%s is a report', (address, type, disposition) => {
  expect(read(address)).toEqual({ kind: 'report', type, disposition });
});

test.each([
  ['report+journal@reports.example.org', { kind: 'delivered', mode: 'JOURNAL' }],
  ['report+bcc@reports.example.org', { kind: 'delivered', mode: 'BCC' }],
  ['report+user+nonsense@reports.example.org', { kind: 'wrong_alias' }],
  ['report+boss+phish@reports.example.org', { kind: 'wrong_alias' }],
  ['report+user+phish+more@reports.example.org', { kind: 'wrong_alias' }],
  ['report+user+__proto__@reports.example.org', { kind: 'wrong_alias' }],
  ['report+user+constructor@reports.example.org', { kind: 'wrong_alias' }],
  ['report+journal+user@reports.example.org', { kind: 'wrong_alias' }],
  ['ana@example.org', { kind: 'elsewhere' }],
  ['reporter@reports.example.org', { kind: 'elsewhere' }],
  ['report+user+phish@reports.example.org.example.net', { kind: 'elsewhere' }],
  ['report+user+phish', { kind: 'elsewhere' }],
  ['report%example.net@reports.example.org', { kind: 'elsewhere' }],
  ['', { kind: 'elsewhere' }],
])('%s is no report', (address, expected) => {
  expect(read(address)).toEqual(expected);
});

test('what is written down is read again, whatever the account and the domain', () => {
  const label = fc.stringMatching(/^[a-z0-9]{1,12}$/);
  fc.assert(
    fc.property(
      label,
      label,
      fc.constantFrom('USER' as const, 'TEAM' as const),
      fc.constantFrom(...DISPOSITIONS),
      (account, host, type, disposition) => {
        const mine = { account, domain: `${host}.example.org` };
        const address = serviceAddress(mine, type, disposition);
        expect(readServiceAddress(address.toUpperCase(), mine)).toEqual({ kind: 'report', type, disposition });
        expect(CLASS_OF[disposition]).toMatch(/^[a-z]+$/);
      },
    ),
    { numRuns: 200, seed: 5 },
  );
});

test('any text at all is one of the four kinds, and only addresses of this domain are taken', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      expect(read(text).kind).toBe('elsewhere');
      expect(['report', 'delivered', 'wrong_alias', 'elsewhere']).toContain(
        read(`report+${text}@reports.example.org`).kind,
      );
    }),
    { numRuns: 500, seed: 5 },
  );
});
