/** The doors of what an analyst confirms: shapes, refusals, languages, and no foreign page at the button. */

import type { Moved } from '../../server/retraction/face.ts';
import { ADMIN_TOKEN, type Doors, openDoors } from './doors.ts';
import { blankRetraction } from './retractions-in-memory.ts';
import { cookieFor } from './sessions-in-memory.ts';

let doors: Doors;
beforeEach(async () => {
  doors = await openDoors(null);
});
afterEach(() => doors.app.close());

const admin = { authorization: `Bearer ${ADMIN_TOKEN}` };
const CONFIRMATION = {
  token: 'del_1',
  expires_at: '2026-11-21T12:10:00Z',
  retraction_id: 'ret_1',
  requested_by: 'admin-token',
  second_person: false,
  mailboxes: 4,
  copies: 6,
  providers: [{ provider: 'google' as const, mailboxes: 4, copies: 6, text: 'Deleted for good.' }],
};
const post = (url: string, payload?: object, headers: Record<string, string> = admin) =>
  doors.app.inject({ method: 'POST', url: `/api/v1${url}`, headers, ...(payload ? { payload } : {}) });

test('effects are told in the language that was asked for, of the own destination unless another is named', async () => {
  const url = '/api/v1/retractions/ret_1/effects';
  const own = await doors.app.inject({ url, headers: admin });
  expect(own.json()).toMatchObject({ destination: 'Quarantine', allowed: true, copies: 6, mailboxes: 4 });
  const german = await doors.app.inject({
    url: `${url}?destination=RecoverableItemsDeletions`,
    headers: { ...admin, 'accept-language': 'de-AT' },
  });
  expect(german.json()).toMatchObject({ allowed: false, refusal: expect.stringContaining('anderes Ziel') });
  expect((await doors.app.inject({ url: `${url}?destination=Elsewhere`, headers: admin })).statusCode).toBe(400);
  expect((await doors.app.inject({ url: '/api/v1/retractions/ret_none/effects', headers: admin })).statusCode).toBe(
    404,
  );
  const messages = await doors.app.inject({
    url: '/api/v1/messages/effects?ids=msg_1,msg_none&destination=JunkEmail',
    headers: admin,
  });
  expect(messages.statusCode).toBe(404);
  for (const ids of ['', ',', 'msg_1,', 'msg_%00', 'sub_1', "msg_1'", `msg_${'1'.repeat(61)}`]) {
    const refused = await doors.app.inject({
      url: `/api/v1/messages/effects?ids=${ids}&destination=JunkEmail`,
      headers: admin,
    });
    expect([ids, refused.statusCode]).toEqual([ids, 400]);
  }
});

test('an approval needs no body; a destination in it is one of those that can be undone', async () => {
  expect((await post('/retractions/ret_1/approve')).statusCode).toBe(200);
  expect(doors.retractions.asked).toEqual([]);
  doors.retractions.view.state = 'held';
  expect((await post('/retractions/ret_1/approve', { destination: 'JunkEmail' })).json()).toMatchObject({
    destination: 'JunkEmail',
  });
  for (const destination of ['RecoverableItemsPurges', 'Inbox', 'NoAction']) {
    const answer = await post('/retractions/ret_1/approve', { destination });
    expect([answer.statusCode, answer.json().pointer]).toEqual([400, '/destination']);
  }
  expect((await post('/retractions/ret_1/approve', { destinaton: 'JunkEmail' })).json()).toMatchObject({
    code: 'unknown_field',
  });
});

