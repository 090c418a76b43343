/** From the report to the SIEM and into the evidence bundle, with a canary that goes first. */
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inflateRawSync } from 'node:zlib';
import { Value } from 'typebox/value';
import { isSignedBy } from '../../server/notify/signature.ts';
import { AlertRow, PostDeliveryRow } from '../../shared/log-rows.ts';
import type { WebhookWithSecret } from '../../shared/webhook.ts';
import { House } from './house.ts';
import { lure } from './mail.ts';

const ID = '<expiry-9@micros0ft-login.test>';
const PEOPLE = ['ana@example.org', 'ben@example.org', 'carla@example.org'];
const CANARY = 'permerror@example.org';

let house: House;
let target: Server;
const got: { event: string; signature: string; text: string }[] = [];

beforeAll(async () => {
  target = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { headers } = request;
      const text = Buffer.concat(parts).toString();
      got.push({ event: String(headers['reelback-event']), signature: String(headers['reelback-signature']), text });
      response.end();
    });
  });
  await new Promise<void>((done) => target.listen(0, '127.0.0.1', done));
  house = await House.start({ env: { REELBACK_WEBHOOK_PRIVATE: '1' } });
});
afterAll(async () => {
  await house.stop();
  target.close();
});

test('a canary that fails keeps everybody else, and what an analyst approves is told, exported and proven', async () => {
  for (const person of PEOPLE) house.simulator.deliver(person, lure(ID));
  house.simulator.addMailbox(CANARY);
  await house.put('guard', { max_mailboxes: 500, max_share: 0.05, canary_mailbox: CANARY });
  const url = `http://127.0.0.1:${(target.address() as AddressInfo).port}/siem`;
  const added = await house.fetch('/api/v1/settings/webhooks', {
    method: 'POST',
    body: JSON.stringify({ name: 'SIEM', url, format: 'json' }),
  });
  expect(added.status).toBe(201);
  const { secret } = (await added.json()) as WebhookWithSecret;

  const id = await house.report('ana@example.org', ID);
  const held = await house.untilRetraction(id, ['held']);
  const retraction = held.retraction!.id;
  expect(await house.retraction(retraction)).toMatchObject({ reason: 'canary' });
  expect(PEOPLE.map((person) => house.folderOf(person, ID))).toEqual(['inbox', 'inbox', 'inbox']);
  expect((await house.decide(retraction, 'approve')).status).toBe(200);
  await house.untilRetraction(id, ['confirming', 'done']);
  await house.until(
    () => got.length >= 5,
    15_000,
    () => `only ${got.length} lines arrived`,
  );

  expect(got.every(({ text, signature }) => isSignedBy(secret, signature, text, new Date()))).toBe(true);
  const rows = got.map(({ text }) => JSON.parse(text) as Record<string, unknown>);
  const alerts = rows.filter((row) => Value.Check(AlertRow, row));
  const moves = rows.filter((row) => Value.Check(PostDeliveryRow, row) && row.Operation === 'move');
  expect(alerts).toHaveLength(1);
  expect(moves.map((row) => [row.Recipient, row.Success, row.AlertID === alerts[0]?.AlertID]).sort()).toEqual(
    PEOPLE.map((person) => [person, true, true]),
  );

  const exported = await house.fetch('/api/v1/exports/post-delivery');
  const lines = (await exported.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toEqual(expect.arrayContaining(moves));
  expect(lines.filter((line) => line.Operation === 'submission')).toHaveLength(1);

  for (const path of [`submissions/${id}`, `retractions/${retraction}`]) {
    const files = unzipped(Buffer.from(await (await house.fetch(`/api/v1/${path}/bundle`)).arrayBuffer()));
    const manifest = JSON.parse(files.get('manifest.json')!.toString()) as {
      files: { name: string; sha256: string }[];
    };
    expect(manifest.files.map(({ name }) => name).sort()).toEqual(
      [...files.keys()].filter((n) => n !== 'manifest.json').sort(),
    );
    for (const { name, sha256 } of manifest.files)
      expect([name, createHash('sha256').update(files.get(name)!).digest('hex')]).toEqual([name, sha256]);
    expect(files.get('message.eml')!.toString('latin1')).toContain(ID);
    expect(files.get('actions.csv')!.toString().trim().split('\r\n')).toHaveLength(1 + PEOPLE.length);
    expect(files.get('timeline.jsonl')!.toString()).toContain('retraction.approved');
    const audit = await (await house.fetch(`/api/v1/audit-log?action=${path.split('s/')[0]}.bundle_downloaded`)).text();
    expect(audit).toContain(createHash('sha256').update(files.get('manifest.json')!).digest('hex'));
  }
  expect((await house.fetch('/api/v1/submissions/sub_none/bundle')).status).toBe(404);
});

/** Files of a zip by its central directory (APPNOTE 4.3.12), which yazl writes without extra fields. */
function unzipped(zip: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06'));
  let at = zip.readUInt32LE(end + 16);
  for (let n = zip.readUInt16LE(end + 10); n > 0; n--) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const local = zip.readUInt32LE(at + 42);
    const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(begin, begin + zip.readUInt32LE(at + 20));
    files.set(
      zip.toString('utf8', at + 46, at + 46 + name),
      zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(bytes) : bytes,
    );
    at += 46 + name + extra + comment;
  }
  return files;
}
