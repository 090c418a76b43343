/** Section 20 of the specification: audit log, roles, authorisation. Row by row, on the real code. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROLES, type Role, roleAllows, seesContent } from '../../server/http/access.ts';
import { AUDIT_TYPES } from '../../shared/audit.ts';
import { ADMIN_TOKEN, blankView, type Doors, openDoors, PUBLIC_URL } from '../http/doors.ts';
import { cookieOf } from '../http/sessions-in-memory.ts';

let doors: Doors;
beforeAll(async () => {
  doors = await openDoors(null);
  doors.submissions.views.set('sub_1', { ...blankView('sub_1'), owner: 'x' });
});
afterAll(() => doors.app.close());

/** Routes that a role may call, as `METHOD /path` below /api/v1. */
const allowed = (role: Role) =>
  doors.app.routeAccess
    .filter(({ method, access }) => method !== 'HEAD' && !access.open && access.role && roleAllows(role, access.role))
    .map(({ method, url }) => `${method} ${url.replace('/api/v1', '')}`);
const ask = (role: Role, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) =>
  doors.app.inject({
    method,
    url: `/api/v1${url}`,
    headers: { cookie: cookieOf(role), 'x-reelback': '1', origin: PUBLIC_URL },
    ...(payload && { payload }),
  });

describe('roles', () => {
  test('Super Admin: all', () => {
    const every = doors.app.routeAccess.filter(
      ({ method, access }) => method !== 'HEAD' && !access.open && access.role,
    );
    expect(allowed('super_admin')).toHaveLength(every.length);
  });

  test('Configuration Admin: settings', async () => {
    const routes = allowed('config_admin');
    for (const route of ['GET /settings/psr', 'PUT /settings/psr', 'POST /settings/block_senders', 'GET /audit-log'])
      expect(routes).toContain(route);
    expect((await ask('config_admin', 'GET', '/settings/psr')).statusCode).toBe(200);
  });

  test('Configuration Admin: can neither read nor retract mail', async () => {
    const routes = allowed('config_admin');
    expect(routes.filter((route) => /messages|bulk-jobs|retractions\/|\/eml|\/detail|\/verdict$/.test(route))).toEqual(
      [],
    );
    expect(seesContent('config_admin')).toBe(false);
    const move = { ids: ['msg_1'], destination: 'Quarantine' };
    expect((await ask('config_admin', 'POST', '/messages/move', move)).statusCode).toBe(403);
    expect((await ask('config_admin', 'GET', '/submissions/sub_1')).body).not.toContain('Your invoice is overdue');
  });

  test('SOC Analyst: search, read, retract', async () => {
    const routes = allowed('soc_analyst');
    for (const route of [
      'GET /messages',
      'GET /messages/:id/raw',
      'POST /messages/move',
      'POST /retractions/:id/approve',
    ])
      expect(routes).toContain(route);
    expect((await ask('soc_analyst', 'GET', '/submissions/sub_1')).body).toContain('Your invoice is overdue');
  });

  test('SOC Analyst: no settings', async () => {
    expect(allowed('soc_analyst').filter((route) => /settings|audit-log|people|sessions/.test(route))).toEqual([]);
    const psr = { mode: 'off', scope: 'message', dispositions: ['MALICIOUS'] };
    expect((await ask('soc_analyst', 'PUT', '/settings/psr', psr)).statusCode).toBe(403);
  });

  test('Viewer: metrics, and lists whose subjects, addresses and reporters are masked', async () => {
    const writes = allowed('viewer').filter((route) => !route.startsWith('GET '));
    expect(writes).toEqual(['DELETE /session']);
    expect(allowed('viewer')).toEqual(
      expect.arrayContaining(['GET /metrics/retractions', 'GET /submissions', 'GET /retractions']),
    );
    const [view] = (await ask('viewer', 'GET', '/submissions')).json().items;
    expect([view.subject, view.header_from, view.requested_by]).toEqual(['•••', '•••', '•••@example.org']);
  });

  test('these four are all: parent roles belong to a hierarchy of accounts that is not ours', () => {
    expect([...ROLES].sort()).toEqual(['config_admin', 'soc_analyst', 'super_admin', 'viewer']);
  });

  test('a script with the admin token is a super admin', async () => {
    const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
    const session = await doors.app.inject({ url: '/api/v1/session', headers });
    expect(session.json()).toEqual({ name: 'admin-token', role: 'super_admin' });
  });
});

