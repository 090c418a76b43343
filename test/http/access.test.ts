import { ROLES, roleAllows } from '../../server/http/access.ts';
import { ADMIN_TOKEN, blankView, type Doors, openDoors, PUBLIC_URL } from './doors.ts';
import { type Issuer, startIssuer } from './issuer.ts';
import { cookieOf } from './sessions-in-memory.ts';

let issuer: Issuer;
let doors: Doors;

beforeAll(async () => {
  issuer = await startIssuer();
  doors = await openDoors(issuer, { options: { limits: { refusalsOfAddress: 10_000, requestsOfActor: 10_000 } } });
  doors.submissions.views.set('sub_1', { ...blankView('sub_1'), owner: 'x' });
});
afterAll(async () => {
  await doors.app.close();
  await issuer.stop();
});

const ownPage = { 'x-reelback': '1', origin: PUBLIC_URL };

/** Written by hand: what the contract promises. role-matrix.test.ts asks every route of the table as every caller. */
const matrix: Record<string, string[]> = {
  open: [
    'GET /healthz',
    'GET /readyz',
    'GET /api/v1/openapi.json',
    'GET /api/v1/session/ways',
    'POST /api/v1/session',
    'GET /api/v1/session/oidc',
    'GET /api/v1/session/oidc/callback',
    'GET /',
    'GET /dashboard',
    'GET /dashboard/*',
    'GET /addins/gmail/*',
    'GET /addins/brand/logo',
  ],
  'reporter only': ['POST /api/v1/submissions', 'POST /api/v1/submissions/:id/withdraw'],
  'viewer, and reporters': ['GET /api/v1/submissions/:id', 'GET /api/v1/submissions/:id/events'],
  viewer: [
    'GET /api/v1/submissions',
    'GET /api/v1/invalid-submissions',
    'GET /api/v1/retractions',
    'GET /api/v1/metrics/retractions',
    'GET /api/v1/metrics/submissions',
    'GET /api/v1/metrics/reporters',
    'GET /api/v1/metrics/verdicts',
    'GET /api/v1/session',
    'DELETE /api/v1/session',
  ],
  soc_analyst: [
    'GET /api/v1/submissions/:id/detail',
    'POST /api/v1/submissions/:id/escalate',
    'GET /api/v1/invalid-submissions/:id/bytes',
    'POST /api/v1/invalid-submissions/:id/eml',
    'GET /api/v1/submissions/:id/verdict',
    'GET /api/v1/submissions/:id/eml',
    'GET /api/v1/retractions/:id',
    'GET /api/v1/retractions/:id/copies',
    'GET /api/v1/retractions/:id/effects',
    'POST /api/v1/retractions/:id/approve',
    'POST /api/v1/retractions/:id/cancel',
    'POST /api/v1/retractions/:id/restore',
    'GET /api/v1/messages/effects',
    'POST /api/v1/messages/move',
    'POST /api/v1/retractions/:id/purge',
    'POST /api/v1/messages/reclassify',
    'POST /api/v1/messages/release',
    'POST /api/v1/bulk-jobs/preview',
    'POST /api/v1/bulk-jobs',
    'GET /api/v1/bulk-jobs',
    'GET /api/v1/bulk-jobs/:id',
    'GET /api/v1/bulk-jobs/:id/messages',
    'POST /api/v1/bulk-jobs/:id/cancel',
    'POST /api/v1/bulk-jobs/:id/undo',
    'DELETE /api/v1/bulk-jobs/:id',
    'GET /api/v1/messages',
    'GET /api/v1/messages.csv',
    'GET /api/v1/messages/:id',
    'GET /api/v1/messages/:id/action-log',
    'GET /api/v1/messages/:id/trace',
    'GET /api/v1/messages/:id/raw',
    'GET /api/v1/messages/:id/preview',
    'GET /api/v1/messages/:id/similar',
    'GET /api/v1/exports/alerts',
    'GET /api/v1/exports/post-delivery',
    'GET /api/v1/submissions/:id/bundle',
    'GET /api/v1/retractions/:id/bundle',
  ],
  config_admin: [
    'GET /api/v1/mail',
    'GET /api/v1/settings/psr',
    'PUT /api/v1/settings/psr',
    'GET /api/v1/settings/pdr',
    'PUT /api/v1/settings/pdr',
    'GET /api/v1/settings/watch',
    'PUT /api/v1/settings/watch',
    'GET /api/v1/settings/retraction',
    'PUT /api/v1/settings/retraction',
    'GET /api/v1/settings/guard',
    'PUT /api/v1/settings/guard',
    'GET /api/v1/settings/shared_mailboxes',
    'PUT /api/v1/settings/shared_mailboxes',
    'GET /api/v1/settings/lures',
    'PUT /api/v1/settings/lures',
    'GET /api/v1/settings/learning',
    'PUT /api/v1/settings/learning',
    'GET /api/v1/settings/notifications',
    'PUT /api/v1/settings/notifications',
    'GET /api/v1/settings/intake',
    'PUT /api/v1/settings/intake',
    'GET /api/v1/settings/branding',
    'PUT /api/v1/settings/branding',
    'GET /api/v1/settings/privacy',
    'PUT /api/v1/settings/privacy',
    'GET /api/v1/watching',
    'GET /api/v1/model',
    'POST /api/v1/model/retrain',
    'POST /api/v1/model/promote',
    'POST /api/v1/model/rollback',
    'GET /api/v1/settings/allow_policies',
    'POST /api/v1/settings/allow_policies',
    'PATCH /api/v1/settings/allow_policies/:id',
    'DELETE /api/v1/settings/allow_policies/:id',
    'GET /api/v1/settings/allow_policies/csv',
    'POST /api/v1/settings/allow_policies/csv',
    'GET /api/v1/settings/block_senders',
    'POST /api/v1/settings/block_senders',
    'PATCH /api/v1/settings/block_senders/:id',
    'DELETE /api/v1/settings/block_senders/:id',
    'GET /api/v1/settings/block_senders/csv',
    'POST /api/v1/settings/block_senders/csv',
    'GET /api/v1/settings/trusted_domains',
    'POST /api/v1/settings/trusted_domains',
    'PATCH /api/v1/settings/trusted_domains/:id',
    'DELETE /api/v1/settings/trusted_domains/:id',
    'GET /api/v1/settings/trusted_domains/csv',
    'POST /api/v1/settings/trusted_domains/csv',
    'GET /api/v1/settings/impersonation_registry',
    'POST /api/v1/settings/impersonation_registry',
    'PATCH /api/v1/settings/impersonation_registry/:id',
    'DELETE /api/v1/settings/impersonation_registry/:id',
    'GET /api/v1/settings/impersonation_registry/csv',
    'POST /api/v1/settings/impersonation_registry/csv',
    'GET /api/v1/settings/simulations',
    'POST /api/v1/settings/simulations',
    'PATCH /api/v1/settings/simulations/:id',
    'DELETE /api/v1/settings/simulations/:id',
    'GET /api/v1/settings/simulations/csv',
    'POST /api/v1/settings/simulations/csv',
    'GET /api/v1/settings/protected_mailboxes',
    'POST /api/v1/settings/protected_mailboxes',
    'PATCH /api/v1/settings/protected_mailboxes/:id',
    'DELETE /api/v1/settings/protected_mailboxes/:id',
    'GET /api/v1/settings/protected_mailboxes/csv',
    'POST /api/v1/settings/protected_mailboxes/csv',
    'GET /api/v1/settings/webhooks',
    'POST /api/v1/settings/webhooks',
    'GET /api/v1/settings/webhooks/:id',
    'PATCH /api/v1/settings/webhooks/:id',
    'DELETE /api/v1/settings/webhooks/:id',
    'POST /api/v1/settings/webhooks/:id/secret',
    'POST /api/v1/settings/webhooks/:id/test',
    'GET /api/v1/setup',
    'GET /api/v1/audit-log',
    'GET /api/v1/audit-log/verify',
    'GET /api/v1/audit-log/export',
  ],
  super_admin: [
    'GET /api/v1/sessions',
    'POST /api/v1/sessions/revoke',
    'GET /api/v1/people/:address',
    'GET /api/v1/people/:address/export',
    'DELETE /api/v1/people/:address',
  ],
};

test('the route table is the matrix: no route is missing, none is wider', () => {
  const declared: Record<string, string[]> = {};
  for (const { method, url, access } of doors.app.routeAccess) {
    if (method === 'HEAD') continue;
    const least = access.open ? 'open' : (access.role ?? 'reporter only');
    const callers = !access.open && access.role && access.reporter ? `${least}, and reporters` : least;
    declared[callers] = [...(declared[callers] ?? []), `${method} ${url}`].sort();
  }
  const promised = Object.entries(matrix).map(([callers, routes]) => [callers, [...routes].sort()]);
  expect(declared).toEqual(Object.fromEntries(promised));
});

test('a route that does not say who may call it stops the start', async () => {
  const fresh = await openDoors(issuer);
  expect(() => fresh.app.get('/api/v1/forgotten', async () => 'x')).toThrow('does not say who may call it');
  await fresh.app.close();
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
