import { openSettings } from '../../server/policies/settings.ts';
import { openStore } from '../../server/store/database.ts';
import { TemporaryError } from '../../shared/errors.ts';
import { ADMIN_TOKEN, type Doors, openDoors } from './doors.ts';
import { BEN, type Issuer, startIssuer } from './issuer.ts';
import { EML, postTo, report } from './posting.ts';

let issuer: Issuer;
let doors: Doors;
let ana: string;

beforeAll(async () => {
  issuer = await startIssuer();
  ana = await issuer.token();
});
afterAll(() => issuer.stop());
beforeEach(async () => {
  doors = await openDoors(issuer);
});
afterEach(() => doors.app.close());

const post = (payload: unknown, headers?: Record<string, string>, url?: string) =>
  postTo(doors, ana, payload, headers, url);

test('a report is received with its bytes and answered with a receipt', async () => {
  const response = await post(report({ exposure: ['clicked_link', 'clicked_link'], comment: 'hm' }), {
    'idempotency-key': 'press-1',
    'accept-language': 'de-AT, en;q=0.5',
  });
  expect(response.statusCode).toBe(202);
  expect(response.headers.location).toBe(`/api/v1/submissions/${response.json().id}`);
  expect(response.headers['cache-control']).toBe('no-store');
  const [kept] = doors.submissions.reports;
  expect(Buffer.from(kept!.rawMessage!).toString()).toBe(EML);
  expect(kept).toMatchObject({
    mailbox: 'ana@example.org',
    exposure: ['clicked_link'],
    idempotencyKey: 'press-1',
    language: 'de',
    fidelity: 'exact',
    client: null,
  });
});

test('the same press again gets the first answer with 200', async () => {
  const first = await post(report(), { 'idempotency-key': 'k' });
  const again = await post(report(), { 'idempotency-key': 'k' });
  expect(again.statusCode).toBe(200);
  expect(again.json().id).toBe(first.json().id);
});

