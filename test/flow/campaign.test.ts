import type { SubmissionView } from '../../shared/api.ts';
import type { SimilarMessages } from '../../shared/similar.ts';
import { House } from './house.ts';

const NAMES: Record<string, string> = {
  'ana@example.org': 'Ana Okoro',
  'ben@example.org': 'Ben Lang',
  'gina@lab.example.org': 'Gina Rossi',
  'hugo@lab.example.org': 'Hugo Meyer',
  'ines@lab.example.org': 'Ines Duarte',
  'jan@lab.example.org': 'Jan de Wit',
};
const OUTLOOK = ['ana@example.org', 'ben@example.org'];
const GMAIL = ['gina@lab.example.org', 'hugo@lab.example.org', 'ines@lab.example.org', 'jan@lab.example.org'];
const [ANA, BEN, GINA, HUGO, INES, JAN] = [...OUTLOOK, ...GMAIL] as [string, string, string, string, string, string];
const KIM = 'kim@lab.example.org';
const SPOOFED =
  'spf=fail smtp.mailfrom=micros0ft-login.test; dkim=none; dmarc=fail (p=reject) header.from=micros0ft-login.test';
const GENUINE =
  'spf=pass smtp.mailfrom=micros0ft-login.test; dkim=pass header.d=micros0ft-login.test; dmarc=pass header.from=micros0ft-login.test';

/** One mail of the campaign: id, greeting, subject and token are the recipient's own. */
function personal(to: string, more: { results?: string; host?: string; serial?: number } = {}): string {
  const name = NAMES[to]!;
  const token = Buffer.from(`${to}:${more.serial ?? 0}`).toString('hex');
  return [
    'Received: from mail.sender.test (mail.sender.test [192.0.2.10]) by mx.example.org; Fri, 20 Nov 2026 09:00:00 +0000',
    `Authentication-Results: mx.example.org; ${more.results ?? SPOOFED}`,
    'From: "Microsoft account team" <security@micros0ft-login.test>',
    'Reply-To: <collector@mailbox-verify.example>',
    `To: ${name} <${to}>`,
    `Subject: ${name}, action required: your Microsoft 365 password expires today`,
    `Date: Fri, 20 Nov 2026 09:00:${10 + name.length} +0000`,
    `Message-ID: <${token}@micros0ft-login.test>`,
    'MIME-Version: 1.0',
    'Content-Type: text/html; charset=utf-8',
    '',
    `<html><body><p>Dear ${name},</p>
<p>We detected unusual sign-in activity. Your Microsoft 365 password expires today. Verify your account
immediately or your mailbox ${to} will be suspended and all incoming messages will be deleted.</p>
<p><a href="http://${more.host ?? '192.0.2.77'}/login/verify.php?session=${token}">https://login.microsoftonline.com/verify</a></p>
<p>Enter your user name and password to keep your current password. This link expires in 2 hours.</p>
<p>Microsoft account team</p></body></html>`,
    '',
  ].join('\r\n');
}

const forwarded = [
  'From: Ben Lang <ben@example.org>',
  'To: Ana Okoro <ana@example.org>',
  'Subject: FW: Ben Lang, action required: your Microsoft 365 password expires today',
  'Message-ID: <forward-1@example.org>',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'Is this real? Your Microsoft 365 password expires today. Verify your account immediately or your mailbox ben@example.org',
  'will be suspended and all incoming messages will be deleted.',
  '',
].join('\r\n');

let house: House;
beforeEach(async () => {
  house = await House.start({ google: true });
  for (const person of [...GMAIL, KIM]) house.simulator.google.addMailbox(person);
  for (const person of OUTLOOK) house.simulator.addMailbox(person);
  await house.put('psr', { mode: 'on', scope: 'campaign', dispositions: ['MALICIOUS'] });
});
afterEach(() => house.stop());

function deliver(to: string, raw = personal(to), receivedAt?: number): string {
  const { simulator } = house;
  const delivery = receivedAt === undefined ? {} : { receivedAt };
  return OUTLOOK.includes(to) ? simulator.deliver(to, raw, delivery) : simulator.google.deliver(to, raw, delivery);
}

/** Where everything lies and what it is marked with, in both suites. */
const everything = () => ({
  outlook: OUTLOOK.map((person) =>
    house.simulator.copies(person).map(({ id, subject, folderName, isRead }) => ({ id, subject, folderName, isRead })),
  ),
  gmail: GMAIL.map((person) =>
    house.simulator.google.copies(person).map(({ id, subject, labels }) => ({
      id,
      subject,
      labels: labels.filter((one) => one !== 'Reelback Quarantine').sort(),
    })),
  ),
});

async function reportFromGmail(person: string): Promise<string> {
  const { google } = house.simulator;
  const copy = google.copies(person)[0]!;
  const body = {
    provider: 'google',
    mailbox: person,
    type: 'phish',
    provider_message_id: `msg-f:${BigInt(`0x${copy.id}`)}`,
  };
  const token = google.identityToken(person);
  const response = await house.fetch('/api/v1/submissions', { method: 'POST', token, body: JSON.stringify(body) });
  const view = (await response.json()) as SubmissionView;
  if (response.status > 202) throw new Error(`${response.status}: ${JSON.stringify(view)}`);
  return view.id;
}

