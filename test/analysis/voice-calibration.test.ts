import fc from 'fast-check';
import { concludeWeighed, weigh } from '../../server/analysis/conclude.ts';
import { observe } from '../../server/analysis/observe.ts';
import { H_MAX } from '../../server/analysis/reporter.ts';
import {
  AS_SHIPPED,
  calibrated,
  type DecidedMail,
  FEWEST,
  fitVoices,
} from '../../server/analysis/voice-calibration.ts';
import { measure } from '../bench/reporters/measure.ts';
import { simulate } from '../bench/reporters/simulation.ts';
import { authentic, mail, shippedModel, worldOf } from './mail.ts';

const decidedOf = (machineIsOff: (margin: number) => number): DecidedMail[] =>
  simulate({ seed: 11, mails: 4_000, reporters: 80, attack: 'none', separation: 1.9 }).map(
    ({ machine, unit, phish }) => ({
      machine: machineIsOff(machine),
      voices: unit,
      malicious: phish,
    }),
  );

test('too few decisions, or only one kind of them, teach nothing', () => {
  const one = { machine: 1, voices: 0, malicious: true };
  expect(fitVoices([])).toBeNull();
  expect(fitVoices(new Array(FEWEST - 1).fill(one))).toBeNull();
  expect(fitVoices(new Array(FEWEST * 2).fill(one))).toBeNull();
});

test('margins that are off are set right, and voices keep their bound', () => {
  const decided = decidedOf((margin) => 0.8 * margin + 1);
  const fitted = fitVoices(decided)!;
  expect(fitted.a).toBeGreaterThan(1);
  expect(fitted.b).toBeLessThan(-0.3);
  expect(fitted.w).toBeLessThanOrEqual(1);
  const as = (how: typeof AS_SHIPPED) =>
    measure(
      decided.map(({ machine, voices, malicious }) => {
        const z = calibrated(machine, voices, how);
        return { phish: malicious, machine: z.machine, unit: z.voices, heads: 0, attacked: false };
      }),
      ({ unit }) => unit,
    );
  expect(as(fitted).ece).toBeLessThan(as(AS_SHIPPED).ece / 2);
  expect(as(fitted).logLoss).toBeLessThan(as(AS_SHIPPED).logLoss);
});

test('whatever people decide, the voices stay within their bound and no margin turns round', () => {
  const number = fc.double({ min: -12, max: 12, noNaN: true });
  const some = fc.record({
    machine: number,
    voices: fc.double({ min: -H_MAX, max: H_MAX, noNaN: true }),
    malicious: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(some, { minLength: FEWEST, maxLength: FEWEST + 60 }), number, (decided, margin) => {
      const fitted = fitVoices(decided) ?? AS_SHIPPED;
      expect(Number.isFinite(fitted.a + fitted.b + fitted.w)).toBe(true);
      expect(Math.abs(calibrated(margin, H_MAX, fitted).voices)).toBeLessThanOrEqual(H_MAX);
      expect(calibrated(margin + 1, 0, fitted).machine).toBeGreaterThan(calibrated(margin, 0, fitted).machine);
    }),
    { numRuns: 30 },
  );
});

test('a verdict shows the calibrated margin and the calibrated unit', async () => {
  const weighed = weigh(observe(await mail({}), authentic(), worldOf()), shippedModel());
  const plain = concludeWeighed(weighed, { reporterUnit: 1 });
  const fitted = concludeWeighed(weighed, { reporterUnit: 1, calibration: { a: 1.2, b: -0.5, w: 0.4 } });
  expect(fitted.reporterUnit).toBeCloseTo(0.4, 10);
  expect(fitted.marginWithoutReporter).toBeCloseTo(1.2 * plain.marginWithoutReporter - 0.5, 10);
  expect(fitted.margin).toBeCloseTo(fitted.marginWithoutReporter + 0.4, 10);
});
