import fc from 'fast-check';
import { DECISIONS_LEAST, PRECISION_LEAST, psrPrecision, recommend } from '../../server/investigation/psr-precision.ts';
import { neededFor, wilson } from '../../server/investigation/wilson.ts';

const preview = { mode: 'preview', dispositions: ['MALICIOUS'] } as const;
const row = (
  right: number,
  wrong: number,
  psr: { mode: 'on' | 'preview'; dispositions: readonly string[] } = preview,
) =>
  psrPrecision(
    [
      { previewed: true, machine: 'MALICIOUS', decided: 'SUSPICIOUS', count: right },
      { previewed: true, machine: 'MALICIOUS', decided: 'NONE', count: wrong },
      { previewed: true, machine: 'MALICIOUS', decided: null, count: 5 },
    ],
    psr as never,
  )[0]!;

test('the interval is Wilson’s', () => {
  // Figures of Newcombe, "Two-sided confidence intervals for the single proportion", 1998, table I.
  const near = ({ low, high }: { low: number; high: number }) => [low.toFixed(4), high.toFixed(4)];
  expect(near(wilson(81, 263))).toEqual(['0.2553', '0.3662']);
  expect(near(wilson(15, 148))).toEqual(['0.0624', '0.1605']);
  expect(near(wilson(0, 20))).toEqual(['0.0000', '0.1611']);
  expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
});

test('it is switched on when surely fewer than one in a hundred would be wrong', () => {
  expect(row(400, 0)).toMatchObject({ recommendation: 'switch_on', needed: null, decided: 400, campaigns: 405 });
  expect(row(100, 0)).toMatchObject({ recommendation: 'not_yet', needed: 281 });
  expect(row(10, 0)).toMatchObject({ recommendation: 'too_few' });
  expect(row(100, 5)).toMatchObject({ recommendation: 'errors' });
  // A mistake among the first few is worth a look at once.
  expect(row(3, 1).recommendation).toBe('errors');
  expect(row(400, 0, { mode: 'on', dispositions: ['MALICIOUS'] })).toMatchObject({
    recommendation: 'is_on',
    needed: null,
  });
  expect(row(0, 0)).toMatchObject({ precision: null, low: null, recommendation: 'too_few' });
});

test('as many right decisions as are said to be needed are enough, and one fewer is not', () => {
  fc.assert(
    fc.property(fc.nat(600), fc.nat(6), (right, wrong) => {
      const needed = neededFor(PRECISION_LEAST, right, right + wrong);
      const more = Math.max(needed, DECISIONS_LEAST - right - wrong, 0);
      expect(recommend(right + more, right + wrong + more)).toBe('switch_on');
      if (needed > 0) expect(wilson(right + needed - 1, right + wrong + needed - 1).low).toBeLessThan(PRECISION_LEAST);
    }),
  );
});
