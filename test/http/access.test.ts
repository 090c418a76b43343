import { ROLES, type Role, roleAllows } from '../../server/http/access.ts';
import { METRICS } from '../../shared/metrics-names.ts';
import { ADMIN_TOKEN, blankView, type Doors, openDoors, PUBLIC_URL } from './doors.ts';
import { type Issuer, startIssuer } from './issuer.ts';
import { cookieOf } from './sessions-in-memory.ts';

let issuer: Issuer;
let doors: Doors;
let reporter: string;

beforeAll(async () => {
  issuer = await startIssuer();
  reporter = await issuer.token();
  doors = await openDoors(issuer, { options: { limits: { refusalsOfAddress: 10_000, requestsOfActor: 10_000 } } });
  doors.submissions.views.set('sub_1', { ...blankView('sub_1'), owner: 'x' });
});
afterAll(async () => {
  await doors.app.close();
  await issuer.stop();
});

const ownPage = { 'x-reelback': '1', origin: PUBLIC_URL };

const matrix: [route: string, least: Role | 'reporter only' | 'open', reporterToo: boolean][] = [
  ['GET /healthz', 'open', false],
  ['GET /readyz', 'open', false],
  ['GET /', 'open', false],
  ['GET /dashboard', 'open', false],
  ['GET /dashboard/*', 'open', false],
  ['GET /addins/gmail/*', 'open', false],
  ['GET /api/v1/openapi.json', 'open', false],
  ['POST /api/v1/session', 'open', false],
  ['GET /api/v1/session/ways', 'open', false],
  ['GET /api/v1/session/oidc', 'open', false],
  ['GET /api/v1/session/oidc/callback', 'open', false],
  ['GET /api/v1/session', 'viewer', false],
  ['DELETE /api/v1/session', 'viewer', false],
  ['GET /api/v1/sessions', 'super_admin', false],
  ['GET /api/v1/audit-log', 'config_admin', false],
  ['GET /api/v1/audit-log/verify', 'config_admin', false],
  ['GET /api/v1/audit-log/export', 'config_admin', false],
  ['GET /api/v1/people/:address', 'super_admin', false],
  ['GET /api/v1/people/:address/export', 'super_admin', false],
  ['DELETE /api/v1/people/:address', 'super_admin', false],
  ['POST /api/v1/sessions/revoke', 'super_admin', false],
  ['POST /api/v1/submissions', 'reporter only', true],
  ['POST /api/v1/submissions/:id/withdraw', 'reporter only', true],
  ['GET /api/v1/submissions/:id', 'viewer', true],
  ['GET /api/v1/submissions/:id/detail', 'soc_analyst', false],
  ['GET /api/v1/submissions/:id/verdict', 'soc_analyst', false],
  ['GET /api/v1/submissions/:id/eml', 'soc_analyst', false],
  ['GET /api/v1/submissions/:id/events', 'viewer', true],
  ['GET /api/v1/submissions', 'viewer', false],
  ['POST /api/v1/submissions/:id/escalate', 'soc_analyst', false],
  ['GET /api/v1/invalid-submissions', 'viewer', false],
  ['GET /api/v1/invalid-submissions/:id/bytes', 'soc_analyst', false],
  ['POST /api/v1/invalid-submissions/:id/eml', 'soc_analyst', false],
  ['GET /api/v1/mail', 'config_admin', false],
  ['GET /api/v1/retractions', 'viewer', false],
  ['GET /api/v1/retractions/:id', 'soc_analyst', false],
  ['GET /api/v1/retractions/:id/copies', 'soc_analyst', false],
  ['GET /api/v1/retractions/:id/effects', 'soc_analyst', false],
  ['GET /api/v1/messages/:id/similar', 'soc_analyst', false],
  ['GET /api/v1/messages/effects', 'soc_analyst', false],
  ...['', '.csv', '/:id', '/:id/action-log', '/:id/trace', '/:id/raw', '/:id/preview'].map(
    (path): (typeof matrix)[number] => [`GET /api/v1/messages${path}`, 'soc_analyst', false],
  ),
  ...['', '.csv', '/:id', '/:id/action-log', '/:id/trace', '/:id/raw', '/:id/preview'].map(
    (path): (typeof matrix)[number] => [`GET /api/v1/messages${path}`, 'soc_analyst', false],
  ),
  ['GET /api/v1/model', 'config_admin', false],
  ['GET /api/v1/watching', 'config_admin', false],
  ...METRICS.map((name): (typeof matrix)[number] => [`GET /api/v1/metrics/${name}`, 'viewer', false]),
  ['POST /api/v1/model/retrain', 'config_admin', false],
  ['POST /api/v1/model/promote', 'config_admin', false],
  ['POST /api/v1/model/rollback', 'config_admin', false],
  ['POST /api/v1/messages/move', 'soc_analyst', false],
  ['POST /api/v1/messages/reclassify', 'soc_analyst', false],
  ['POST /api/v1/messages/release', 'soc_analyst', false],
  ['POST /api/v1/bulk-jobs/preview', 'soc_analyst', false],
  ['POST /api/v1/bulk-jobs', 'soc_analyst', false],
  ['GET /api/v1/bulk-jobs', 'soc_analyst', false],
  ['GET /api/v1/bulk-jobs/:id', 'soc_analyst', false],
  ['GET /api/v1/bulk-jobs/:id/messages', 'soc_analyst', false],
  ['POST /api/v1/bulk-jobs/:id/cancel', 'soc_analyst', false],
  ['POST /api/v1/bulk-jobs/:id/undo', 'soc_analyst', false],
  ['DELETE /api/v1/bulk-jobs/:id', 'soc_analyst', false],
  ['POST /api/v1/retractions/:id/purge', 'soc_analyst', false],
  ['POST /api/v1/retractions/:id/approve', 'soc_analyst', false],
  ['POST /api/v1/retractions/:id/cancel', 'soc_analyst', false],
  ['POST /api/v1/retractions/:id/restore', 'soc_analyst', false],
  ...[
    'psr',
    'retraction',
    'guard',
    'shared_mailboxes',
    'lures',
    'pdr',
    'watch',
    'learning',
    'notifications',
    'intake',
  ].flatMap((name): typeof matrix => [
    [`GET /api/v1/settings/${name}`, 'config_admin', false],
    [`PUT /api/v1/settings/${name}`, 'config_admin', false],
  ]),
  ...[
    'allow_policies',
    'block_senders',
    'trusted_domains',
    'impersonation_registry',
    'simulations',
    'protected_mailboxes',
  ].flatMap((name): typeof matrix => [
    [`GET /api/v1/settings/${name}`, 'config_admin', false],
    [`POST /api/v1/settings/${name}`, 'config_admin', false],
    [`GET /api/v1/settings/${name}/csv`, 'config_admin', false],
    [`POST /api/v1/settings/${name}/csv`, 'config_admin', false],
    [`PATCH /api/v1/settings/${name}/:id`, 'config_admin', false],
    [`DELETE /api/v1/settings/${name}/:id`, 'config_admin', false],
  ]),
];

