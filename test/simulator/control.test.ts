import type { Simulator } from '../../simulator/simulator.ts';
import { startSimulator } from '../../simulator/start.ts';
import { graphCaller, mail } from './caller.ts';

let simulator: Simulator;
beforeEach(async () => {
  simulator = await startSimulator();
});
afterEach(() => simulator.stop());

async function control(method: string, name: string, body?: unknown) {
  const response = await fetch(`${simulator.url}/control/${name}`, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test('another process can make mailboxes, deliver, act as the owner and read every copy', async () => {
  await control('POST', 'mailboxes', { address: 'ana@example.org', displayName: 'Ana Lind' });
  const eml = Buffer.from(mail({ id: '<x@example.net>', subject: 'Lure' })).toString('base64');
  const delivered = await control('POST', 'deliver', {
    addresses: ['ana@example.org', 'ben@example.org'],
    eml,
    flag: 'flagged',
  });
  expect(delivered.body.ids).toHaveLength(2);
  await control('POST', 'owner', { action: 'moves', address: 'ben@example.org', which: 'Lure', folder: 'archive' });
  await control('POST', 'owner', { action: 'reads', address: 'ben@example.org', which: '<x@example.net>' });
  const { body } = await control('GET', 'state?messageId=%3Cx%40example.net%3E');
  const seen = (
    body.mailboxes as { address: string; copies: { folderName: string; isRead: boolean; flag: string }[] }[]
  ).map(({ address, copies }) => [address, copies[0]?.folderName, copies[0]?.isRead, copies[0]?.flag]);
  expect(seen).toEqual([
    ['ana@example.org', 'inbox', false, 'flagged'],
    ['ben@example.org', 'archive', true, 'flagged'],
  ]);
});

test('it can set faults, see them hit, and clear them', async () => {
  simulator.addMailbox('ana@example.org');
  const call = await graphCaller(simulator);
  await control('POST', 'faults', { mailbox: 'ana@example.org', route: 'find', fault: { status: 503 } });
  expect((await call('GET', '/users/ana@example.org/messages')).status).toBe(503);
  expect((await control('GET', 'faults')).body.faults).toMatchObject([{ id: 1, hits: 1 }]);
  await control('DELETE', 'faults');
  expect((await call('GET', '/users/ana@example.org/messages')).status).toBe(200);
  const { body } = await control('GET', 'log?route=find');
  expect((body.exchanges as { status: number }[]).map((exchange) => exchange.status)).toEqual([503, 200]);
});

test("a form posted by a page in somebody's browser is refused", async () => {
  const response = await fetch(`${simulator.url}/control/reset`, {
    method: 'POST',
    body: new URLSearchParams({ a: 'b' }),
  });
  expect(response.status).toBe(415);
});

test('an order that is wrong says what is wrong', async () => {
  expect(await control('POST', 'owner', { address: 'nobody@example.org', which: 'x', action: 'reads' })).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining('nobody@example.org') },
  });
  expect((await control('POST', 'nonsense', {})).status).toBe(404);
});

test('reset empties the tenant', async () => {
  simulator.deliver('ana@example.org', mail({ id: '<x@example.net>' }));
  await control('POST', 'reset', {});
  expect((await control('GET', 'state')).body.mailboxes).toEqual([]);
});
