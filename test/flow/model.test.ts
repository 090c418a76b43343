/** Learning on the whole house: labels, training, measuring, promotion, the next verdict, and the way back. */
import pg from 'pg';
import type { ModelView } from '../../shared/model.ts';
import { buildPrepareWorker } from '../learning/built-worker.ts';
import { House } from './house.ts';
import { mail } from './mail.ts';

const ANA = 'ana@example.org';

let house: House;
const worker = buildPrepareWorker();
let database: pg.Client;
jest.setTimeout(120_000);
beforeAll(async () => {
  house = await House.start({ psr: 'off', trainWorker: worker.file });
  house.simulator.addMailbox(ANA);
  database = new pg.Client(house.databaseUrl);
  await database.connect();
});
afterAll(async () => {
  await database?.end();
  await house?.stop();
  worker.remove();
});

const NAMES = 'heron otter linden quarry meadow harbour cobalt saffron'.split(' ');

/** A swindle of this organisation's own kind, in words that no shipped model has learnt: each of another sender. */
const swindle = (name: string, at: number) =>
  mail({
    messageId: `<swindle-${name}@${name}-clubhouse.test>`,
    from: `${name[0]!.toUpperCase()}${name.slice(1)} clubhouse <desk@${name}-clubhouse.test>`,
    subject: `Kayak locker ${name} ${at}: badge number`,
    text: `Hello Ana,

the ${name} clubhouse moves the kayak lockers next week, row ${at}. Please answer with the number on the back of your
turnstile badge and its colour, so that your locker can be opened for the move on the ${at}th.

Lockers without a badge number are emptied. Greetings from the ${name} boathouse, pier ${at * 3}.`,
  });

const honest = (name: string, at: number) =>
  mail({
    messageId: `<minutes-${name}@example.net>`,
    from: `Ben Okoro <ben.${name}@example.net>`,
    subject: `Minutes of the ${name} meeting ${at}`,
    text: `Hi Ana,

here are the notes of the ${name} meeting. Carla brings the printed plans, number ${at}, and Emil asks who still needs
a chair. We meet again on the ${at}th in the small room beside the ${name} stairs.

Ben`,
  });

async function concluded(raw: string) {
  const id = /Message-ID: (\S+)/.exec(raw)![1]!;
  house.simulator.deliver(ANA, raw);
  return house.untilConcluded(await house.report(ANA, id, { type: 'not_sure' }));
}

async function model(path = '', body?: unknown): Promise<{ status: number; view: ModelView & { code?: string } }> {
  const response = await house.fetch(`/api/v1/model${path}`, {
    ...(path === '' ? {} : { method: 'POST', body: JSON.stringify(body ?? {}) }),
  });
  return { status: response.status, view: (await response.json()) as ModelView };
}

const decide = (message: string, disposition: string) =>
  database.query(
    `insert into decisions (tenant, message_id, disposition, decided_by, decided_at)
     select tenant, id, $2, 'chris', now() from messages where id = $1`,
    [message, disposition],
  );

test('labels become a version, the version is measured, a person promotes it, the next verdict names it; and back', async () => {
  const before = (await model()).view;
  expect(before).toMatchObject({ version: null, rests: false, promotion: 'propose', versions: [], training: null });
  expect(before.name).toBe(before.shipped.name);
  await Promise.all(
    NAMES.map(async (name, at) => {
      const view = await concluded(swindle(name, at + 2));
      expect(view).toMatchObject({ model: before.name, outcome_disposition: 'NONE' });
      await decide(view.message!, 'MALICIOUS');
      if (at % 2 === 0) await decide((await concluded(honest(name, at + 2))).message!, 'NONE');
    }),
  );
  expect((await model()).view.queue).toMatchObject({
    new_labels: 12,
    samples: { labels: { malicious: 8, benign: 4 } },
  });

  const asked = await model('/retrain');
  expect(asked).toMatchObject({ status: 202, view: { training: { requested_by: 'admin-token' } } });
  let trained = asked.view;
  await house.until(
    async () => {
      trained = (await model()).view;
      return trained.training?.state === 'ended';
    },
    60_000,
    () => JSON.stringify(trained.training),
  );
  expect(trained.training?.outcome).toBe('proposed');
  const [version] = trained.versions;
  expect(version).toMatchObject({ version: 1, state: 'proposed', name: `${before.name}+local-1`, fits: true });
  expect(version?.evaluation.objections).toEqual([]);
  const { labels, validation } = version!.evaluation;
  expect(labels.candidate.loss).toBeLessThan(labels.current.loss);
  expect(labels.candidate.flagged).toBe(0);
  expect(validation.candidate.flagged).toBeLessThanOrEqual(validation.base.flagged);
  // Two thirds of the labels say otherwise than the machine did: that is told too.
  expect(trained.drift).toMatchObject({ alarm: true, signs: [{ what: 'disagreement', before: null }], labels: 12 });
  // Nothing judges differently yet.
  expect(trained.name).toBe(before.name);

  const twin = (name: string) => swindle(name, 20);
  const unpromoted = await concluded(twin('thistle'));
  expect(unpromoted.model).toBe(before.name);
  const promoted = await model('/promote', { version: 1 });
  expect(promoted).toMatchObject({
    status: 200,
    view: { version: 1, name: `${before.name}+local-1`, by: 'admin-token' },
  });
  await house.until(() => house.logLines.some((line) => line.includes('model version in use')), 20_000);
  const judged = await concluded(twin('marigold'));
  expect(judged.model).toBe(`${before.name}+local-1`);
  expect(judged.margin! - unpromoted.margin!).toBeGreaterThan(0.3);
  expect(judged.margin! - unpromoted.margin!).toBeLessThanOrEqual(2.5);
  expect((await concluded(honest('thistle', 20))).outcome_disposition).toBe('NONE');

  expect((await model('/promote', { version: 1 })).view.code).toBe('model_judges_already');
  expect((await model('/promote', { version: 9 })).status).toBe(404);
  expect((await model('/rollback')).view).toMatchObject({ version: null, name: before.name });
  expect((await model('/rollback')).view.code).toBe('model_is_shipped');
  await house.until(() => house.logLines.filter((line) => line.includes('model version in use')).length === 2, 20_000);
  expect((await concluded(twin('clover'))).model).toBe(before.name);
  const { rows } = await database.query("select action, actor from audit_log where subject_id = 'model' order by id");
  expect(rows.map((row) => `${row.actor} ${row.action}`)).toEqual([
    'admin-token model.training_requested',
    'reelback model.drift',
    'reelback model.trained',
    'admin-token model.promoted',
    'admin-token model.rolled_back',
  ]);
});