test('the route table is the matrix: no route is missing, none is wider', () => {
  const declared = doors.app.routeAccess
    .filter(({ method }) => method !== 'HEAD')
    .map(({ method, url, access }) => [
      `${method} ${url}`,
      access.open ? 'open' : (access.role ?? 'reporter only'),
      !access.open && access.reporter === true,
    ]);
  expect(declared.sort()).toEqual([...matrix].sort());
});

test('a route that does not say who may call it stops the start', async () => {
  const fresh = await openDoors(issuer);
  expect(() => fresh.app.get('/api/v1/forgotten', async () => 'x')).toThrow('does not say who may call it');
  await fresh.app.close();
});

describe('every closed route, for every caller', () => {
  const closed = matrix.filter(([, least]) => least !== 'open');
  const call = (route: string, headers: Record<string, string>) => {
    const [method, url] = route.split(' ') as ['GET', string];
    const id = url.includes('retraction') ? 'ret_1' : 'sub_1';
    return doors.app.inject({ method, url: url.replace(':id', id).replace('/events', '/events?x'), headers });
  };

  test.each(closed)('%s', async (route, least, reporterToo) => {
    // A stream would not end by itself: its refusals are what counts here.
    const refusalsOnly = route.includes('/events');
    expect((await call(route, {})).statusCode).toBe(401);
    expect((await call(route, { authorization: 'Bearer nonsense' })).statusCode).toBe(401);
    expect((await call(route, { cookie: '__Host-reelback=e30.AAAA' })).statusCode).toBe(401);
    if (!refusalsOnly || !reporterToo) {
      const asReporter = await call(route, { authorization: `Bearer ${reporter}` });
      if (reporterToo) expect([400, 404]).toContain(asReporter.statusCode);
      else expect([asReporter.statusCode, asReporter.json().code]).toEqual([403, 'role_missing']);
    }
    for (const role of ROLES) {
      const allowed = least !== 'reporter only' && least !== 'open' && roleAllows(role, least);
      if (refusalsOnly && allowed) continue;
      const response = await call(route, { cookie: cookieOf(role), ...ownPage });
      if (allowed) expect([role, response.statusCode < 401 || response.statusCode >= 404]).toEqual([role, true]);
      else expect([role, response.statusCode]).toEqual([role, 403]);
    }
  });

  test.each(closed.filter(([route]) => !route.startsWith('GET ')))(
    '%s: a cookie alone changes nothing',
    async (route) => {
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
        expect((await call(route, headers)).statusCode).toBe(403);
    },
  );
});

