/** Every route times every caller, from the route table itself: a route that is new is asked like all others. */
import { ROLES, type RouteAccess, roleAllows } from '../../server/http/access.ts';
import { IDLE_SECONDS, SESSION_SECONDS } from '../../server/http/session.ts';
import { ADMIN_TOKEN, blankView, type Doors, openDoors, PUBLIC_URL } from './doors.ts';
import { type Issuer, startIssuer } from './issuer.ts';
import { cookieFor, cookieOf } from './sessions-in-memory.ts';

let issuer: Issuer;
let doors: Doors;
let routes: RouteAccess[];

beforeAll(async () => {
  issuer = await startIssuer();
  const limits = { refusalsOfAddress: 100_000, requestsOfActor: 100_000, requestsOfReporter: 100_000 };
  doors = await openDoors(issuer, { options: { limits: { ...limits, signInsOfAddress: 100_000 } } });
  doors.submissions.views.set('sub_1', { ...blankView('sub_1'), owner: 'x' });
  routes = doors.app.routeAccess.filter(({ method }) => method !== 'HEAD');
});
afterAll(async () => {
  await doors.app.close();
  await issuer.stop();
});

const ownPage = { 'x-reelback': '1', origin: PUBLIC_URL };
const OTHER_TENANT = '99999999-0000-4000-8000-000000000000';
const name = ({ method, url }: RouteAccess) => `${method} ${url}`;

function call({ method, url }: RouteAccess, headers: Record<string, string>) {
  const id = url.includes('retractions') ? 'ret_1' : url.includes('messages') ? 'msg_1' : 'sub_1';
  const address = url.replace(':address', 'ana@example.org').replace(/:\w+/g, id).replace('*', 'x');
  return doors.app.inject({ method: method as 'GET', url: address, headers });
}

/** A stream ends with its subject, not with its answer: who may have it is not asked here. */
const isStream = ({ url }: RouteAccess) => url.endsWith('/events');
/** Who may call a closed route; nobody where it is open. */
const callers = ({ access }: RouteAccess) => (access.open ? {} : access);
const closed = () => routes.filter(({ access }) => !access.open);

test('the table has the routes of every room, and most of them are closed', () => {
  expect(routes.length).toBeGreaterThan(80);
  expect(closed().length).toBeGreaterThan(70);
  expect(new Set(routes.map(name)).size).toBe(routes.length);
});

const yesterday = (seconds: number) => new Date(Date.now() - seconds * 1_000);
const strangers: [string, () => Record<string, string> | Promise<Record<string, string>>][] = [
  ['nobody', () => ({})],
  ['a token of nobody', () => ({ authorization: 'Bearer nonsense' })],
  ['the admin token with a letter more', () => ({ authorization: `Bearer ${ADMIN_TOKEN}x` })],
  ['a forged session', () => ({ cookie: `__Host-reelback=${'A'.repeat(43)}`, ...ownPage })],
  [
    'a session of the signed kind',
    () => ({ cookie: '__Host-reelback=eyJyb2xlIjoic3VwZXJfYWRtaW4ifQ.AAAA', ...ownPage }),
  ],
  [
    'a session that has expired',
    () => ({ cookie: cookieFor({ id: 'x', role: 'super_admin' }, { at: yesterday(SESSION_SECONDS) }), ...ownPage }),
  ],
  [
    'a session that was idle',
    () => ({ cookie: cookieFor({ id: 'x', role: 'super_admin' }, { at: yesterday(IDLE_SECONDS) }), ...ownPage }),
  ],
  [
    'an expired token',
    async () => ({ authorization: `Bearer ${await issuer.token({ exp: Math.floor(Date.now() / 1_000) - 600 })}` }),
  ],
];
test.each(strangers)('%s gets 401 everywhere', async (_who, headers) => {
  const given = await headers();
  for (const route of closed())
    expect([name(route), (await call(route, given)).statusCode]).toEqual([name(route), 401]);
});

test('a reporter of another tenant gets 403 everywhere', async () => {
  const iss = `${issuer.loginUrl}/${OTHER_TENANT}/v2.0`;
  const authorization = `Bearer ${await issuer.token({ tid: OTHER_TENANT, iss })}`;
  for (const route of closed()) {
    const answer = await call(route, { authorization });
    expect([name(route), answer.statusCode, answer.json().code]).toEqual([name(route), 403, 'tenant_not_allowed']);
  }
});

