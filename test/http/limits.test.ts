import { connect } from 'node:net';
import { type Doors, openDoors } from './doors.ts';
import { BEN, type Issuer, startIssuer } from './issuer.ts';
import { postTo, report } from './posting.ts';

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
