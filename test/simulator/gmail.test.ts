import type { Simulator } from '../../simulator/simulator.ts';
import { startSimulator } from '../../simulator/start.ts';
import { mail } from './caller.ts';
import { ask, type GoogleCaller, gmailCaller, scopes, tokenFor } from './gmail-caller.ts';

let simulator: Simulator;
let call: GoogleCaller;
const ana = 'ana@lab.example.org';
const now = Date.UTC(2026, 10, 21, 9);
let clock = now;

beforeAll(async () => {
  simulator = await startSimulator({ now: () => clock });
});
afterAll(() => simulator.stop());
beforeEach(async () => {
  clock = now;
  simulator.reset();
  simulator.google.addMailbox(ana, { displayName: 'Ana Lind', aliases: ['al@lab.example.org'] });
  call = await gmailCaller(simulator, ana);
});

const deliver = (id: string, more: { subject?: string; from?: string; body?: string } = {}, delivery = {}) =>
  simulator.google.deliver(ana, mail({ id, ...more }), delivery);
const find = async (q: string, more = '') => {
  const { status, body } = await call('GET', `/messages?q=${encodeURIComponent(q)}${more}`);
  expect(status).toBe(200);
  return (body.messages ?? []).map((message) => message.id);
};

describe('finding', () => {
  test('a mail is found by its Message-ID with or without brackets, and nobody else is', async () => {
    const id = deliver('<a+b%25/#&=?@example.net>');
    deliver('<other@example.net>');
    expect(await find('rfc822msgid:a+b%25/#&=?@example.net')).toEqual([id]);
    expect(await find('rfc822msgid:<a+b%25/#&=?@example.net>')).toEqual([id]);
    expect(await find('rfc822msgid:b%25/#&=?@example.net')).toEqual([]);
  });

  test('a plus that is not encoded asks for another id, as on the real one', async () => {
    deliver('<a+b@example.net>');
    const { body } = await call('GET', '/messages?q=rfc822msgid:a+b@example.net');
    expect(body).toEqual({ resultSizeEstimate: 0 });
  });

  test('TRASH and SPAM are found only when asked for', async () => {
    const id = deliver('<t@example.net>');
    simulator.google.userDeletes(ana, id);
    expect(await find('rfc822msgid:t@example.net')).toEqual([]);
    expect(await find('rfc822msgid:t@example.net', '&includeSpamTrash=true')).toEqual([id]);
    expect(await find('rfc822msgid:t@example.net in:anywhere')).toEqual([id]);
    expect(await find('in:trash')).toEqual([id]);
    expect(await find('in:spam')).toEqual([]);
  });

  test.each<[string, boolean]>([
    ['from:billing@shop.example', true],
    ['from:shop.example', true],
    ['from:(billing@shop.example OR x@y.example)', true],
    ['from:hop.example', false],
    ['subject:"overdue invoice"', true],
    ['subject:"invoice overdue"', false],
    ['subject:(invoice overdue)', true],
    ['subject:invoices', false],
    ['"please pay"', true],
    ['pay -from:shop.example', false],
    ['pay -from:other.example', true],
    ['{subject:nothing pay}', true],
    ['nothing OR pay', true],
    ['nothing pay', false],
    ['newer_than:2d', true],
    ['newer_than:1h', false],
    ['older_than:1d', false],
    ['after:2026/11/21', true],
    ['before:2026/11/21', false],
    ['is:unread', true],
    ['is:starred', false],
    ['in:inbox', true],
    ['label:inbox', true],
    ['label:project-x', true],
    ['label:nothing', false],
    ['has:attachment', false],
    ['newer_than:soon', false],
    ['larger:1m', false],
    ['smaller:1m', true],
  ])('the query %s fits: %p', async (q, fits) => {
    const labels = ['INBOX', 'Project/X'];
    const receivedAt = now - 3 * 3_600_000;
    const id = deliver(
      '<q@example.net>',
      { from: 'Shop Billing <billing@shop.example>', subject: 'Your overdue invoice 7', body: 'Please pay today.' },
      { labels, receivedAt },
    );
    expect(await find(q)).toEqual(fits ? [id] : []);
  });

  test('broken queries are answered, whatever they hold', async () => {
    deliver('<q@example.net>');
    for (const q of [
      '(',
      ')',
      '"',
      '{',
      '}',
      '-',
      '--',
      'from:',
      'from:(',
      'OR',
      'a OR',
      ':',
      '((((a',
      'rfc822msgid:"',
    ])
      await find(q);
  });

  test('long lists come in pages, newest first', async () => {
    const ids = Array.from({ length: 7 }, (_, i) => deliver(`<${i}@example.net>`, {}, { receivedAt: now + i }));
    const seen: string[] = [];
    let token: string | undefined;
    do {
      const { body } = await call('GET', `/messages?maxResults=3${token ? `&pageToken=${token}` : ''}`);
      seen.push(...body.messages!.map((message) => message.id));
      token = body.nextPageToken;
    } while (token);
    expect(seen).toEqual(ids.reverse());
  });

  test('answers share the thread of the mail they answer', async () => {
    const first = deliver('<t1@example.net>');
    const second = simulator.google.deliver(
      ana,
      `In-Reply-To: <t1@example.net>\r\n${mail({ id: '<t2@example.net>' })}`,
    );
    const { body } = await call('GET', `/threads/${first}?format=minimal`);
    expect(body.messages!.map((message) => message.id)).toEqual([first, second]);
  });
});