const placesOf = (person: string) =>
  OUTLOOK.includes(person)
    ? house.simulator.copies(person).map((copy) => copy.folderName)
    : house.simulator.google.copies(person).map((copy) => (copy.labels.includes('TRASH') ? 'Trash' : 'Inbox'));

test('a campaign without a Message-ID in common disappears from both suites, and nothing else does', async () => {
  for (const person of [ANA, BEN, GINA, HUGO]) deliver(person);
  // The genuine mail that the campaign copies word for word.
  deliver(INES, personal(INES, { results: GENUINE }));
  deliver(JAN, personal(JAN, { host: '192.0.2.99' }));
  deliver(ANA, forwarded);
  const longAgo = deliver(BEN, personal(BEN, { serial: 1 }), Date.now() - 100 * 3_600_000);
  // Too many mails of that sender to look for the campaign among them.
  for (let serial = 0; serial < 201; serial++) {
    house.simulator.google.deliver(KIM, personal(GINA, { serial: serial + 1 }));
  }
  const before = everything();

  const [first, second] = await Promise.all([
    reportFromGmail(GINA),
    house.report(ANA, `${NAMES[ANA]}, action required: your Microsoft 365 password expires today`),
  ]);
  const done = await house.untilRetraction(first, ['done'], 40_000);
  const joined = await house.untilRetraction(second, ['done'], 40_000);
  expect(joined.retraction?.id).toBe(done.retraction?.id);
  expect(done.retraction).toMatchObject({
    scope: 'campaign',
    copies: { retracted: 4, failed: 0, unknown: 0, review: 2 },
  });
  const shown = await house.retraction(done.retraction!.id);
  expect(shown).toMatchObject({ scope: 'campaign', mailboxes: { total: 7, searched: 7, message_only: 1 } });
  expect(shown.mailboxes).not.toHaveProperty('failed');
  expect(shown.mailbox_troubles).toEqual([{ mailbox: KIM, reason: 'too_many_candidates' }]);
  expect(house.simulator.google.copies(KIM).every((copy) => copy.labels.includes('INBOX'))).toBe(true);

  const ledger = await house.ledger(done.retraction!.id);
  const byMailbox = ledger.map((row) => [row.mailbox, row.state, row.reason ?? '']).sort();
  expect(byMailbox).toEqual([
    [ANA, 'retracted', ''],
    [BEN, 'retracted', ''],
    [GINA, 'retracted', ''],
    [HUGO, 'retracted', ''],
    [INES, 'review', 'authenticates_better'],
    [JAN, 'review', 'similar_content'],
  ]);
  for (const person of [GINA, HUGO]) expect(placesOf(person)).toEqual(['Trash']);
  for (const person of [INES, JAN]) expect(placesOf(person)).toEqual(['Inbox']);
  expect(house.folderOf(ANA, '<forward-1@example.org>')).toBe('inbox');
  expect(house.folderOf(BEN, longAgo)).toBe('inbox');

  expect((await house.decide(done.retraction!.id, 'restore')).status).toBe(200);
  await house.untilRetraction(first, ['restored'], 30_000);
  expect(everything()).toEqual(before);
  // What an analyst put back stays, whichever of its mails is reported next.
  const next = await house.untilConcluded(await reportFromGmail(HUGO));
  expect(next.psr).toEqual({ action: 'none', reason: 'analyst_decided' });
}, 120_000);

test('the guard counts the mailboxes of a campaign exactly, and similar mail is there for an analyst', async () => {
  await house.put('guard', { max_mailboxes: 2, max_share: 0.0001, canary_mailbox: null });
  for (const person of [ANA, BEN, GINA, HUGO, INES]) deliver(person);
  const id = await reportFromGmail(GINA);
  const held = await house.untilRetraction(id, ['held'], 30_000);
  await house.drain();
  const moved = (await house.ledger(held.retraction!.id)).filter((row) => row.state === 'retracted');
  expect(moved).toHaveLength(2);
  await house.decide(held.retraction!.id, 'approve');
  const done = await house.untilRetraction(id, ['confirming', 'done'], 30_000);
  expect(done.retraction?.copies).toMatchObject({ retracted: 5 });

  const other = await house.report(BEN, `${NAMES[BEN]}, action required: your Microsoft 365 password expires today`);
  expect((await house.untilConcluded(other)).retraction?.id).toBe(held.retraction?.id);
  const response = await house.fetch(`/api/v1/messages/${held.message}/similar?search=mailboxes`);
  const similar = (await response.json()) as SimilarMessages;
  expect(similar).toMatchObject({
    complete: true,
    items: [{ same_campaign: true, similarity: 1, disposition: 'MALICIOUS', reports: 1, submission_id: other }],
  });
  expect(similar.mailboxes?.providers).toEqual([
    {
      provider: 'microsoft365',
      mailboxes: { total: 2, searched: 2, failed: 0 },
      found: 2,
      found_in: 2,
      complete: true,
    },
    { provider: 'google', mailboxes: { total: 5, searched: 5, failed: 0 }, found: 3, found_in: 3, complete: true },
  ]);
  expect(similar.mailboxes?.mails.map((mail) => mail.mailbox).sort()).toEqual([ANA, BEN, GINA, HUGO, INES].sort());
}, 120_000);
