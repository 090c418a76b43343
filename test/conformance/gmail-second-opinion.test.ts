/**
 * Our Gmail client against somebody else's Gmail (`emulate`), for the calls that it supports. What it does not have, the
 * token for a service account, is answered before it; searches and batches are left out: see simulator/DIFFERENCES.md.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt } from 'jose';
import { gmailProvider } from '../../server/mailboxes/gmail.ts';
import type { MailProvider } from '../../server/mailboxes/port.ts';
import { freePort } from '../flow/server-process.ts';

const ANA = 'ana@lab.example.org';
const MARKER = 'Reelback Quarantine';
const RAW = Buffer.from(
  'From: billing@lure.example\r\nTo: ana@lab.example.org\r\nSubject: Invoice\r\nMessage-ID: <x+1@lure.example>\r\n\r\nPay\xe9\r\n',
  'latin1',
);

let theirs: ChildProcess;
let door: Server;
let url: string;
let provider: MailProvider;

beforeAll(async () => {
  const seed = {
    tokens: { 'token-of-ana': { login: ANA, scopes: [] } },
    google: { users: [{ email: ANA, name: 'Ana' }] },
  };
  theirs = fork('test/conformance/emulate-google.mjs', [String(await freePort()), JSON.stringify(seed)]);
  url = await new Promise<string>((resolve, reject) => {
    theirs.once('message', (message) => resolve((message as { url: string }).url));
    theirs.once('exit', (code) => reject(new Error(`emulate ended with ${code}`)));
  });
  door = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      // RFC 7523: who is acted as is the subject of the assertion.
      const { sub } = decodeJwt(new URLSearchParams(Buffer.concat(parts).toString()).get('assertion') ?? '');
      const token = { access_token: sub === ANA ? 'token-of-ana' : 'none', expires_in: 3_600, token_type: 'Bearer' };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(token));
    });
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  provider = gmailProvider({
    serviceAccount: {
      clientEmail: 'reelback@project.iam.example',
      privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      privateKeyId: null,
      tokenUri: `http://127.0.0.1:${(door.address() as AddressInfo).port}/token`,
    },
    admin: 'admin@lab.example.org',
    gmailUrl: url,
    adminUrl: url,
    batches: false,
    markerLabelName: MARKER,
  });
});

afterAll(async () => {
  theirs?.disconnect();
  await new Promise((resolve) => (door ? door.close(resolve) : resolve(null)));
});

async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${url}/gmail/v1/users/me/${path}`, {
    method,
    headers: { authorization: 'Bearer token-of-ana', 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
  const text = await response.text();
  return (text === '' ? null : JSON.parse(text)) as T;
}

const deliver = async (labelIds: string[]) =>
  (await ask<{ id: string }>('POST', 'messages', { raw: RAW.toString('base64url'), labelIds })).id;
const labelsOf = async (id: string) => [...((await provider.readCopy(ANA, id))?.labels ?? [])].sort();
const ownLabels = async () =>
  (await ask<{ labels: { id: string; name: string; type: string }[] }>('GET', 'labels')).labels.filter(
    ({ type }) => type === 'user',
  );

test('a copy is read as it stands, and byte for byte', async () => {
  const id = await deliver(['INBOX', 'UNREAD', 'STARRED']);
  expect(await provider.readCopy(ANA, id)).toMatchObject({
    mailbox: ANA,
    providerMessageId: id,
    internetMessageId: '<x+1@lure.example>',
    subject: 'Invoice',
    isRead: false,
    flag: 'STARRED',
  });
  expect(Buffer.from((await provider.readRaw(ANA, id)) ?? [])).toEqual(RAW);
});

test.each([
  ['unread and starred', ['INBOX', 'STARRED', 'UNREAD']],
  ['read and archived', ['STARRED']],
  ['from spam', ['SPAM', 'UNREAD']],
  ['from the owner’s bin', ['TRASH']],
])('quarantined and put back as it was: %s', async (_, labels) => {
  const id = await deliver(labels);
  const before = await provider.readCopy(ANA, id);
  const moved = await provider.move(ANA, id, 'Quarantine');
  if (moved.state !== 'moved' || !before) throw new Error(moved.state);
  const [marker] = await ownLabels();
  expect(marker).toMatchObject({ name: MARKER });
  expect(await labelsOf(id)).toEqual(expect.arrayContaining(['TRASH', marker?.id]));
  expect(await labelsOf(id)).not.toEqual(expect.arrayContaining(['INBOX']));
  const there = await provider.readCopy(ANA, id);
  expect(there && (await provider.isIn(there, 'Quarantine'))).toBe(true);
  const preimage = { folder: '', labels: moved.labelsBefore ?? before.labels, isRead: moved.copy.isRead };
  expect(await provider.restore(ANA, id, preimage)).toMatchObject({ state: 'restored', fallback: false });
  expect(await labelsOf(id)).toEqual([...labels].sort());
});

test('the marker is made once, and anew when its owner has deleted it', async () => {
  const id = await deliver(['INBOX']);
  await provider.move(ANA, id, 'Quarantine');
  const [first, ...more] = await ownLabels();
  expect(more).toEqual([]);
  await ask('DELETE', `labels/${first?.id}`);
  const other = await deliver(['INBOX']);
  expect(await provider.move(ANA, other, 'Quarantine')).toMatchObject({ state: 'moved' });
  const [second] = await ownLabels();
  expect(second?.id).not.toBe(first?.id);
  expect(await labelsOf(other)).toEqual(['TRASH', second?.id].sort());
});

test('junk, many moves one by one, what is gone, and deleted for good', async () => {
  const ids = [await deliver(['INBOX', 'UNREAD']), await deliver(['INBOX', 'UNREAD'])];
  const copies = ids.map((providerMessageId) => ({ mailbox: ANA, providerMessageId }));
  const outcomes = await provider.moveMany?.(copies, 'JunkEmail');
  expect(outcomes).toMatchObject(
    ids.map(() => ({ ok: true, value: { state: 'moved', copy: { labels: expect.arrayContaining(['SPAM']) } } })),
  );
  expect(await labelsOf(ids[0]!)).toEqual(['SPAM', 'UNREAD']);
  expect(await provider.move(ANA, ids[0]!, 'RecoverableItemsPurges')).toMatchObject({ state: 'moved' });
  expect(await provider.readCopy(ANA, ids[0]!)).toBeNull();
  expect(await provider.readRaw(ANA, ids[0]!)).toBeNull();
  expect(await provider.move(ANA, ids[0]!, 'Quarantine')).toEqual({ state: 'gone' });
});
