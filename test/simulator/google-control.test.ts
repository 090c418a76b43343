import { connectionOf } from '../../simulator/control.ts';
import type { GmailCopyView } from '../../simulator/google.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { startSimulator } from '../../simulator/start.ts';
import { mail } from './caller.ts';

let simulator: Simulator;
const ana = 'ana@lab.example.org';

beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.stop());

async function post(name: string, body: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${simulator.url}/control/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function copies(): Promise<GmailCopyView[]> {
  const response = await fetch(`${simulator.url}/control/google-state?address=${ana}`);
  const { mailboxes } = (await response.json()) as { mailboxes: { copies: GmailCopyView[] }[] };
  return mailboxes[0]?.copies ?? [];
}

test('another process can seed, look, act as an owner, and spoil the permissions', async () => {
  expect((await post('google-mailboxes', { address: ana, displayName: 'Ana' })).status).toBe(200);
  const { ids } = (await post('google-deliver', { address: ana, text: mail({ id: '<c@example.net>' }) })).body;
  expect((await copies()).map((copy) => [copy.id, copy.labels])).toEqual([[(ids as string[])[0], ['INBOX', 'UNREAD']]]);
  const act = (action: string, more = {}) =>
    post('google-owner', { address: ana, which: '<c@example.net>', action, ...more });
  await act('reads');
  await act('labels', { add: ['Held'] });
  await act('deletes');
  expect((await copies())[0]!.labels).toEqual(['Held', 'TRASH']);
  await act('removes');
  expect(await copies()).toEqual([]);
  expect((await act('dances')).status).toBe(400);
  await post('google-delegation', { revoke: true });
  expect(simulator.google.desk.delegated.size).toBe(0);
  await post('google-delegation', {});
  expect(simulator.google.desk.delegated.size).toBeGreaterThan(0);
  expect((await post('google-token', { address: ana })).body.identityToken).toMatch(/^ey/);
});

test('the connection says all that a server must know, the key file included', async () => {
  const connection = connectionOf(simulator);
  expect(connection).toMatchObject({ googleDomains: 'lab.example.org', googleAdmin: 'admin@lab.example.org' });
  const key = JSON.parse(connection.googleServiceAccount!) as Record<string, string>;
  expect(key).toMatchObject({ type: 'service_account', token_uri: simulator.google.tokenUrl });
  expect(key.private_key).toMatch(/^-----BEGIN PRIVATE KEY-----/);
});
