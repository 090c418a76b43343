/** Dispositions, headers and attributes (product specification, sections 2 and 3), row by row on the real procedure. */
import { messageAttributes } from '../../server/analysis/attributes.ts';
import { dispose, type Evidence } from '../../server/analysis/disposition.ts';
import { domainAgeEvidence } from '../../server/analysis/evidence/domain-age.ts';
import { THETA_ALONE } from '../../server/analysis/thresholds.ts';
import { verdictHeaders, withVerdictHeaders } from '../../server/analysis/x-headers.ts';
import { de } from '../../server/dashboard/words-de.ts';
import { en } from '../../server/dashboard/words-en.ts';
import type { Message } from '../../server/message/message.ts';
import {
  LOG_DISPOSITIONS,
  LOG_DKIM,
  LOG_DMARC,
  LOG_DMARC_POLICIES,
  LOG_SPF,
  logDisposition,
  logDkim,
  logDmarc,
  logSpf,
} from '../../shared/log-words.ts';
import { DISPOSITIONS } from '../../shared/verdict.ts';
import { compose, mail, verdictOf } from '../analysis/mail.ts';

const nothing: Evidence = {
  margin: -5,
  marginWithoutReporter: -5,
  spam: 0,
  bulkPoints: 0,
  families: [],
  definitive: false,
  association: false,
  authentication: { state: 'pass', mismatch: false },
  ownDomainFrom: false,
  registryHit: false,
  undecidedHigh: false,
  offersUnsubscribe: true,
  spamFeed: false,
  floor: null,
  allow: null,
  decided: null,
};
const phishy = { ...nothing, margin: 1, marginWithoutReporter: 1 };

describe('section 2: dispositions', () => {
  test('MALICIOUS: several phishing triggers, thresholds met', () => {
    const met = { ...nothing, margin: THETA_ALONE, marginWithoutReporter: THETA_ALONE };
    expect(dispose({ ...met, families: ['text', 'url'] })).toBe('MALICIOUS');
    expect(dispose({ ...met, families: ['url'] })).toBe('SUSPICIOUS');
  });
  test('SUSPICIOUS: resembles phishing', () => {
    expect(dispose(phishy)).toBe('SUSPICIOUS');
  });
  test('SPOOF: resembles phishing and fails SPF, DKIM or DMARC policy', () => {
    expect(dispose({ ...phishy, authentication: { state: 'fail', mismatch: false } })).toBe('SPOOF');
  });
  test('SPOOF: resembles phishing and Envelope From differs from Header From', () => {
    expect(dispose({ ...phishy, authentication: { state: 'pass', mismatch: true } })).toBe('SPOOF');
  });
  test('SPAM: commercial, not malicious', () => {
    expect(dispose({ ...nothing, spam: 0.99, offersUnsubscribe: false })).toBe('SPAM');
  });
  test('BULK: graymail between SPAM and NONE', () => {
    expect(dispose({ ...nothing, bulkPoints: 9 })).toBe('BULK');
  });
  test('NONE: no association with phishing, shown as "Nothing found" and never as safe', () => {
    expect(dispose(nothing)).toBe('NONE');
    expect([en.disposition.NONE, de.disposition.NONE]).toEqual(['Nothing found', 'Nichts gefunden']);
  });
  test('exactly one of the six, whatever the evidence', () => {
    expect([...DISPOSITIONS].sort()).toEqual(['BULK', 'MALICIOUS', 'NONE', 'SPAM', 'SPOOF', 'SUSPICIOUS']);
  });
  test('spelling by place: upper case in REST, lower case plus unset in log exports, UCE for SPAM in the header', () => {
    expect([...LOG_DISPOSITIONS].sort()).toEqual(['unset', ...DISPOSITIONS.map((d) => d.toLowerCase())].sort());
    expect(DISPOSITIONS.map(logDisposition)).toEqual(DISPOSITIONS.map((d) => d.toLowerCase()));
    expect(logDisposition(null)).toBe('unset');
    expect(verdictHeaders({ disposition: 'SPAM', attributes: [] })[0]?.value).toBe('UCE');
  });
});

