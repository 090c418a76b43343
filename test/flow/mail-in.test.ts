/** Reports by mail from the relay's connection to the answer in the mailbox, over real SMTP both ways. */
import { createTransport } from 'nodemailer';
import type { SubmissionView } from '../../shared/api.ts';
import type { InvalidSubmission } from '../../shared/invalid.ts';
import type { MailStanding, NotificationSettings } from '../../shared/mail.ts';
import { asMessage, attachment, type Forward, forward } from '../intake/mails.ts';
import { House } from './house.ts';
import { colleague, lure } from './mail.ts';

const ID = '<expiry-1@micros0ft-login.test>';
const PEOPLE = ['ana@example.org', 'ben@example.org', 'carla@example.org'];
/** What the organisation's own border writes: the sender was checked. */
const CHECKED = [
  'Received: from outbound.example.org (outbound.example.org [192.0.2.20]) by mx.example.org; Fri, 20 Nov 2026 09:10:00 +0000',
  'Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=example.org; dkim=pass header.d=example.org; dmarc=pass header.from=example.org',
];
const NOBODY = { MALICIOUS: false, SUSPICIOUS: false, SPOOF: false, SPAM: false, BULK: false, NONE: false };

let house: House;
const refused = new Set<string>();

beforeAll(async () => {
  house = await House.start({ mail: { refuse: (address) => (refused.has(address) ? 550 : null) } });
  for (const person of [...PEOPLE, 'gone@example.org']) house.simulator.addMailbox(person);
  await house.put('notifications', {
    ...{ from_name: 'Security team', language: 'en', team_verdict: true, user_verdicts: NOBODY },
    ...{ mail_removed: true, mail_restored: true, invalid_submission: true },
  } satisfies NotificationSettings);
});
afterAll(() => house.stop());

async function hand(mail: Forward & { raw?: string; envelopeFrom?: string } = {}) {
  const { to = 'report+user+phish@reports.example.org', from = 'Ana Muster <ana@example.org>' } = mail;
  const transport = createTransport({ host: '127.0.0.1', port: await house.smtpPort(), ignoreTLS: true });
  const sender = mail.envelopeFrom ?? /<([^>]+)>/.exec(from)?.[1] ?? from;
  await transport.sendMail({
    envelope: { from: sender, to: [to] },
    raw: mail.raw ?? forward({ ...mail, to, from, headers: [...CHECKED, ...(mail.headers ?? [])] }),
  });
  transport.close();
}

async function items<T>(path: string): Promise<T[]> {
  return ((await (await house.fetch(`/api/v1${path}`)).json()) as { items: T[] }).items;
}

async function untilReported(requestedBy: string, type: 'USER' | 'TEAM'): Promise<SubmissionView> {
  let found: SubmissionView | undefined;
  await house.until(async () => {
    const all = await items<SubmissionView>(`/submissions?type=${type}`);
    found = all.find((one) => one.requested_by === requestedBy);
    return found !== undefined;
  });
  return house.untilConcluded(found!.id);
}

const lettersTo = (person: string) =>
  house.simulator
    .copies(person)
    .map(({ id }) => house.simulator.raw(person, id).toString('utf8'))
    .filter((mail) => mail.includes('reelback@example.org'));

async function untilLetter(person: string, text: string): Promise<string> {
  await house.until(
    () => lettersTo(person).some((mail) => mail.includes(text)),
    20_000,
    `no letter to ${person}: ${text}`,
  );
  return lettersTo(person).find((mail) => mail.includes(text))!;
}

test('a forwarded phish is looked up in the forwarder’s own mailbox, retracted, and its owners are told once', async () => {
  for (const person of PEOPLE) house.simulator.deliver(person, lure(ID));
  house.simulator.deliver('ben@example.org', lure(ID), { folder: 'archive' });
  await hand({ parts: [asMessage(lure(ID))] });
  const view = await untilReported('ana@example.org', 'USER');
  expect(view).toMatchObject({
    original: 'authoritative',
    outcome_disposition: 'MALICIOUS',
    psr: { action: 'retract' },
  });
  await house.untilRetraction(view.id, ['confirming', 'done']);
  for (const person of PEOPLE) expect(house.folderOf(person, ID)).toBe('Reelback Quarantine');

  const letter = await untilLetter('ben@example.org', 'removed from your mailbox');
  expect(letter).toMatch(/^From: Security team <reelback@example\.org>/m);
  expect(letter).toMatch(/^Auto-Submitted: auto-generated/m);
  await untilLetter('carla@example.org', 'removed from your mailbox');
  await house.untilRetraction(view.id, ['done']);
  await house.drain();
  expect(lettersTo('ben@example.org')).toHaveLength(1);
  // Who reported it knows, and the setting wants no verdict mails to users.
  expect(lettersTo('ana@example.org')).toEqual([]);
});