describe('reading', () => {
  test('raw has the exact bytes, of 8 bit and without line ends alike', async () => {
    const bytes = Buffer.concat([Buffer.from(mail({ id: '<r@example.net>' })), Buffer.from([0xe9, 0xff, 0, 0xfb, 10])]);
    const id = simulator.google.deliver(ana, bytes);
    const { body } = await call('GET', `/messages/${id}?format=raw`);
    expect(Buffer.from(body.raw, 'base64url').equals(bytes)).toBe(true);
    expect(body.labelIds).toEqual(['INBOX', 'UNREAD']);
    expect(body.id).toMatch(/^[0-9a-f]{16}$/);
  });

  test('metadata shows the header fields asked for', async () => {
    const id = deliver('<m@example.net>', { subject: 'Hello' });
    const { body } = await call('GET', `/messages/${id}?format=metadata&metadataHeaders=subject&metadataHeaders=From`);
    expect(body.payload.headers.map((header) => header.name)).toEqual(['From', 'Subject']);
    const minimal = await call('GET', `/messages/${id}?format=minimal`);
    expect(minimal.body.payload).toBeUndefined();
  });

  test('full has the tree of parts, files by attachment id', async () => {
    const eml = [
      'Message-ID: <f@example.net>',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'Hi',
      '--b',
      'Content-Type: application/pdf; name="a.pdf"',
      'Content-Disposition: attachment; filename="a.pdf"',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from('file').toString('base64'),
      '--b--',
      '',
    ].join('\r\n');
    const id = simulator.google.deliver(ana, eml);
    const { body } = await call('GET', `/messages/${id}`);
    const [text, file] = body.payload.parts!;
    expect(Buffer.from(text!.body.data!, 'base64url').toString()).toBe('Hi');
    expect(file!.body.data).toBeUndefined();
    const attachment = await call('GET', `/messages/${id}/attachments/${file!.body.attachmentId}`);
    expect(Buffer.from(attachment.body.data, 'base64url').toString()).toBe('file');
  });

  test('what is not there is 404, what is no id is 400', async () => {
    expect((await call('GET', '/messages/19aaaaaaaaaaaaaa')).status).toBe(404);
    expect((await call('GET', '/messages/msg-f:1871234567890123456')).body.error.errors[0]).toMatchObject({
      reason: 'invalidArgument',
    });
  });

  test('a mail without Message-ID gets one from Gmail', async () => {
    const id = simulator.google.deliver(ana, 'Subject: bare\r\n\r\nx');
    expect(simulator.google.copies(ana)[0]!.internetMessageId).toBe(`<${id}.SMTPIN_ADDED_MISSING@mx.google.com>`);
    expect(await find(`rfc822msgid:${id}.SMTPIN_ADDED_MISSING@mx.google.com`)).toEqual([id]);
  });
});