test('several messages are taken back with one answer, whose own fields are the first', async () => {
  const answer = await post('/messages/move', { ids: ['msg_1', 'msg_2'], destination: 'Quarantine', comment: 'seen' });
  expect(answer.statusCode).toBe(202);
  expect(answer.json()).toMatchObject({ id: 'ret_of_msg_1', items: [{ id: 'ret_of_msg_1' }, { id: 'ret_of_msg_2' }] });
  for (const body of [
    { ids: [], destination: 'Quarantine' },
    { ids: ['sub_1'], destination: 'Quarantine' },
    { ids: ['msg_1', 'msg_1'], destination: 'Quarantine' },
    { ids: ["msg_1' or 1=1"], destination: 'Quarantine' },
    { ids: ['msg_1'], destination: 'NoAction' },
    { ids: ['msg_1'] },
    { ids: ['msg_1'], destination: 'Quarantine', comment: 'a\u0000b' },
    { ids: ['msg_1'], destination: 'RecoverableItemsPurges', confirmation: '\u0000' },
    { ids: Array.from({ length: 1_001 }, (_, n) => `msg_${n}`), destination: 'Quarantine' },
  ]) {
    expect((await post('/messages/move', body)).statusCode).toBe(400);
  }
});

test('what cannot be undone answers 409 with what would be destroyed and a token, and 202 only with it', async () => {
  const answers: Moved[] = [
    { state: 'counting', retractionId: 'ret_9' },
    { state: 'confirm', outdated: false, confirmation: CONFIRMATION },
    { state: 'confirm', outdated: true, confirmation: CONFIRMATION },
  ];
  doors.retractions.answers = [...answers];
  const counting = await post('/retractions/ret_1/purge');
  expect(counting.statusCode).toBe(409);
  expect(counting.headers['retry-after']).toBe('2');
  expect(counting.headers['content-type']).toContain('application/problem+json');
  expect(counting.json()).toMatchObject({ code: 'counting', retraction_id: 'ret_9' });
  expect((await post('/retractions/ret_1/purge')).json()).toMatchObject({
    code: 'confirmation_required',
    confirmation: CONFIRMATION,
  });
  expect((await post('/retractions/ret_1/purge', { confirmation: 'del_0' })).json()).toMatchObject({
    code: 'confirmation_outdated',
    confirmation: CONFIRMATION,
  });
  const done = await post('/retractions/ret_1/purge', { confirmation: 'del_1' });
  expect([done.statusCode, done.json().id]).toEqual([202, 'ret_1']);
  expect(doors.retractions.asked.at(-1)).toEqual({ purge: 'ret_1', token: 'del_1' });
  expect((await post('/retractions/ret_none/purge')).statusCode).toBe(404);
});

describe.each(['/retractions/ret_1/purge', '/retractions/ret_1/approve', '/messages/move'])('%s', (url) => {
  const body = url === '/messages/move' ? { ids: ['msg_1'], destination: 'RecoverableItemsPurges' } : {};
  const cookie = (role: 'viewer' | 'config_admin' | 'soc_analyst') => cookieFor({ id: 'vera', role });

  test('is no matter of viewers and of those who configure', async () => {
    for (const role of ['viewer', 'config_admin'] as const) {
      const answer = await post(url, body, { cookie: cookie(role), 'x-reelback': '1' });
      expect(answer.statusCode).toBe(403);
    }
    expect(doors.retractions.actors).toEqual([]);
  });

  test('a page of somebody else cannot press it with the cookie of an analyst', async () => {
    const foreign = await post(url, body, { cookie: cookie('soc_analyst') });
    expect(foreign.statusCode).toBe(403);
    const named = await post(url, body, {
      cookie: cookie('soc_analyst'),
      'x-reelback': '1',
      'sec-fetch-site': 'cross-site',
      origin: 'https://evil.example',
    });
    expect(named.statusCode).toBe(403);
    expect(doors.retractions.actors).toEqual([]);
    expect((await post(url, body, { cookie: cookie('soc_analyst'), 'x-reelback': '1' })).statusCode).toBeLessThan(300);
  });
});

test('a refusal names its reason', async () => {
  doors.retractions.all.push({ ...blankRetraction('ret_2'), state: 'restored' });
  expect((await post('/retractions/ret_2/approve')).json()).toMatchObject({ status: 409, code: 'wrong_state' });
});