describe('roles', () => {
  test('config_admin has settings but no messages, an analyst messages but no settings', () => {
    expect(ROLES.map((role) => ROLES.filter((needed) => roleAllows(role, needed)))).toEqual([
      ['viewer'],
      ['viewer', 'soc_analyst'],
      ['viewer', 'config_admin'],
      ['viewer', 'soc_analyst', 'config_admin', 'super_admin'],
    ]);
  });

  test.each(['viewer', 'config_admin'] as const)('%s sees lists without subjects, names and evidence', async (role) => {
    doors.submissions.change('sub_1', {
      reasons: [{ id: 'url.x', family: 'url', severity: 'high', text: 'A look-alike', evidence: 'evil[.]example' }],
      attributes: ['BEC', 'NEW_DOMAIN_LINK=2026-08-01 00:00:00 +0000'],
      pane: { title: 'Phishing', tone: 'danger', lines: ['About "Your invoice is overdue"'] },
    });
    for (const url of [
      '/api/v1/submissions',
      '/api/v1/submissions/sub_1',
      '/api/v1/retractions',
      '/api/v1/submissions?query=invoice',
    ]) {
      const response = await doors.app.inject({ url, headers: { cookie: cookieOf(role) } });
      expect(response.statusCode).toBe(200);
      expect(response.body).not.toMatch(/invoice|ana@|billing|evil|2026-08-01 00/);
    }
    const analyst = await doors.app.inject({
      url: '/api/v1/submissions/sub_1',
      headers: { cookie: cookieOf('soc_analyst') },
    });
    expect(analyst.body).toContain('Your invoice is overdue');
  });

  test('a viewer cannot find out a subject by searching for it', async () => {
    const hits = await doors.app.inject({
      url: '/api/v1/submissions?query=zzz',
      headers: { cookie: cookieOf('viewer') },
    });
    expect(hits.json().items).toHaveLength(1);
  });
});

