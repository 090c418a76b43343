/** What becomes a sample, from real reports and decisions on a real database; and that training on them is repeatable. */
import { sql } from 'kysely';
import { lookForDrift } from '../../server/learning/look-for-drift.ts';
import { learningQueue, prepareCandidate } from '../../server/learning/prepare.ts';
import { openModel } from '../../server/open-model.ts';
import { recordDecision } from '../../server/store/decisions.ts';
import type { Disposition } from '../../shared/verdict.ts';
import { colleague, lure, mail } from '../flow/mail.ts';
import { Desk, TENANT } from '../submission/desk.ts';

jest.setTimeout(90_000);
let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());
beforeEach(async () => {
  await sql`truncate submissions, decisions, reporter_votes, reporters, verdicts, messages cascade`.execute(
    desk.store.db,
  );
});

async function decide(submission: string, disposition: Disposition, by = 'chris') {
  const { message_id: messageId } = await desk.submission(submission);
  await desk.store.inTransaction((trx) =>
    recordDecision(trx, { tenant: TENANT, messageId: messageId!, disposition, by, at: desk.time }),
  );
}
const queue = () => learningQueue(desk.store.db, TENANT, desk.time);

test('a decision is a sample with who, when and the model of then; the newest counts, and doubt takes it back', async () => {
  const id = await desk.report('ana', lure('<one@micros0ft-login.test>'));
  expect((await queue()).samples).toEqual([]);
  await decide(id, 'MALICIOUS');
  const { model, marginWithoutReporter: margin } = await desk.verdict(id);
  expect((await queue()).samples).toMatchObject([
    { kind: 'team', label: 'malicious', by: 'chris', at: desk.time, model, margin, weight: 1 },
  ]);
  await decide(id, 'NONE', 'dana');
  expect((await queue()).samples).toMatchObject([{ kind: 'team', label: 'benign', by: 'dana' }]);
  await decide(id, 'SUSPICIOUS');
  expect((await queue()).samples).toEqual([]);
});

test('a report becomes a weak sample when the machine was sure and nobody said otherwise for a day, under a name nobody can read', async () => {
  await desk.report('ana', lure('<two@micros0ft-login.test>'));
  desk.later(0.1);
  await desk.report('ben', lure('<two@micros0ft-login.test>', 'ben@example.org'));
  await desk.report('ana', colleague('<three@example.org>'));
  await desk.learn();
  expect((await queue()).samples).toEqual([]);
  desk.later(25);
  await desk.learn();
  const { samples } = await queue();
  expect(samples.map(({ kind, label }) => [kind, label]).sort()).toEqual([
    ['confirmed', 'benign'],
    ['confirmed', 'malicious'],
  ]);
  for (const { by, weight } of samples) {
    expect(by).toMatch(/^[\w-]{32}$/);
    expect(weight).toBeLessThanOrEqual(0.25);
  }
  // One campaign, two reporters: the first is who taught it.
  expect(new Set(samples.map(({ by }) => by)).size).toBe(1);
  const decided = await desk.report('carla', lure('<two@micros0ft-login.test>', 'carla@example.org'));
  await decide(decided, 'SPAM');
  await desk.learn();
  expect((await queue()).samples.map(({ kind, label }) => [kind, label]).sort()).toEqual([
    ['confirmed', 'benign'],
    ['team', 'spam'],
  ]);
});

test('a mail whose evidence is not kept any more is counted, and the rest is trained with', async () => {
  const kayak = (name: string) =>
    mail({
      messageId: `<${name}@${name}.test>`,
      from: `Desk <desk@${name}.test>`,
      subject: `Locker ${name}`,
      text: `Answer with the number on your turnstile badge, says the ${name} boathouse.`,
    });
  for (const name of ['heron', 'otter', 'linden']) await decide(await desk.report('ana', kayak(name)), 'MALICIOUS');
  const gone = await desk.report('ana', kayak('quarry'));
  await decide(gone, 'MALICIOUS');
  const row = await desk.row(gone);
  await sql`update verdicts set evidence = null where id = ${row.id}`.execute(desk.store.db);
  const base = openModel({ model: 'default' }, process.cwd());
  const asked = { tenant: TENANT, version: 1, now: desk.time };
  const candidate = await prepareCandidate(desk.store.db, base, asked);
  expect(candidate.samples).toMatchObject({ kinds: { team: 3 }, missing: 1, left_out: 0 });
  expect(candidate.labelsUntil).toEqual(desk.time);
});

test('the look at drift counts verdicts and labels of the last week', async () => {
  await desk.report('ana', lure('<four@micros0ft-login.test>'));
  await desk.report('ben', lure('<four@micros0ft-login.test>', 'ben@example.org'));
  const { tenant, store, log } = desk.world;
  const drift = await lookForDrift({ tenant, store, log, now: () => new Date() });
  expect(drift).toMatchObject({ alarm: false, verdicts: 2, labels: 0, disagreement: null });
  expect(drift.margin).toBeGreaterThan(2);
});
