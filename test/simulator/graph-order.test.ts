import type { Simulator } from '../../simulator/simulator.ts';
import { startSimulator } from '../../simulator/start.ts';
import { graphCaller, mail } from './caller.ts';

let simulator: Simulator;
let call: Awaited<ReturnType<typeof graphCaller>>;

beforeAll(async () => {
  simulator = await startSimulator();
  call = await graphCaller(simulator);
  simulator.addMailbox('ana@example.org');
  const ids = ['<b@example.net>', '<a@example.net>', '<c@example.net>'];
  for (const [at, id] of ids.entries()) {
    simulator.deliver('ana@example.org', mail({ id }), { receivedAt: Date.UTC(2026, 10, 20, at) });
  }
});
afterAll(() => simulator.stop());

const since = 'receivedDateTime ge 2026-11-20T00:30:00Z';
const list = (filter: string, order: string) =>
  call(
    'GET',
    `/users/ana@example.org/messages?${filter && `$filter=${encodeURIComponent(filter)}&`}$orderby=${encodeURIComponent(order)}&$select=internetMessageId`,
  );
const ids = (rows: readonly unknown[]) =>
  rows.map((row) => (row as { internetMessageId: string }).internetMessageId.slice(1, 2)).join('');

test.each([
  ['', 'receivedDateTime desc', 'cab'],
  ['', 'receivedDateTime', 'bac'],
  ['', 'internetMessageId asc', 'abc'],
  [since, 'receivedDateTime desc', 'ca'],
  [`${since} and from/emailAddress/address ne 'x@example.net'`, 'receivedDateTime asc', 'ac'],
])('%s sorted by %s', async (filter, order, expected) => {
  const { status, body } = await list(filter, order);
  expect([status, ids(body.value ?? [])]).toEqual([200, expected]);
});

test.each([
  ["from/emailAddress/address eq 'x@example.net'", 'receivedDateTime desc'],
  [`from/emailAddress/address eq 'x@example.net' and ${since}`, 'receivedDateTime desc'],
  [since, 'receivedDateTime desc,subject asc'],
])('what is sorted by must stand first in the filter: %s sorted by %s is refused', async (filter, order) => {
  const { status, body } = await list(filter, order);
  expect([status, body.error.code]).toEqual([400, 'InefficientFilter']);
});

test.each(['receivedAt desc', 'receivedDateTime down', 'receivedDateTime;desc'])('no such order: %s', async (order) => {
  expect((await list('', order)).status).toBe(400);
});
