import type { SubmissionView } from '../../shared/api.ts';
import { House } from './house.ts';
import { colleague, lure } from './mail.ts';

const ID = '<expiry-1@micros0ft-login.test>';
const LAB = ['gina@lab.example.org', 'hugo@lab.example.org', 'ines@lab.example.org', 'jan@lab.example.org'];
const OFFICE = ['ana@example.org', 'ben@example.org'];

let house: House;
beforeEach(async () => {
  house = await House.start({ google: true });
  for (const person of LAB) house.simulator.google.addMailbox(person);
  for (const person of OFFICE) house.simulator.addMailbox(person);
});
afterEach(() => house.stop());

const labels = (person: string, which = ID) =>
  house.simulator.google.copies(person).find((copy) => copy.internetMessageId === which)?.labels ?? [];
const everything = () =>
  LAB.map((person) =>
    house.simulator.google.copies(person).map((copy) => ({
      ...copy,
      labels: [...copy.labels].sort(),
      labelIds: [...copy.labelIds].sort(),
    })),
  );

/** As the Gmail add-on reports: its token, its id, no bytes. */
async function report(reporter: string, which = ID, body: Record<string, unknown> = {}): Promise<Response> {
  const { google } = house.simulator;
  const copy = google.copies(reporter).find((one) => one.internetMessageId === which);
  const id = copy ? `msg-f:${BigInt(`0x${copy.id}`)}` : undefined;
  return house.fetch('/api/v1/submissions', {
    method: 'POST',
    token: google.identityToken(reporter),
    body: JSON.stringify({ provider: 'google', mailbox: reporter, type: 'phish', provider_message_id: id, ...body }),
  });
}

async function reported(reporter: string): Promise<string> {
  const response = await report(reporter);
  const view = (await response.json()) as SubmissionView;
  if (response.status > 202) throw new Error(`${response.status}: ${JSON.stringify(view)}`);
  return view.id;
}

test('a phish reported in Gmail disappears from both suites, and nothing else moves', async () => {
  const { google } = house.simulator;
  for (const person of LAB.slice(0, 3)) google.deliver(person, lure(ID, person));
  for (const person of LAB) google.deliver(person, colleague(`<minutes-${person}>`));
  house.simulator.deliver('ana@example.org', lure(ID));
  house.simulator.deliver('ben@example.org', colleague('<minutes-ben>'));

  const view = await house.untilRetraction(await reported(LAB[0]!), ['done'], 30_000);

  expect(view).toMatchObject({
    original: 'authoritative',
    outcome_disposition: 'MALICIOUS',
    psr: { action: 'retract' },
  });
  expect(view.retraction?.copies).toMatchObject({ found: 4, retracted: 4, failed: 0, unknown: 0 });
  for (const person of LAB.slice(0, 3)) {
    expect(labels(person)).toEqual(expect.arrayContaining(['TRASH', 'Reelback Quarantine']));
    expect(labels(person)).not.toContain('INBOX');
  }
  for (const person of LAB) expect(labels(person, `<minutes-${person}>`)).toContain('INBOX');
  expect(house.folderOf('ana@example.org', ID)).toBe('Reelback Quarantine');
  expect(house.folderOf('ben@example.org', '<minutes-ben>')).toBe('inbox');
});

test('an analyst brings every copy back to the labels it had', async () => {
  const { google } = house.simulator;
  google.deliver(LAB[0]!, lure(ID, LAB[0]), { labels: ['INBOX', 'UNREAD', 'IMPORTANT', 'CATEGORY_UPDATES'] });
  google.deliver(LAB[1]!, lure(ID, LAB[1]), { labels: ['Project X', 'STARRED'] });
  google.deliver(LAB[2]!, lure(ID, LAB[2]), { labels: ['SPAM', 'UNREAD'] });
  const before = everything();

  const id = await reported(LAB[0]!);
  const done = await house.untilRetraction(id, ['done'], 30_000);
  expect(done.retraction?.copies).toMatchObject({ retracted: 3 });
  const rows = await house.ledger(done.retraction!.id);
  expect(rows.map(({ mailbox, from_folder }) => [mailbox, from_folder]).sort()).toEqual([
    [LAB[0], 'Inbox'],
    [LAB[1], 'All Mail'],
    [LAB[2], 'Spam'],
  ]);
  expect((await house.decide(done.retraction!.id, 'restore')).status).toBe(200);
  const restored = await house.untilRetraction(id, ['restored'], 30_000);
  expect(restored.retraction?.copies).toMatchObject({ restored: 3, retracted: 0 });
  expect(everything()).toEqual(before);
});

test('what its owner took out of the bin again is taken away again; what was taken out before a restore stays', async () => {
  const { google } = house.simulator;
  for (const person of LAB.slice(0, 2)) google.deliver(person, lure(ID, person), { labels: ['INBOX'] });
  const id = await reported(LAB[0]!);
  await house.untilRetraction(id, ['confirming', 'done'], 30_000);
  google.userLabels(LAB[1]!, ID, { add: ['INBOX'], remove: ['TRASH'] });
  const done = await house.untilRetraction(id, ['done'], 30_000);
  expect(labels(LAB[1]!)).toContain('TRASH');
  google.userLabels(LAB[1]!, ID, { add: ['Kept'], remove: ['TRASH'] });
  await house.decide(done.retraction!.id, 'restore');
  await house.untilRetraction(id, ['restored'], 30_000);
  expect(labels(LAB[0]!)).toContain('INBOX');
  expect(labels(LAB[1]!)).toContain('Kept');
  expect(labels(LAB[1]!)).not.toContain('INBOX');
});

test('lost replies, quota and server trouble leave no copy behind and none in two states', async () => {
  const { google, faults } = house.simulator;
  for (const person of LAB) google.deliver(person, lure(ID, person), { labels: ['INBOX', 'STARRED'] });
  const before = everything();
  const lost = { lost: 'reset' as const };
  faults.add({ mailbox: LAB[0], route: 'gmailModify', skip: 1, times: 1, fault: { ...lost, afterEffect: true } });
  faults.add({ mailbox: LAB[1], route: 'gmailModify', times: 1, fault: { ...lost, afterEffect: true } });
  faults.add({ mailbox: LAB[2], route: 'gmailModify', skip: 1, times: 1, fault: { status: 503 } });
  faults.add({ mailbox: LAB[3], route: 'gmailGet', times: 2, fault: { status: 429 } });
  const id = await reported(LAB[0]!);
  const done = await house.untilRetraction(id, ['done'], 45_000);
  expect(done.retraction?.copies).toMatchObject({ retracted: 4, failed: 0, unknown: 0 });
  for (const person of LAB) expect(labels(person)).toEqual(expect.arrayContaining(['TRASH', 'Reelback Quarantine']));
  await house.decide(done.retraction!.id, 'restore');
  await house.untilRetraction(id, ['restored'], 30_000);
  expect(everything()).toEqual(before);
}, 90_000);

test('nobody reports from somebody else’s mailbox, or from another organisation', async () => {
  const { google } = house.simulator;
  google.deliver(LAB[1]!, lure(ID, LAB[1]));
  expect((await report(LAB[0]!, ID, { mailbox: LAB[1] })).status).toBe(403);
  const token = google.identityToken(LAB[1]!, { claims: { hd: 'elsewhere.example' } });
  const body = JSON.stringify({ provider: 'google', mailbox: LAB[1], type: 'phish', internet_message_id: ID });
  const response = await house.fetch('/api/v1/submissions', { method: 'POST', token, body });
  expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([403, 'tenant_not_allowed']);
});
