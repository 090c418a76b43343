import type { Simulator } from '../../simulator/simulator.ts';
import { startSimulator } from '../../simulator/start.ts';
import { graphCaller, mail } from './caller.ts';

let simulator: Simulator;
let call: Awaited<ReturnType<typeof graphCaller>>;
let clock = Date.now();

beforeEach(async () => {
  simulator = await startSimulator({ now: () => clock });
  call = await graphCaller(simulator);
  simulator.addMailbox('ana@example.org', { displayName: 'Ana Lind', aliases: ['a.lind@example.org'] });
  simulator.addMailbox('ben@example.org');
  simulator.addMailbox('desk@example.org', { kind: 'shared' });
  simulator.addGroup('inner@example.org', ['ben@example.org']);
  simulator.addGroup('outer@example.org', ['ana@example.org', 'inner@example.org']);
});
afterEach(() => simulator.stop());

const idOf = (address: string) => simulator.tenant.person(address)?.id ?? simulator.tenant.group(address)?.id ?? '';

test('users come in pages that the next link leads through', async () => {
  simulator.addMailboxes(25);
  let url = '/users?$select=id,mail&$top=10';
  const seen = new Set<string>();
  let pages = 0;
  for (; url !== '' && pages < 9; pages++) {
    const { body } = await call('GET', url);
    for (const row of body.value) seen.add(row.mail);
    url = (body['@odata.nextLink'] ?? '').replace(`${simulator.graphUrl}/v1.0`, '');
  }
  expect([seen.size, pages]).toEqual([28, 3]);
});

test('a person is found by any of their addresses through proxyAddresses, and by id and principal name directly', async () => {
  const byAlias = await call(
    'GET',
    "/users?$filter=proxyAddresses/any(x:x eq 'smtp:a.lind@example.org')&$select=id,mail",
  );
  expect(byAlias.body.value.map((row) => row.mail)).toEqual(['ana@example.org']);
  expect((await call('GET', `/users/${idOf('ana@example.org')}`)).body.mail).toBe('ana@example.org');
  expect((await call('GET', '/users/ana@example.org')).status).toBe(200);
  expect((await call('GET', '/users/a.lind@example.org')).body.error.code).toBe('Request_ResourceNotFound');
});

test('an advanced filter needs eventual consistency and $count', async () => {
  const url =
    "/users?$count=true&$filter=assignedPlans/any(p:p/service eq 'exchange' and p/capabilityStatus eq 'Enabled')&$select=mail";
  expect((await call('GET', url)).body.error.code).toBe('Request_UnsupportedQuery');
  const { body } = await call('GET', url, undefined, { consistencylevel: 'eventual' });
  expect(body.value.map((row) => row.mail)).toEqual(['ana@example.org', 'ben@example.org']);
});

test('members of a group are direct, transitive members are all the way down', async () => {
  const group = idOf('outer@example.org');
  const ids = async (path: string) =>
    (await call('GET', `/groups/${group}/${path}`)).body.value.map((row) => row.id).sort();
  expect(await ids('members')).toEqual([idOf('ana@example.org'), idOf('inner@example.org')].sort());
  expect(await ids('transitiveMembers')).toEqual(
    [idOf('ana@example.org'), idOf('inner@example.org'), idOf('ben@example.org')].sort(),
  );
  expect(await ids('transitiveMembers/microsoft.graph.user')).toEqual(
    [idOf('ana@example.org'), idOf('ben@example.org')].sort(),
  );
  expect((await call('GET', "/groups?$filter=mail eq 'outer@example.org'")).body.value.map((row) => row.id)).toEqual([
    group,
  ]);
});

test('groups that circle end', async () => {
  simulator.tenant.group('inner@example.org')?.members.push(idOf('outer@example.org'));
  const { body } = await call('GET', `/groups/${idOf('outer@example.org')}/transitiveMembers/microsoft.graph.user`);
  expect(body.value).toHaveLength(2);
});

test('membership is told by checkMemberGroups and transitiveMemberOf', async () => {
  const groupIds = [idOf('inner@example.org'), idOf('outer@example.org')];
  const checked = await call('POST', `/users/${idOf('ana@example.org')}/checkMemberGroups`, { groupIds });
  expect(checked.body.value).toEqual([groupIds[1]]);
  const { body } = await call('GET', `/users/${idOf('ben@example.org')}/transitiveMemberOf`);
  expect(body.value.map((row) => row.id).sort()).toEqual([...groupIds].sort());
});

test('delta tells of people who came and went since the token', async () => {
  const { body: latest } = await call('GET', '/users/delta()?$deltatoken=latest&$select=id,mail');
  expect(latest.value).toEqual([]);
  simulator.addMailbox('cleo@example.org');
  const benId = idOf('ben@example.org');
  simulator.tenant.removePerson('ben@example.org');
  const link = latest['@odata.deltaLink']?.replace(`${simulator.graphUrl}/v1.0`, '') ?? '';
  const { body } = await call('GET', link);
  expect(body.value.find((row) => row.mail === 'cleo@example.org')).toBeDefined();
  expect(body.value.find((row) => row.id === benId)?.['@removed']).toBeDefined();
});

test('message trace names every recipient, after its lag, and a hundred times in five minutes', async () => {
  for (const address of ['ana@example.org', 'ben@example.org'])
    simulator.deliver(address, mail({ id: '<lure@example.net>' }));
  const ask = async () =>
    call(
      'GET',
      `/admin/exchange/tracing/messageTraces?$filter=messageId eq '${encodeURIComponent('<lure@example.net>')}'&$top=5000`,
    );
  expect((await ask()).body.value).toEqual([]);
  clock += 6 * 60_000;
  expect((await ask()).body.value.map((row) => row.recipientAddress).sort()).toEqual([
    'ana@example.org',
    'ben@example.org',
  ]);
  for (let i = 0; i < 99; i++) await ask();
  const { status, headers } = await ask();
  expect([status, Number(headers.get('retry-after')) > 0]).toEqual([429, true]);
});

test('message trace is closed until its service principal is there', async () => {
  simulator.settings.traceProvisioned = false;
  expect((await call('GET', '/admin/exchange/tracing/messageTraces')).status).toBe(401);
});
