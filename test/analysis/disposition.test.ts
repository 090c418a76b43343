import fc from 'fast-check';
import { dispose, type Evidence } from '../../server/analysis/disposition.ts';
import { THETA_ALONE, THETA_MALICIOUS } from '../../server/analysis/thresholds.ts';
import { DISPOSITIONS, FAMILIES } from '../../shared/verdict.ts';

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
const at = (margin: number, extra: Partial<Evidence> = {}): Evidence => ({
  ...nothing,
  margin,
  marginWithoutReporter: margin,
  ...extra,
});
const two = { families: ['text', 'url'] as const };

test.each<[string, Evidence, string]>([
  ['nothing found', nothing, 'NONE'],
  ['one proof', at(-5, { definitive: true }), 'MALICIOUS'],
  ['high margin, two families, a live lure', at(THETA_MALICIOUS, { ...two, association: true }), 'MALICIOUS'],
  ['high margin, two families, no association', at(THETA_MALICIOUS, two), 'SUSPICIOUS'],
  ['very high margin, two families, no association', at(THETA_ALONE, two), 'MALICIOUS'],
  ['very high margin, one family', at(9, { families: ['text'], association: true }), 'SUSPICIOUS'],
  ['phishing-like and unaligned', at(0.1, { authentication: { state: 'unaligned', mismatch: false } }), 'SPOOF'],
  ['phishing-like and mismatched', at(0.1, { authentication: { state: 'none', mismatch: true } }), 'SPOOF'],
  ['mismatch alone', at(-1, { authentication: { state: 'none', mismatch: true } }), 'NONE'],
  [
    'own domain, unproven, at a lower line',
    at(-0.9, { ownDomainFrom: true, authentication: { state: 'unknown', mismatch: false } }),
    'SUSPICIOUS',
  ],
  ['own domain, proven, at the line of everybody', at(-0.9, { ownDomainFrom: true }), 'NONE'],
  [
    'own domain, failed',
    at(-0.9, { ownDomainFrom: true, authentication: { state: 'fail', mismatch: false } }),
    'SPOOF',
  ],
  ['undecided for want of a capability', at(-0.5, { undecidedHigh: true }), 'SUSPICIOUS'],
  ['unsolicited without a way out', at(-3, { spam: 0.9, offersUnsubscribe: false }), 'SPAM'],
  ['unsolicited, authenticated, with a way out', at(-3, { spam: 0.9, bulkPoints: 2 }), 'BULK'],
  ['bulk', at(-3, { bulkPoints: 2 }), 'BULK'],
  ['a floor', at(-3, { floor: 'SPAM' }), 'SPAM'],
  ['an analyst’s word', at(9, { decided: 'NONE', definitive: true }), 'NONE'],
  ['an acceptable sender’s bulk', at(-3, { bulkPoints: 3, allow: 'acceptable' }), 'NONE'],
  ['an acceptable sender’s malware', at(-3, { definitive: true, allow: 'acceptable' }), 'MALICIOUS'],
])('%s', (_, evidence, disposition) => {
  expect(dispose(evidence)).toBe(disposition);
});

const anyEvidence: fc.Arbitrary<Evidence> = fc.record({
  margin: fc.double({ min: -12, max: 12, noNaN: true }),
  marginWithoutReporter: fc.double({ min: -12, max: 12, noNaN: true }),
  spam: fc.double({ min: 0, max: 1, noNaN: true }),
  bulkPoints: fc.integer({ min: 0, max: 8 }),
  families: fc.uniqueArray(fc.constantFrom(...FAMILIES)),
  definitive: fc.boolean(),
  association: fc.boolean(),
  authentication: fc.record({
    state: fc.constantFrom(
      'pass' as const,
      'fail' as const,
      'fail_enforced' as const,
      'unaligned' as const,
      'none' as const,
      'unknown' as const,
    ),
    mismatch: fc.constantFrom(true, false, 'unknown' as const),
  }),
  ownDomainFrom: fc.boolean(),
  registryHit: fc.boolean(),
  undecidedHigh: fc.boolean(),
  offersUnsubscribe: fc.boolean(),
  spamFeed: fc.boolean(),
  floor: fc.constantFrom(null, 'MALICIOUS' as const, 'SPOOF' as const, 'SPAM' as const),
  allow: fc.constantFrom(null, 'trusted' as const, 'acceptable' as const),
  decided: fc.constant(null),
});
const severity = (evidence: Evidence) => DISPOSITIONS.length - DISPOSITIONS.indexOf(dispose(evidence));

test('every evidence has exactly one disposition, and the same one twice', () => {
  fc.assert(
    fc.property(anyEvidence, (evidence) => {
      expect(DISPOSITIONS).toContain(dispose(evidence));
      expect(dispose(evidence)).toBe(dispose(structuredClone(evidence)));
    }),
  );
});

test('more malicious evidence never lowers severity', () => {
  fc.assert(
    fc.property(
      anyEvidence,
      fc.double({ min: 0, max: 8, noNaN: true }),
      fc.constantFrom(...FAMILIES),
      (evidence, more, family) => {
        const before = severity({ ...evidence, allow: null });
        const base = { ...evidence, allow: null };
        expect(
          severity({ ...base, margin: base.margin + more, marginWithoutReporter: base.marginWithoutReporter + more }),
        ).toBeGreaterThanOrEqual(before);
        expect(severity({ ...base, spam: Math.min(1, base.spam + more / 8) })).toBeGreaterThanOrEqual(before);
        expect(severity({ ...base, families: [...new Set([...base.families, family])] })).toBeGreaterThanOrEqual(
          before,
        );
        for (const proof of [
          { definitive: true },
          { association: true },
          { registryHit: true },
          { floor: 'MALICIOUS' as const },
        ])
          expect(severity({ ...base, ...proof })).toBeGreaterThanOrEqual(before);
      },
    ),
  );
});

test('reports alone never make a mail malicious', () => {
  fc.assert(
    fc.property(anyEvidence, (evidence) => {
      const machineSeesNothing = {
        ...evidence,
        definitive: false,
        floor: null,
        marginWithoutReporter: -0.01,
        margin: 12,
      };
      expect(dispose(machineSeesNothing)).not.toBe('MALICIOUS');
    }),
  );
});
