import { driftBetween } from '../../server/learning/drift.ts';
import type { LearningSample } from '../../server/learning/samples.ts';
import type { VerdictWindow } from '../../server/store/verdict-window.ts';

const window = (dispositions: VerdictWindow['dispositions'], mean = 0, variance = 4): VerdictWindow => ({
  count: Object.values(dispositions).reduce((sum, n) => sum + n, 0),
  mean,
  variance,
  dispositions,
});
const label = (
  kind: LearningSample['kind'],
  label: LearningSample['label'],
  margin: number | null,
): LearningSample => ({
  clusterId: 'c',
  messageId: 'm',
  sha256: 's',
  kind,
  label,
  by: 'chris',
  at: new Date(0),
  model: null,
  margin,
});
const none = { before: [], now: [] };
const usual = { MALICIOUS: 40, SUSPICIOUS: 40, NONE: 320 };

test('the same mail as ever is no drift, nor is a quiet week', () => {
  expect(driftBetween(window(usual), window({ MALICIOUS: 12, SUSPICIOUS: 9, NONE: 79 }), none)).toMatchObject({
    alarm: false,
    signs: [],
    verdicts: 100,
  });
  expect(driftBetween(window(usual), window({ MALICIOUS: 30 }, 9), none).alarm).toBe(false);
  expect(driftBetween(window({}), window(usual), none)).toMatchObject({ alarm: false, disagreement: null });
});

test('a disposition that suddenly makes up more of the mail is told with both shares', () => {
  const { alarm, signs } = driftBetween(window(usual), window({ MALICIOUS: 40, NONE: 60 }), none);
  expect(alarm).toBe(true);
  expect(signs).toEqual(
    expect.arrayContaining([{ what: 'disposition', disposition: 'MALICIOUS', before: 0.1, now: 0.4 }]),
  );
});

test('a mean margin that moves by more than a logit and beyond chance is told', () => {
  expect(driftBetween(window(usual, -1), window(usual, 0.5), none).signs).toEqual([
    { what: 'margin', before: -1, now: 0.5 },
  ]);
  expect(driftBetween(window(usual, -1), window(usual, -0.5), none).alarm).toBe(false);
  expect(driftBetween(window(usual, -1, 900), window(usual, 0.5, 900), none).alarm).toBe(false);
});

test('people who say otherwise than the machine are heard; spam, reports and labels without a margin are not counted', () => {
  const agree = Array.from({ length: 8 }, () => label('team', 'benign', -3));
  const against = Array.from({ length: 4 }, () => label('team', 'malicious', -1));
  const ignored = [label('team', 'spam', 5), label('report', 'malicious', -5), label('team', 'malicious', null)];
  const quiet = window({});
  expect(driftBetween(quiet, quiet, { before: agree, now: [...agree, ...against, ...ignored] })).toMatchObject({
    alarm: true,
    labels: 12,
    signs: [{ what: 'disagreement', before: null, now: 4 / 12 }],
  });
  expect(driftBetween(quiet, quiet, { before: [], now: [...agree, ...ignored] }).alarm).toBe(false);
  expect(driftBetween(quiet, quiet, { before: [], now: against }).alarm).toBe(false);
});
