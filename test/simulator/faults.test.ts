import { get } from 'node:https';
import { generate } from 'selfsigned';
import type { Simulator } from '../../simulator/simulator.ts';
import { startSimulator } from '../../simulator/start.ts';
import { appToken, graphCaller, mail } from './caller.ts';

let simulator: Simulator;
let call: Awaited<ReturnType<typeof graphCaller>>;
let clock: number;

beforeEach(async () => {
  clock = Date.now();
  simulator = await startSimulator({ now: () => clock });
  call = await graphCaller(simulator);
  simulator.addMailbox('ana@example.org');
});
afterEach(() => simulator.stop());

const immutable = { prefer: 'IdType="ImmutableId"' };
const move = (address: string, id: string, to = 'junkemail') =>
  call('POST', `/users/${address}/messages/${id}/move`, { destinationId: to }, immutable);
const find = async (address: string) =>
  (await call('GET', `/users/${address}/messages?$select=id`, undefined, immutable)).body.value;
const folders = (address: string) =>
  simulator
    .copies(address)
    .map((copy) => copy.folderName)
    .sort();

test('a fifth request at once in one mailbox is throttled, with Retry-After in seconds or as a date; another mailbox is not', async () => {
  simulator.addMailbox('ben@example.org');
  // Long enough for a busy machine to open eight connections.
  simulator.settings.latencyMs = 800;
  const inAna = Array.from({ length: 8 }, () => call('GET', '/users/ana@example.org/messages'));
  const inBen = call('GET', '/users/ben@example.org/messages');
  const answers = await Promise.all(inAna);
  const throttled = answers.filter((answer) => answer.status === 429);
  expect(throttled).toHaveLength(4);
  const forms = throttled.map((answer) => answer.headers.get('retry-after') ?? '');
  expect(forms.filter((value) => /^\d+$/.test(value))).toHaveLength(2);
  expect(forms.filter((value) => Date.parse(value) > clock)).toHaveLength(2);
  expect(throttled[0]?.body.error.code).toBe('ApplicationThrottled');
  expect((await inBen).status).toBe(200);
});

test('a batch is served four at a time', async () => {
  simulator.addMailboxes(20, 'wave.example.org');
  simulator.settings.latencyMs = 40;
  const requests = Array.from({ length: 20 }, (_, i) => ({
    id: `${i}`,
    method: 'GET',
    url: `/users/user0000${String(i).padStart(2, '0')}@wave.example.org/messages`,
  }));
  const started = performance.now();
  const { body } = await call('POST', '/$batch', { requests });
  const took = performance.now() - started;
  expect(body.responses.map((one) => one.status)).toEqual(Array(20).fill(200));
  expect(body.responses.map((one) => one.id)).not.toEqual(requests.map((one) => one.id));
  expect(took).toBeGreaterThan(5 * 38);
});

test('a throttled item carries its own Retry-After while the batch is 200', async () => {
  simulator.faults.add({ mailbox: 'ana@example.org', route: 'find', times: 1, fault: { status: 429, retryAfter: 7 } });
  const { status, body } = await call('POST', '/$batch', {
    requests: [{ id: '1', method: 'GET', url: '/users/ana@example.org/messages' }],
  });
  expect([status, body.responses[0]?.status, body.responses[0]?.headers['Retry-After']]).toEqual([200, 429, '7']);
});

test('a lost answer: the move is done, the connection is reset', async () => {
  const id = simulator.deliver('ana@example.org', mail({ id: '<x@example.net>' }));
  simulator.faults.add({ route: 'move', times: 1, fault: { lost: 'reset', afterEffect: true } });
  await expect(move('ana@example.org', id)).rejects.toThrow('fetch failed');
  expect(folders('ana@example.org')).toEqual(['junkemail']);
});

test('a lost request: the connection is reset and nothing is done', async () => {
  const id = simulator.deliver('ana@example.org', mail({ id: '<x@example.net>' }));
  const fault = simulator.faults.add({ route: 'move', times: 1, fault: { lost: 'reset' } });
  await expect(move('ana@example.org', id)).rejects.toThrow('fetch failed');
  expect([folders('ana@example.org'), fault.hits]).toEqual([['inbox'], 1]);
  expect((await move('ana@example.org', id)).status).toBe(201);
});

