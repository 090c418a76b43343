import { connect } from 'node:net';
import { TemporaryError } from '../../shared/errors.ts';
import { type Doors, openDoors } from './doors.ts';
import { BEN, type Issuer, startIssuer } from './issuer.ts';

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

const EML = 'From: billing@invoices.example.net\r\nSubject: Your invoice is overdue\r\n\r\nPay now.\r\n';
const report = (change: Record<string, unknown> = {}) => ({
  provider: 'microsoft365',
  mailbox: 'ana@example.org',
  provider_message_id: 'AAMk1',
  type: 'phish',
  raw_message: Buffer.from(EML).toString('base64'),
  ...change,
});
const post = (payload: unknown, headers: Record<string, string> = {}, url = '/api/v1/submissions') =>
  doors.app.inject({
    method: 'POST',
    url,
    headers: { authorization: `Bearer ${ana}`, 'content-type': 'application/json', ...headers },
    payload: typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : JSON.stringify(payload),
  });

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
  setTimeout(() => {
    const [id] = doors.submissions.views.keys();
    doors.submissions.change(id!, { status: 'concluded', outcome_disposition: 'MALICIOUS' });
  }, 150);
  const started = Date.now();
  const response = await post(report(), {}, '/api/v1/submissions?wait=20');
  expect(response.statusCode).toBe(201);
  expect(response.json().outcome_disposition).toBe('MALICIOUS');
  expect(Date.now() - started).toBeLessThan(5_000);
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

describe('sizes', () => {
  test('a message at the limit is taken, one byte more is 413', async () => {
    const at = await post(report({ raw_message: Buffer.alloc(1_000_000, 65).toString('base64') }));
    expect(at.statusCode).toBe(202);
    const above = await post(report({ raw_message: Buffer.alloc(1_000_001, 65).toString('base64') }));
    expect([above.statusCode, above.json().code]).toEqual([413, 'too_large']);
  });

  test('a body over the limit is 413 before it is parsed, over a real connection too', async () => {
    const url = await doors.app.listen({ port: 0, host: '127.0.0.1' });
    const response = await fetch(`${url}/api/v1/submissions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ana}`, 'content-type': 'application/json' },
      body: 'x'.repeat(5_000_000),
    });
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([413, 'too_large']);
  });
});

describe('many large reports at a time', () => {
  const large = () => report({ raw_message: Buffer.alloc(900_000, 65).toString('base64') });
  const slowly = async (delay: Promise<void>) => {
    await doors.app.close();
    doors = await openDoors(issuer, {
      options: { limits: { uploadBytes: 3_000_000, uploadBytesOfCaller: 2_500_000 } },
    });
    const receive = doors.submissions.receive.bind(doors.submissions);
    doors.submissions.receive = async (...args) => {
      await delay;
      return receive(...args);
    };
  };

  test('one person is held back first, then everybody; small reports pass, and all is well again afterwards', async () => {
    let proceed = () => {};
    await slowly(
      new Promise((resolve) => {
        proceed = resolve;
      }),
    );
    const ben = `Bearer ${await issuer.token({ oid: BEN })}`;
    const first = [post(large(), { 'idempotency-key': '1' }), post(large(), { 'idempotency-key': '2' })];
    await new Promise((resolve) => setTimeout(resolve, 300));
    const third = await post(large());
    expect([third.statusCode, third.json().code, third.headers['retry-after']]).toEqual([429, 'too_many_uploads', '5']);
    const other = await post(large(), { authorization: ben });
    expect([other.statusCode, other.json().code, other.headers['retry-after']]).toEqual([503, 'busy', '5']);
    const small = post(report(), { authorization: ben });
    proceed();
    expect((await Promise.all([...first, small])).map(({ statusCode }) => statusCode)).toEqual([202, 202, 202]);
    expect((await post(large(), { authorization: ben, 'idempotency-key': '3' })).statusCode).toBe(202);
  });

  test('an upload that breaks off gives its place back', async () => {
    await slowly(Promise.resolve());
    const { port } = new URL(await doors.app.listen({ port: 0, host: '127.0.0.1' }));
    for (let i = 0; i < 5; i += 1) {
      const socket = connect(Number(port), '127.0.0.1');
      socket.write(
        `POST /api/v1/submissions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${ana}\r\n` +
          'Content-Type: application/json\r\nContent-Length: 1300000\r\n\r\n{"provider":',
      );
      await new Promise((resolve) => setTimeout(resolve, 100));
      socket.destroy();
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await post(large())).statusCode).toBe(202);
  });
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

describe('limits', () => {
  test('a person who reports too fast is 429 with Retry-After, another person is not', async () => {
    await doors.app.close();
    doors = await openDoors(issuer, { options: { limits: { reports: 3 } } });
    const statuses = [];
    for (let i = 0; i < 4; i += 1) statuses.push((await post(report({ provider_message_id: `m${i}` }))).statusCode);
    expect(statuses).toEqual([202, 202, 202, 429]);
    const refused = await post(report());
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.json().code).toBe('rate_limited');
    const ben = await issuer.token({ oid: BEN });
    expect((await post(report(), { authorization: `Bearer ${ben}` })).statusCode).toBe(202);
  });

  test('an address that guesses tokens is 429, while good tokens from it still pass', async () => {
    await doors.app.close();
    doors = await openDoors(issuer, { options: { limits: { refusalsOfAddress: 5 } } });
    const statuses = [];
    for (let i = 0; i < 6; i += 1)
      statuses.push((await post(report(), { authorization: `Bearer guess${i}` })).statusCode);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    expect((await post(report())).statusCode).toBe(202);
  });

  test('X-Forwarded-For counts only behind a trusted proxy', async () => {
    for (const [trustedProxies, last] of [
      [[], 429],
      [['127.0.0.1/32'], 401],
    ] as const) {
      const open = await openDoors(issuer, { options: { trustedProxies, limits: { refusalsOfAddress: 2 } } });
      const statuses = [];
      for (let i = 1; i <= 3; i += 1)
        statuses.push(
          (
            await open.app.inject({
              url: '/api/v1/submissions/sub_1',
              headers: { authorization: 'Bearer x', 'x-forwarded-for': `192.0.2.${i}` },
            })
          ).statusCode,
        );
      expect(statuses).toEqual([401, 401, last]);
      await open.app.close();
    }
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
