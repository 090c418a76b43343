import type { Simulator } from '../../simulator/simulator.ts';
import { startSimulator } from '../../simulator/start.ts';
import { graphCaller, mail } from './caller.ts';

let simulator: Simulator;
let call: Awaited<ReturnType<typeof graphCaller>>;

beforeEach(async () => {
  simulator = await startSimulator();
  call = await graphCaller(simulator);
  simulator.addMailbox('ana@example.org', { displayName: 'Ana Lind', aliases: ['a.lind@example.org'] });
  simulator.addMailbox('ben@example.org');
});
afterEach(() => simulator.stop());

const find = (mailbox: string, id: string, more = '') =>
  `/users/${mailbox}/messages?$filter=internetMessageId eq '${encodeURIComponent(id.replace(/'/g, "''"))}'${more}`;
const immutable = { prefer: 'IdType="ImmutableId"' };

test('a find lists every copy in the mailbox and none of another mailbox', async () => {
  simulator.deliver('ana@example.org', mail({ id: '<lure@example.net>' }));
  simulator.deliver('ana@example.org', mail({ id: '<lure@example.net>' }), { folder: 'deleteditems', isRead: true });
  simulator.deliver('ben@example.org', mail({ id: '<lure@example.net>' }));
  const { status, body } = await call(
    'GET',
    find('ana@example.org', '<lure@example.net>', '&$select=id,isRead,parentFolderId'),
  );
  expect(status).toBe(200);
  expect(body.value.map((row) => row.isRead).sort()).toEqual([false, true]);
  expect(Object.keys(body.value[0]!).sort()).toEqual(['@odata.etag', 'id', 'isRead', 'parentFolderId']);
});

test.each([
  '<a+b@example.net>',
  '<a%2Bb@example.net>',
  '<a#b@example.net>',
  '<a&b@example.net>',
  "<o'neill@example.net>",
  '<a/b=c?d@example.net>',
  '<grüße@example.net>',
])('a find for %s hits when the value is encoded once', async (id) => {
  simulator.deliver('ana@example.org', mail({ id }));
  const { body } = await call('GET', find('ana@example.org', id));
  expect(body.value).toHaveLength(1);
});

test('an unencoded plus asks for another id and finds nothing', async () => {
  simulator.deliver('ana@example.org', mail({ id: '<a+b@example.net>' }));
  const { status, body } = await call(
    'GET',
    "/users/ana@example.org/messages?$filter=internetMessageId eq '<a+b@example.net>'",
  );
  expect([status, body.value]).toEqual([200, []]);
});

test('a value cut off by an unencoded ampersand is refused', async () => {
  const { status, body } = await call(
    'GET',
    "/users/ana@example.org/messages?$filter=internetMessageId eq '<a&b@example.net>'",
  );
  expect(status).toBe(400);
  expect(body.error.message).toMatch(/unterminated string literal/);
});

test.each(['isReed', 'internetmessageid'])('a misspelt $select of %s is refused', async (name) => {
  const { status } = await call('GET', `/users/ana@example.org/messages?$select=${name}`);
  expect(status).toBe(400);
});

test('a filter on a property that no message has is refused, even by an empty mailbox', async () => {
  expect((await call('GET', "/users/ana@example.org/messages?$filter=messageId eq 'x'")).status).toBe(400);
});

test('$value gives the exact bytes', async () => {
  const bytes = Buffer.concat([Buffer.from(mail({ id: '<bytes@example.net>' })), Buffer.from([0, 255, 13, 10, 128])]);
  const id = simulator.deliver('ana@example.org', bytes);
  const response = await call.raw('GET', `/users/ana@example.org/messages/${id}/$value`);
  expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
});

test('a move with the immutable id keeps it, and one without makes a new id', async () => {
  simulator.deliver('ana@example.org', mail({ id: '<one@example.net>' }));
  const { body: found } = await call('GET', '/users/ana@example.org/messages?$select=id');
  const { body: fixed } = await call('GET', '/users/ana@example.org/messages?$select=id', undefined, immutable);
  const [id, immutableId] = [found.value[0]!.id, fixed.value[0]!.id];
  expect(id).not.toBe(immutableId);
  const moved = await call('POST', `/users/ana@example.org/messages/${id}/move`, { destinationId: 'junkemail' });
  expect(moved.status).toBe(201);
  expect(moved.body.id).not.toBe(id);
  expect((await call('GET', `/users/ana@example.org/messages/${id}`)).body.error.code).toBe('ErrorItemNotFound');
  const again = await call(
    'POST',
    `/users/ana@example.org/messages/${immutableId}/move`,
    { DestinationId: 'archive' },
    immutable,
  );
  expect([again.status, again.body.id]).toEqual([201, immutableId]);
  expect(simulator.copies('ana@example.org').map((copy) => copy.folderName)).toEqual(['archive']);
});

