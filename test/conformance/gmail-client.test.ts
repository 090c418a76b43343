import { join } from 'node:path';
import { DESTINATIONS } from '../../shared/retraction.ts';
import { mail } from '../mailboxes/tenant.ts';
import { ANA, startWorkspace } from '../mailboxes/workspace.ts';
import { readDiscovery, type SentToGoogle } from './gmail-description.ts';

const description = readDiscovery(join(__dirname, '../..'));
if (!description) console.log("skipped: Google's discovery documents are not beside this checkout");
const described = description ? describe : describe.skip;

const ID = "<a+b'%#&=?/ü c@lure.example>";

/** Every verb of the port, alone and in batches, with each request's token traced to the scopes it was asked for with. */
async function everythingSent(): Promise<SentToGoogle[]> {
  const sent: SentToGoogle[] = [];
  const roots: string[] = [];
  const scopesOf = new Map<string, string[]>();
  const add = (method: string, path: string, authorization: string | undefined, body: string | null | undefined) => {
    const scopes = scopesOf.get((authorization ?? '').replace(/^Bearer /, '')) ?? [];
    sent.push({ method, path, scopes, body: body ? JSON.parse(body) : undefined });
  };
  const recording: typeof fetch = async (input, init) => {
    const url = String(input);
    const root = roots.find((one) => /^\/(gmail|admin|batch)\//.test(url.slice(one.length)) && url.startsWith(one));
    const path = root === undefined ? null : url.slice(root.length);
    const headers = new Headers(init?.headers as Record<string, string>);
    const body = typeof init?.body === 'string' ? init.body : null;
    if (path?.startsWith('/batch/')) for (const part of partsOf(body ?? '')) add(...part);
    else if (path) add(init?.method ?? 'GET', path, headers.get('authorization') ?? undefined, body);
    const response = await fetch(input, init);
    if (init?.body instanceof URLSearchParams) {
      const [, claims = ''] = (init.body.get('assertion') ?? '').split('.');
      const { scope } = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as { scope: string };
      const { access_token: token } = (await response.clone().json()) as { access_token?: string };
      if (token) scopesOf.set(token, scope.split(' '));
    }
    return response;
  };
  const { simulator, google, provider, clock } = await startWorkspace({ effects: { fetch: recording } });
  roots.push(google.gmailUrl, google.adminUrl);
  try {
    google.addMailboxes(1_010);
    google.addMailbox(ANA, { aliases: ["a.o'hara+x@lab.example.org"] });
    const many = google.workspace.users.map(({ primaryEmail }) => primaryEmail).filter((one) => one.startsWith('user'));
    google.addGroup('all@lab.example.org', many.slice(0, 250));
    for (let n = 0; n < 8; n++) google.deliver(ANA, mail(ID));
    for (const user of many.slice(0, 6)) google.deliver(user, mail(ID));
    for await (const page of provider.listMailboxes()) expect(page.length).toBeGreaterThan(0);
    for (const address of ["a.o'hara+x@lab.example.org", 'all@lab.example.org', 'stranger@elsewhere.example'])
      await provider.resolve(address);
    const userId = google.workspace.user(ANA)?.id ?? '';
    await provider.mailboxOfUser(userId);
    await provider.isMember(userId, 'all@lab.example.org');
    await provider.recipientsOf(ID, new Date(clock.now() - 3_600_000));
    await provider.findCopies([...many.slice(0, 60), ANA], ID);
    const [outcome] = await provider.findCopies([ANA], ID);
    if (!outcome?.ok) throw outcome?.error;
    const since = new Date(clock.now() - 3_600_000);
    const similar = {
      headerFrom: "o'hara+x@lure.example",
      subjectWords: ['your'],
      since,
      until: new Date(clock.now()),
    };
    for (const some of [many.slice(0, 60), [ANA]]) await provider.findSimilar(some, similar);
    const begun = await provider.newMail(ANA, null, since);
    if (begun !== 'lost') await provider.newMail(ANA, begun.cursor, since);
    const [first, ...others] = outcome.value;
    const id = first?.providerMessageId ?? '';
    await provider.readRaw(ANA, id);
    for (const destination of DESTINATIONS.filter((one) => one !== 'RecoverableItemsDeletions')) {
      await provider.move(ANA, others.pop()?.providerMessageId ?? '', destination);
    }
    await provider.move(ANA, id, 'Quarantine');
    await provider.restore(ANA, id, { folder: '', labels: first?.labels ?? [], isRead: !first?.isRead });
    await provider.moveMany?.(others, 'Quarantine');
    return sent;
  } finally {
    await simulator.stop();
  }
}

type PartOfBatch = [method: string, path: string, authorization: string | undefined, body: string | null];

function partsOf(text: string): PartOfBatch[] {
  const boundary = text.slice(0, text.indexOf('\r\n'));
  return text
    .split(boundary)
    .slice(1, -1)
    .map((part) => {
      const [, head = '', body = ''] = part.split('\r\n\r\n');
      const [line = '', ...fields] = head.split('\r\n');
      const [method = '', path = ''] = line.split(' ');
      const field = fields.find((one) => one.toLowerCase().startsWith('authorization:'));
      return [method, path, field?.slice('authorization:'.length).trim(), body.trim() || null];
    });
}

described('what the client sends to Google', () => {
  test('is described there: method, parameters, body, and the scope it is sent with', async () => {
    const sent = await everythingSent();
    expect(sent.flatMap((one) => description?.faultsOf(one))).toEqual([]);
    expect([...new Set(sent.map((one) => description?.idOf(one)))].sort()).toEqual([
      'directory.members.hasMember',
      'directory.members.list',
      'directory.users.get',
      'directory.users.list',
      'gmail.users.getProfile',
      'gmail.users.history.list',
      'gmail.users.labels.create',
      'gmail.users.labels.list',
      'gmail.users.messages.delete',
      'gmail.users.messages.get',
      'gmail.users.messages.list',
      'gmail.users.messages.modify',
      'reports.activities.list',
    ]);
    // Never by `me`, so that a confused token could not answer for another mailbox.
    expect(sent.filter(({ path }) => path.includes('/users/me/'))).toEqual([]);
  });

  const modify = 'https://www.googleapis.com/auth/gmail.modify';
  const good = {
    method: 'POST',
    path: '/gmail/v1/users/a/messages/1/modify',
    scopes: [modify],
    body: { addLabelIds: ['X'] },
  };
  test.each<[string, Partial<SentToGoogle>]>([
    ['a route that is not there', { path: '/gmail/v1/users/a/mails' }],
    ['a method that is not there', { method: 'PUT' }],
    ['a misspelt body', { body: { addLabels: ['X'] } }],
    ['a body of the wrong type', { body: { addLabelIds: 'X' } }],
    ['no body', { body: undefined }],
    ['an unknown parameter', { path: `${'/gmail/v1/users/a/messages/1/modify'}?force=true` }],
    ['a scope that is not enough', { scopes: ['https://www.googleapis.com/auth/gmail.readonly'] }],
    ['no token', { scopes: [] }],
    ['a format that is none', { method: 'GET', path: '/gmail/v1/users/a/messages/1?format=eml', body: undefined }],
    ['a number that is none', { method: 'GET', path: '/gmail/v1/users/a/messages?maxResults=x', body: undefined }],
    ['a body on a read', { method: 'GET', path: '/gmail/v1/users/a/messages' }],
    ['deletion with too small a scope', { method: 'DELETE', path: '/gmail/v1/users/a/messages/1', body: undefined }],
  ])('would be caught with %s', (_, change) => {
    expect(description?.faultsOf(good)).toEqual([]);
    expect(description?.faultsOf({ ...good, ...change })).not.toEqual([]);
  });
});