test('an item that loses its answer takes the answer of the whole batch with it, after the others were done', async () => {
  const ids = ['<x@example.net>', '<y@example.net>'].map((id) => simulator.deliver('ana@example.org', mail({ id })));
  simulator.faults.add({ route: 'move', times: 1, fault: { lost: 'reset', afterEffect: true } });
  const requests = ids.map((id) => ({
    id,
    method: 'POST',
    url: `/users/ana@example.org/messages/${id}/move`,
    headers: { 'Content-Type': 'application/json', ...immutable },
    body: { destinationId: 'junkemail' },
  }));
  await expect(call('POST', '/$batch', { requests })).rejects.toThrow('fetch failed');
  expect(folders('ana@example.org')).toEqual(['junkemail', 'junkemail']);
});

test('silence lasts until the client gives up', async () => {
  simulator.faults.add({ route: 'find', times: 1, fault: { lost: 'silence' } });
  const asked = call.raw('GET', '/users/ana@example.org/messages', undefined, {}, AbortSignal.timeout(200));
  await expect(asked).rejects.toThrow(/timeout/i);
});

test.each([true, false])('a 504 with its effect done: %s', async (afterEffect) => {
  const id = simulator.deliver('ana@example.org', mail({ id: '<x@example.net>' }));
  simulator.faults.add({ route: 'move', times: 1, fault: { status: 504, afterEffect } });
  expect((await move('ana@example.org', id)).status).toBe(504);
  expect(folders('ana@example.org')).toEqual([afterEffect ? 'junkemail' : 'inbox']);
});

test('a stale find shows the mailbox as it was: no new mail, moved mail in its old folder, removed mail still there', async () => {
  const moved = simulator.deliver('ana@example.org', mail({ id: '<moved@example.net>' }));
  simulator.deliver('ana@example.org', mail({ id: '<removed@example.net>' }));
  const [inbox] = simulator.copies('ana@example.org');
  clock += 5000;
  await move('ana@example.org', moved);
  simulator.remove('ana@example.org', '<removed@example.net>');
  simulator.deliver('ana@example.org', mail({ id: '<new@example.net>' }));
  simulator.faults.add({ route: 'find', times: 1, fault: { staleMs: 3000 } });
  const read = async () =>
    (await call('GET', '/users/ana@example.org/messages?$select=parentFolderId,internetMessageId')).body
      .value as unknown as { internetMessageId: string; parentFolderId: string }[];
  const stale = await read();
  expect(stale.map((row) => row.internetMessageId).sort()).toEqual(['<moved@example.net>', '<removed@example.net>']);
  expect(new Set(stale.map((row) => row.parentFolderId))).toEqual(new Set([inbox?.folder]));
  expect((await read()).map((row) => row.internetMessageId).sort()).toEqual([
    '<moved@example.net>',
    '<new@example.net>',
  ]);
});

test('after the user moved a mail, a move by immutable id leaves a duplicate where the fault says so', async () => {
  const id = simulator.deliver('ana@example.org', mail({ id: '<x@example.net>' }));
  simulator.userMoves('ana@example.org', id, 'archive');
  simulator.faults.add({ route: 'move', times: 1, fault: { duplicate: true } });
  expect((await move('ana@example.org', id)).status).toBe(201);
  expect(folders('ana@example.org')).toEqual(['archive', 'junkemail']);
  expect(new Set((await find('ana@example.org')).map((row) => row.id)).size).toBe(2);
});

test('with the bug switched on, only what its owner has moved leaves a duplicate', async () => {
  simulator.settings.duplicateAfterUserMove = true;
  const [untouched, moved] = ['<a@example.net>', '<b@example.net>'].map((id) =>
    simulator.deliver('ana@example.org', mail({ id })),
  );
  simulator.userMoves('ana@example.org', moved!, 'archive');
  await move('ana@example.org', untouched!);
  await move('ana@example.org', moved!);
  expect(folders('ana@example.org')).toEqual(['archive', 'junkemail', 'junkemail']);
});

test('an owner acts right after the find was answered', async () => {
  const id = simulator.deliver('ana@example.org', mail({ id: '<x@example.net>' }), { label: 'lure.eml' });
  simulator.remove('ana@example.org', 'lure.eml', { after: 'find' });
  expect(await find('ana@example.org')).toHaveLength(1);
  const { status, body } = await move('ana@example.org', id);
  expect([status, body.error.code]).toEqual([404, 'ErrorItemNotFound']);
});

