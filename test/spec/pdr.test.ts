/**
 * Specification, section 10: Post Delivery Response. Here the decision and its times; that stored mail is evaluated, shared
 * retractions and restarts are in test/delivery and test/flow/delivery.test.ts.
 */
import { readConfiguration } from '../../server/configuration.ts';
import { nextLook } from '../../server/delivery/world.ts';
import { DEFAULT_SETTINGS } from '../../server/policies/settings.ts';
import { decidePdr, type PdrFacts } from '../../server/retraction/pdr.ts';
import { DEFAULT_TUNING } from '../../server/retraction/world.ts';
import type { Verdict } from '../../shared/verdict.ts';

const malicious: Verdict = {
  disposition: 'MALICIOUS',
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
};
const facts = (change: Partial<PdrFacts> = {}): PdrFacts => ({
  verdict: malicious,
  allowed: false,
  simulation: false,
  analystDecided: false,
  knownMailboxes: 3,
  guardLimit: 500,
  ...change,
});
const settings = { pdr: { mode: 'on' as const }, retraction: DEFAULT_SETTINGS.retraction };

test('delivered mail is re-evaluated at 5 minutes, 12 hours and 24 hours', () => {
  const { pdrDelaysMs } = readConfiguration({});
  const seen = new Date('2026-11-20T09:00:00Z');
  const looks: string[] = [];
  for (let at: Date | null = seen; at !== null; at = nextLook(pdrDelaysMs, seen, at)) looks.push(at.toISOString());
  expect(looks).toEqual([
    '2026-11-20T09:00:00.000Z',
    '2026-11-20T09:05:00.000Z',
    '2026-11-20T21:00:00.000Z',
    '2026-11-21T09:00:00.000Z',
  ]);
});

test('and retracted on a match: the verdict alone decides, nobody need have reported it', () => {
  expect(decidePdr(facts(), settings)).toEqual({ action: 'retract', destination: 'Quarantine' });
});

test('a mail without a detection stays', () => {
  expect(decidePdr(facts({ verdict: { ...malicious, disposition: 'NONE' } }), settings)).toEqual({
    action: 'none',
    reason: 'not_malicious',
  });
});

test('a disposition without a destination stays, one with a destination goes there', () => {
  const spam = facts({ verdict: { ...malicious, disposition: 'SPAM' } });
  expect(decidePdr(spam, settings)).toEqual({ action: 'none', reason: 'no_action_configured' });
  const { destinations } = DEFAULT_SETTINGS.retraction;
  const retraction = { destinations: { ...destinations, SPAM: 'JunkEmail' as const }, paused: false };
  expect(decidePdr(spam, { ...settings, retraction })).toEqual({ action: 'retract', destination: 'JunkEmail' });
});

test('reporters whose voices are in the margin never move mail by themselves', () => {
  const crowd = { ...malicious, marginWithoutReporter: -0.5, reporterUnit: 6 };
  expect(decidePdr(facts({ verdict: crowd }), settings)).toEqual({ action: 'none', reason: 'machine_not_suspicious' });
});

test('simulations, allowed senders and what an analyst has put back stay', () => {
  expect(decidePdr(facts({ simulation: true }), settings)).toEqual({ action: 'none', reason: 'simulation' });
  expect(decidePdr(facts({ allowed: true }), settings)).toEqual({ action: 'none', reason: 'allow_policy' });
  expect(decidePdr(facts({ analystDecided: true }), settings)).toEqual({ action: 'none', reason: 'analyst_decided' });
});

test('the pause and the guard hold it', () => {
  const paused = { ...settings, retraction: { ...DEFAULT_SETTINGS.retraction, paused: true } };
  expect(decidePdr(facts(), paused)).toMatchObject({ action: 'hold', reason: 'paused' });
  expect(decidePdr(facts({ knownMailboxes: 501 }), settings)).toMatchObject({ action: 'hold', reason: 'blast_radius' });
});

test('nothing irreversible happens automatically', () => {
  for (const MALICIOUS of ['RecoverableItemsPurges', 'Inbox'] as const) {
    const destinations = {
      ...DEFAULT_SETTINGS.retraction.destinations,
      MALICIOUS,
    } as unknown as typeof settings.retraction.destinations;
    expect(decidePdr(facts(), { ...settings, retraction: { destinations, paused: false } }).action).toBe('none');
  }
});

test('the confirm passes of a retraction are not PDR: they have times of their own', () => {
  expect(DEFAULT_TUNING.confirmDelaysMs).toEqual([600_000, 86_400_000]);
});

test('it needs the message to have been seen, and nobody is watched until somebody says so', () => {
  expect(DEFAULT_SETTINGS.watch.mailboxes).toEqual([]);
});
