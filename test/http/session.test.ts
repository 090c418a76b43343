import { cookiesOf } from '../../server/http/session.ts';
import { ADMIN_TOKEN, type Doors, openDoors, PUBLIC_URL } from './doors.ts';
import { cookieFor } from './sessions-in-memory.ts';

const WORD = 'aB3_-'.repeat(9).slice(0, 43);
const pairOf = (cookie: string) => cookie.split(';')[0]!;

test('the cookie is a random word for this host only, out of reach of scripts and other sites', () => {
  expect(cookiesOf(true).session(WORD)).toBe(
    `__Host-reelback=${WORD}; Max-Age=43200; Path=/; HttpOnly; SameSite=Strict; Secure`,
  );
  expect(cookiesOf(false).session(WORD)).toBe(`reelback=${WORD}; Max-Age=43200; Path=/; HttpOnly; SameSite=Strict`);
  expect(cookiesOf(true).browser(WORD)).toMatch(/^__Host-reelback-sign-in=.*Max-Age=600; .*SameSite=Lax; Secure$/);
});

test('what is changed, doubled or cut is no word', () => {
  const cookies = cookiesOf(true);
  const cookie = pairOf(cookies.session(WORD));
  expect(cookies.wordOf(`other=1; ${cookie}`)).toBe(WORD);
  for (const wrong of [
    `${cookie}x`,
    cookie.slice(0, -1),
    `${cookie}; ${cookie}`,
    `__Host-reelback=planted; ${cookie}`,
    `x${cookie}`,
    `reelback=${WORD}`,
    pairOf(cookies.browser(WORD)),
    '',
    'a'.repeat(10_000),
    undefined,
  ])
    expect(cookies.wordOf(wrong)).toBeNull();
});

let doors: Doors;
beforeEach(async () => {
  doors = await openDoors(null);
});
afterEach(() => doors.app.close());

const ownPage = { 'x-reelback': '1', origin: PUBLIC_URL };
const signIn = (token: string, headers: Record<string, string> = ownPage) =>
  doors.app.inject({ method: 'POST', url: '/api/v1/session', headers, payload: { token } });
const who = (cookie: string) => doors.app.inject({ url: '/api/v1/session', headers: { cookie } });

describe('signing in with the admin token', () => {
  test('it signs in, the session reads lists, signing out ends it for whoever kept the cookie', async () => {
    const response = await signIn(ADMIN_TOKEN);
    expect(response.json()).toMatchObject({ name: 'admin-token', role: 'super_admin', signed_in_with: 'token' });
    const cookie = pairOf(String(response.headers['set-cookie']));
    const list = await doors.app.inject({ url: '/api/v1/submissions', headers: { cookie } });
    expect(list.statusCode).toBe(200);
    const out = await doors.app.inject({ method: 'DELETE', url: '/api/v1/session', headers: { cookie, ...ownPage } });
    expect([out.statusCode, out.body]).toEqual([204, '']);
    expect(String(out.headers['set-cookie'])).toMatch(/^__Host-reelback=; Max-Age=0/);
    expect((await who(cookie)).statusCode).toBe(401);
  });

  test('who signs in anew ends the session that this browser had', async () => {
    const before = pairOf(String((await signIn(ADMIN_TOKEN)).headers['set-cookie']));
    expect((await signIn(ADMIN_TOKEN, { ...ownPage, cookie: before })).statusCode).toBe(200);
    expect((await who(before)).statusCode).toBe(401);
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
    const headers = { 'x-reelback': '1', origin: 'http://127.0.0.1:8080', host: '127.0.0.1:8080' };
    expect((await signIn(ADMIN_TOKEN, headers)).statusCode).toBe(200);
  });

  test('without an admin token there is no sign-in and no admin', async () => {
    await doors.app.close();
    doors = await openDoors(null, { options: { adminToken: null } });
    expect((await doors.app.inject('/api/v1/session/ways')).json()).toEqual({ token: false, oidc: null });
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

  test('where the token is for scripts alone it opens no dashboard, and scripts go on', async () => {
    await doors.app.close();
    doors = await openDoors(null, { options: { tokenSignIn: false } });
    expect((await signIn(ADMIN_TOKEN)).statusCode).toBe(404);
    const script = { authorization: `Bearer ${ADMIN_TOKEN}` };
    const response = await doors.app.inject({ url: '/api/v1/session', headers: script });
    expect(response.json()).toEqual({ name: 'admin-token', role: 'super_admin' });
  });

  test('without a provider its ways are not there', async () => {
    for (const url of ['/api/v1/session/oidc', '/api/v1/session/oidc/callback?state=x&code=y'])
      expect((await doors.app.inject(url)).statusCode).toBe(404);
  });
});

describe('ending sessions', () => {
  const kim = { id: 'kim@example.org', role: 'soc_analyst' } as const;

  test('everywhere means every session of this person, and nobody else', async () => {
    const [one, two] = [cookieFor(kim), cookieFor(kim)];
    const other = cookieFor({ id: 'lee@example.org', role: 'viewer' });
    const url = '/api/v1/session?everywhere=true';
    const out = await doors.app.inject({ method: 'DELETE', url, headers: { cookie: one, ...ownPage } });
    expect(out.statusCode).toBe(204);
    expect(await Promise.all([one, two, other].map(async (cookie) => (await who(cookie)).statusCode))).toEqual([
      401, 401, 200,
    ]);
  });

  test('a super admin ends the sessions of somebody, whose role then counts anew', async () => {
    const cookie = cookieFor(kim);
    const revoke = (name: string) =>
      doors.app.inject({
        method: 'POST',
        url: '/api/v1/sessions/revoke',
        headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
        payload: { name },
      });
    expect((await revoke(kim.id)).json()).toEqual({ revoked: 1 });
    expect((await who(cookie)).statusCode).toBe(401);
    expect((await revoke(kim.id)).statusCode).toBe(404);
  });
});
