import PostalMime from 'postal-mime';
import { demoLetters, seedDemo } from '../../simulator/seed/demo.ts';
import type { Item } from '../../simulator/tenant/mailbox.ts';
import { Tenant } from '../../simulator/tenant/tenant.ts';

const start = Date.UTC(2026, 10, 21, 9, 30);
const seeded = () => {
  const tenant = new Tenant('00000000-0000-4000-a000-000000000001', () => start);
  seedDemo({ tenant }, start);
  return tenant;
};
const tenant = seeded();
const copies = [...tenant.allMailboxes()].flatMap((mailbox) => mailbox.list().map((item) => ({ mailbox, item })));
const mails = new Map<string, Item>(copies.map(({ item }) => [`${item.label}|${item.internetMessageId}`, item]));

test('the organisation has at least 40 mailboxes, two languages, two groups and a shared mailbox', () => {
  expect([...tenant.allMailboxes()].length).toBeGreaterThanOrEqual(40);
  expect(new Set(tenant.people.map((person) => person.preferredLanguage))).toEqual(new Set(['en-GB', 'de-DE']));
  expect(tenant.groups).toHaveLength(2);
  expect(tenant.people.some((person) => person.kind === 'shared')).toBe(true);
});

test('there are at least 200 letters, and every mailbox has mail', () => {
  expect(demoLetters(start).length).toBeGreaterThanOrEqual(200);
  for (const mailbox of tenant.allMailboxes()) expect(mailbox.list().length).toBeGreaterThan(0);
});

test('names of letters are unique, and every recipient and every answered mail exists', () => {
  const letters = demoLetters(start);
  expect(new Set(letters.map((letter) => letter.name)).size).toBe(letters.length);
  for (const letter of letters) {
    expect(letter.inReplyTo ?? '<>').toMatch(/^<.*>$/);
    for (const name of letter.to)
      expect([letter.name, tenant.person(`${name}@example.org`)?.mail]).toEqual([letter.name, `${name}@example.org`]);
  }
});

test('the same start makes the same bytes, states and ids', () => {
  const again = [...seeded().allMailboxes()].flatMap((mailbox) => mailbox.list());
  expect(again.map(({ immutableId, isRead, folder, flag }) => [immutableId, isRead, folder, flag])).toEqual(
    copies.map(({ item: { immutableId, isRead, folder, flag } }) => [immutableId, isRead, folder, flag]),
  );
  expect(Buffer.concat(again.map((item) => item.eml)).equals(Buffer.concat(copies.map(({ item }) => item.eml)))).toBe(
    true,
  );
});

test('another reader finds sender, subject, date and a body in every mail, and lines are short', async () => {
  for (const [name, { eml, subject, receivedAt }] of mails) {
    const read = await PostalMime.parse(eml);
    expect([name, read.subject]).toEqual([name, subject]);
    expect(read.from?.address).toMatch(/@/);
    expect(Math.abs(Date.parse(read.date ?? '') - receivedAt)).toBeLessThan(5000);
    expect((read.text ?? '').trim().length).toBeGreaterThan(0);
    const lines = eml.toString('latin1').split('\r\n');
    expect(lines.every((line) => line.length <= 998 && !/[\r\n\x80-\xff]/.test(line))).toBe(true);
  }
});

test('hosts are reserved names and addresses are for documentation', async () => {
  const reserved = /(^|\.)(example|test|example\.(org|com|net))$/;
  for (const [name, { eml }] of mails) {
    const read = await PostalMime.parse(eml);
    const words = `${read.html ?? ''} ${read.text ?? ''}`;
    const hosts = [...words.matchAll(/(?:https?:\/\/|www\.|[\w.+-]@)([\w.-]+\.[a-z]+)/gi)].map((match) =>
      match[1]!.toLowerCase(),
    );
    for (const host of hosts) expect([name, host]).toEqual([name, expect.stringMatching(reserved)]);
    const header = eml.toString('latin1').split('\r\n\r\n')[0]!;
    const ips = header.match(/\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b/g) ?? [];
    expect(ips.filter((ip) => !/^(192\.0\.2|198\.51\.100|203\.0\.113)\./.test(ip))).toEqual([]);
    for (const address of header.match(/[\w.+-]+@[\w.-]+/g) ?? [])
      expect(address).toMatch(/(\.example|\.test|@example\.(org|com|net)|\.example\.(org|com|net)|\.outlook\.com)$/);
  }
});

test('campaigns reach several people, some have read the lure, and one borrows the Message-ID of a good mail', () => {
  const of = (label: string) => copies.filter(({ item }) => item.label === label);
  for (const campaign of [
    'invoice-lure',
    'password-expiry',
    'parcel-hold',
    'postfach-voll',
    'mfa-qr',
    'voicemail-attachment',
  ])
    expect(of(campaign).length).toBeGreaterThanOrEqual(7);
  expect(new Set(of('invoice-lure').map(({ item }) => item.isRead))).toEqual(new Set([true, false]));
  const [lure, good] = [of('borrowed-id-lure'), of('calibration-portal')];
  expect(new Set([...lure, ...good].map(({ item }) => item.internetMessageId)).size).toBe(1);
  expect(lure.filter((one) => good.some((other) => other.mailbox === one.mailbox)).length).toBeGreaterThan(0);
  expect(lure[0]?.item.subject).not.toBe(good[0]?.item.subject);
});

test('a personal letter has an id and a name of its own for every recipient', () => {
  const personal = copies.filter(({ item }) => item.label === 'sparkasse-pushtan').map(({ item }) => item);
  expect(new Set(personal.map((item) => item.internetMessageId)).size).toBe(personal.length);
  expect(new Set(personal.map((item) => item.subject)).size).toBe(personal.length);
});

test('another salt makes other Message-IDs and item ids of the same letters', () => {
  const salted = new Tenant('00000000-0000-4000-a000-000000000001', () => start, 'x7');
  seedDemo({ tenant: salted }, start, 'x7');
  const others = [...salted.allMailboxes()].flatMap((mailbox) => mailbox.list());
  expect(others.map((item) => item.subject).length).toBe(copies.length);
  const known = new Set(copies.flatMap(({ item }) => [item.internetMessageId, item.immutableId]));
  expect(others.filter((item) => known.has(item.internetMessageId) || known.has(item.immutableId))).toEqual([]);
  const borrowed = others.filter((item) => ['borrowed-id-lure', 'calibration-portal'].includes(item.label ?? ''));
  expect(new Set(borrowed.map((item) => item.internetMessageId)).size).toBe(1);
});
