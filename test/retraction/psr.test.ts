import fc from 'fast-check';
import { decidePsr, guardLimit, type PsrFacts } from '../../server/retraction/psr.ts';
import type { PsrSettings, RetractionSettings } from '../../shared/api.ts';
import { DESTINATIONS } from '../../shared/retraction.ts';
import { ORIGINALS, REPORT_TYPES } from '../../shared/submission.ts';
import { DISPOSITIONS, type Disposition, type Verdict } from '../../shared/verdict.ts';

const verdict = (disposition: Disposition, more: Partial<Verdict> = {}): Verdict => ({
  disposition,
  score: 0.98,
  margin: 4,
  marginWithoutReporter: 4,
  spamScore: 0.1,
  reporterUnit: 0,
  findings: [],
  attributes: [],
  families: ['url', 'text'],
  coverageMissing: [],
  definitive: false,
  model: 'test-1',
  engine: '1',
  ...more,
});

const facts = (more: Partial<PsrFacts> = {}): PsrFacts => ({
  submissionType: 'USER',
  reportType: 'phish',
  original: 'authoritative',
  verdict: verdict('MALICIOUS'),
  allowed: false,
  simulation: false,
  analystDecided: false,
  protectedMailbox: false,
  namedMailboxes: 1,
  guardLimit: 500,
  ...more,
});

const settings = (more: { psr?: Partial<PsrSettings>; retraction?: Partial<RetractionSettings> } = {}) => ({
  psr: { mode: 'on', scope: 'message', dispositions: ['MALICIOUS'], ...more.psr } as PsrSettings,
  retraction: {
    destinations: {
      MALICIOUS: 'Quarantine',
      SUSPICIOUS: 'NoAction',
      SPOOF: 'NoAction',
      SPAM: 'NoAction',
      BULK: 'NoAction',
    },
    paused: false,
    ...more.retraction,
  } as RetractionSettings,
});

describe('PSR', () => {
  const rows: [string, Partial<PsrFacts>, ReturnType<typeof settings>, ReturnType<typeof decidePsr>][] = [
    [
      'retracts what a user reported and analysis finds malicious',
      {},
      settings(),
      { action: 'retract', destination: 'Quarantine' },
    ],
    [
      'leaves a mail that is only suspicious',
      { verdict: verdict('SUSPICIOUS') },
      settings(),
      { action: 'none', reason: 'not_malicious' },
    ],
    [
      'is never triggered by a team submission',
      { submissionType: 'TEAM' },
      settings(),
      { action: 'none', reason: 'team_submission' },
    ],
    [
      'is never triggered by a report as safe',
      { reportType: 'safe' },
      settings(),
      { action: 'none', reason: 'safe_report' },
    ],
    ['leaves a registered simulation', { simulation: true }, settings(), { action: 'none', reason: 'simulation' }],
    [
      'needs the machine to be at least suspicious by itself',
      { verdict: verdict('MALICIOUS', { marginWithoutReporter: -0.1 }) },
      settings(),
      { action: 'none', reason: 'machine_not_suspicious' },
    ],
    [
      'leaves an allow-listed sender that is authenticated',
      { allowed: true },
      settings(),
      { action: 'none', reason: 'allow_policy' },
    ],
    [
      'takes malware even from an allow-listed sender',
      { allowed: true, verdict: verdict('MALICIOUS', { definitive: true }) },
      settings(),
      { action: 'retract', destination: 'Quarantine' },
    ],
    [
      'does not overrule an analyst',
      { analystDecided: true },
      settings(),
      { action: 'none', reason: 'analyst_decided' },
    ],
    [
      'holds what only a client supplied',
      { original: 'client_supplied' },
      settings(),
      { action: 'hold', destination: 'Quarantine', reason: 'client_supplied_only' },
    ],
    [
      'holds what only a client supplied in preview too',
      { original: 'reconstructed' },
      settings({ psr: { mode: 'preview' } }),
      { action: 'hold', destination: 'Quarantine', reason: 'client_supplied_only' },
    ],
    [
      'shows what it would do in preview',
      {},
      settings({ psr: { mode: 'preview' } }),
      { action: 'preview', destination: 'Quarantine' },
    ],
    [
      'does nothing when it is off',
      {},
      settings({ psr: { mode: 'off' } }),
      { action: 'none', reason: 'no_action_configured' },
    ],
    [
      'holds while every retraction is paused',
      {},
      settings({ retraction: { paused: true } }),
      { action: 'hold', destination: 'Quarantine', reason: 'paused' },
    ],
    [
      'holds when the reporter sits at a protected mailbox',
      { protectedMailbox: true },
      settings(),
      { action: 'hold', destination: 'Quarantine', reason: 'protected_mailbox' },
    ],
    [
      'holds when the header already names more mailboxes than the guard allows',
      { namedMailboxes: 501 },
      settings(),
      { action: 'hold', destination: 'Quarantine', reason: 'blast_radius' },
    ],
  ];
  test.each(rows)('%s', (_name, more, chosen, expected) => {
    expect(decidePsr(facts(more), chosen)).toEqual(expected);
  });

  test('never purges by itself, whatever the settings say', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...DISPOSITIONS),
        fc.constantFrom(...DESTINATIONS, 'NoAction' as const),
        fc.constantFrom(...ORIGINALS),
        fc.constantFrom(...REPORT_TYPES),
        fc.boolean(),
        fc.double({ min: -10, max: 10, noNaN: true }),
        (disposition, destination, original, reportType, definitive, margin) => {
          const all = ['MALICIOUS', 'SUSPICIOUS', 'SPOOF', 'SPAM', 'BULK'] as const;
          const decision = decidePsr(
            facts({
              original,
              reportType,
              verdict: verdict(disposition, { definitive, marginWithoutReporter: margin }),
            }),
            settings({
              psr: { dispositions: [...all] },
              retraction: { destinations: Object.fromEntries(all.map((d) => [d, destination])) as never },
            }),
          );
          if (decision.action === 'none') return;
          expect(['RecoverableItemsPurges', 'Inbox', 'NoAction']).not.toContain(decision.destination);
          expect(reportType).not.toBe('safe');
          if (decision.action === 'retract') expect(original).toBe('authoritative');
          if (!definitive) expect(margin).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });

  test('the guard is the larger of the number and the share', () => {
    const guard = { max_mailboxes: 500, max_share: 0.05, canary_mailbox: null };
    expect(guardLimit(guard, 40)).toBe(500);
    expect(guardLimit(guard, 100_000)).toBe(5_000);
  });
});
