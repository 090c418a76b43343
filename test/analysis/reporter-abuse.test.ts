/** The bench `reporters` in small: what no attack may do, whatever the seed. */
import { H_MAX } from '../../server/analysis/reporter.ts';
import { THETA_MALICIOUS } from '../../server/analysis/thresholds.ts';
import { measure } from '../bench/reporters/measure.ts';
import { type Attack, isMalicious, simulate } from '../bench/reporters/simulation.ts';

const run = (attack: Attack, seed: number) => {
  const judged = simulate({ seed, mails: 3_000, reporters: 80, attack, separation: 1.9 });
  return judged.slice(judged.length / 2);
};
const ours = ({ unit }: { unit: number }) => unit;
const heads = (one: { heads: number }) => one.heads;

test.each<[Attack, number]>([
  ['flooder', 1],
  ['sybils', 2],
  ['sleepers', 3],
  ['suppression', 4],
])('%s: nothing goes beyond the bound, and no mail turns that the machine alone holds below it', (attack, seed) => {
  const judged = run(attack, seed);
  expect(judged.filter(({ unit }) => Math.abs(unit) > H_MAX)).toEqual([]);
  const below = judged.filter(({ machine }) => machine < THETA_MALICIOUS - H_MAX);
  expect(below.length).toBeGreaterThan(100);
  expect(below.filter((mail) => isMalicious(mail, mail.unit))).toEqual([]);
});

test('honest voices tell phishing better than the machine alone, and cost no calibration that matters', () => {
  const judged = run('none', 5);
  const alone = measure(judged, () => 0);
  const voiced = measure(judged, ours);
  expect(voiced.auc).toBeGreaterThan(alone.auc);
  expect(voiced.logLoss).toBeLessThan(alone.logLoss);
  expect(voiced.ece).toBeLessThan(0.05);
});

test('a flooder turns nothing; new accounts turn far less than where heads are counted', () => {
  const flooded = run('flooder', 6).filter(({ attacked }) => attacked);
  expect(flooded.length).toBeGreaterThan(100);
  expect(measure(flooded, ours).turned).toBe(0);
  const sybils = run('sybils', 7).filter(({ attacked }) => attacked);
  expect(sybils.length).toBeGreaterThan(20);
  const counted = sybils.filter((mail) => mail.machine + heads(mail) >= THETA_MALICIOUS).length;
  const turned = sybils.filter((mail) => mail.machine + ours(mail) >= THETA_MALICIOUS).length;
  expect(counted).toBe(sybils.length);
  expect(turned).toBeLessThan(sybils.length * 0.1);
});

test('a burnt account that joins takes nothing off the word of the others', () => {
  const joined = run('suppression', 8).filter(({ attacked }) => attacked);
  expect(joined.length).toBeGreaterThan(20);
  for (const mail of joined) expect(mail.unit).toBeGreaterThan(0);
});
