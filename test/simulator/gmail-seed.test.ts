import PostalMime, { type Email } from 'postal-mime';
import { lettersOfTheLab } from '../../simulator/seed/lab.ts';
import { labPeople } from '../../simulator/seed/lab-people.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { startSimulator } from '../../simulator/start.ts';

const start = Date.UTC(2026, 10, 21, 9, 30);
let simulator: Simulator;
const copies = () =>
  [...simulator.google.workspace.allMailboxes()].flatMap((mailbox) =>
    simulator.google.copies(mailbox.address).map((copy) => ({ address: mailbox.address, ...copy })),
  );

beforeAll(async () => {
  simulator = await startSimulator({ seed: 'demo', now: () => start });
});
afterAll(() => simulator.stop());

test('the lab has at least 12 Gmail mailboxes, each with mail, and groups inside a group', () => {
  const mailboxes = [...simulator.google.workspace.allMailboxes()];
  expect(mailboxes.length).toBeGreaterThanOrEqual(12);
  for (const mailbox of mailboxes) expect(mailbox.list().length).toBeGreaterThan(3);
  const everyone = simulator.google.workspace.group('everyone@lab.example.org')!;
  expect(simulator.google.workspace.membersOf(everyone, true).length).toBe(labPeople.length + 2);
});

test('two campaigns lie in both suites under one Message-ID, and one under an id for everybody', () => {
  const inOutlook = (label: string) =>
    [...simulator.tenant.allMailboxes()].flatMap((mailbox) => mailbox.list().filter((item) => item.label === label));
  for (const label of ['invoice-lure', 'password-expiry']) {
    const here = copies().filter((copy) => copy.label === label);
    expect(here.length).toBeGreaterThanOrEqual(5);
    const ids = [...here, ...inOutlook(label)].map((copy) => copy.internetMessageId);
    expect(new Set(ids).size).toBe(1);
  }
  const personal = copies().filter((copy) => copy.label === 'sparkasse-pushtan');
  const ids = [...personal, ...inOutlook('sparkasse-pushtan')].map((copy) => copy.internetMessageId);
  expect(new Set(ids).size).toBe(ids.length);
});

test('owners have read, starred, filed, archived and deleted; answers lie in their threads', () => {
  const all = copies();
  expect(new Set(all.map((copy) => copy.isRead))).toEqual(new Set([true, false]));
  for (const label of ['INBOX', 'SENT', 'TRASH', 'STARRED', 'IMPORTANT', 'CATEGORY_PROMOTIONS'])
    expect([label, all.some((copy) => copy.labelIds.includes(label))]).toEqual([label, true]);
  expect(
    all.some((copy) => copy.labels.some((name) => ['Experiments', 'Versuche', 'Bestellungen'].includes(name))),
  ).toBe(true);
  expect(all.some((copy) => copy.threadId !== copy.id)).toBe(true);
});

test('every mail tells what Gmail found out, is readable, and names only reserved hosts', async () => {
  const reserved = /(^|\.)(example|test|example\.(org|com|net))$/;
  for (const { address, id, label, subject, labelIds } of copies()) {
    const eml = simulator.google.raw(address, id);
    const read = await PostalMime.parse(eml);
    expect([label, read.subject]).toEqual([label, subject]);
    expect((read.text ?? '').trim().length).toBeGreaterThan(0);
    if (!labelIds.includes('SENT')) expectTrace(address, label, read.headers);
    const header = eml.toString('latin1').split('\r\n\r\n')[0]!;
    for (const ip of header.match(/\b\d{1,3}(\.\d{1,3}){3}\b/g) ?? [])
      expect(ip).toMatch(/^(192\.0\.2|198\.51\.100|203\.0\.113)\./);
    for (const [, host] of header.matchAll(/[\w.+-]@([\w.-]+\w)/g)) expect(host).toMatch(reserved);
    expect(
      eml
        .toString('latin1')
        .split('\r\n')
        .every((line) => line.length <= 998),
    ).toBe(true);
  }
});

test('the same start makes the same mailboxes; another salt other ids', async () => {
  const before = copies().map(({ id, labelIds }) => [id, labelIds]);
  simulator.reset();
  expect(copies().map(({ id, labelIds }) => [id, labelIds])).toEqual(before);
  const salted = lettersOfTheLab(start, 'x7').map((letter) => letter.messageId);
  const plain = lettersOfTheLab(start).map((letter) => letter.messageId);
  expect(salted.filter((id) => id !== undefined && plain.includes(id))).toEqual([]);
});

function expectTrace(address: string, label: string | null, headers: Email['headers']): void {
  const results = headers.filter((header) => header.key === 'authentication-results');
  expect([label, results.length]).toEqual([label, 1]);
  expect([label, results[0]?.value]).toEqual([label, expect.stringMatching(/^mx\.google\.com;.*spf=\w+ /)]);
  expect(headers[0]).toMatchObject({ key: 'delivered-to', value: address });
}