describe('labels', () => {
  test('modify is a set operation and answers with all labels; the id stays', async () => {
    const id = deliver('<s@example.net>');
    const label = (await call('POST', '/labels', { name: 'Marker', labelListVisibility: 'labelHide' })).body.id;
    for (const _ of [1, 2]) {
      const { body } = await call('POST', `/messages/${id}/modify`, { addLabelIds: [label] });
      expect(body).toEqual({ id, threadId: id, labelIds: ['INBOX', 'UNREAD', label] });
    }
    const trashed = await call('POST', `/messages/${id}/modify`, { addLabelIds: ['TRASH'], removeLabelIds: ['INBOX'] });
    expect(trashed.body.labelIds).toEqual(['UNREAD', label, 'TRASH']);
    expect(await find('label:marker', '&includeSpamTrash=true')).toEqual([id]);
    const back = { addLabelIds: ['INBOX'], removeLabelIds: ['TRASH', label] };
    expect((await call('POST', `/messages/${id}/modify`, back)).body.labelIds!.sort()).toEqual(['INBOX', 'UNREAD']);
  });

  test.each([
    [{ addLabelIds: ['SENT'] }],
    [{ addLabelIds: ['DRAFT'] }],
    [{ removeLabelIds: ['SENT'] }],
    [{ addLabelIds: ['Label_99'] }],
    [{ addLabelIds: ['inbox'] }],
    [{}],
    [{ addLabels: ['INBOX'] }],
    [{ addLabelIds: 'INBOX' }],
    ['no json'],
    [undefined],
  ])('modify refuses %j', async (body) => {
    const id = deliver('<x@example.net>');
    expect((await call('POST', `/messages/${id}/modify`, body)).status).toBe(400);
    expect(simulator.google.copies(ana)[0]!.labelIds).toEqual(['INBOX', 'UNREAD']);
  });

  test('a name is taken once, in any case; system names never', async () => {
    expect((await call('POST', '/labels', { name: 'Held' })).status).toBe(200);
    expect((await call('POST', '/labels', { name: 'hELD' })).status).toBe(409);
    expect((await call('POST', '/labels', { name: 'inbox' })).status).toBe(400);
    expect((await call('POST', '/labels', { name: 'x', labelListVisibility: 'hide' })).status).toBe(400);
  });

  test('a label that goes leaves its mails behind', async () => {
    const id = deliver('<d@example.net>', {}, { labels: ['INBOX', 'Held'] });
    const label = (await call('GET', '/labels')).body.labels.find((one) => one.name === 'Held')!;
    expect((await call('GET', `/labels/${label.id}`)).body.messagesTotal).toBe(1);
    expect((await call('DELETE', `/labels/${label.id}`)).status).toBe(204);
    expect(simulator.google.copies(ana)[0]).toMatchObject({ id, labelIds: ['INBOX', 'UNREAD'] });
  });

  test('trash and untrash; deletion for good needs the whole scope', async () => {
    const id = deliver('<d@example.net>');
    expect((await call('POST', `/messages/${id}/trash`)).body.labelIds).toEqual(['UNREAD', 'TRASH']);
    expect((await call('POST', `/messages/${id}/untrash`)).body.labelIds).toEqual(['UNREAD']);
    expect((await call('DELETE', `/messages/${id}`)).body.error.errors[0]!.reason).toBe('insufficientPermissions');
    const whole = await gmailCaller(simulator, ana, scopes.full);
    expect((await whole('DELETE', `/messages/${id}`)).status).toBe(204);
    expect(simulator.google.copies(ana)).toEqual([]);
  });

  test('the bin is emptied after 30 days', async () => {
    const id = deliver('<d@example.net>');
    await call('POST', `/messages/${id}/trash`);
    clock += 30 * 86_400_000 - 1;
    expect(simulator.google.copies(ana)).toHaveLength(1);
    clock += 1;
    expect(simulator.google.copies(ana)).toEqual([]);
  });

  test('history tells what happened since', async () => {
    const { historyId } = (await call('GET', '/profile')).body;
    const id = deliver('<h@example.net>');
    await call('POST', `/messages/${id}/modify`, { addLabelIds: ['STARRED'], removeLabelIds: ['UNREAD'] });
    const { body } = await call('GET', `/history?startHistoryId=${historyId}`);
    expect(body.history!.map((row) => Object.keys(row)[2])).toEqual(['messagesAdded', 'labelsAdded', 'labelsRemoved']);
    expect((await call('GET', `/history?startHistoryId=${body.historyId}`)).body.history).toBeUndefined();
    expect((await call('GET', '/history?startHistoryId=1')).status).toBe(404);
  });
});

