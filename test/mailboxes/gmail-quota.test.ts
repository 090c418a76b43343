import fc from 'fast-check';
import { Quota } from '../../server/mailboxes/gmail-quota.ts';

const MINUTE_MS = 60_000;
const LIMITS = { perUser: 6_000, perProject: 30_000 };

/** The most units in any minute, wherever it begins. */
function worstMinute(sent: { at: number; units: number }[]): number {
  const rows = [...sent].sort((a, b) => a.at - b.at);
  let worst = 0;
  let sum = 0;
  let first = 0;
  for (const { at, units } of rows) {
    sum += units;
    while ((rows[first]?.at ?? 0) <= at - MINUTE_MS) sum -= rows[first++]?.units ?? 0;
    worst = Math.max(worst, sum);
  }
  return worst;
}

const calls = fc.array(fc.record({ gapMs: fc.nat(2_000), units: fc.integer({ min: 1, max: 250 }) }), {
  minLength: 50,
  maxLength: 600,
});

test('no minute sees more units of the project than its limit, however they are asked for', () => {
  fc.assert(
    fc.property(calls, (rows) => {
      let now = 1_000_000;
      const quota = new Quota(() => now, LIMITS);
      const sent = rows.map(({ gapMs, units }) => {
        now += gapMs % 40;
        return { at: now + quota.reserveOfProject(units), units };
      });
      expect(worstMinute(sent)).toBeLessThanOrEqual(LIMITS.perProject);
    }),
    { numRuns: 200 },
  );
});

test('no minute sees more units of a user than the limit, and users do not share', () => {
  fc.assert(
    fc.property(calls, (rows) => {
      let now = 1_000_000;
      const quota = new Quota(() => now, LIMITS);
      const sent = rows.map(({ gapMs, units }) => {
        now += gapMs % 40;
        now += quota.userWaitMs('ana', units);
        quota.spendOfUser('ana', units);
        return { at: now, units };
      });
      expect(worstMinute(sent)).toBeLessThanOrEqual(LIMITS.perUser);
      expect(quota.userWaitMs('ben', 3_000)).toBe(0);
    }),
    { numRuns: 200 },
  );
});

test('a long sweep flows at nine tenths of the limit or faster', () => {
  const quota = new Quota(() => 0);
  let wait = 0;
  for (let batch = 0; batch < 2_000; batch++) wait = quota.reserveOfProject(250);
  // 500,000 units: a tenth of a minute's at once, the rest at 18,000 a second.
  expect(wait / 1000).toBeCloseTo((500_000 - 120_000) / 18_000, 1);
});

test('the units of 10,000 mailboxes and their hits are there after less than the floor', () => {
  const quota = new Quota(() => 0);
  let wait = 0;
  for (let batch = 0; batch < 200; batch++) wait = quota.reserveOfProject(250);
  expect(wait).toBe(0);
});