test('what its sender does not have in the mailbox is judged and held', async () => {
  const mail = lure('<elsewhere@micros0ft-login.test>', 'carla@example.org');
  await hand({ from: 'Carla <carla@example.org>', parts: [asMessage(mail)] });
  const view = await untilReported('carla@example.org', 'USER');
  expect(view).toMatchObject({ original: 'client_supplied', psr: { action: 'hold', reason: 'client_supplied_only' } });
});

test('a team submission never moves mail, and its sender gets the verdict with nothing to click', async () => {
  const id = '<team-1@micros0ft-login.test>';
  const mail = lure(id, 'ben@example.org');
  house.simulator.deliver('ben@example.org', mail);
  await hand({
    from: 'Ben Okoro <ben@example.org>',
    to: 'report+team+malicious@reports.example.org',
    headers: ['Content-Language: de-DE'],
    parts: [asMessage(mail)],
  });
  const view = await untilReported('ben@example.org', 'TEAM');
  expect(view).toMatchObject({ outcome_disposition: 'MALICIOUS', psr: { action: 'none', reason: 'team_submission' } });
  expect(house.folderOf('ben@example.org', id)).toBe('inbox');

  const letter = await untilLetter('ben@example.org', 'In-Reply-To: <forward-1@example.org>');
  expect(letter).toMatch(/^Auto-Submitted: auto-replied/m);
  expect(letter).toMatch(/^Content-Language: de/m);
  expect(letter).toMatch(/^Message-ID: <oml_\w+@example\.org>/m);
  expect(letter).not.toMatch(/https?:\/\/|href|192\.0\.2\.77/);
});

test('a mail that a machine wrote is judged, and nobody answers it', async () => {
  const before = lettersTo('carla@example.org').length;
  await hand({
    from: 'Carla <carla@example.org>',
    to: 'report+team+spam@reports.example.org',
    headers: ['Auto-Submitted: auto-generated'],
    parts: [asMessage(colleague('<machine@example.org>'))],
  });
  await untilReported('carla@example.org', 'TEAM');
  await house.drain();
  expect(lettersTo('carla@example.org')).toHaveLength(before);
});