describe('who may', () => {
  test('a token opens the mailbox of its own subject, by me, address or alias', async () => {
    simulator.google.addMailbox('ben@lab.example.org');
    const token = await tokenFor(simulator, ana);
    const profile = (user: string) => ask(`${simulator.google.gmailUrl}/gmail/v1/users/${user}/profile`, 'GET', token);
    for (const user of ['me', ana, 'al@lab.example.org']) expect((await profile(user)).body.emailAddress).toBe(ana);
    expect((await profile('ben@lab.example.org')).body.error.message).toMatch(/^Delegation denied/);
    expect((await profile('nobody@lab.example.org')).status).toBe(403);
  });

  test('no token, a wrong one, an old one: 401', async () => {
    const url = `${simulator.google.gmailUrl}/gmail/v1/users/me/profile`;
    const token = await tokenFor(simulator, ana);
    expect((await ask(url, 'GET', '')).status).toBe(401);
    expect((await ask(url, 'GET', `${token}x`)).body.error.status).toBe('UNAUTHENTICATED');
    clock += 3_600_000;
    expect((await ask(url, 'GET', token)).status).toBe(401);
  });

  test('the metadata scope searches nothing and reads no content', async () => {
    const id = deliver('<m@example.net>');
    const meta = await gmailCaller(simulator, ana, scopes.metadata);
    expect((await meta('GET', '/messages')).status).toBe(200);
    expect((await meta('GET', '/messages?q=x')).status).toBe(403);
    expect((await meta('GET', `/messages/${id}?format=raw`)).status).toBe(403);
    expect((await meta('GET', `/messages/${id}?format=metadata`)).status).toBe(200);
    expect((await meta('POST', `/messages/${id}/modify`, { addLabelIds: ['STARRED'] })).status).toBe(403);
  });

  test('no Gmail: 400 failedPrecondition', async () => {
    simulator.google.addMailbox('drive-only@lab.example.org', { mailbox: false });
    const other = await gmailCaller(simulator, 'drive-only@lab.example.org');
    const { status, body } = await other('GET', '/messages');
    expect([status, body.error.errors[0]!.reason, body.error.status]).toEqual([
      400,
      'failedPrecondition',
      'FAILED_PRECONDITION',
    ]);
  });

  test('unknown parameters and routes are refused, and answers can be partial', async () => {
    const id = deliver('<p@example.net>');
    expect((await call('GET', '/messages?query=x')).status).toBe(400);
    expect((await call('GET', '/mails')).status).toBe(404);
    expect((await call('GET', '/messages?fields=messages/id,nothing(x,y/z)')).body).toEqual({ messages: [{ id }] });
    expect((await call('GET', '/messages?fields=messages(id')).status).toBe(400);
  });
});
