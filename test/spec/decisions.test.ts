/**
 * product-spec 23, Contradictions and our decisions: the rows that are ours alone to keep. Rows about reclassification, bulk
 * jobs, review states, logs and metrics are asserted where those are (reclassification, bulk, enums, submissions, logs, metrics).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Value from 'typebox/value';
import { readServiceAddress } from '../../server/intake/service-address.ts';
import { gmailEffect, graphEffect } from '../../server/mailboxes/destination-effect.ts';
import { ipRange } from '../../server/policies/ip-range.ts';
import { checkedEntry } from '../../server/policies/list-entry.ts';
import { DEFAULT_SETTINGS } from '../../server/policies/settings.ts';
import { decidePsr, type PsrFacts } from '../../server/retraction/psr.ts';
import { RetractionSettings } from '../../shared/api.ts';
import { METRICS_PRESETS } from '../../shared/metrics-names.ts';
import { composePane } from '../../shared/pane.ts';
import { CHOOSABLE_DESTINATIONS, RETRACTION_SCOPES } from '../../shared/retraction.ts';
import { blankView } from '../http/doors.ts';

const root = join(__dirname, '../..');
const facts: PsrFacts = {
  submissionType: 'USER',
  reportType: 'phish',
  original: 'authoritative',
  verdict: {
    disposition: 'MALICIOUS',
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
  },
  allowed: false,
  simulation: false,
  analystDecided: false,
  protectedMailbox: false,
  namedMailboxes: 1,
  guardLimit: 500,
};
const on = { psr: { ...DEFAULT_SETTINGS.psr, mode: 'on' as const }, retraction: DEFAULT_SETTINGS.retraction };

test('scope of PSR: every copy of the message by default, the campaign by choice', () => {
  expect(DEFAULT_SETTINGS.psr.scope).toBe('message');
  expect([...RETRACTION_SCOPES]).toEqual(['message', 'campaign']);
});

test('result in the pane: verdict and progress, not the end at "Submission Complete"', () => {
  const { pane: _, ...view } = blankView('sub_1');
  const copies = {
    found: 3,
    retracted: 2,
    already_there: 0,
    gone: 0,
    failed: 0,
    unknown: 1,
    review: 0,
    unread: 2,
    restored: 0,
  };
  const pane = composePane(
    {
      ...view,
      status: 'concluded',
      original: 'authoritative',
      outcome_disposition: 'MALICIOUS',
      psr: { action: 'retract' },
      retraction: { id: 'ret_1', state: 'running', mailboxes: { searched: 40, total: 120 }, copies },
    },
    'en',
  );
  expect(pane.tone).toBe('danger');
  expect(pane.lines.join(' ')).toMatch(/\b2\b/);
});

test('PSR and team submissions: user only', () => {
  expect(decidePsr(facts, on)).toMatchObject({ action: 'retract' });
  expect(decidePsr({ ...facts, submissionType: 'TEAM' }, on)).toEqual({ action: 'none', reason: 'team_submission' });
});

test('soft delete is Recoverable Items, which Gmail does not have', () => {
  expect(graphEffect('RecoverableItemsDeletions', true)).toMatchObject({ supported: true, undo: 'limited' });
  expect(gmailEffect('RecoverableItemsDeletions').supported).toBe(false);
});

test('trash: both suites', () => {
  expect(graphEffect('DeletedItems', true).supported).toBe(true);
  expect(gmailEffect('DeletedItems').supported).toBe(true);
});

test('IP patterns: IPv4, IPv6 and CIDR; private, loopback, link-local and broadcast refused', () => {
  expect(['192.0.2.1', '192.0.2.0/24', '2001:db8::1', '2001:db8::/32'].map(ipRange)).toHaveLength(4);
  for (const nobodys of ['10.0.0.1', '127.0.0.1', '169.254.1.1', '255.255.255.255', '::1', 'fe80::1'])
    expect(() => ipRange(nobodys)).toThrow();
});

test('regex: a kind of entry, RE2-style, without backtracking', () => {
  expect(checkedEntry('block_senders', { kind: 'pattern', value: '(a+)+$' }).kind).toBe('pattern');
  // What only backtracking can match is refused.
  for (const pattern of ['(a)\\1', 'a(?=b)', '(?<!x)y'])
    expect(() => checkedEntry('block_senders', { kind: 'pattern', value: pattern })).toThrow();
});

test('PSR with MALICIOUS = No action: nothing moves, and the reason is visible', () => {
  const retraction = structuredClone(DEFAULT_SETTINGS.retraction);
  retraction.destinations.MALICIOUS = 'NoAction';
  expect(decidePsr(facts, { ...on, retraction })).toEqual({ action: 'none', reason: 'no_action_configured' });
});

test('hard delete: never by a setting, and no choice of a list', () => {
  const purging = structuredClone(DEFAULT_SETTINGS.retraction) as unknown as { destinations: Record<string, string> };
  expect(Value.Check(RetractionSettings, purging)).toBe(true);
  purging.destinations.MALICIOUS = 'RecoverableItemsPurges';
  expect(Value.Check(RetractionSettings, purging)).toBe(false);
  expect(CHOOSABLE_DESTINATIONS).not.toContain('RecoverableItemsPurges');
  expect(gmailEffect('RecoverableItemsPurges').undo).toBe('none');
});

test('Gmail rights: gmail.modify, and the full scope for permanent deletion only', () => {
  const source = readFileSync(join(root, 'server/mailboxes/gmail-token.ts'), 'utf8');
  expect(source).toMatch(/mail: 'https:\/\/www\.googleapis\.com\/auth\/gmail\.modify'/);
  expect(source).toMatch(/purge: 'https:\/\/mail\.google\.com\/'/);
});

test('add-in permission: ReadItem, the server moves', () => {
  const manifest = readFileSync(join(root, 'manifest.xml'), 'utf8');
  expect(manifest).toContain('<Permissions>ReadItem</Permissions>');
  expect(manifest).not.toContain('ReadWriteMailbox');
});

test('date windows: presets 1, 3, 7, 30, 90 and any range', () => {
  expect([...METRICS_PRESETS]).toEqual([1, 3, 7, 30, 90]);
});

test('service address: account and domain are settings', () => {
  const service = { account: 'phish', domain: 'reports.example.net' };
  expect(readServiceAddress('phish+user+spam@reports.example.net', service)).toEqual({
    kind: 'report',
    type: 'USER',
    disposition: 'SPAM',
  });
  expect(readServiceAddress('phish+user+spam@submission.example', service)).toEqual({ kind: 'elsewhere' });
});
