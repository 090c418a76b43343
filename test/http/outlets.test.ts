/** What leaves through the doors: webhooks with a secret shown once, the logo, bundles. */
import { ADMIN_TOKEN, type Doors, openDoors } from './doors.ts';

const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(20)]);
let doors: Doors;
beforeAll(async () => {
  doors = await openDoors(null);
});
afterAll(() => doors.app.close());

const ask = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object) =>
  doors.app.inject({
    method,
    url: `/api/v1${path}`,
    headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
    ...(payload ? { payload } : {}),
  });

test('the key of a webhook is answered when it is made, and never again', async () => {
  const draft = { name: 'SIEM', url: 'https://siem.example.com/', format: 'splunk', token: 'hec-token' };
  const made = await ask('POST', '/settings/webhooks', draft);
  expect(made.statusCode).toBe(201);
  expect(made.json()).toMatchObject({ secret: expect.any(String), has_token: true });
  const { id } = made.json<{ id: string }>();
  for (const path of ['/settings/webhooks', `/settings/webhooks/${id}`]) {
    const shown = await ask('GET', path);
    expect(shown.statusCode).toBe(200);
    expect(shown.body).not.toMatch(/secret|hec-token/);
  }
  expect((await ask('POST', `/settings/webhooks/${id}/secret`)).json()).toMatchObject({ secret: 'whs_another' });
  expect((await ask('POST', `/settings/webhooks/${id}/test`)).json()).toEqual({
    delivered: false,
    status: 404,
    error: 'http_404',
  });
  expect((await ask('PATCH', `/settings/webhooks/${id}`, { enabled: false })).json()).toMatchObject({ enabled: false });
  expect((await ask('DELETE', `/settings/webhooks/${id}`)).statusCode).toBe(204);
  expect((await ask('GET', `/settings/webhooks/${id}`)).statusCode).toBe(404);
});

test.each([
  [{ name: 'x', url: 'http://siem.example.com/', format: 'json' }, 'invalid_webhook'],
  [{ name: 'x', url: 'https://siem.example.com/', format: 'fax' }, 'invalid_value'],
  [{ name: 'x', url: 'https://siem.example.com/', format: 'json', secret: 'mine' }, 'unknown_field'],
  [{ name: 'x', url: 'https://siem.example.com/', format: 'json', dispositions: [] }, 'invalid_value'],
  [{ name: 'x', url: 'https://siem.example.com/', format: 'json', token: 'two\r\nlines' }, 'invalid_value'],
])('%j is refused: %s', async (draft, code) => {
  const response = await ask('POST', '/settings/webhooks', draft);
  expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([400, code]);
});

test('the logo is there for both panes, as what it is, and nothing where none is set', async () => {
  const get = () => doors.app.inject({ url: '/addins/brand/logo?v=1' });
  expect((await get()).statusCode).toBe(404);
  doors.settings.values.branding.logo = `data:image/png;base64,${PNG.toString('base64')}`;
  const shown = await get();
  expect(shown.statusCode).toBe(200);
  expect(shown.headers['content-type']).toBe('image/png');
  expect(shown.headers['x-content-type-options']).toBe('nosniff');
  expect(shown.rawPayload.equals(PNG)).toBe(true);
});

test('a bundle is a file of its own name; of what is not there, none', async () => {
  const bundle = await ask('GET', '/submissions/sub_1/bundle');
  expect(bundle.headers['content-disposition']).toBe('attachment; filename="reelback-sub_1.zip"');
  expect(bundle.headers['content-type']).toBe('application/zip');
  expect((await ask('GET', '/retractions/ret_none/bundle')).statusCode).toBe(404);
  expect((await ask('GET', '/submissions/..%2f..%2fx/bundle')).statusCode).toBeGreaterThanOrEqual(400);
});

test('how far the server is set up is for administrators', async () => {
  expect((await ask('GET', '/setup')).json()).toEqual({ steps: [{ id: 'psr', done: false, count: 0 }] });
  expect((await doors.app.inject({ url: '/api/v1/setup' })).statusCode).toBe(401);
});
