/** Procedure rule 4: what is doubtful is analysed anew after 30 minutes, 6 hours and 24 hours. */
import { dueLooks } from '../../server/store/second-looks.ts';
import { lookAgain } from '../../server/submission/second-look.ts';
import type { Judgement } from '../../server/submission/world.ts';
import { colleague, lure } from '../flow/mail.ts';
import { Desk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

/** As a machine of that day saw it: doubtful, and nothing but the model's number. */
const doubtful = (judgement: Judgement): Judgement => ({
  ...judgement,
  weighed: {
    ...judgement.weighed,
    findings: [],
    lure: false,
    registryHit: false,
    authentication: { state: 'pass', mismatch: false },
    scored: { ...judgement.weighed.scored, margin: 1.5, shares: { ...judgement.weighed.scored.shares, text: 3 } },
  },
});
const due = () => dueLooks(desk.store.db, desk.time, 100);
const plan = async (id: string) => {
  const { looks } = await desk.submission(id);
  return { looks, due: (await due()).includes(id) };
};

test('a doubtful report is looked at three times and no more, and the lists of then decide', async () => {
  const raw = lure('<doubtful@sender.test>', undefined, 'on Monday');
  const judge = desk.world.judge;
  // Until the list is changed below, every look sees the same.
  let change = doubtful;
  desk.world.judge = async (bytes) => change(await judge(bytes));
  const id = await desk.report('ana', raw);
  expect((await desk.verdict(id)).disposition).toBe('SUSPICIOUS');

  desk.later(0.4);
  expect(await plan(id)).toEqual({ looks: 0, due: false });
  desk.later(0.1);
  expect(await plan(id)).toEqual({ looks: 0, due: true });
  const { verdict_id: first } = await desk.submission(id);
  await lookAgain(desk.world);
  expect(await plan(id)).toEqual({ looks: 1, due: false });
  // The same was seen: no second verdict.
  expect((await desk.submission(id)).verdict_id).toBe(first);

  desk.later(5.5);
  await desk.lists.add('block_senders', { value: 'sender.test', comment: 'since noon' }, 'cleo');
  change = (judgement) => judgement;
  await Promise.all([lookAgain(desk.world), lookAgain(desk.world)]);
  const verdict = await desk.verdict(id);
  expect(verdict.disposition).toBe('MALICIOUS');
  const now = await desk.submission(id);
  // One of two workers looked; PSR acts on what it found, and nothing is left to doubt.
  expect(now).toMatchObject({ looks: 2, psr_action: 'retract', status: 'concluded' });
  expect(now.retraction_id).not.toBeNull();
  desk.later(48);
  expect(await plan(id)).toEqual({ looks: 2, due: false });
  desk.world.judge = judge;
});

test('a clear verdict is left alone; one without an answer that was asked for is not', async () => {
  const clear = await desk.report('ana', colleague('<clear@example.org>'));
  const open = await desk.report('ben', colleague('<open@example.org>', 'Ben'), {
    change: (judgement) => ({ ...judgement, unanswered: ['rdap'] }),
  });
  desk.later(1);
  expect(await plan(clear)).toEqual({ looks: 0, due: false });
  expect(await plan(open)).toEqual({ looks: 0, due: true });
  // The registry answers now.
  await lookAgain(desk.world);
  expect(await plan(open)).toEqual({ looks: 1, due: false });
  desk.later(48);
  expect(await plan(open)).toEqual({ looks: 1, due: false });
});

test('a look that fails is taken up again when its lease has ended', async () => {
  const id = await desk.report('ana', colleague('<trouble@example.org>', 'Trouble'), {
    change: (judgement) => ({ ...judgement, unanswered: ['dns'] }),
  });
  desk.later(1);
  const broken = { ...desk.world, judge: () => Promise.reject(new Error('the reader died')) };
  await lookAgain(broken);
  expect(await plan(id)).toEqual({ looks: 0, due: false });
  desk.later(0.02);
  await lookAgain(desk.world);
  expect(await plan(id)).toEqual({ looks: 1, due: false });
});
