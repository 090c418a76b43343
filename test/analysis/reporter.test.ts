import fc from 'fast-check';
import { digamma, trigamma } from '../../server/analysis/gamma.ts';
import {
  fade,
  H_MAX,
  learn,
  type Reliability,
  reporterUnit,
  reporterWeight,
  UNKNOWN_REPORTER,
} from '../../server/analysis/reporter.ts';

const record = (right: number, of: number): Reliability => ({ right: 1 + right, wrong: 9 + of - right });

test('digamma and trigamma at known points', () => {
  expect(digamma(1)).toBeCloseTo(-0.5772156649015329, 10);
  expect(digamma(0.5)).toBeCloseTo(-1.9635100260214235, 10);
  expect(trigamma(1)).toBeCloseTo(Math.PI ** 2 / 6, 10);
});

test('an unknown reporter says exactly nothing', () => {
  expect(reporterWeight(UNKNOWN_REPORTER)).toBe(0);
  expect(reporterUnit([])).toBe(0);
  expect(reporterUnit([0])).toBe(0);
});

test.each([
  [5, 5, 2.15],
  [10, 10, 2.81],
  [20, 20, 3.5],
  [0, 5, -0.46],
  [0, 20, -1.21],
  [0, 100, -2.55],
])('%d right of %d weighs %f', (right, of, weight) => {
  expect(reporterWeight(record(right, of))).toBeCloseTo(weight, 1);
});

test.each([
  [2, 0.53],
  [3, 0.81],
  [5, 1.06],
  [500, 1.18],
])('%d unknown reporters add %f', (count, unit) => {
  expect(reporterUnit(new Array<number>(count).fill(0))).toBeCloseTo(unit, 1);
});

const weights = fc.array(fc.double({ min: -8, max: 8, noNaN: true }), { maxLength: 40 });

test('no crowd goes beyond the bound', () => {
  fc.assert(fc.property(weights, (all) => expect(Math.abs(reporterUnit(all))).toBeLessThanOrEqual(H_MAX)));
});

test('a reporter who joins never lowers the unit of those who are there', () => {
  fc.assert(
    fc.property(weights, fc.double({ min: -8, max: 8, noNaN: true }), (all, one) => {
      fc.pre(all.length > 0);
      expect(reporterUnit([...all, one])).toBeGreaterThanOrEqual(reporterUnit(all) - 1e-12);
    }),
  );
});

test('a notorious false-alarmer cannot hide what a trusted reporter says, and alone counts against', () => {
  const trusted = reporterWeight(record(10, 10));
  const flooder = reporterWeight(record(0, 3284));
  expect(reporterUnit([trusted, flooder])).toBeCloseTo(reporterUnit([trusted]), 6);
  expect(reporterUnit([flooder])).toBeLessThan(-1);
});

test('a flood dilutes what it could gain, never what it has lost', () => {
  expect(reporterWeight(record(10, 10), 200)).toBeLessThan(reporterWeight(record(10, 10), 20));
  expect(reporterWeight(record(0, 100), 200)).toBe(reporterWeight(record(0, 100), 1));
});

test('an analyst’s label counts, an unsure machine does not, and time fades both', () => {
  const right = learn(UNKNOWN_REPORTER, { by: 'analyst', malicious: true });
  expect(right).toEqual({ right: 2, wrong: 9 });
  expect(learn(right, { by: 'machine', marginWithoutReporter: 1.9 })).toBe(right);
  expect(learn(right, { by: 'machine', marginWithoutReporter: -6 }).wrong).toBeGreaterThan(9.2);
  expect(fade(right, 180).right).toBeCloseTo(1.5, 10);
  expect(fade(right, 1e6)).toEqual(UNKNOWN_REPORTER);
});
