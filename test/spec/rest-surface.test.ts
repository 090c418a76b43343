/**
 * Product specification, section 21: each route of the vendor, and ours that answers the same question. The vendor's paths
 * themselves are not served; docs/analysts.md has the table for people.
 */
import { LIST_NAMES } from '../../server/policies/face.ts';
import { type Doors, openDoors } from '../http/doors.ts';

let doors: Doors;
let routes: Set<string>;
beforeAll(async () => {
  doors = await openDoors(null);
  routes = new Set(doors.app.routeAccess.map(({ method, url }) => `${method} ${url}`));
});
afterAll(() => doors.app.close());

test.each<[vendor: string, ours: string]>([
  ['GET /investigate', 'GET /messages'],
  ['GET /investigate/{id}', 'GET /messages/:id'],
  ['GET /investigate/{id}?submission=true', 'GET /messages/:id'],
  ['GET /investigate/{id}/detections', 'GET /messages/:id'],
  ['GET /investigate/{id}/preview', 'GET /messages/:id/preview'],
  ['POST /investigate/preview', 'GET /messages/:id/preview'],
  ['GET /investigate/{id}/raw', 'GET /messages/:id/raw'],
  ['GET /investigate/{id}/trace', 'GET /messages/:id/trace'],
  ['GET /investigate/{id}/action_log', 'GET /messages/:id/action-log'],
  ['POST /investigate/{id}/move', 'POST /messages/move'],
  ['POST /investigate/move', 'POST /messages/move'],
  ['POST /investigate/release', 'POST /messages/release'],
  ['POST /investigate/{id}/reclassify', 'POST /messages/reclassify'],
  ['POST /investigate/bulk', 'POST /bulk-jobs'],
  ['GET /investigate/bulk', 'GET /bulk-jobs'],
  ['GET /investigate/bulk/{job_id}', 'GET /bulk-jobs/:id'],
  ['DELETE /investigate/bulk/{job_id}', 'DELETE /bulk-jobs/:id'],
  ['GET /investigate/bulk/{job_id}/messages', 'GET /bulk-jobs/:id/messages'],
  ['POST /investigate/bulk/{job_id}/cancel', 'POST /bulk-jobs/:id/cancel'],
  ['GET /submissions', 'GET /submissions'],
  ['GET /phishguard/reports', 'GET /submissions/:id/bundle'],
])('%s is answered by %s', (_, ours) => {
  const [method, path] = ours.split(' ');
  expect(routes).toContain(`${method} /api/v1${path}`);
});

test.each(['allow_policies', 'block_senders', 'trusted_domains', 'impersonation_registry'] as const)(
  '/settings/%s: list, add, change, remove; a whole list at once as CSV instead of /batch',
  (list) => {
    for (const route of [`GET`, `POST`, `PATCH`, `DELETE`].map((method) =>
      method === 'GET' || method === 'POST'
        ? `${method} /api/v1/settings/${list}`
        : `${method} /api/v1/settings/${list}/:id`,
    ))
      expect(routes).toContain(route);
    expect(routes).toContain(`POST /api/v1/settings/${list}/csv`);
  },
);

test.each(['content_policies', 'domains', 'sending_domain_restrictions', 'url_ignore_patterns'])(
  "/settings/%s is the vendor's alone: we stand in no mail flow",
  (list) => {
    expect([...routes].filter((route) => route.includes(`/settings/${list}`))).toEqual([]);
    expect(LIST_NAMES).not.toContain(list);
  },
);

test.each([
  ['ours: reports are posted', 'POST /submissions'],
  ['ours: a job is previewed', 'POST /bulk-jobs/preview'],
  ['ours: a job is restored', 'POST /bulk-jobs/:id/undo'],
  ['ours: a retraction is restored', 'POST /retractions/:id/restore'],
])('%s', (_, ours) => {
  const [method, path] = ours.split(' ');
  expect(routes).toContain(`${method} /api/v1${path}`);
});

test('every route is in the OpenAPI document, with its parameters', async () => {
  await doors.app.ready();
  const { paths } = doors.app.swagger() as {
    paths: Record<string, Record<string, { parameters?: { name: string }[] }>>;
  };
  const names = paths['/api/v1/messages']!.get!.parameters!.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(['query', 'sender', 'final_disposition', 'message_action', 'cursor', 'limit']),
  );
  for (const route of routes) {
    const [method, url] = route.split(' ') as [string, string];
    const ours = url.startsWith('/api/v1/messages') || url.startsWith('/api/v1/bulk-jobs');
    // HEAD comes with every GET.
    if (method === 'HEAD' || !ours) continue;
    expect(Object.keys(paths[url.replaceAll(/:(\w+)/g, '{$1}')] ?? {})).toContain(method.toLowerCase());
  }
});

test('deprecated fields of the vendor are not produced', async () => {
  const found = (await doors.investigations.detail('msg_1'))!;
  for (const field of ['ts', 'completed_timestamp', 'item_count', 'postfix_ids', 'is_sender'])
    expect(found).not.toHaveProperty(field);
});