test('deleting what is gone answers 403 by immutable id and 404 otherwise', async () => {
  const gone = await call('DELETE', '/users/ana@example.org/messages/AAkALgAAnothing', undefined, immutable);
  expect([gone.status, gone.body.error.code]).toEqual([403, 'ErrorCannotDeleteObject']);
  expect((await call('DELETE', '/users/ana@example.org/messages/AAMkAGnothing')).body.error.code).toBe(
    'ErrorItemNotFound',
  );
});

test('a mailbox outside of the scope is denied, one without a cloud mailbox says so, nobody is nobody', async () => {
  simulator.denied.add('ana@example.org');
  simulator.addMailbox('old@example.org', { mailbox: false });
  const codeOf = async (who: string) => {
    const { status, body } = await call('GET', `/users/${who}/messages`);
    return `${status} ${body.error.code}`;
  };
  expect(await codeOf('ana@example.org')).toBe('403 ErrorAccessDenied');
  expect(await codeOf('old@example.org')).toBe('404 MailboxNotEnabledForRESTAPI');
  expect(await codeOf('nobody@example.org')).toBe('404 ErrorInvalidUser');
});

test('the 501st move in a row fails, the next are throttled, and a minute of rest heals it', async () => {
  simulator.settings.moveLimit = 2;
  const ids = Array.from({ length: 5 }, (_, i) =>
    simulator.deliver('ana@example.org', mail({ id: `<${i}@example.net>` })),
  );
  const codes: string[] = [];
  for (const id of ids.slice(0, 4)) {
    const { status, body } = await move('ana@example.org', id);
    codes.push(`${status} ${body.error?.code ?? ''}`.trim());
  }
  expect(codes).toEqual(['201', '201', '500 ErrorMoveCopyFailed', '429 ErrorTooManyObjectsOpened']);
  clock += 61_000;
  expect((await move('ana@example.org', ids[4]!)).status).toBe(201);
});

test('a Teams row shows in a find and its folder cannot be read', async () => {
  simulator.deliver('ana@example.org', mail({ id: '<chat@example.net>' }), { teams: true });
  const { body } = await call('GET', '/users/ana@example.org/messages?$select=parentFolderId');
  expect((await call('GET', `/users/ana@example.org/mailFolders/${body.value[0]?.parentFolderId}`)).status).toBe(404);
});

test('a folder that its owner deletes before a restore is not found', async () => {
  const made = simulator.tenant.mailboxOrThrow('ana@example.org').createFolder('Invoices', false);
  const id = simulator.deliver('ana@example.org', mail({ id: '<x@example.net>' }), { folder: 'Invoices' });
  await move('ana@example.org', id);
  simulator.userDeletesFolder('ana@example.org', 'Invoices');
  const { status, body } = await move('ana@example.org', id, made.id);
  expect([status, body.error.code]).toEqual([404, 'ErrorFolderNotFound']);
});

test.each([
  ['throttled', ['429', '429', '200']],
  ['temperror', ['503', '200', '503']],
  ['permerror', ['403', '403', '403']],
  ['nomailbox', ['404', '404', '404']],
])('the magic mailbox %s@ answers %j', async (name, expected) => {
  simulator.addMailbox(`${name}-1@example.org`);
  const statuses: string[] = [];
  for (const _ of expected) statuses.push(String((await call('GET', `/users/${name}-1@example.org/messages`)).status));
  expect(statuses).toEqual(expected);
});

test.each(['lostreply', 'timeout504'])('the magic mailbox %s@ moves and does not say so', async (name) => {
  const address = `${name}@example.org`;
  const id = simulator.deliver(address, mail({ id: '<x@example.net>' }));
  const outcome = await move(address, id).then(
    ({ status }) => status,
    () => 'reset',
  );
  expect([outcome, folders(address)]).toEqual([name === 'lostreply' ? 'reset' : 504, ['junkemail']]);
});

test('in the magic mailbox gone@ the owner is always faster', async () => {
  const id = simulator.deliver('gone@example.org', mail({ id: '<x@example.net>' }));
  expect((await move('gone@example.org', id)).status).toBe(404);
  expect(simulator.copies('gone@example.org')).toEqual([]);
});

