/** The doors of casework: what they take, what they refuse, and with which culprit. */
import { ADMIN_TOKEN, blankView, type Doors, openDoors } from './doors.ts';

let doors: Doors;
beforeAll(async () => {
  doors = await openDoors(null);
  doors.submissions.views.set('sub_1', { ...blankView('sub_1'), status: 'concluded', owner: 'x' });
  doors.submissions.views.set('sub_2', { ...blankView('sub_2'), owner: 'x' });
});
afterAll(() => doors.app.close());

const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
const post = (url: string, payload?: object) =>
  doors.app.inject({ method: 'POST', url: `/api/v1${url}`, headers, ...(payload ? { payload } : {}) });
const get = (url: string) => doors.app.inject({ url: `/api/v1${url}`, headers });
const eml = Buffer.from('Subject: x\r\n\r\nx').toString('base64');

describe('reclassify', () => {
  test.each([
    [{ ids: ['msg_1', 'msg_2'], disposition: 'SPAM' }, { ids: ['msg_1', 'msg_2'] }],
    [
      { eml, disposition: 'NONE', restore: true },
      { eml: 'Subject: x\r\n\r\nx', restore: true },
    ],
    [
      { ids: ['msg_1'], disposition: 'MALICIOUS', destination: 'JunkEmail', escalated_submission_id: 'sub_1' },
      { destination: 'JunkEmail', escalated_submission_id: 'sub_1' },
    ],
  ])('%j is asked of the room with who asks', async (payload, asked) => {
    doors.casework.asked.length = 0;
    const response = await post('/messages/reclassify', payload);
    expect(response.statusCode).toBe(202);
    expect(response.json().items).not.toHaveLength(0);
    expect(doors.casework.asked).toMatchObject([{ ...asked, disposition: payload.disposition, actor: 'admin-token' }]);
  });

  test.each([
    [{ disposition: 'SPAM' }, 'invalid_value', '/ids'],
    [{ ids: ['msg_1'], eml, disposition: 'SPAM' }, 'invalid_value', '/ids'],
    [{ ids: [], disposition: 'SPAM' }, 'invalid_value', '/ids'],
    [{ ids: ['msg_1', 'msg_1'], disposition: 'SPAM' }, 'invalid_value', '/ids'],
    [{ ids: ["msg_1'; drop table"], disposition: 'SPAM' }, 'invalid_value', '/ids/0'],
    [{ ids: ['msg_1'] }, 'missing_field', '/disposition'],
    [{ ids: ['msg_1'], disposition: 'ENCRYPTED' }, 'invalid_value', '/disposition'],
    [{ ids: ['msg_1'], disposition: 'SPAM', comment: 'a\u0000b' }, 'invalid_value', '/comment'],
    [
      { ids: ['msg_1'], disposition: 'SPAM', restore: true, destination: 'Quarantine' },
      'invalid_value',
      '/destination',
    ],
    [{ ids: ['msg_1'], disposition: 'MALICIOUS', restore: true }, 'invalid_value', '/restore'],
    [{ ids: ['msg_1'], disposition: 'NONE', destination: 'Quarantine' }, 'invalid_value', '/destination'],
    [{ ids: ['msg_1'], disposition: 'SPAM', destination: 'RecoverableItemsPurges' }, 'invalid_value', '/destination'],
    [{ eml, disposition: 'MALICIOUS', destination: 'Quarantine' }, 'invalid_value', '/destination'],
    [{ eml: 'no base64!', disposition: 'SPAM' }, 'invalid_base64', '/eml'],
  ])('%j is refused with the culprit', async (payload, code, pointer) => {
    const response = await post('/messages/reclassify', payload);
    expect([response.statusCode, response.json().code, response.json().pointer]).toEqual([400, code, pointer]);
  });

  test('an upload beyond the limit is 413, an unknown message 404', async () => {
    const large = Buffer.alloc(1_000_001, 65).toString('base64');
    expect((await post('/messages/reclassify', { eml: large, disposition: 'SPAM' })).json()).toMatchObject({
      status: 413,
      pointer: '/eml',
    });
    expect((await post('/messages/reclassify', { ids: ['msg_none'], disposition: 'SPAM' })).statusCode).toBe(404);
  });
});

describe('release', () => {
  test('answers message by message, and an unknown one with 404', async () => {
    const released = await post('/messages/release', { ids: ['msg_1'] });
    expect([released.statusCode, released.json()]).toEqual([
      202,
      { items: [{ id: 'msg_1', delivered: ['ana@example.org'], undelivered: [], failed: [] }] },
    ]);
    expect((await post('/messages/release', { ids: ['msg_none'] })).statusCode).toBe(404);
    const many = Array.from({ length: 1_001 }, (_, n) => `msg_${n}`);
    expect((await post('/messages/release', { ids: many })).json()).toMatchObject({ status: 400, pointer: '/ids' });
  });
});