describe('section 3: headers and attributes', () => {
  test('X-Area1Security-Disposition once, X-Area1Security-Attribute repeated', () => {
    const headers = verdictHeaders({ disposition: 'MALICIOUS', attributes: ['BEC', 'EXECUTABLE'] });
    expect(headers.map(({ name, value }) => `${name}: ${value}`)).toEqual([
      'X-Area1Security-Disposition: MALICIOUS',
      'X-Area1Security-Attribute: BEC',
      'X-Area1Security-Attribute: EXECUTABLE',
    ]);
  });
  test('BULK has no disposition header', () => {
    expect(verdictHeaders({ disposition: 'BULK', attributes: [] })).toEqual([]);
  });
  test('the headers are never trusted from outside', async () => {
    const draft = { text: 'Minutes of the meeting.' };
    const forged = { ...draft, headers: { 'X-Area1Security-Disposition': 'MALICIOUS' } };
    expect((await verdictOf(forged)).disposition).toBe((await verdictOf(draft)).disposition);
    const raw = withVerdictHeaders(compose(forged), { disposition: 'SPAM', attributes: [] });
    expect(
      Buffer.from(raw)
        .toString('latin1')
        .match(/X-Area1Security-Disposition/g),
    ).toHaveLength(1);
  });
  test('CUSTOM_BLOCK_LIST for a blocked sender', async () => {
    const blockEntries = [{ id: 'b1', kind: 'domain' as const, value: 'example.net' }];
    expect((await verdictOf({}, { blockEntries })).attributes).toContain('CUSTOM_BLOCK_LIST');
  });
  test('NEW_DOMAIN_SENDER and NEW_DOMAIN_LINK carry yyyy-MM-dd HH:mm:ss ZZZ', async () => {
    const young = new Date('2025-03-02T08:30:00Z');
    const domainAges = new Map([
      ['example.net', young],
      ['example.com', young],
    ]);
    const message = await mail({ html: '<a href="https://young.example.com/">x</a>' });
    const { attributes } = domainAgeEvidence(message, { domainAges, now: new Date('2025-03-04T10:00:00Z') });
    expect(attributes).toEqual([
      'NEW_DOMAIN_SENDER=2025-03-02 08:30:00 UTC',
      'NEW_DOMAIN_LINK=2025-03-02 08:30:00 UTC',
    ]);
  });
  test('ENCRYPTED and EXECUTABLE are said of the mail itself', async () => {
    const message = await mail({});
    const runs = { executable: true, containsExecutable: false } as Message['attachments'][number];
    expect(messageAttributes({ ...message, encryption: 'smime' }, [])).toEqual(['ENCRYPTED']);
    expect(messageAttributes({ ...message, attachments: [runs] }, [])).toEqual(['EXECUTABLE']);
  });
  test('BEC with MALICIOUS or SPOOF', async () => {
    const registry = [{ name: 'Ana María Díaz', addresses: ['ana@example.org'] }];
    const verdict = await verdictOf(
      { from: '"Ana María Díaz" <boss@mail.example>', text: 'Can you pay an invoice for me today?' },
      { registry },
    );
    expect(verdict.attributes).toContain('BEC');
    expect(['MALICIOUS', 'SPOOF']).toContain(verdict.disposition);
  });
  test('log exports: SPFResult, DKIMResult, DMARCResult and DMARCPolicy have words of their own', () => {
    expect([...LOG_SPF]).toEqual(['pass', 'neutral', 'fail', 'softfail', 'permerror', 'temperror', 'none']);
    expect([...LOG_DKIM]).toEqual(['pass', 'neutral', 'fail', 'error', 'permerror', 'temperror', 'none']);
    expect([...LOG_DMARC]).toEqual(['pass', 'fail', 'none']);
    expect([...LOG_DMARC_POLICIES]).toEqual(['none', 'quarantine', 'reject', 'undefined']);
    expect([logSpf('softfail'), logDkim('softfail'), logDmarc('temperror'), logSpf(null)]).toEqual([
      'softfail',
      'error',
      'none',
      'none',
    ]);
  });
});