test('wait holds the answer until the verdict, and no longer', async () => {
  void (async () => {
    while (doors.submissions.views.size === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    // Somebody waits by now, or will find it concluded.
    await new Promise((resolve) => setTimeout(resolve, 150));
    const [id] = doors.submissions.views.keys();
    doors.submissions.change(id!, { status: 'concluded', outcome_disposition: 'MALICIOUS' });
  })();
  const started = Date.now();
  const response = await post(report(), {}, '/api/v1/submissions?wait=20');
  expect(response.statusCode).toBe(201);
  expect(response.json().outcome_disposition).toBe('MALICIOUS');
  expect(Date.now() - started).toBeLessThan(19_000);
});

test('wait ends with a receipt when the verdict takes longer', async () => {
  const response = await post(report(), {}, '/api/v1/submissions?wait=1');
  expect(response.statusCode).toBe(202);
});

test('a report without bytes and without an id is kept as invalid and answered with 422 and its id', async () => {
  const response = await post(report({ raw_message: undefined, provider_message_id: undefined }));
  expect(response.statusCode).toBe(422);
  expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(response.json()).toMatchObject({ code: 'no_original', status: 422, title: 'Unprocessable Entity' });
  expect(doors.submissions.views.has(response.json().submission_id)).toBe(true);
});

test("somebody else's mailbox is 403 mailbox_not_allowed", async () => {
  const response = await post(report({ mailbox: 'boss@example.org' }));
  expect([response.statusCode, response.json().code]).toEqual([403, 'mailbox_not_allowed']);
});

describe('requests that are not a report', () => {
  const cases: [string, unknown, number, string, string | undefined][] = [
    ['unknown field', report({ verdict: 'MALICIOUS' }), 400, 'unknown_field', '/verdict'],
    [
      'unknown nested field',
      report({ client: { name: 'a', version: '1', 'x/~y': 1 } }),
      400,
      'unknown_field',
      '/client/x~1~0y',
    ],
    ['missing field', report({ type: undefined }), 400, 'missing_field', '/type'],
    ['unknown type', report({ type: 'evil' }), 400, 'invalid_value', '/type'],
    ['type as a list', report({ type: ['phish'] }), 400, 'invalid_value', '/type'],
    ['number where text belongs', report({ comment: 5 }), 400, 'invalid_value', '/comment'],
    ['comment of 2,001 characters', report({ comment: 'x'.repeat(2_001) }), 400, 'invalid_value', '/comment'],
    ['mailbox with a display name', report({ mailbox: 'Ana <ana@example.org>' }), 400, 'invalid_value', '/mailbox'],
    ['mailbox with a line break', report({ mailbox: 'ana@example.org\r\nX: y' }), 400, 'invalid_value', '/mailbox'],
    ['mailbox with two @', report({ mailbox: 'a@b@example.org' }), 400, 'invalid_value', '/mailbox'],
    ['base64 with white space', report({ raw_message: 'QUJD\nREVG' }), 400, 'invalid_base64', '/raw_message'],
    ['base64 of the URL alphabet', report({ raw_message: 'QU-_' }), 400, 'invalid_base64', '/raw_message'],
    ['base64 without padding', report({ raw_message: 'QUJDRA' }), 400, 'invalid_base64', '/raw_message'],
    ['base64 with bits left over', report({ raw_message: 'QUJDRF==' }), 400, 'invalid_base64', '/raw_message'],
    ['base64 with padding inside', report({ raw_message: 'QQ==QUJD' }), 400, 'invalid_base64', '/raw_message'],
    ['a list', [report()], 400, 'invalid_value', ''],
    ['null', null, 400, 'invalid_value', ''],
    [
      'a poisoned prototype',
      '{"__proto__":{"type":"phish"},"provider":"microsoft365"}',
      400,
      'missing_field',
      '/mailbox',
    ],
    ['not JSON', '{"provider":', 400, 'invalid_json', undefined],
    ['empty', '', 400, 'invalid_value', ''],
    ['not UTF-8', Buffer.from([0x22, 0xc3, 0x28, 0x22]), 400, 'invalid_json', undefined],
    ['nested 100,000 deep', '['.repeat(100_000), 400, 'invalid_json', undefined],
    ['a million small parts', `[${'{},'.repeat(333_000)}{}]`, 400, 'invalid_json', undefined],
    ['a string that never ends', `{"a":"${'x'.repeat(1000)}\\`, 400, 'invalid_json', undefined],
  ];
  test.each(cases)('%s', async (_name, payload, status, code, pointer) => {
    const response = await post(payload);
    expect([response.statusCode, response.json().code, response.json().pointer]).toEqual([status, code, pointer]);
    expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(doors.submissions.reports).toEqual([]);
  });

  test('JSON with a named charset is JSON', async () => {
    expect((await post(report(), { 'content-type': 'application/json; charset=utf-8' })).statusCode).toBe(202);
  });

  test.each([
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
    ['multipart/form-data; boundary=x', 415],
    ['application/xml', 415],
  ])('content type %s is %i', async (type, status) => {
    const response = await post(report(), { 'content-type': type });
    expect([response.statusCode, response.json().code]).toEqual([status, 'unsupported_media_type']);
  });

  test('an idempotency key of control characters, of 201 characters, or empty', async () => {
    for (const key of ['a b', 'ä', 'x'.repeat(201), ' ']) {
      const response = await post(report(), { 'idempotency-key': key });
      expect([key, response.statusCode]).toEqual([key, 400]);
    }
    expect(doors.submissions.reports).toEqual([]);
  });

  test.each(['-1', '31', 'x', '8;drop'])('wait=%s', async (wait) => {
    const response = await post(report(), {}, `/api/v1/submissions?wait=${wait}`);
    expect([response.statusCode, response.json().code]).toEqual([400, 'invalid_value']);
  });
});

test('a value that is refused is not repeated in the answer', async () => {
  const response = await post(report({ type: 'top-secret-content', comment: 5 }));
  expect(response.body).not.toContain('top-secret-content');
});

describe('who may read', () => {
  test("another person's submission does not exist for a reporter", async () => {
    const { id } = (await post(report())).json();
    const ben = await issuer.token({ oid: BEN });
    for (const [method, url] of [
      ['GET', `/api/v1/submissions/${id}`],
      ['GET', `/api/v1/submissions/${id}/events`],
      ['POST', `/api/v1/submissions/${id}/withdraw`],
    ] as const) {
      const response = await doors.app.inject({ method, url, headers: { authorization: `Bearer ${ben}` } });
      expect([url, response.statusCode, response.json().code]).toEqual([url, 404, 'not_found']);
    }
    const own = await doors.app.inject({
      url: `/api/v1/submissions/${id}`,
      headers: { authorization: `bearer ${ana}` },
    });
    expect(own.statusCode).toBe(200);
  });

  test('withdrawing answers what happens to what was moved', async () => {
    const { id } = (await post(report())).json();
    const response = await doors.app.inject({
      method: 'POST',
      url: `/api/v1/submissions/${id}/withdraw`,
      headers: { authorization: `Bearer ${ana}` },
    });
    expect(response.json()).toEqual({ withdrawn: true, restore: 'none' });
  });

  test.each(['nope', 'sub_', 'sub_%00', `sub_${'a'.repeat(80)}`, '..%2f..%2fetc', 'SUB_1'])(
    'id %s is refused calmly',
    async (id) => {
      const response = await doors.app.inject({
        url: `/api/v1/submissions/${id}`,
        headers: { authorization: `Bearer ${ana}` },
      });
      expect([400, 404]).toContain(response.statusCode);
      expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    },
  );
});

describe('faults behind the doors', () => {
  test('temporary trouble is 503 with Retry-After', async () => {
    doors.submissions.failWith = new TemporaryError('database: down at 192.0.2.1', { retryAfterMs: 12_400 });
    const response = await post(report());
    expect([response.statusCode, response.headers['retry-after']]).toEqual([503, '13']);
    expect(response.body).not.toContain('192.0.2.1');
  });

  test('a database that is away is 503, in every place that asks it', async () => {
    const store = openStore('postgres://nobody:nothing@127.0.0.1:9/none', () => {});
    const settings = openSettings(store, 'tenant');
    const away = await openDoors(issuer, {
      deps: { settings, health: [{ name: 'database', check: () => settings.get('psr') }] },
    });
    const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
    const response = await away.app.inject({ url: '/api/v1/settings/psr', headers });
    expect([response.statusCode, response.headers['retry-after']]).toEqual([503, '5']);
    expect(response.body).not.toContain('127.0.0.1');
    expect((await away.app.inject({ url: '/readyz' })).json().checks).toEqual([{ name: 'database', ok: false }]);
    await away.app.close();
    await store.close();
  });

  test.each([
    [Object.assign(new Error('terminating connection'), { code: '57P01' })],
    [new Error('Connection terminated unexpectedly')],
    [Object.assign(new Error('deadlock detected'), { code: '40P01' })],
  ])('%s is 503', async (error) => {
    doors.submissions.failWith = error;
    expect((await post(report())).statusCode).toBe(503);
  });

  test('a surprise is 500 without its text', async () => {
    doors.submissions.failWith = new Error('column "secret" of ana@example.org');
    const response = await post(report());
    expect([response.statusCode, response.json().code]).toEqual([500, 'internal']);
    expect(response.body).not.toMatch(/secret|example/);
    expect(doors.logged.join('')).not.toContain('ana@example.org');
  });

  test('keys that cannot be read are 503, not 401', async () => {
    const other = await startIssuer();
    other.mode = 'down';
    const shut = await openDoors(other);
    const response = await shut.app.inject({
      method: 'POST',
      url: '/api/v1/submissions',
      headers: { authorization: `Bearer ${await other.token()}` },
      payload: report(),
    });
    expect([response.statusCode, response.headers['retry-after']]).toEqual([503, '10']);
    await shut.app.close();
    await other.stop();
  });
});

test('a challenge tells apart a missing token from a bad one', async () => {
  const none = await doors.app.inject({ method: 'POST', url: '/api/v1/submissions', payload: report() });
  expect([none.statusCode, none.json().code, none.headers['www-authenticate']]).toEqual([
    401,
    'token_missing',
    'Bearer',
  ]);
  const bad = await post(report(), { authorization: 'Basic YTpi' });
  expect([bad.statusCode, bad.json().code, bad.headers['www-authenticate']]).toEqual([
    401,
    'invalid_token',
    'Bearer error="invalid_token"',
  ]);
});

test('unknown addresses and methods are 404 problems', async () => {
  for (const [method, url] of [
    ['GET', '/api/v1/nothing'],
    ['GET', '/wp-login.php'],
    ['DELETE', '/api/v1/submissions/sub_1'],
    ['GET', '/api/v1/%ff'],
  ] as const) {
    const response = await doors.app.inject({ method, url });
    expect([400, 404]).toContain(response.statusCode);
    expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  }
});

test('the log of a whole report names neither subject, address, content, comment nor token', async () => {
  const headers = { 'idempotency-key': 'press-key-in-log' };
  const { id } = (await post(report({ comment: 'this comment is private' }), headers)).json();
  doors.submissions.change(id, { status: 'concluded', outcome_disposition: 'MALICIOUS' });
  await doors.app.inject({
    url: `/api/v1/submissions/${id}?x=ana@example.org`,
    headers: { authorization: `Bearer ${ana}` },
  });
  await post(report({ mailbox: 'boss@example.org' }));
  await post(report({ mailbox: 'not an address at all' }));
  await post('{"broken": "this content is private"');
  const log = doors.logged.join('');
  expect(log.split('\n').length).toBeGreaterThan(5);
  for (const secret of [
    'invoice',
    '@example',
    'private',
    ana.slice(0, 30),
    ana.slice(-20),
    'AAMk1',
    'not an address',
    'press-key',
    id,
  ])
    expect(log).not.toContain(secret);
});