test('a reporter gets to what reporters may, and is told that the rest needs a role', async () => {
  const authorization = `Bearer ${await issuer.token()}`;
  for (const route of closed()) {
    if (callers(route).reporter && isStream(route)) continue;
    const { statusCode, body } = await call(route, { authorization });
    const told = [name(route), statusCode, statusCode === 403 ? JSON.parse(body).code : ''];
    if (callers(route).reporter) expect([400, 404, 415]).toContain(statusCode);
    else expect(told).toEqual([name(route), 403, 'role_missing']);
  }
});

test.each(ROLES)('%s gets to what the role may, and nowhere else', async (role) => {
  for (const route of closed()) {
    const least = callers(route).role;
    const allowed = least !== undefined && roleAllows(role, least);
    if (allowed && isStream(route)) continue;
    const { statusCode, body } = await call(route, { cookie: cookieOf(role), ...ownPage });
    const refused = statusCode === 401 || statusCode === 403;
    expect([name(route), refused]).toEqual([name(route), !allowed]);
    if (allowed)
      expect([name(route), statusCode, body.slice(0, 200)]).not.toEqual([name(route), 500, expect.anything()]);
    else expect([name(route), statusCode]).toEqual([name(route), 403]);
  }
});

test('a viewer changes nothing: every write route but signing out refuses', async () => {
  const writes = closed().filter(({ method, url }) => method !== 'GET' && url !== '/api/v1/session');
  expect(writes.length).toBeGreaterThan(30);
  const statuses = new Set<number>();
  for (const route of writes) statuses.add((await call(route, { cookie: cookieOf('viewer'), ...ownPage })).statusCode);
  expect([...statuses]).toEqual([403]);
});

test('a cookie alone changes nothing, whoever it belongs to', async () => {
  const cookie = cookieOf('super_admin');
  for (const headers of [
    { cookie },
    { cookie, origin: PUBLIC_URL },
    { cookie, 'x-reelback': '1', origin: 'https://evil.example.net' },
    { cookie, 'x-reelback': '1', origin: 'null' },
    { cookie, 'x-reelback': '1', origin: `${PUBLIC_URL}.evil.example.net` },
    { cookie, 'x-reelback': '1', origin: PUBLIC_URL, 'sec-fetch-site': 'same-site' },
    { cookie, 'x-reelback': '1', 'sec-fetch-site': 'cross-site' },
  ] as Record<string, string>[])
    for (const route of closed().filter(({ method }) => method !== 'GET'))
      expect([name(route), (await call(route, headers)).statusCode]).toEqual([name(route), 403]);
});

test.each(['viewer', 'config_admin'] as const)(
  '%s reads no subject, address or evidence of a mail, and no reporter, in any answer',
  async (role) => {
    doors.submissions.change('sub_1', {
      reasons: [{ id: 'url.x', family: 'url', severity: 'high', text: 'A look-alike', evidence: 'evil[.]example' }],
      attributes: ['BEC', 'NEW_DOMAIN_LINK=2026-08-01 00:00:00 +0000'],
      pane: { title: 'Phishing', tone: 'danger', lines: ['About "Your invoice is overdue"'] },
    });
    const mailRoutes = closed().filter(
      (route) =>
        route.method === 'GET' &&
        callers(route).role === 'viewer' &&
        !isStream(route) &&
        route.url !== '/api/v1/session',
    );
    expect(mailRoutes.length).toBeGreaterThan(6);
    for (const route of mailRoutes) {
      const { statusCode, body } = await call(route, { cookie: cookieOf(role) });
      const leaks = body.match(/invoice is overdue|billing|evil\[|NEW_DOMAIN_LINK=|[A-Za-z0-9]@[a-z]/gi) ?? [];
      expect([name(route), statusCode < 500, leaks]).toEqual([name(route), true, []]);
    }
    const analyst = await doors.app.inject({
      url: '/api/v1/submissions/sub_1',
      headers: { cookie: cookieOf('soc_analyst') },
    });
    expect(analyst.body).toContain('Your invoice is overdue');
  },
);
