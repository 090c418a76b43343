import fc from 'fast-check';
import {
  choose,
  type LearningSample,
  labelOfDecision,
  REPORTER_MOST,
  REPORTER_SHARE,
  REPORTERS_SHARE,
  reportSample,
} from '../../server/learning/samples.ts';
import type { ReportLabelRow } from '../../server/store/learning-samples.ts';

const NOW = new Date('2026-11-20T09:00:00Z');
const ago = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

let next = 0;
const sample = (change: Partial<LearningSample> = {}): LearningSample => {
  next++;
  return {
    clusterId: `msg_${next}`,
    messageId: `msg_${next}`,
    sha256: `${next}`,
    kind: 'team',
    label: 'benign',
    by: 'chris',
    at: ago(1),
    model: 'default-3',
    margin: 0,
    ...change,
  };
};
const many = (count: number, change: Partial<LearningSample>) => Array.from({ length: count }, () => sample(change));
const weight = (samples: readonly { weight: number }[]) => samples.reduce((sum, one) => sum + one.weight, 0);

test('a decision that leaves open what a mail wanted teaches nothing', () => {
  expect(labelOfDecision('MALICIOUS')).toBe('malicious');
  expect(labelOfDecision('SPAM')).toBe('spam');
  expect([labelOfDecision('BULK'), labelOfDecision('NONE')]).toEqual(['benign', 'benign']);
  expect([labelOfDecision('SUSPICIOUS'), labelOfDecision('SPOOF')]).toEqual([null, null]);
});

const row = (change: Partial<ReportLabelRow>): ReportLabelRow => ({
  cluster_id: 'msg_1',
  message_id: 'msg_1',
  sha256: 'a',
  reporter: 'hash',
  voted_at: NOW,
  share: 0.99,
  weight: 0.25,
  reliability: 0.1,
  model: null,
  margin: null,
  ...change,
});

test('a report counts where the machine was sure without it, or where its reporter has mostly been right', () => {
  expect(reportSample(row({}))).toMatchObject({ kind: 'confirmed', label: 'malicious', by: 'hash' });
  expect(reportSample(row({ share: 0.01 }))).toMatchObject({ kind: 'confirmed', label: 'benign' });
  expect(reportSample(row({ weight: 0, reliability: 0.8 }))).toMatchObject({ kind: 'report', label: 'malicious' });
  expect(reportSample(row({ weight: 0, reliability: 0.3 }))).toBeNull();
  expect(reportSample(row({ weight: 0, reliability: null }))).toBeNull();
});

test('one sample a campaign, and the word of the team before that of a reporter', () => {
  const { samples } = choose(
    [
      sample({ clusterId: 'c', kind: 'confirmed', label: 'malicious', by: 'r', at: ago(0) }),
      sample({ clusterId: 'c', label: 'benign', at: ago(9) }),
      sample({ clusterId: 'c', label: 'malicious', at: ago(20) }),
    ],
    NOW,
  );
  expect(samples).toMatchObject([{ clusterId: 'c', kind: 'team', label: 'benign' }]);
});

test('a label fades by half in 180 days', () => {
  const [fresh] = choose([sample({ at: NOW })], NOW).samples;
  const [old] = choose([sample({ at: ago(180) })], NOW).samples;
  expect(fresh?.weight).toBeCloseTo(1);
  expect(old?.weight).toBeCloseTo(0.5);
});

test('a flooder teaches no more than one label of the team, however much he reports', () => {
  const flood = many(500, { kind: 'confirmed', by: 'flooder', label: 'malicious' });
  const { samples, leftOut } = choose(flood, NOW);
  expect(samples).toHaveLength(REPORTER_MOST);
  expect(leftOut).toBe(480);
  expect(weight(samples)).toBeLessThanOrEqual(1 + 1e-9);
});

test('whatever is reported and decided, the bounds hold and the order of arrival changes nothing', () => {
  const any = fc.record({
    kind: fc.constantFrom('team', 'confirmed', 'report') as fc.Arbitrary<LearningSample['kind']>,
    label: fc.constantFrom('malicious', 'spam', 'benign') as fc.Arbitrary<LearningSample['label']>,
    by: fc.constantFrom('r1', 'r2', 'r3'),
    days: fc.integer({ min: 0, max: 700 }),
    cluster: fc.integer({ min: 0, max: 60 }),
  });
  fc.assert(
    fc.property(fc.array(any, { maxLength: 120 }), (drawn) => {
      const found = drawn.map(({ days, cluster, ...rest }, at) =>
        sample({ ...rest, at: ago(days), clusterId: `c${cluster}`, messageId: `m${at}` }),
      );
      const { samples, leftOut } = choose(found, NOW);
      const team = Math.max(20, weight(samples.filter(({ kind }) => kind === 'team')));
      const reports = samples.filter(({ kind }) => kind !== 'team');
      expect(new Set(samples.map(({ clusterId }) => clusterId)).size).toBe(samples.length);
      expect(samples.length + leftOut).toBe(new Set(found.map(({ clusterId }) => clusterId)).size);
      expect(weight(reports)).toBeLessThanOrEqual(REPORTERS_SHARE * team + 1e-9);
      for (const month of Array.from({ length: 25 }, (_, at) => at))
        for (const by of ['r1', 'r2', 'r3']) {
          const own = reports.filter(
            (one) => one.by === by && Math.floor((NOW.getTime() - one.at.getTime()) / 2_592_000_000) === month,
          );
          expect(own.length).toBeLessThanOrEqual(REPORTER_MOST);
          expect(weight(own)).toBeLessThanOrEqual(REPORTER_SHARE * team + 1e-9);
        }
      expect(choose([...found].reverse(), NOW)).toEqual({ samples, leftOut });
    }),
    { seed: 6, numRuns: 150 },
  );
});