test('a hidden folder is made once, listed only on demand, and takes mail', async () => {
  const made = await call('POST', '/users/ana@example.org/mailFolders', { displayName: 'Held', isHidden: true });
  expect([made.status, made.body.isHidden]).toEqual([201, true]);
  expect((await call('POST', '/users/ana@example.org/mailFolders', { displayName: 'held' })).body.error.code).toBe(
    'ErrorFolderExists',
  );
  const names = async (query: string) =>
    (await call('GET', `/users/ana@example.org/mailFolders?$top=100${query}`)).body.value.map(
      (folder) => folder.displayName,
    );
  expect(await names('')).not.toContain('Held');
  expect(await names('&includeHiddenFolders=true')).toContain('Held');
  const id = simulator.deliver('ana@example.org', mail({ id: '<two@example.net>' }));
  await call('POST', `/users/ana@example.org/messages/${id}/move`, { destinationId: made.body.id });
  expect(simulator.copies('ana@example.org')[0]?.folderName).toBe('Held');
  expect((await call('GET', find('ana@example.org', '<two@example.net>'))).body.value).toHaveLength(1);
  simulator.settings.findsShowHidden = false;
  expect((await call('GET', find('ana@example.org', '<two@example.net>'))).body.value).toHaveLength(0);
});

test('recoverable items show only in their own folder', async () => {
  simulator.deliver('ana@example.org', mail({ id: '<gone@example.net>' }), { folder: 'recoverableitemsdeletions' });
  expect((await call('GET', find('ana@example.org', '<gone@example.net>'))).body.value).toHaveLength(0);
  const { body } = await call('GET', '/users/ana@example.org/mailFolders/recoverableitemsdeletions/messages');
  expect(body.value).toHaveLength(1);
});

test('a purged mail is out of reach', async () => {
  const id = simulator.deliver('ana@example.org', mail({ id: '<purge@example.net>' }));
  expect((await call('POST', `/users/ana@example.org/messages/${id}/permanentDelete`)).status).toBe(204);
  expect((await call('GET', `/users/ana@example.org/messages/${id}`)).status).toBe(404);
  expect(simulator.copies('ana@example.org')[0]?.folderName).toBe('recoverableitemspurges');
});

test('pages of messages are followed by their next link to the end', async () => {
  for (let i = 0; i < 25; i++) simulator.deliver('ana@example.org', mail({ id: '<many+x@example.net>' }));
  let url = find('ana@example.org', '<many+x@example.net>', '&$top=10&$select=id');
  const seen = new Set<string>();
  for (let pages = 0; url !== '' && pages < 9; pages++) {
    const { body } = await call('GET', url);
    for (const row of body.value) seen.add(row.id);
    url = (body['@odata.nextLink'] ?? '').replace(`${simulator.graphUrl}/v1.0`, '');
  }
  expect(seen.size).toBe(25);
});

test('a batch answers every item by its id, with its own status', async () => {
  simulator.deliver('ana@example.org', mail({ id: '<batch@example.net>' }));
  const requests = ['ana', 'ben', 'nobody'].map((name) => ({
    id: name,
    method: 'GET',
    url: find(`${name}@example.org`, '<batch@example.net>'),
  }));
  const { status, body } = await call('POST', '/$batch', { requests });
  expect(status).toBe(200);
  const byId = new Map(body.responses.map((one) => [one.id, one]));
  expect([byId.get('ana')?.status, byId.get('ana')?.body.value.length]).toEqual([200, 1]);
  expect([byId.get('ben')?.status, byId.get('ben')?.body.value.length]).toEqual([200, 0]);
  expect(byId.get('nobody')?.status).toBe(404);
});

test('a batch of 21 is refused, and one whose dependency fails answers 424', async () => {
  const item = (id: string, url = '/users', dependsOn?: string[]) => ({ id, method: 'GET', url, dependsOn });
  const many = Array.from({ length: 21 }, (_, i) => item(String(i)));
  expect((await call('POST', '/$batch', { requests: many })).status).toBe(400);
  const { body } = await call('POST', '/$batch', {
    requests: [item('1', '/users/nobody@example.org'), item('2', '/users', ['1'])],
  });
  expect(new Map(body.responses.map((one) => [one.id, one.status]))).toEqual(
    new Map([
      ['1', 404],
      ['2', 424],
    ]),
  );
});

test('a write in a batch without a content type is refused', async () => {
  const requests = [{ id: '1', method: 'PATCH', url: '/users/ana@example.org/messages/x', body: { isRead: true } }];
  expect((await call('POST', '/$batch', { requests })).status).toBe(400);
});

test('ids translate from the EWS spelling to the immutable one', async () => {
  const immutableId = simulator.deliver('ana@example.org', mail({ id: '<ids@example.net>' }));
  const { body: found } = await call('GET', '/users/ana@example.org/messages?$select=id');
  const ewsId = found.value[0]!.id.replace(/-/g, '/').replace(/_/g, '+');
  const ask = (sourceIdType: string, inputIds: string[]) =>
    call('POST', '/users/ana@example.org/translateExchangeIds', {
      inputIds,
      sourceIdType,
      targetIdType: 'restImmutableEntryId',
    });
  expect((await ask('ewsId', [ewsId])).body.value).toEqual([{ sourceId: ewsId, targetId: immutableId }]);
  expect((await ask('restId', [found.value[0]!.id])).body.value[0]!.targetId).toBe(immutableId);
  expect((await ask('restId', ['nonsense'])).body.value[0]!.targetId).toBeUndefined();
});