test('a decision carries the name of who took it, and comes only once', async () => {
  const headers = { cookie: cookieOf('soc_analyst'), ...ownPage };
  const url = '/api/v1/retractions/ret_1/approve';
  doors.retractions.view.state = 'held';
  doors.retractions.actors.length = 0;
  expect((await doors.app.inject({ method: 'POST', url, headers })).json().state).toBe('running');
  expect(doors.retractions.actors).toEqual(['soc_analyst@example.org']);
  const again = await doors.app.inject({ method: 'POST', url, headers });
  expect([again.statusCode, again.json().code]).toEqual([409, 'wrong_state']);
  const none = await doors.app.inject({ method: 'POST', url: url.replace('ret_1', 'ret_2'), headers });
  expect(none.statusCode).toBe(404);
});

describe('settings', () => {
  const admin = { authorization: `Bearer ${ADMIN_TOKEN}` };
  const put = (name: string, payload: object) =>
    doors.app.inject({ method: 'PUT', url: `/api/v1/settings/${name}`, headers: admin, payload });

  const retraction = (MALICIOUS: string) => ({
    destinations: { MALICIOUS, SUSPICIOUS: 'NoAction', SPOOF: 'NoAction', SPAM: 'NoAction', BULK: 'NoAction' },
    paused: false,
  });

  test('a setting is replaced as a whole and answered as stored', async () => {
    const psr = { mode: 'on', scope: 'message', dispositions: ['MALICIOUS', 'SPOOF'] };
    expect((await put('psr', psr)).json()).toEqual(psr);
    expect((await doors.app.inject({ url: '/api/v1/settings/psr', headers: admin })).json()).toEqual(psr);
  });

  test.each([
    ['psr', { mode: 'maybe', scope: 'message', dispositions: ['MALICIOUS'] }, 'invalid_value', '/mode'],
    ['psr', { mode: 'on', scope: 'message', dispositions: ['NONE'] }, 'invalid_value', '/dispositions/0'],
    ['psr', { mode: 'on', scope: 'message', dispositions: [] }, 'invalid_value', '/dispositions'],
    ['psr', { mode: 'on', scope: 'message' }, 'missing_field', '/dispositions'],
    ['psr', { mode: 'on', scope: 'message', dispositions: ['SPAM'], extra: 1 }, 'unknown_field', '/extra'],
    ['guard', { max_mailboxes: 0, max_share: 0.05, canary_mailbox: null }, 'invalid_value', '/max_mailboxes'],
    ['guard', { max_mailboxes: '500', max_share: 0.05, canary_mailbox: null }, 'invalid_value', '/max_mailboxes'],
    ['guard', { max_mailboxes: 5, max_share: 1.1, canary_mailbox: null }, 'invalid_value', '/max_share'],
    ['retraction', retraction('RecoverableItemsPurges'), 'invalid_value', '/destinations/MALICIOUS'],
    ['retraction', retraction('Inbox'), 'invalid_value', '/destinations/MALICIOUS'],
  ])('%s %j is refused with the culprit', async (name, payload, code, pointer) => {
    const response = await put(name, payload);
    expect([response.statusCode, response.json().code, response.json().pointer]).toEqual([400, code, pointer]);
  });
});

test('an entry is added, seen, refused twice, and removed', async () => {
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
  const url = '/api/v1/settings/allow_policies';
  const add = (payload: object) => doors.app.inject({ method: 'POST', url, headers, payload });
  const added = await add({ value: 'example.net', comment: 'our printer' });
  expect([added.statusCode, added.json().created_by]).toEqual([201, 'admin-token']);
  expect((await doors.app.inject({ url, headers })).json().items).toEqual([added.json()]);
  expect((await add({ value: 'example.net' })).json()).toMatchObject({ status: 409, code: 'already_listed' });
  expect((await add({ value: 'nonsense' })).json()).toMatchObject({
    status: 400,
    code: 'invalid_entry',
    pointer: '/value',
  });
  const remove = () => doors.app.inject({ method: 'DELETE', url: `${url}/${added.json().id}`, headers });
  expect([(await remove()).statusCode, (await remove()).statusCode]).toEqual([204, 404]);
});
