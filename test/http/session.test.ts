import { createHmac } from 'node:crypto';
import { signedSessions } from '../../server/http/session.ts';
import { ADMIN_TOKEN, type Doors, openDoors, PUBLIC_URL } from './doors.ts';

const start = new Date('2026-08-01T09:00:00Z');
let clock = start;
const sessions = signedSessions(ADMIN_TOKEN, true, () => clock);
const pairOf = (cookie: string) => cookie.split(';')[0]!;
const analyst = { id: 'kim@example.org', role: 'soc_analyst' } as const;

beforeEach(() => {
  clock = start;
});

test('a session says who it is, for twelve hours', () => {
  const cookie = pairOf(sessions.issue(analyst));
  clock = new Date(start.getTime() + 12 * 3_600_000 - 1_000);
  expect(sessions.read(`other=1; ${cookie}`)).toEqual(analyst);
  clock = new Date(start.getTime() + 12 * 3_600_000);
  expect(sessions.read(cookie)).toBeNull();
});

test('the cookie is for this host only, out of reach of scripts and other sites', () => {
  expect(sessions.issue(analyst)).toMatch(/^__Host-reelback=.*; Path=\/; HttpOnly; SameSite=Strict; Secure$/);
  expect(signedSessions(ADMIN_TOKEN, false, () => clock).issue(analyst)).toMatch(
    /^reelback=.*; HttpOnly; SameSite=Strict$/,
  );
});

test('another admin token ends every session', () => {
  const cookie = pairOf(sessions.issue(analyst));
  expect(signedSessions(`${ADMIN_TOKEN}x`, true, () => clock).read(cookie)).toBeNull();
});

test('what is forged, changed, doubled or cut is nobody', () => {
  const cookie = pairOf(sessions.issue(analyst));
  const [name, value] = cookie.split('=') as [string, string];
  const [payload, mac] = value.split('.') as [string, string];
  const admin = Buffer.from(JSON.stringify({ id: 'x', role: 'super_admin', exp: 9_999_999_999 })).toString('base64url');
  const keyedWithSecret = createHmac('sha256', ADMIN_TOKEN).update(admin).digest('base64url');
  for (const wrong of [
    `${name}=${admin}.${mac}`,
    `${name}=${admin}.${keyedWithSecret}`,
    `${name}=${admin}.`,
    `${name}=${admin}`,
    `${name}=${payload}.${mac.slice(0, -1)}`,
    `${name}=${payload}.${mac}.x`,
    `${name}=${payload}`,
    `${name}=`,
    `${cookie}; ${cookie}`,
    `${name}=planted; ${cookie}`,
    `x${cookie}`,
    '',
    'a'.repeat(10_000),
  ])
    expect(sessions.read(wrong)).toBeNull();
});

describe('signing in', () => {
  let doors: Doors;
  beforeEach(async () => {
    doors = await openDoors(null);
  });
  afterEach(() => doors.app.close());
  const signIn = (token: string, headers: Record<string, string> = { 'x-reelback': '1', origin: PUBLIC_URL }) =>
    doors.app.inject({ method: 'POST', url: '/api/v1/session', headers, payload: { token } });

  test('the admin token signs in, the session reads lists, signing out ends it', async () => {
    const response = await signIn(ADMIN_TOKEN);
    expect(response.json()).toEqual({ name: 'admin-token', role: 'super_admin' });
    const cookie = pairOf(String(response.headers['set-cookie']));
    const list = await doors.app.inject({ url: '/api/v1/submissions', headers: { cookie } });
    expect(list.statusCode).toBe(200);
    const out = await doors.app.inject({
      method: 'DELETE',
      url: '/api/v1/session',
      headers: { cookie, 'x-reelback': '1' },
    });
    expect([out.statusCode, out.body]).toEqual([204, '']);
    expect(String(out.headers['set-cookie'])).toMatch(/^__Host-reelback=; Max-Age=0/);
  });

  test('a wrong token is 401, and the eleventh try in a minute 429', async () => {
    const statuses = [];
    for (let i = 0; i < 11; i += 1) statuses.push((await signIn(`${ADMIN_TOKEN}${i}`)).statusCode);
    expect(statuses).toEqual([...Array(10).fill(401), 429]);
  });

  test('another site cannot sign a visitor in', async () => {
    for (const headers of [{}, { 'x-reelback': '1', origin: 'https://evil.example.net' }] as Record<string, string>[])
      expect((await signIn(ADMIN_TOKEN, headers)).statusCode).toBe(403);
  });

  test('the dashboard opened under another name of this server signs in too', async () => {
    const response = await signIn(ADMIN_TOKEN, {
      'x-reelback': '1',
      origin: 'http://127.0.0.1:8080',
      host: '127.0.0.1:8080',
    });
    expect(response.statusCode).toBe(200);
  });

  test('without an admin token there is no sign-in and no admin', async () => {
    await doors.app.close();
    doors = await openDoors(null, { options: { adminToken: null } });
    expect((await signIn('')).statusCode).toBe(400);
    expect((await signIn('null')).statusCode).toBe(404);
    for (const token of ['null', 'undefined', 'x']) {
      const response = await doors.app.inject({
        url: '/api/v1/submissions',
        headers: { authorization: `Bearer ${token}` },
      });
      expect(response.statusCode).toBe(401);
    }
  });
});