test('a rule lets some requests through, hits some, and is gone when removed', async () => {
  const rule = simulator.faults.add({
    mailbox: 'ANA@example.org',
    route: ['find', 'move'],
    skip: 1,
    times: 1,
    fault: { status: 503 },
  });
  const statuses: number[] = [];
  for (let i = 0; i < 3; i++) statuses.push((await call('GET', '/users/ana@example.org/messages')).status);
  expect([statuses, rule.hits]).toEqual([[200, 503, 200], 1]);
  simulator.faults.add({ route: 'find', fault: { status: 503 } }).remove();
  expect((await call('GET', '/users/ana@example.org/messages')).status).toBe(200);
});

test('in the magic mailbox duplicate@ the first move of an item leaves a twin, and moving that one ends it', async () => {
  const id = simulator.deliver('duplicate@example.org', mail({ id: '<x@example.net>' }));
  await move('duplicate@example.org', id);
  expect(folders('duplicate@example.org')).toEqual(['inbox', 'junkemail']);
  const twin = simulator.copies('duplicate@example.org').find((copy) => copy.folderName === 'inbox');
  await move('duplicate@example.org', twin!.id);
  expect(folders('duplicate@example.org')).toEqual(['junkemail', 'junkemail']);
});

test('the magic mailbox silent@ moves and never says so, slow@ takes its time, stale@ lags', async () => {
  const quiet = simulator.deliver('silent@example.org', mail({ id: '<x@example.net>' }));
  const asked = call.raw(
    'POST',
    `/users/silent@example.org/messages/${quiet}/move`,
    { destinationId: 'junkemail' },
    immutable,
    AbortSignal.timeout(300),
  );
  await expect(asked).rejects.toThrow(/timeout/i);
  expect(folders('silent@example.org')).toEqual(['junkemail']);
  simulator.addMailbox('slow@example.org');
  const started = performance.now();
  await call('GET', '/users/slow@example.org/messages');
  expect(performance.now() - started).toBeGreaterThan(1900);
  const lagging = simulator.deliver('stale@example.org', mail({ id: '<x@example.net>' }));
  clock += 20_000;
  expect(await find('stale@example.org')).toHaveLength(1);
  simulator.remove('stale@example.org', lagging);
  expect(await find('stale@example.org')).toHaveLength(1);
  clock += 11_000;
  expect(await find('stale@example.org')).toEqual([]);
});

test('over TLS it is the same tenant', async () => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }]);
  const secure = await startSimulator({ tls: { key, cert } });
  try {
    expect(secure.graphUrl).toMatch(/^https:/);
    const status = await new Promise((resolve, reject) => {
      get(`${secure.loginUrl}/${secure.tenantId}/discovery/v2.0/keys`, { rejectUnauthorized: false }, (response) =>
        resolve(response.statusCode),
      ).on('error', reject);
    });
    expect(status).toBe(200);
  } finally {
    await secure.stop();
  }
});

test('a whole batch can be refused or lost, and the log shows it', async () => {
  const requests = [{ id: '1', method: 'GET', url: '/users/ana@example.org/messages' }];
  simulator.faults.add({ route: 'batch', times: 1, fault: { status: 503, retryAfter: 3 } });
  const refused = await call('POST', '/$batch', { requests });
  expect([refused.status, refused.headers.get('retry-after'), refused.body.error.code]).toEqual([
    503,
    '3',
    'ServiceUnavailable',
  ]);
  simulator.faults.add({ route: 'batch', times: 1, fault: { lost: 'reset', afterEffect: true } });
  await expect(call('POST', '/$batch', { requests })).rejects.toThrow('fetch failed');
  expect((await call('POST', '/$batch', { requests })).status).toBe(200);
  expect(simulator.log.list({ route: 'batch' }).map((one) => one.status)).toEqual([503, 'reset', 200]);
  expect(simulator.log.list({ route: 'find' }).map((one) => one.batch === null)).toEqual([false, false]);
});

test('the issuer can be slow to answer, throttle and be silent', async () => {
  simulator.faults.add({ route: 'token', times: 1, fault: { status: 429, retryAfter: 2 } });
  const throttled = await appToken(simulator);
  expect([throttled.status, throttled.headers.get('retry-after')]).toEqual([429, '2']);
  simulator.faults.add({ route: 'token', times: 1, fault: { lost: 'reset' } });
  await expect(appToken(simulator)).rejects.toThrow('fetch failed');
  simulator.faults.add({ route: 'token', times: 1, fault: { delayMs: 150 } });
  const started = performance.now();
  expect((await appToken(simulator)).status).toBe(200);
  expect(performance.now() - started).toBeGreaterThan(140);
});
