import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { routePatterns } from '../../simulator/graph/routes.ts';
import { demoLetters } from '../../simulator/seed/demo.ts';
import { startSimulator } from '../../simulator/start.ts';
import { graphCaller, mail } from '../simulator/caller.ts';
import { AnswerCheck, besideTheSubset, holdAnswers } from './graph-answers.ts';

const root = join(__dirname, '../..');
const samplesFile = join(root, '../shared/api-descriptions/graph-docs-samples-mail.json');
const present = existsSync(samplesFile);
if (!present) console.log('skipped: the official description of Graph is not beside this checkout');
const described = present ? describe : describe.skip;

described('what the simulator answers', () => {
  const check = present ? new AnswerCheck(root) : (undefined as never);

  test('every route of the simulator is one of Graph', () => {
    const unknown = routePatterns
      .map(({ method, pattern }) => ({ method, path: `/${pattern}`, name: `${method} /${pattern}` }))
      .filter(
        ({ method, path, name }) =>
          check.routeOf(method, path.replaceAll('*', 'x')) === null && !besideTheSubset.includes(name),
      );
    expect(unknown).toEqual([]);
  });

  test('every answer of every route, good and bad, alone and in a batch, is of the described form', async () => {
    const simulator = await startSimulator({ settings: { traceLagMs: 0 } });
    const held = holdAnswers(simulator, check);
    try {
      await askEverything(simulator);
      expect(held.faults).toEqual([]);
      const routes = (status: (code: number) => boolean) =>
        new Set(
          held.seen.filter((one) => typeof one.status === 'number' && status(one.status)).map((one) => one.route),
        );
      const names = [
        'find',
        'findInFolder',
        'messagesDelta',
        'message',
        'value',
        'move',
        'patch',
        'delete',
        'purge',
        'translate',
        'folders',
        'folder',
        'createFolder',
        'deleteFolder',
        'users',
        'user',
        'usersDelta',
        'groups',
        'group',
        'members',
        'memberOf',
        'trace',
        'batch',
      ];
      expect([...routes((code) => code < 300)].sort()).toEqual([...names].sort());
      expect(routes((code) => code >= 400).size).toBeGreaterThan(8);
      expect(held.seen.some((one) => one.batch !== null)).toBe(true);
    } finally {
      held.stop();
      await simulator.stop();
    }
  });

  test('every seeded mail makes a message of the described form', async () => {
    const simulator = await startSimulator({ seed: 'demo' });
    const held = holdAnswers(simulator, check);
    try {
      const call = await graphCaller(simulator);
      for (const person of simulator.tenant.people) await call('GET', `/users/${person.id}/messages?$top=1000`);
      const rows = held.seen.flatMap((one) => (one.responseBody as { value: { subject: string }[] }).value);
      expect(held.faults).toEqual([]);
      expect(new Set(rows.map((row) => row.subject)).size).toBeGreaterThan(demoLetters(Date.now()).length / 2);
    } finally {
      held.stop();
      await simulator.stop();
    }
  });

  const message = { id: 'x', subject: 's', isRead: true, flag: { flagStatus: 'notFlagged' } };
  test.each<[string, unknown]>([
    ['a wrong type', { ...message, isRead: 'yes' }],
    ['a word outside of an enumeration', { ...message, importance: 'urgent' }],
    ['a time that is none', { ...message, receivedDateTime: 'yesterday' }],
    ['a misspelt property', { ...message, isread: true }],
    ['a misspelt inner property', { ...message, flag: { status: 'flagged' } }],
  ])('would be caught with %s', (_, body) => {
    expect(check.typeFaults('message', message)).toEqual([]);
    expect(check.typeFaults('message', body)).not.toEqual([]);
    expect(
      check.faultsOf({ method: 'GET', url: '/users/x/messages', status: 200, responseBody: { value: [body] } }),
    ).not.toEqual([]);
  });

  test.each<[string, string, number, unknown]>([
    ['an error without a code', '/users/x/messages', 404, { error: { message: 'm' } }],
    ['a route that is not there', '/users/x/mails', 200, { value: [] }],
    ['rows that are no list', '/users/x/messages', 200, { value: {} }],
  ])('would be caught with %s', (_, url, status, responseBody) => {
    expect(check.faultsOf({ method: 'GET', url, status, responseBody })).not.toEqual([]);
  });

  test('the samples of the documentation pass, except the seven that hold placeholders', () => {
    const { mocks } = JSON.parse(readFileSync(samplesFile, 'utf8')) as { mocks: Sample[] };
    const failing = mocks.filter(({ request, response }) => {
      const url = request.url
        .replace(/^.*\/v1\.0/, '')
        .replace(/^\/me\//, '/users/x/')
        .replace(/\*/g, 'x')
        .replace('/delta', '/delta()');
      const route = check.routeOf(request.method, url.split('?')[0]!);
      if (route === null || typeof response.body !== 'object' || (response.statusCode ?? 200) >= 400) return false;
      return check
        .faultsOf({ method: request.method, url, status: 200, responseBody: response.body })
        .some((fault) => !fault.includes('unknown property'));
    });
    // Two of the seven are the rows of one sample.
    expect(failing.map(({ request }) => `${request.method} ${request.url.replace(/^.*\/v1\.0/, '')}`)).toEqual([
      expect.stringMatching(/^GET \/me\/messages\/\*\?\$expand=singleValueExtendedProperties/),
      expect.stringMatching(/^GET \/users\?\$select=.*signInActivity$/),
      'GET /me/mailFolders/*/messages/delta',
      'POST /me/mailFolders/*/messages',
      'POST /me/messages/*/copy',
      'PATCH /me/messages/*',
    ]);
  });
});

interface Sample {
  request: { method: string; url: string };
  response: { statusCode?: number; body?: unknown };
}

async function askEverything(simulator: Awaited<ReturnType<typeof startSimulator>>): Promise<void> {
  const call = await graphCaller(simulator);
  simulator.addMailbox('ana@example.org', { displayName: 'Ana Lind', jobTitle: 'Buyer', aliases: ['al@example.org'] });
  simulator.addMailbox('desk@example.org', { kind: 'shared' });
  simulator.addMailbox('old@example.org', { mailbox: false });
  simulator.addGroup('inner@example.org', ['ana@example.org']);
  simulator.addGroup('outer@example.org', ['inner@example.org', 'desk@example.org']);
  const [inner, outer] = ['inner', 'outer'].map((name) => simulator.tenant.group(`${name}@example.org`)!.id);
  const ids = Array.from({ length: 12 }, (_, i) =>
    simulator.deliver(
      'ana@example.org',
      mail({ id: `<${i}@example.net>`, to: 'Ana <ana@example.org>, "B, C" <bc@example.org>' }),
      i % 2 ? { flag: 'flagged', categories: ['Red'] } : {},
    ),
  );
  const m = '/users/ana@example.org';
  const folder = (await call('POST', `${m}/mailFolders`, { displayName: 'Held', isHidden: true })).body.id;
  const child = (await call('POST', `${m}/mailFolders/${folder}/childFolders`, { displayName: 'Deep' })).body.id;
  for (const url of [
    `${m}/messages`,
    `${m}/messages?$select=id,uniqueBody,internetMessageHeaders&$count=true`,
    `${m}/messages/${ids[0]}`,
    `${m}/messages/${ids[0]}/$value`,
    `${m}/mailFolders`,
    `${m}/mailFolders?includeHiddenFolders=true&$top=3`,
    `${m}/mailFolders/inbox`,
    `${m}/mailFolders/inbox/messages/delta()?changeType=created&$select=id,receivedDateTime`,
    `${m}/mailFolders/inbox/messages/delta()`,
    `${m}/mailFolders/inbox/messages/delta()?$deltatoken=nonsense`,
    `${m}/mailFolders/${folder}/childFolders`,
    `${m}/mailFolders/inbox/messages?$top=2`,
    `${m}/mailFolders/inbox/messages/${ids[0]}`,
    `${m}/mailFolders/nowhere`,
    `${m}/messages/nothing`,
    `${m}/messages?$select=nonsense`,
    `${m}/messages?$top=0`,
    '/users',
    '/users?$top=1',
    m,
    `/users/nobody@example.org`,
    '/users/delta()',
    '/users/delta()?$deltatoken=latest',
    '/users/delta',
    '/groups',
    `/groups/${inner}`,
    `/groups/${outer}/members`,
    `/groups/${outer}/transitiveMembers`,
    `/groups/${outer}/members/microsoft.graph.user`,
    `/groups/${outer}/transitiveMembers/microsoft.graph.user`,
    '/groups/nothing',
    `/users/ana@example.org/memberOf`,
    `/users/ana@example.org/transitiveMemberOf`,
    '/admin/exchange/tracing/messageTraces',
    '/admin/exchange/tracing/messageTraces?$top=9999',
    '/users/old@example.org/messages',
    '/users/nobody@example.org/messages',
    '/nonsense',
  ])
    await call.raw('GET', url);
  const post = (url: string, body?: unknown) => call('POST', url, body);
  await post(`${m}/messages/${ids[1]}/move`, { destinationId: 'archive' });
  await post(`${m}/mailFolders/inbox/messages/${ids[2]}/move`, { destinationId: folder });
  await post(`${m}/messages/${ids[3]}/move`, { destinationId: 'nowhere' });
  await post(`${m}/messages/${ids[3]}/move`, {});
  await post(`${m}/messages/${ids[4]}/permanentDelete`);
  await post(`${m}/mailFolders/inbox/messages/${ids[5]}/permanentDelete`);
  await post(`${m}/translateExchangeIds`, {
    inputIds: [ids[6], 'nonsense'],
    sourceIdType: 'restId',
    targetIdType: 'restImmutableEntryId',
  });
  await post('/users/ana@example.org/checkMemberGroups', { groupIds: [inner] });
  await call('PATCH', `${m}/messages/${ids[7]}`, { isRead: true });
  await call('PATCH', `${m}/mailFolders/inbox/messages/${ids[7]}`, { isRead: 'yes' });
  await call('DELETE', `${m}/messages/${ids[8]}`);
  await call('DELETE', `${m}/mailFolders/inbox/messages/${ids[9]}`);
  await call('DELETE', `${m}/mailFolders/${child}`);
  await call('DELETE', `${m}/mailFolders/inbox`);
  for (const status of [429, 503, 504]) {
    simulator.faults.add({ route: 'find', times: 1, fault: { status, retryAfter: 1 } });
    await call('GET', `${m}/messages`);
  }
  await post('/$batch', {
    requests: [
      { id: '1', method: 'GET', url: `${m}/messages` },
      { id: '2', method: 'GET', url: '/users/nobody@example.org/messages' },
    ],
  });
}
