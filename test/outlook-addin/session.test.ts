/** The story of a pane with everything outside of it in the test's hands, the clock included. */

import type { Answer, Api } from '../../outlook-addin/api.ts';
import type { TokenAnswer } from '../../outlook-addin/auth.ts';
import type { OpenItem } from '../../outlook-addin/office.ts';
import { createOutbox } from '../../outlook-addin/outbox.ts';
import type { TroubleScreen } from '../../outlook-addin/screen.ts';
import { createSession, type World } from '../../outlook-addin/session.ts';
import type { SubmissionRequest, SubmissionView } from '../../shared/api.ts';
import { analysing, aRetraction, aView } from './views.ts';

const item: OpenItem = {
  restId: 'id-1',
  internetMessageId: '<1@example.net>',
  subject: 'Hi',
  fromName: '',
  fromAddress: 'a@example.net',
  itemClass: 'IPM.Note',
  attachments: [],
};
const request: SubmissionRequest = {
  provider: 'microsoft365',
  mailbox: 'ana@example.org',
  type: 'phish',
  raw_message: 'QQ==',
  fidelity: 'exact',
};
const draft = { type: 'phish' as const, comment: '', exposure: [] };
const token: TokenAnswer = { ok: true, token: 't' };
const answer = (view: SubmissionView, status = 202): Answer<SubmissionView> => ({ ok: true, status, value: view });
const refusal = (status: number, trouble: TroubleScreen['trouble']): Answer<never> => ({
  ok: false,
  status,
  trouble,
  retryAfterMs: null,
  problem: null,
});

