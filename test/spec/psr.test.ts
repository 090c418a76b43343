/** Specification, section 9: Phish Submission Response. The decision is pure; what follows from it is in test/delivery and test/flow. */

import { DEFAULT_SETTINGS } from '../../server/policies/settings.ts';
import { decidePsr, guardLimit, type PsrFacts } from '../../server/retraction/psr.ts';
import { DISPOSITIONS, type Disposition, type Verdict } from '../../shared/verdict.ts';

const verdict = (disposition: Disposition, change: Partial<Verdict> = {}): Verdict => ({
  disposition,
  score: 0.99,
  margin: 5,
  marginWithoutReporter: 5,
  spamScore: 0.1,
  reporterUnit: 0,
  findings: [],
  attributes: [],
  families: ['url'],
  coverageMissing: [],
  definitive: false,
  model: 'default',
  engine: '3',
  ...change,
});
const facts = (change: Partial<PsrFacts> = {}): PsrFacts => ({
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
  ...change,
});
const settings = {
  psr: { ...DEFAULT_SETTINGS.psr, mode: 'on' as const },
  retraction: DEFAULT_SETTINGS.retraction,
};
const everywhere = {
  MALICIOUS: 'Quarantine',
  SUSPICIOUS: 'JunkEmail',
  SPOOF: 'DeletedItems',
  SPAM: 'JunkEmail',
  BULK: 'JunkEmail',
} as const;

test('condition: reported by a user and judged malicious after analysis', () => {
  expect(decidePsr(facts(), settings)).toEqual({ action: 'retract', destination: 'Quarantine' });
  expect(decidePsr(facts({ verdict: verdict('NONE') }), settings)).toEqual({ action: 'none', reason: 'not_malicious' });
});

test('team submissions do not trigger it', () => {
  expect(decidePsr(facts({ submissionType: 'TEAM' }), settings)).toEqual({ action: 'none', reason: 'team_submission' });
});

test('a safe report never triggers it', () => {
  expect(decidePsr(facts({ reportType: 'safe' }), settings)).toEqual({ action: 'none', reason: 'safe_report' });
});

test('effect: to the destination configured for the resulting disposition', () => {
  const psr = { ...settings.psr, dispositions: ['MALICIOUS', 'SUSPICIOUS', 'SPOOF', 'SPAM', 'BULK'] as const };
  for (const disposition of DISPOSITIONS.filter((one) => one !== 'NONE'))
    expect(
      decidePsr(facts({ verdict: verdict(disposition) }), {
        psr: { ...psr, dispositions: [...psr.dispositions] },
        retraction: { destinations: everywhere, paused: false },
      }),
    ).toEqual({ action: 'retract', destination: everywhere[disposition as keyof typeof everywhere] });
});

test('(b) MALICIOUS only by default; further dispositions are switched on one by one', () => {
  expect(DEFAULT_SETTINGS.psr.dispositions).toEqual(['MALICIOUS']);
  for (const disposition of ['SUSPICIOUS', 'SPOOF', 'SPAM', 'BULK'] as const) {
    const asked = facts({ verdict: verdict(disposition) });
    const retraction = { destinations: everywhere, paused: false };
    expect(decidePsr(asked, { ...settings, retraction }).action).toBe('none');
    expect(decidePsr(asked, { psr: { ...settings.psr, dispositions: [disposition] }, retraction }).action).toBe(
      'retract',
    );
  }
});

test('(c) No action moves nothing and says why', () => {
  const retraction = {
    ...DEFAULT_SETTINGS.retraction,
    destinations: { ...everywhere, MALICIOUS: 'NoAction' as const },
  };
  expect(decidePsr(facts(), { ...settings, retraction })).toEqual({ action: 'none', reason: 'no_action_configured' });
});

test('(d) a registered simulation is never retracted', () => {
  expect(decidePsr(facts({ simulation: true }), settings)).toEqual({ action: 'none', reason: 'simulation' });
});

test('(d) an allow-listed sender is never retracted on the number of reports alone; a proof overrules it', () => {
  expect(decidePsr(facts({ allowed: true }), settings)).toEqual({ action: 'none', reason: 'allow_policy' });
  const proven = facts({ allowed: true, verdict: verdict('MALICIOUS', { definitive: true }) });
  expect(decidePsr(proven, settings).action).toBe('retract');
});

test('two voices: reporters alone never move mail', () => {
  const crowd = verdict('MALICIOUS', { marginWithoutReporter: -0.5, reporterUnit: 6 });
  expect(decidePsr(facts({ verdict: crowd }), settings)).toEqual({ action: 'none', reason: 'machine_not_suspicious' });
});

test('(e) the safety limit applies: 500 mailboxes or 5 % of the tenant, whichever is larger', () => {
  expect([guardLimit(DEFAULT_SETTINGS.guard, 100), guardLimit(DEFAULT_SETTINGS.guard, 100_000)]).toEqual([500, 5_000]);
  expect(decidePsr(facts({ namedMailboxes: 501 }), settings)).toMatchObject({ action: 'hold', reason: 'blast_radius' });
});

test('what a client supplied is judged and held, never moved', () => {
  for (const original of ['client_supplied', 'reconstructed'] as const)
    expect(decidePsr(facts({ original }), settings)).toMatchObject({ action: 'hold', reason: 'client_supplied_only' });
});

test('beta, on and off in the settings: off does nothing, and a fresh server only previews', () => {
  expect(DEFAULT_SETTINGS.psr.mode).toBe('preview');
  expect(decidePsr(facts(), { ...settings, psr: { ...settings.psr, mode: 'off' } }).action).toBe('none');
});

test('nothing irreversible happens automatically, whatever a setting says', () => {
  for (const MALICIOUS of ['RecoverableItemsPurges', 'Inbox'] as const) {
    const destinations = { ...everywhere, MALICIOUS } as unknown as typeof DEFAULT_SETTINGS.retraction.destinations;
    expect(decidePsr(facts(), { ...settings, retraction: { destinations, paused: false } }).action).toBe('none');
  }
});
