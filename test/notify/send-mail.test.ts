import { openMailStanding } from '../../server/notify/mail-standing.ts';
import { openOutbox } from '../../server/notify/outbox.ts';
import { type RenderedMail, sendMail } from '../../server/notify/send-mail.ts';
import { openStore, type Store } from '../../server/store/database.ts';
import { PermanentError, TemporaryError } from '../../shared/errors.ts';
import { createDatabase, type TestDatabase } from '../setup/database.ts';

const TENANT = 'tenant-of-the-post';
let database: TestDatabase;
let store: Store;
let time = new Date('2026-11-20T09:00:00Z');
let ids = 0;
let asked = 0;
const sent: RenderedMail[] = [];
let refuse: (mail: RenderedMail) => Error | null = () => null;

beforeAll(async () => {
  database = await createDatabase();
  store = openStore(database.url, () => {});
});
afterAll(async () => {
  await store.close();
  await database.drop();
});
beforeEach(() => {
  sent.length = 0;
  refuse = () => null;
});

const randomId = (prefix: string) => `${prefix}_${++ids}`;
const world = () => ({
  ...{ tenant: TENANT, store, randomId, domain: 'example.org', now: () => time, fromName: async () => 'Team' },
  log: { warn: () => {} },
  send: async (mail: RenderedMail) => {
    const error = refuse(mail);
    if (error) throw error;
    sent.push(mail);
  },
});
const outbox = () =>
  openOutbox({
    tenant: TENANT,
    jobs: {
      enqueue: async () => {
        asked += 1;
      },
    },
    now: () => time,
    randomId,
  });
const letter = { subject: 'S', title: 'T', lines: [], facts: [], listTitle: '', list: [], footer: [] };
const post = (to: string, occasion: string) =>
  store.inTransaction((trx) =>
    outbox().post(trx, {
      ...{ kind: 'user_verdict' as const, subjectId: 'sub_1', occasion, language: 'en' as const, letter },
      ...{ to, inReplyTo: null },
    }),
  );
const later = (minutes: number) => {
  time = new Date(time.getTime() + minutes * 60_000);
};

test('a mail is written once a person and occasion, and is sent once', async () => {
  const before = asked;
  expect(await post('ana@example.org', 'verdict 1')).toBe(true);
  expect(await post('Ana@Example.org', 'verdict 1')).toBe(false);
  expect(await post('Ana <ana@example.org>', 'verdict 2')).toBe(false);
  expect(asked - before).toBe(1);
  expect(await sendMail(world())).toBe(true);
  await sendMail(world());
  expect(sent.map(({ to, fromName }) => [to, fromName])).toEqual([['ana@example.org', 'Team']]);
});

test('what is undone with its transaction is never sent', async () => {
  await store
    .inTransaction(async (trx) => {
      await outbox().post(trx, {
        ...{ kind: 'user_verdict' as const, subjectId: 'sub_1', occasion: 'undone', language: 'en' as const, letter },
        ...{ to: 'ana@example.org', inReplyTo: null },
      });
      throw new Error('undone');
    })
    .catch(() => {});
  await sendMail(world());
  expect(sent).toEqual([]);
});

test('trouble of the mail server is waited for, longer each time, with the same Message-ID', async () => {
  await post('ben@example.org', 'verdict 1');
  const tries: string[] = [];
  refuse = (mail) => {
    tries.push(mail.messageId);
    return new TemporaryError('smtp: 421 busy');
  };
  await sendMail(world());
  await sendMail(world());
  expect(tries).toHaveLength(1);
  later(1);
  await sendMail(world());
  later(1);
  await sendMail(world());
  expect(tries).toHaveLength(2);
  const desk = openMailStanding({ tenant: TENANT, store, from: 'reelback@example.org', intake: null });
  expect(await desk.standing()).toMatchObject({ waiting: 1, trouble: 'smtp: 421 busy', failed: [] });
  refuse = () => null;
  later(2);
  await sendMail(world());
  expect(new Set([...tries, sent[0]?.messageId]).size).toBe(1);
  expect(await desk.standing()).toMatchObject({ waiting: 0, trouble: null });
});

test('what is refused for good, or for a day, is shown and tried no more', async () => {
  await post('carla@example.org', 'verdict 1');
  await post('dora@example.org', 'verdict 1');
  refuse = ({ to }) =>
    to.startsWith('carla') ? new PermanentError('mail_refused', 'smtp: 550 nobody') : new TemporaryError('smtp: 450');
  await sendMail(world());
  later(25 * 60);
  await sendMail(world());
  const { failed, waiting } = await openMailStanding({ tenant: TENANT, store, from: null, intake: null }).standing();
  expect(failed.map(({ recipient, error }) => [recipient, error])).toEqual([
    ['dora@example.org', 'smtp: 450'],
    ['carla@example.org', 'smtp: 550 nobody'],
  ]);
  expect(waiting).toBe(0);
  later(31 * 24 * 60);
  refuse = () => null;
  await sendMail(world());
  expect((await openMailStanding({ tenant: TENANT, store, from: null, intake: null }).standing()).failed).toEqual([]);
});

test('two workers share the work, and nobody gets it twice', async () => {
  for (let i = 0; i < 20; i++) await post(`p${i}@example.org`, 'verdict 1');
  await Promise.all([sendMail(world()), sendMail(world()), sendMail(world())]);
  expect(sent.map(({ to }) => to).sort()).toEqual(Array.from({ length: 20 }, (_, i) => `p${i}@example.org`).sort());
});