describe('escalate', () => {
  test('needs no body, takes one, and refuses what is not judged', async () => {
    expect((await post('/submissions/sub_1/escalate')).json()).toMatchObject({ customer_status: 'escalated' });
    const said = { as: 'SPAM', comment: 'please look' };
    expect((await post('/submissions/sub_1/escalate', said)).statusCode).toBe(200);
    expect(doors.submissions.escalated.at(-1)).toEqual({ id: 'sub_1', request: said, actor: 'admin-token' });
    expect((await post('/submissions/sub_2/escalate')).json()).toMatchObject({ status: 409, code: 'not_escalatable' });
    expect((await post('/submissions/sub_none/escalate')).statusCode).toBe(404);
    expect((await post('/submissions/sub_1/escalate', { as: 'BAD' })).json()).toMatchObject({ pointer: '/as' });
  });
});

describe('lists of submissions', () => {
  test('every documented filter reaches the room; a word of the review is a status too', async () => {
    const query =
      'type=USER&status=escalated&original_disposition=SPAM&requested_disposition=MALICIOUS&outcome_disposition=NONE' +
      '&escalated_from_user=true&submission_id=sub_1&start=2026-01-01T00:00:00Z&end=2026-02-01T00:00:00Z' +
      '&order=subject&direction=asc&query=invoice&limit=7';
    expect((await get(`/submissions?${query}`)).statusCode).toBe(200);
    expect(doors.submissions.listed.at(-1)).toMatchObject({
      ...{ type: 'USER', status: 'escalated', original_disposition: 'SPAM', requested_disposition: 'MALICIOUS' },
      ...{ outcome_disposition: 'NONE', escalated_from_user: true, submission_id: 'sub_1', order: 'subject' },
      ...{ direction: 'asc', query: 'invoice', limit: 7, start: '2026-01-01T00:00:00Z' },
    });
  });

  test.each(['status=wonderful', 'order=color', 'direction=up', 'start=yesterday', 'escalated_from_user=2'])(
    '%s is 400',
    async (query) => {
      expect((await get(`/submissions?${query}`)).statusCode).toBe(400);
    },
  );
});

describe('bulk jobs', () => {
  const search = { search_params: { query: 'invoice', detections_only: true } };

  test.each([
    { action: 'MOVE', destination: 'Quarantine', ...search },
    { action: 'RELEASE', ids: ['msg_1'], comment: 'all clear' },
    { action: 'RECLASSIFY', disposition: 'SPAM', ...search },
  ])('%j is previewed, and started', async (payload) => {
    const { comment: _, ...asked } = payload as { comment?: string } & typeof payload;
    expect((await post('/bulk-jobs/preview', asked)).json()).toMatchObject({ complete: true, skipped: 2 });
    const started = await post('/bulk-jobs', payload);
    expect([started.statusCode, started.json()]).toMatchObject([
      202,
      { action_type: payload.action, status: 'PENDING' },
    ]);
  });

  test.each([
    [{ action: 'MOVE', destination: 'Quarantine' }, 'invalid_value', '/ids'],
    [{ action: 'MOVE', destination: 'Quarantine', ids: ['msg_1'], ...search }, 'invalid_value', '/ids'],
    [{ action: 'MOVE', ...search }, 'missing_field', '/destination'],
    [{ action: 'MOVE', destination: 'RecoverableItemsPurges', ...search }, 'invalid_value', '/destination'],
    [{ action: 'MOVE', destination: 'Inbox', ...search }, 'invalid_value', '/destination'],
    [{ action: 'RELEASE', destination: 'Quarantine', ...search }, 'unknown_field', '/destination'],
    [{ action: 'RECLASSIFY', ...search }, 'missing_field', '/disposition'],
    [{ action: 'DELETE', ...search }, 'invalid_value', '/action'],
    [{ action: 'RELEASE', search_params: { color: 'red' } }, 'unknown_field', '/search_params/color'],
    [{ action: 'RELEASE', search_params: { query: '(' } }, 'query_bad_value', '/search_params/query'],
  ])('%j is refused with the culprit', async (payload, code, pointer) => {
    const response = await post('/bulk-jobs', payload);
    expect([response.statusCode, response.json().code, response.json().pointer]).toEqual([400, code, pointer]);
  });

  test('one is read, stopped once, and forgotten only when it is over', async () => {
    expect((await get('/bulk-jobs/job_1')).json()).toMatchObject({ job_id: 'job_1', total_messages_discovered: 40 });
    expect((await get('/bulk-jobs/job_1/messages?status=FAILED')).json()).toEqual({ items: [] });
    expect((await post('/bulk-jobs/job_1/undo')).json()).toMatchObject({ status: 409, code: 'nothing_to_undo' });
    const remove = (id: string) => doors.app.inject({ method: 'DELETE', url: `/api/v1/bulk-jobs/${id}`, headers });
    expect((await remove('job_1')).json()).toMatchObject({ status: 409, code: 'wrong_state' });
    expect((await post('/bulk-jobs/job_1/cancel')).json()).toMatchObject({ status: 'CANCELLED' });
    expect((await post('/bulk-jobs/job_1/cancel')).statusCode).toBe(409);
    expect([(await remove('job_1')).statusCode, (await remove('job_1')).statusCode]).toEqual([204, 404]);
    for (const path of ['', '/messages']) expect((await get(`/bulk-jobs/job_1${path}`)).statusCode).toBe(404);
  });
});