function deferred<T>() {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

function stage(changes: Partial<World> = {}, api: Partial<Api> = {}) {
  const store = new Map<string, string>();
  const sent: { key: string; request: SubmissionRequest }[] = [];
  let keys = 0;
  const world: World = {
    api: {
      submit: () => Promise.resolve(answer(aView())),
      view: () => Promise.resolve(answer(aView())),
      withdraw: () => Promise.resolve({ ok: true, status: 200, value: { withdrawn: true, restore: 'none' } }),
      watch: () => Promise.resolve(true),
      ...api,
    },
    auth: { silent: () => Promise.resolve(token), interactive: () => Promise.resolve(token) },
    outbox: createOutbox(
      [() => ({ getItem: (k) => store.get(k) ?? null, setItem: (k, v) => void store.set(k, v) })],
      () => 0,
    ),
    openItem: () => item,
    user: () => 'ana@example.org',
    collect: () => Promise.resolve(request),
    send: () => Promise.resolve(answer(aView())),
    randomId: () => `key-${++keys}`,
    now: () => 0,
    wait: () => new Promise(() => {}),
    ...changes,
  };
  const send = world.send;
  world.send = (what, options) => {
    sent.push({ key: options.key, request: what });
    return send(what, options);
  };
  return { world, session: createSession(world), sent };
}

test('an answer for a message that is no longer open does not cover the next one', async () => {
  const late = deferred<Answer<SubmissionView>>();
  const { session } = stage({ send: () => late.promise });
  await session.start('');
  const reporting = session.report(draft);
  await settle();
  await session.start('');
  late.resolve(answer(aView()));
  await reporting;
  expect(session.screen().at).toBe('form');
});

test('a report whose message is left before it was sent waits in the outbox and goes out without its bytes', async () => {
  const reading = deferred<SubmissionRequest>();
  let collected = 0;
  const { session, sent } = stage({ collect: () => (++collected === 1 ? reading.promise : Promise.resolve(request)) });
  await session.start('');
  const reporting = session.report(draft);
  await settle();
  await session.start('');
  reading.resolve(request);
  await reporting;
  expect(session.waiting()).toBe(1);
  expect(await session.sendWaiting()).toBe(true);
  expect(sent).toEqual([
    { key: 'key-1', request: { provider: 'microsoft365', mailbox: 'ana@example.org', type: 'phish' } },
  ]);
  expect(session.waiting()).toBe(0);
  expect(session.screen().at).toBe('form');
});

test('each press has a key of its own, each further try the same', async () => {
  let fail = true;
  const { session, sent } = stage({ send: async () => (fail ? refusal(503, 'server') : answer(aView())) });
  await session.start('');
  await session.report(draft);
  await session.retry(false);
  fail = false;
  await session.retry(false);
  await session.start('');
  await session.report(draft);
  expect(sent.map(({ key }) => key)).toEqual(['key-1', 'key-1', 'key-1', 'key-2']);
});

test.each<[number, TroubleScreen['trouble'], TroubleScreen['kept'], TroubleScreen['next']]>([
  [0, 'offline', 'yes', 'retry'],
  [0, 'timeout', 'yes', 'retry'],
  [429, 'too_many', 'yes', 'retry'],
  [503, 'server', 'yes', 'retry'],
  [401, 'token_rejected', 'yes', 'retry'],
  [403, 'mailbox_not_allowed', 'no', null],
  [422, 'unreadable', 'no', null],
])('status %d (%s): kept %s, next %s', async (status, trouble, kept, next) => {
  const { session } = stage({ send: async () => refusal(status, trouble) });
  await session.start('');
  await session.report(draft);
  expect(session.screen()).toMatchObject({ at: 'trouble', trouble, kept, next });
});

test('a report is kept before it is sent, so that closing the pane loses nothing', async () => {
  const { session, world } = stage({ send: () => new Promise(() => {}) });
  await session.start('');
  session.report(draft);
  await settle();
  expect(session.screen()).toMatchObject({ at: 'sending', step: 'sending' });
  expect(world.outbox.list('ana@example.org').map(({ key }) => key)).toEqual(['key-1']);
});

test('what waits does not press a server that asked for a pause', async () => {
  let now = 0;
  const busy = { ...refusal(429, 'too_many'), retryAfterMs: 60_000 };
  const { session, sent } = stage({ send: async () => (now === 0 ? busy : answer(aView())), now: () => now });
  await session.start('');
  await session.report(draft);
  await session.sendWaiting();
  expect(sent).toHaveLength(1);
  now = 60_000;
  expect(await session.sendWaiting()).toBe(true);
  expect(sent).toHaveLength(2);
  expect(session.screen().at).toBe('result');
});

test('a late answer does not forget the report that is on its way now', async () => {
  const first = deferred<Answer<SubmissionView>>();
  let sends = 0;
  const { session, sent } = stage({
    send: () => (++sends === 1 ? first.promise : Promise.resolve(refusal(503, 'server'))),
  });
  await session.start('');
  const reporting = session.report(draft);
  await settle();
  await session.start('');
  await session.report(draft);
  first.resolve(answer(aView()));
  await reporting;
  await session.retry(false);
  expect(sent.map(({ key }) => key)).toEqual(['key-1', 'key-2', 'key-2']);
});

test('without any store the person is told that nothing is kept', async () => {
  const { session } = stage({ send: async () => refusal(0, 'offline'), outbox: createOutbox([], () => 0) });
  await session.start('');
  await session.report(draft);
  expect(session.screen()).toMatchObject({ at: 'trouble', kept: 'impossible' });
});

test('offline already at the sign-in, the report is kept', async () => {
  const auth = {
    silent: async (): Promise<TokenAnswer> => ({ ok: false, trouble: 'offline' }),
    interactive: async () => token,
  };
  const { session, sent } = stage({ auth });
  await session.start('');
  await session.report(draft);
  expect(session.screen()).toMatchObject({ at: 'trouble', trouble: 'offline', kept: 'yes' });
  expect(sent).toEqual([]);
});

test('what waits stops at the first transient failure and drops what the server refuses', async () => {
  const replies = [refusal(503, 'server'), refusal(503, 'server')];
  const { session, sent } = stage({ send: async () => replies.shift() ?? refusal(403, 'mailbox_not_allowed') });
  for (const _ of [1, 2]) {
    await session.start('');
    await session.report(draft);
  }
  await session.start('');
  expect(session.waiting()).toBe(2);
  replies.push(refusal(0, 'offline'));
  expect(await session.sendWaiting()).toBe(false);
  expect(sent).toHaveLength(3);
  expect(await session.sendWaiting()).toBe(true);
  expect(session.waiting()).toBe(0);
});

test('a report that has arrived is not said to be unsent when its answer cannot be had', async () => {
  const api = { view: async () => refusal(0, 'offline') };
  const { session } = stage({}, api);
  session.start('{"v":1,"reportId":"sub_1"}');
  await settle();
  expect(session.screen()).toMatchObject({ at: 'trouble', trouble: 'answer_missing', next: 'retry', detail: 'sub_1' });
  api.view = async () => refusal(404, 'not_found');
  const other = stage({}, api);
  await other.session.start('{"v":1,"reportId":"sub_1"}');
  expect(other.session.screen()).toMatchObject({ trouble: 'not_found', next: null });
});

test('its answer is asked for again by itself', async () => {
  let looks = 0;
  const { session } = stage(
    { wait: () => Promise.resolve() },
    { view: async () => (++looks < 3 ? refusal(0, 'offline') : answer(aView({ psr: { action: 'none' } }))) },
  );
  await session.start('{"v":1,"reportId":"sub_1"}');
  expect(session.screen().at).toBe('result');
});

test('a verdict that takes longer than usual is said so, and a settled one is watched no more', async () => {
  let watched = 0;
  const waits: (() => void)[] = [];
  const { session } = stage(
    { send: async () => answer(aView(analysing)), wait: () => new Promise((resolve) => waits.push(() => resolve())) },
    {
      watch: async () => {
        watched++;
        return true;
      },
      view: async () => answer(watched < 2 ? aView(analysing) : aView({ retraction: aRetraction('confirming') })),
    },
  );
  await session.start('');
  session.report(draft);
  await settle();
  for (const pass of waits.splice(0)) pass();
  await settle();
  expect(session.screen()).toMatchObject({ at: 'result', slow: true, view: { status: 'concluded' } });
  for (const pass of waits.splice(0)) pass();
  await settle();
  expect(watched).toBe(2);
});