describe('what cannot be judged is kept with its reason', () => {
  const one = [asMessage(colleague('<minutes-7@example.org>'))];
  const cases: [reason: string, mail: Forward & { envelopeFrom?: string }, by: string][] = [
    ['no_eml', { parts: [], subject: 'no eml' }, 'ana@example.org'],
    ['wrong_extension', { parts: [attachment('text/plain', 'mail.txt', 'x')] }, 'ana@example.org'],
    ['outlook_msg', { parts: [attachment('application/octet-stream', 'mail.msg', 'x')] }, 'ana@example.org'],
    ['several_messages', { parts: [...one, ...one] }, 'ana@example.org'],
    ['unreadable', { parts: [attachment('message/rfc822', 'mail.eml', '\u0000\u0001')] }, 'ana@example.org'],
    ['wrong_alias', { to: 'report+user+nonsense@reports.example.org', parts: one }, 'ana@example.org'],
    ['unknown_tenant', { from: 'X <x@example.net>', parts: one }, 'x@example.net'],
    ['reporter_not_allowed', { from: 'X <nobody@example.org>', parts: one }, 'nobody@example.org'],
  ];
  test.each(cases)('%s', async (reason, mail, by) => {
    await hand(mail);
    let found: InvalidSubmission | undefined;
    await house.until(async () => {
      [found] = await items<InvalidSubmission>(`/invalid-submissions?reason=${reason}`);
      return found !== undefined;
    });
    expect(found).toMatchObject({ invalid_reason: reason, requested_by: by, channel: 'mail' });
    expect(found!.kept_bytes).toBeGreaterThan(0);
  });

  test('a colleague’s name in the From of a stranger is not believed', async () => {
    // Without the border's word: DNS is off, so nobody can tell.
    await hand({ raw: forward({ from: 'Ana Muster <ana@example.org>', parts: one }) });
    await house.until(async () => (await items('/invalid-submissions?reason=sender_not_verified')).length === 1);
    await hand({
      raw: forward({
        headers: [CHECKED[0]!, CHECKED[1]!.replaceAll('=pass', '=fail')],
        subject: 'forged',
        parts: [...one],
      }),
    });
    await house.until(async () => (await items('/invalid-submissions?reason=sender_not_verified')).length === 2);
  });

  test('team submissions are for the team, once somebody is named', async () => {
    await house.put('intake', { team_members: ['ben@example.org'] });
    await hand({ to: 'report+team+spam@reports.example.org', parts: one });
    await house.until(async () => (await items('/invalid-submissions?reason=team_not_allowed')).length === 1);
    await house.put('intake', { team_members: [] });
  });

  test('its sender learns what helps; strangers are never written to', async () => {
    const letter = await untilLetter('ana@example.org', 'Forward as attachment');
    expect(letter).toMatch(/^Subject: Your report could not be judged/m);
    const log = house.logLines.join('');
    expect(log).not.toContain('x@example.net');
  });

  test('it is found by sender, text, id and time', async () => {
    const [found] = await items<InvalidSubmission>('/invalid-submissions?reason=no_eml');
    expect(found).toBeDefined();
    for (const query of [`query=${found!.id}`, 'query=NO%20EML', 'submitted_by=ANA@', 'start=2020-01-01T00:00:00Z']) {
      const ids = (await items<InvalidSubmission>(`/invalid-submissions?reason=no_eml&${query}`)).map(({ id }) => id);
      expect([query, ids]).toEqual([query, [found!.id]]);
    }
    for (const query of ['query=%25', 'submitted_by=nobody', 'end=2020-01-01T00:00:00Z']) {
      expect(await items(`/invalid-submissions?reason=no_eml&${query}`)).toEqual([]);
    }
  });

  test('an analyst repairs it with the mail, and what came is there to look at', async () => {
    const [found] = await items<InvalidSubmission>('/invalid-submissions?reason=no_eml');
    const kept = await house.fetch(`/api/v1/invalid-submissions/${found!.id}/bytes`);
    expect(kept.headers.get('content-disposition')).toContain('attachment');
    expect(await kept.text()).toContain('Subject: no eml');

    const eml = Buffer.from(lure('<repaired@micros0ft-login.test>')).toString('base64');
    const repair = () =>
      house.fetch(`/api/v1/invalid-submissions/${found!.id}/eml`, { method: 'POST', body: JSON.stringify({ eml }) });
    expect((await repair()).status).toBe(202);
    const view = await house.untilConcluded(found!.id);
    expect(view).toMatchObject({
      original: 'client_supplied',
      psr: { action: 'hold', reason: 'client_supplied_only' },
    });
    expect((await repair()).status).toBe(409);
    expect(await items('/invalid-submissions?reason=no_eml')).toEqual([]);

    const [stranger] = await items<InvalidSubmission>('/invalid-submissions?reason=unknown_tenant');
    await house.fetch(`/api/v1/invalid-submissions/${stranger!.id}/eml`, {
      method: 'POST',
      body: JSON.stringify({ eml }),
    });
    expect(await house.untilConcluded(stranger!.id)).toMatchObject({ original: 'client_supplied' });
  });
});

test('a blind copy of delivered mail is seen, and is no report', async () => {
  const before = (await items('/submissions')).length;
  const raw = colleague('<seen-1@example.org>', 'Plans for the quarterly gathering');
  await hand({ to: 'report+bcc@reports.example.org', raw, envelopeFrom: '' });
  await house.until(async () => {
    const found = await items('/messages?query=quarterly%20gathering&detections_only=false');
    return found.length === 1;
  });
  expect(await items('/submissions')).toHaveLength(before);
  expect(await items('/invalid-submissions?query=gathering')).toEqual([]);
});

test('a mail that is refused for good is shown to the administrator', async () => {
  refused.add('gone@example.org');
  const mail = colleague('<refused@example.org>');
  await hand({
    from: 'Gone <gone@example.org>',
    to: 'report+team+spam@reports.example.org',
    parts: [asMessage(mail)],
  });
  await untilReported('gone@example.org', 'TEAM');
  let standing: MailStanding | undefined;
  await house.until(async () => {
    standing = (await (await house.fetch('/api/v1/mail')).json()) as MailStanding;
    return standing.failed.length > 0;
  });
  expect(standing).toMatchObject({
    configured: true,
    from: 'reelback@example.org',
    intake: { address: 'report@reports.example.org' },
    failed: [{ recipient: 'gone@example.org', kind: 'team_verdict', error: expect.stringContaining('550') }],
  });
});
