import { join } from 'node:path';
import { DESTINATIONS } from '../../shared/retraction.ts';
import { addresses, mail, startTenant } from '../mailboxes/tenant.ts';
import { readDescription, type SentRequest } from './graph-description.ts';

const description = readDescription(join(__dirname, '../..'));
if (!description) console.log('skipped: the official description of Graph is not beside this checkout');
const described = description ? describe : describe.skip;

const ID = "<a+b'%#&=?/ü c@lure.example>";

/** Every verb of the port, with and without batches, pages, retries and a dumpster. */
async function everythingSent(): Promise<SentRequest[]> {
  const sent: SentRequest[] = [];
  const recording: typeof fetch = (input, init) => {
    const [, url] = String(input).split('/graph/v1.0');
    if (url !== undefined) {
      const headers = Object.fromEntries(new Headers(init?.headers as Record<string, string>));
      const body = typeof init?.body === 'string' && init.body !== '' ? JSON.parse(init.body) : undefined;
      sent.push({ method: init?.method ?? 'GET', url, headers, body });
    }
    return fetch(input, init);
  };
  const { simulator, provider, clock } = await startTenant({
    effects: { fetch: recording },
    settings: { messageTrace: true },
  });
  try {
    const many = addresses(30);
    simulator.addMailboxes(1_010, 'example.org');
    simulator.addMailbox('ana@example.org', { aliases: ["a.o'hara+x@example.org"] });
    simulator.addGroup('all@example.org', many);
    simulator.faults.add({ mailbox: many[3], route: 'find', times: 1, fault: { status: 504 } });
    for (let n = 0; n < 60; n++) simulator.deliver('ana@example.org', mail(ID));
    for await (const page of provider.listMailboxes()) expect(page.length).toBeGreaterThan(0);
    for (const address of ["a.o'hara+x@example.org", 'all@example.org', 'stranger@elsewhere.example'])
      await provider.resolve(address);
    const userId = simulator.tenant.person('ana@example.org')?.id ?? '';
    await provider.mailboxOfUser(userId);
    await provider.isMember(userId, 'all@example.org');
    await provider.recipientsOf(ID, new Date(clock.now() - 3_600_000));
    await provider.findCopies([...many, 'ana@example.org'], ID, { dumpster: true });
    const [outcome] = await provider.findCopies(['ana@example.org'], ID, { dumpster: true });
    if (!outcome?.ok) throw outcome?.error;
    const since = new Date(clock.now() - 3_600_000);
    const similar = {
      headerFrom: "o'hara+x@lure.example",
      subjectWords: ['your'],
      since,
      until: new Date(clock.now()),
    };
    for (const some of [many, ['ana@example.org']]) await provider.findSimilar(some, similar);
    const begun = await provider.newMail('ana@example.org', null, since);
    if (begun !== 'lost') await provider.newMail('ana@example.org', begun.cursor, since);
    const [first, ...others] = outcome.value;
    const id = first?.providerMessageId ?? '';
    await provider.toImmutableId('ana@example.org', id);
    await provider.readRaw('ana@example.org', id);
    for (const destination of DESTINATIONS) {
      const folder = await provider.destinationFolder('ana@example.org', destination);
      await provider.folderName('ana@example.org', folder);
      const copy = others.pop();
      await provider.move('ana@example.org', copy?.providerMessageId ?? '', destination);
    }
    await provider.move('ana@example.org', id, 'Quarantine');
    simulator.userReads('ana@example.org', id);
    await provider.restore('ana@example.org', id, { folder: first?.folder ?? '', labels: [], isRead: false });
    await provider.moveMany?.(others, 'Quarantine');
    return sent;
  } finally {
    await simulator.stop();
  }
}

function withItems(sent: SentRequest): { method: string; url: string }[] {
  const items = (sent.body as { requests?: SentRequest[] } | undefined)?.requests ?? [];
  return [sent, ...items];
}

described('what the client sends to Graph', () => {
  const faultsOf = (sent: SentRequest) => description?.faultsOf(sent) ?? [];

  test('is described there, word for word', async () => {
    const sent = await everythingSent();
    expect(sent.flatMap(faultsOf)).toEqual([]);
    const shapes = new Set(
      sent
        .flatMap(withItems)
        .map(
          ({ method, url }) =>
            `${method} ${url.replace(/\/(users|messages|groups|mailFolders)\/[^/?]+/g, '/$1/*').split('?')[0]}`,
        ),
    );
    expect([...shapes].sort()).toEqual([
      'GET /admin/exchange/tracing/messageTraces',
      'GET /groups',
      'GET /groups/*/transitiveMembers',
      'GET /users',
      'GET /users/*',
      'GET /users/*/mailFolders',
      'GET /users/*/mailFolders/*',
      'GET /users/*/mailFolders/*/messages',
      // delta()
      'GET /users/*/mailFolders/*/messages/*',
      'GET /users/*/messages',
      'GET /users/*/messages/*',
      'GET /users/*/messages/*/$value',
      'PATCH /users/*/messages/*',
      'POST /$batch',
      'POST /users/*/checkMemberGroups',
      'POST /users/*/mailFolders',
      'POST /users/*/messages/*/move',
      'POST /users/*/messages/*/permanentDelete',
      'POST /users/*/translateExchangeIds',
    ]);
    for (const { headers } of sent) {
      expect(headers.prefer).toMatch(/^IdType="ImmutableId"(, odata\.maxpagesize=25)?$/);
      expect(headers['client-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  const json = { 'content-type': 'application/json' };
  test.each<[string, SentRequest]>([
    ['a route that is not there', { method: 'GET', url: '/users/x/mails', headers: {}, body: undefined }],
    ['a method that is not there', { method: 'PUT', url: '/users/x/messages/y', headers: json, body: {} }],
    ['an unknown parameter', { method: 'GET', url: '/users/x/messages?$limit=5', headers: {}, body: undefined }],
    ['a page of nothing', { method: 'GET', url: '/users/x/messages?$top=abc', headers: {}, body: undefined }],
    [
      'a misspelt property',
      { method: 'GET', url: '/users/x/messages?$select=id,isread', headers: {}, body: undefined },
    ],
    [
      'a bare plus',
      { method: 'GET', url: "/users/x/messages?$filter=internetMessageId%20eq%20'a+b'", headers: {}, body: undefined },
    ],
    [
      'a lone quote',
      { method: 'GET', url: "/users/x/messages?$filter=internetMessageId%20eq%20'o'b'", headers: {}, body: undefined },
    ],
    [
      'a body of the wrong type',
      { method: 'PATCH', url: '/users/x/messages/y', headers: json, body: { isRead: 'yes' } },
    ],
    [
      'a misspelt body',
      { method: 'POST', url: '/users/x/messages/y/move', headers: json, body: { destination: 'inbox' } },
    ],
    [
      'no content type',
      { method: 'POST', url: '/users/x/messages/y/move', headers: {}, body: { destinationId: 'inbox' } },
    ],
    ['an empty batch', { method: 'POST', url: '/$batch', headers: json, body: { requests: [] } }],
    [
      'a batch with a broken item',
      {
        method: 'POST',
        url: '/$batch',
        headers: json,
        body: { requests: [{ id: '1', method: 'GET', url: '/users/x/mails' }] },
      },
    ],
  ])('would be caught with %s', (_, sent) => {
    expect(faultsOf(sent)).not.toEqual([]);
  });
});
