import fc from 'fast-check';
import { readCsv } from '../../server/policies/csv.ts';
import { ADMIN_TOKEN, type Doors, openDoors } from './doors.ts';
import { mailOf } from './investigations-in-memory.ts';

let doors: Doors;
beforeAll(async () => {
  doors = await openDoors(null, { options: { limits: { requestsOfActor: 100_000 } } });
  doors.investigations.mails.push(
    mailOf('msg_2', { subject: '=cmd|calc', final_disposition: 'SPAM' }),
    mailOf('msg_3', { subject: 'Lunch', final_disposition: 'NONE' }),
  );
});
afterAll(() => doors.app.close());

const get = (path: string) =>
  doors.app.inject({ url: `/api/v1/messages${path}`, headers: { authorization: `Bearer ${ADMIN_TOKEN}` } });

test('a page of what was found, with what was searched', async () => {
  const answer = await get('?limit=1');
  expect(answer.json()).toMatchObject({
    items: [{ id: 'msg_1' }],
    next_cursor: '1',
    scope: { detections_only: true, end: null },
    ignored: [],
  });
  expect((await get('?detections_only=false')).json().items).toHaveLength(3);
  expect((await get('?final_disposition=NONE')).json().items).toMatchObject([{ id: 'msg_3' }]);
});

test.each([
  ['?query=frm:ana', 'query_unknown_field', /no field "frm" \(at character 1 of the query\)\. Fields are from, /],
  ['?query=a%20%22b', 'query_unclosed_quote', /at character 3/],
  ['?query=from:', 'query_empty_value', /no value/],
  ['?query=disposition:evil', 'query_bad_value', /takes MALICIOUS, SPOOF, /],
  [`?query=${'a%20'.repeat(60)}`, 'query_too_many', /40 conditions/],
  ['?cursor=nonsense', 'cursor_invalid', /begin again/],
  ['?sendr=a@a.example', 'unknown_field', /sendr/],
  ['?final_disposition=EVIL', 'invalid_value', /must be one of/],
  ['?start=yesterday', 'invalid_value', /start/],
  ['?limit=1001', 'invalid_value', /limit/],
])('%s is 400 %s and says what to do', async (path, code, detail) => {
  const answer = await get(path);
  expect([answer.statusCode, answer.json().code]).toEqual([400, code]);
  expect(answer.json().detail).toMatch(detail);
});

test('whatever is asked, nothing breaks', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom('query', 'sender', 'subject', 'cursor', 'alert_id'),
      async (value, name) => {
        const { statusCode } = await get(`?${name}=${encodeURIComponent(value)}`);
        expect([200, 400]).toContain(statusCode);
      },
    ),
    { numRuns: 150 },
  );
});

test('the CSV is a file, its formulas are text, and taking it along is noted', async () => {
  const answer = await get('.csv?query=cmd');
  expect(answer.headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="messages.csv"',
    'cache-control': 'no-store',
  });
  const [head, row] = readCsv(answer.body)!;
  expect(row!.fields[head!.fields.indexOf('subject')]).toBe("'=cmd|calc");
  expect(doors.investigations.reads.at(-1)).toBe('admin-token export');
  expect((await get('.csv?query=frm:a')).statusCode).toBe(400);
});

test('the preview is a page that may do nothing, for our own frame only', async () => {
  const answer = await get('/msg_1/preview');
  expect(answer.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy':
      "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
    'x-frame-options': 'SAMEORIGIN',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  expect(answer.body).toContain('Pay &lt;b&gt;now&lt;/b&gt;');
});

test('the raw message is a file; where it is not kept the answer says why and what to do', async () => {
  const raw = await get('/msg_1/raw');
  expect(raw.headers).toMatchObject({
    'content-type': 'message/rfc822',
    'content-disposition': 'attachment; filename="msg_1.eml"',
  });
  expect(raw.body).toBe('Subject: x\r\n\r\nPay <b>now</b>');
  for (const what of ['raw', 'preview']) {
    const missing = await get(`/msg_3/${what}`);
    expect([missing.statusCode, missing.json().code]).toEqual([404, 'body_not_kept']);
    expect(missing.json().detail).toMatch(/upload the EML/);
    expect((await get(`/msg_9/${what}`)).json().code).toBe('not_found');
  }
});

test.each(['', '/action-log', '/trace'])(
  '/messages/{id}%s answers for a mail that is there, else 404',
  async (path) => {
    expect((await get(`/msg_1${path}`)).statusCode).toBe(200);
    expect((await get(`/msg_9${path}`)).statusCode).toBe(404);
  },
);
