import { Recent } from '../../server/mailboxes/recent.ts';
import { type Slot, Throttle } from '../../server/mailboxes/throttle.ts';
import { quickClock } from './tenant.ts';

const settled = async (work: Promise<unknown>) => {
  let done = false;
  void work.then(() => {
    done = true;
  });
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  return done;
};

async function enter(throttle: Throttle, order: 'first' | 'last' = 'last'): Promise<Slot> {
  const slot = await throttle.enter(order, 60_000);
  if (!slot) throw new Error('no patience');
  return slot;
}

describe('the window of a tenant', () => {
  test('lets its number in and the next one after somebody has left', async () => {
    const throttle = new Throttle(quickClock(), { start: 2, max: 2 });
    const slot = await enter(throttle);
    await enter(throttle);
    const third = enter(throttle);
    expect(await settled(third)).toBe(false);
    throttle.leave(slot, null);
    expect(await settled(third)).toBe(true);
  });

  test('grows by one with every clean round trip, up to its limit', async () => {
    const throttle = new Throttle(quickClock(), { start: 4, max: 6 });
    for (const expected of [5, 6, 6]) {
      throttle.leave(await enter(throttle), null);
      expect(throttle.window).toBe(expected);
    }
  });

  test('halves once for all that left before, and never closes', async () => {
    const clock = quickClock();
    const throttle = new Throttle(clock, { start: 16, max: 128 });
    const slots = await Promise.all(Array.from({ length: 8 }, () => enter(throttle)));
    clock.pass(200);
    for (const slot of slots) throttle.leave(slot, {});
    expect(throttle.window).toBe(8);
    for (let again = 0; again < 9; again++) {
      const slot = await enter(throttle);
      clock.pass(200);
      throttle.leave(slot, {});
    }
    expect(throttle.window).toBe(1);
    expect(await settled(enter(throttle))).toBe(true);
  });

  test('stays shut for the Retry-After of an answer that spoke for the tenant', async () => {
    const clock = quickClock();
    const throttle = new Throttle(clock);
    throttle.leave(await enter(throttle), { waitMs: 9_000 });
    expect(throttle.waitMs('ana@example.org')).toBeGreaterThan(8_900);
    await enter(throttle);
    expect(clock.slept[0]).toBeGreaterThan(8_900);
    throttle.leave(await enter(throttle), { waitMs: 9_000 });
    expect(await throttle.enter('first', 5_000)).toBeNull();
  });

  test('that shuts for long lets everybody go who has less patience', async () => {
    const throttle = new Throttle(quickClock(), { start: 1, max: 1 });
    const slot = await enter(throttle);
    const waiting = [throttle.enter('last', 5_000), throttle.enter('last', 5_000), throttle.enter('last', 5_000)];
    throttle.leave(slot, { waitMs: 3_600_000 });
    expect(await Promise.all(waiting)).toEqual([null, null, null]);
  });

  test('lets a single request go before the sweep that waits', async () => {
    const throttle = new Throttle(quickClock(), { start: 1, max: 1 });
    const slot = await enter(throttle);
    const sweep = enter(throttle, 'last');
    const single = enter(throttle, 'first');
    throttle.leave(slot, null);
    expect(await settled(single)).toBe(true);
    expect(await settled(sweep)).toBe(false);
  });
});

describe('a mailbox', () => {
  test('has two lanes', async () => {
    const throttle = new Throttle(quickClock());
    expect([1, 2, 3].map(() => throttle.tryLane('ana@example.org'))).toEqual([true, true, false]);
    expect(throttle.tryLane('ben@example.org')).toBe(true);
    const waiting = [throttle.lane('ana@example.org'), throttle.lane('ana@example.org')];
    throttle.freeLane('ana@example.org');
    expect(await settled(Promise.race(waiting))).toBe(true);
    expect(await settled(Promise.all(waiting))).toBe(false);
    throttle.freeLane('ana@example.org');
    expect(await settled(Promise.all(waiting))).toBe(true);
  });

  test('that is throttled pauses alone', () => {
    const clock = quickClock();
    const throttle = new Throttle(clock);
    for (let n = 0; n < 20; n++) throttle.noteMailbox(`user${n}@example.org`, null);
    throttle.noteMailbox('ana@example.org', { waitMs: 5_000 });
    expect(throttle.waitMs('ana@example.org')).toBeGreaterThan(4_900);
    expect(throttle.waitMs('ben@example.org')).toBe(0);
    clock.pass(5_000);
    expect(throttle.waitMs('ana@example.org')).toBe(0);
  });

  test.each([
    [2, 0],
    [3, 4_000],
  ])('in trouble among ten others: with %i of them the tenant pauses %i ms', (troubled, pause) => {
    const throttle = new Throttle(quickClock(), { start: 16, max: 128 });
    for (let n = 0; n < 10; n++) throttle.noteMailbox(`user${n}@example.org`, null);
    for (let n = 0; n < troubled; n++) throttle.noteMailbox(`bad${n}@example.org`, { waitMs: 4_000 });
    expect(Math.ceil(throttle.waitMs('ben@example.org') / 1000) * 1000).toBe(pause);
    expect(throttle.window).toBe(pause === 0 ? 16 : 8);
  });

  test('takes a hundred writes a minute, and others are not concerned', () => {
    const clock = quickClock();
    const throttle = new Throttle(clock);
    const waits = Array.from({ length: 101 }, () => throttle.writeWaitMs('ana@example.org'));
    expect(waits.slice(0, 100)).toEqual(Array(100).fill(0));
    expect(waits[100]).toBeGreaterThan(59_000);
    expect(throttle.writeWaitMs('ben@example.org')).toBe(0);
    clock.pass(60_001);
    expect(throttle.writeWaitMs('ana@example.org')).toBe(0);
  });

  test('asked again and again counts once', () => {
    const throttle = new Throttle(quickClock(), { start: 16, max: 128 });
    for (let n = 0; n < 10; n++) throttle.noteMailbox(`user${n}@example.org`, null);
    for (let n = 0; n < 50; n++) throttle.noteMailbox('bad@example.org', { waitMs: 10 });
    expect(throttle.window).toBe(16);
  });
});

describe('what is recent', () => {
  test('is forgotten after its time and beyond its number, the longest unused first', () => {
    const clock = quickClock();
    const recent = new Recent<string, number>(1_000, 2, clock.now);
    recent.set('a', 1);
    recent.set('b', 2);
    expect(recent.get('a')).toBe(1);
    recent.set('c', 3);
    expect([recent.get('a'), recent.get('b'), recent.get('c')]).toEqual([1, undefined, 3]);
    clock.pass(1_001);
    expect([recent.get('a'), recent.get('c')]).toEqual([undefined, undefined]);
  });
});