describe('audit log', () => {
  test('filterable by type, including Preview', async () => {
    expect(AUDIT_TYPES).toContain('PREVIEW');
    for (const type of AUDIT_TYPES) {
      expect((await ask('config_admin', 'GET', `/audit-log?type=${type}`)).statusCode).toBe(200);
      expect(doors.auditLog.asked.at(-1)).toMatchObject({ type });
    }
    expect((await ask('config_admin', 'GET', '/audit-log?type=NOTHING')).json()).toMatchObject({ status: 400 });
  });

  test('by actor, action, subject and time', async () => {
    const question = {
      actor: 'kim@example.org',
      action: 'retraction',
      subject: 'ret_1',
      start: '2026-08-01T00:00:00Z',
      end: '2026-08-02T00:00:00Z',
    };
    await ask('config_admin', 'GET', `/audit-log?${new URLSearchParams(question)}`);
    expect(doors.auditLog.asked.at(-1)).toMatchObject({ ...question, limit: 50 });
  });

  test('remarks on mail are shown to those who read mail', async () => {
    await ask('config_admin', 'GET', '/audit-log');
    expect(doors.auditLog.asked.at(-1)?.remarks).toBe(false);
    await ask('super_admin', 'GET', '/audit-log');
    expect(doors.auditLog.asked.at(-1)?.remarks).toBe(true);
  });

  test('a broken chain is named by its first line', async () => {
    expect((await ask('config_admin', 'GET', '/audit-log/verify')).json()).toMatchObject({ ok: true });
    doors.auditLog.broken = { position: 3, audit_id: 9, what: 'changed' };
    const answer = await ask('config_admin', 'GET', `/audit-log/verify?from=2&head=7:${'a'.repeat(64)}`);
    expect(answer.json()).toMatchObject({ ok: false, broken: { position: 3, audit_id: 9, what: 'changed' } });
    expect((await ask('config_admin', 'GET', '/audit-log/verify?head=nonsense')).statusCode).toBe(400);
  });

  test('it is handed out as JSON lines', async () => {
    const answer = await ask('config_admin', 'GET', '/audit-log/export');
    expect(answer.headers['content-type']).toBe('application/x-ndjson; charset=utf-8');
    expect(
      answer.body
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).position),
    ).toEqual([1]);
  });
});

describe('personal data', () => {
  test('is shown, handed out as a zip, and erased only with the confirmation of what was shown', async () => {
    const url = '/people/ana@example.org';
    expect((await ask('super_admin', 'GET', url)).json()).toMatchObject({ confirmation: 'as-shown' });
    const zip = await ask('super_admin', 'GET', `${url}/export`);
    expect([zip.headers['content-type'], zip.rawPayload.subarray(0, 2).toString()]).toEqual(['application/zip', 'PK']);
    const erase = (query: string) =>
      doors.app.inject({
        method: 'DELETE',
        url: `/api/v1${url}${query}`,
        headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
      });
    expect((await erase('')).statusCode).toBe(400);
    expect((await erase('?confirmation=guessed')).json()).toMatchObject({ status: 409, code: 'confirmation_outdated' });
    expect((await erase('?confirmation=as-shown')).statusCode).toBe(200);
    expect((await erase('?confirmation=as-shown')).statusCode).toBe(404);
    expect((await ask('super_admin', 'GET', '/people/nobody')).statusCode).toBe(400);
    expect(doors.logged.join()).not.toContain('ana@example.org');
  });
});

test('authorisation at the providers is described step by step', () => {
  const read = (file: string) => readFileSync(join(__dirname, '../../docs', file), 'utf8');
  expect(read('deploy-microsoft.md')).toMatch(/admin\s+consent/i);
  expect(read('deploy-google.md')).toMatch(/domain-wide delegation/i);
  expect(read('admin.md')).toMatch(/App roles[\s\S]*accounts\.google\.com/);
});
