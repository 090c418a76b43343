/** What reporters and analysts add to the machine's verdict, and how far that goes. */

import { sql } from 'kysely';
import { concludeWeighed, type Opinion, type Weighed } from '../../server/analysis/conclude.ts';
import { H_MAX, UNKNOWN_REPORTER } from '../../server/analysis/reporter.ts';
import type { Authentication } from '../../server/message/authentication-state.ts';
import { type Campaign, campaignOf } from '../../server/retraction/campaign.ts';
import { rows } from '../../server/store/database.ts';
import { recordDecision } from '../../server/store/decisions.ts';
import { writeRecord } from '../../server/store/reporters.ts';
import { retractionById } from '../../server/store/retractions.ts';
import { decidedMails, storedCalibration } from '../../server/store/voice-calibrations.ts';
import { unvote } from '../../server/submission/votes.ts';
import type { Judgement } from '../../server/submission/world.ts';
import type { Disposition } from '../../shared/verdict.ts';
import { colleague, lure, mail } from '../flow/mail.ts';
import { Desk, TENANT } from './desk.ts';

let desk: Desk;
let count = 0;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

/** Every test has mail of its own, which belongs to no other's cluster. */
const word = (n: number) => `on ${String.fromCharCode(97 + n)}day`;
const fresh = (make: (id: string, n: number) => string = (id, n) => lure(id, undefined, word(n))) => {
  count++;
  return make(`<voice-${count}@sender.test>`, count);
};
/** The machine's own opinion as a number, so that what people add can be told from it. */
const machineAt =
  (margin: number) =>
  (judgement: Judgement): Judgement => ({
    ...judgement,
    weighed: { ...judgement.weighed, scored: { ...judgement.weighed.scored, margin } },
  });
const records = () =>
  rows<{ was_right: number; was_wrong: number; reporter: string }>(
    desk.store.db,
    sql`select reporter, was_right, was_wrong from reporters`,
  );
const votesOf = async (id: string) =>
  rows<{ reporter: string; label_by: string | null; share: number | null; weight: number | null }>(
    desk.store.db,
    sql`select reporter, label_by, share, weight from reporter_votes where cluster_id = ${await desk.cluster(id)} order by reporter`,
  );
const decide = async (id: string, disposition: Disposition) => {
  const { message_id } = await desk.submission(id);
  await recordDecision(desk.store.db, {
    tenant: TENANT,
    messageId: message_id!,
    disposition,
    by: 'analyst',
    at: desk.time,
  });
};
/** People who have been right often; they vote on the mail of `id` next. */
const trust = async (id: string) => {
  for (const { reporter } of await votesOf(id))
    await writeRecord(desk.store.db, TENANT, reporter, { right: 41, wrong: 9 }, desk.time);
};

test('a second reporter of the same mail is heard, and the first one’s verdict is concluded again', async () => {
  const raw = fresh();
  const first = await desk.report('ana', raw);
  expect((await desk.verdict(first)).reporterUnit).toBe(0);
  const second = await desk.report('ben', `X-Other-Copy: yes\r\n${raw}`);
  const unit = (await desk.verdict(second)).reporterUnit;
  expect(unit).toBeCloseTo(0.53, 1);
  expect((await desk.verdict(first)).reporterUnit).toBe(0);
  await desk.rejudge(first);
  expect((await desk.verdict(first)).reporterUnit).toBe(unit);
  expect(await desk.cluster(first)).toBe(await desk.cluster(second));
});

test('one vote a person and mail, however often and with whatever copy they report', async () => {
  const raw = fresh();
  const first = await desk.report('ana', raw);
  for (const n of [1, 2, 3]) await desk.report('ana', `X-Copy: ${n}\r\n${raw}`);
  const last = await desk.report('ana', raw);
  expect((await desk.verdict(last)).reporterUnit).toBe(0);
  expect(await votesOf(first)).toHaveLength(1);
});

test('proven reporters lift a suspicious mail over the line, and PSR decides anew for who reported it before', async () => {
  const raw = fresh();
  const first = await desk.report('rita', raw, { change: machineAt(1.5) });
  expect(await desk.verdict(first)).toMatchObject({ disposition: 'SPOOF', reporterUnit: 0 });
  expect(await desk.submission(first)).toMatchObject({ psr_action: 'none', psr_reason: 'not_malicious' });
  await trust(first);
  const second = await desk.report('sven', raw, { change: machineAt(1.5) });
  expect(await desk.verdict(second)).toMatchObject({ disposition: 'MALICIOUS', marginWithoutReporter: 1.5 });
  const { psr_action, retraction_id } = await desk.submission(second);
  expect(psr_action).toBe('retract');
  await desk.rejudge(first);
  expect(await desk.verdict(first)).toMatchObject({ disposition: 'MALICIOUS' });
  expect(await desk.submission(first)).toMatchObject({ psr_action: 'retract', retraction_id });
});

test('no crowd of proven reporters makes a mail suspicious that the machine holds clearly safe', async () => {
  const raw = fresh((id) => colleague(id, `Minutes ${id}`).replaceAll('ben@example.org', 'ben@partner.example'));
  const safe = machineAt(-H_MAX - 0.01);
  const first = await desk.report('p0', raw, { change: safe });
  for (let n = 1; n < 12; n++) await desk.report(`p${n}`, raw, { change: safe });
  await trust(first);
  const last = await desk.report('p12', raw, { change: safe });
  const verdict = await desk.verdict(last);
  expect(verdict.reporterUnit).toBeGreaterThan(1.9);
  expect(verdict.reporterUnit).toBeLessThan(H_MAX);
  expect(['NONE', 'BULK', 'SPAM']).toContain(verdict.disposition);
  expect(await desk.submission(last)).toMatchObject({ psr_action: 'none' });
});

test('a second judging takes the whole campaign, around the time at which the mail came in', async () => {
  const psr = await desk.world.settings.get('psr');
  const set = (value: Partial<typeof psr>) => desk.world.settings.put('psr', { ...psr, ...value }, 'admin');
  await set({ mode: 'off', scope: 'campaign' });
  const receivedAt = '2026-11-19T06:30:00.000Z';
  const raw = fresh();
  const known = await desk.report('ana', raw, { change: machineAt(5), receivedAt });
  // Without an original nobody vouches for when it came in.
  const unknown = await desk.report('ben', fresh(), { change: machineAt(5) });
  await set({ mode: 'on', scope: 'campaign', window_hours: 2 });
  const scopeOf = async (id: string) => {
    desk.later(1);
    await decide(id, 'MALICIOUS');
    await desk.rejudge(id);
    const { psr_action, psr_reason, retraction_id } = await desk.submission(id);
    expect([psr_action, psr_reason]).toEqual(['retract', null]);
    return retractionById(desk.store.db, TENANT, retraction_id!);
  };
  const begun = await scopeOf(known);
  expect(begun).toMatchObject({ scope: 'campaign', campaign_key: expect.any(String) });
  const campaign = begun!.campaign as Campaign;
  expect(campaign).toMatchObject({ since: '2026-11-19T04:30:00.000Z', until: '2026-11-19T08:30:00.000Z' });
  const reported = (await desk.world.judge(new TextEncoder().encode(raw))).message;
  const { authentication } = await desk.row(known);
  const own = ['ana@example.org'];
  expect(campaign).toEqual(
    campaignOf({ message: reported, authentication: authentication as Authentication, own, receivedAt }, 2),
  );
  expect(await scopeOf(unknown)).toMatchObject({ scope: 'message', campaign: null });
  await desk.world.settings.put('psr', psr, 'admin');
});

test('who asks, says spam or says safe votes on nothing; who takes it back has not voted', async () => {
  const raw = fresh();
  const id = await desk.report('ana', raw, { type: 'safe' });
  await desk.report('ben', raw, { type: 'not_sure' });
  await desk.report('carla', raw, { type: 'spam' });
  expect(await votesOf(id)).toEqual([]);
  const own = await desk.report('dora', raw);
  expect(await votesOf(id)).toHaveLength(1);
  await unvote(desk.store.db, await desk.submission(own), await desk.cluster(own));
  expect(await votesOf(id)).toEqual([]);
});

test('an analyst’s word becomes the label of every vote, replaces the machine’s, and decides about copies', async () => {
  const raw = fresh();
  const id = await desk.report('gustav', raw, { change: machineAt(5) });
  await desk.report('hanna', raw, { change: machineAt(5) });
  desk.later(23);
  await desk.learn();
  expect((await votesOf(id)).every((vote) => vote.label_by === null)).toBe(true);
  desk.later(2);
  await desk.learn();
  const byMachine = await votesOf(id);
  expect(byMachine).toHaveLength(2);
  for (const vote of byMachine) expect(vote).toMatchObject({ label_by: 'machine', weight: 0.25 });
  const reporters = new Set(byMachine.map(({ reporter }) => reporter));
  const mine = async () => (await records()).filter(({ reporter }) => reporters.has(reporter));
  for (const record of await mine()) expect(record.was_right).toBeCloseTo(UNKNOWN_REPORTER.right + 0.25, 2);

  await decide(id, 'NONE');
  await desk.learn();
  for (const vote of await votesOf(id)) expect(vote).toMatchObject({ label_by: 'analyst', share: 0, weight: 1 });
  for (const record of await mine()) {
    expect(record.was_right).toBeCloseTo(UNKNOWN_REPORTER.right, 6);
    expect(record.was_wrong).toBeCloseTo(UNKNOWN_REPORTER.wrong + 1, 6);
  }
  // Nobody proves to be the sender of it, so the word covers no other copy.
  const copy = await desk.report('ivo', `X-Copy: 1\r\n${raw}`);
  expect((await desk.verdict(copy)).decidedBy).toBeUndefined();

  await decide(id, 'MALICIOUS');
  await desk.learn();
  for (const record of await mine()) expect(record.was_right).toBeCloseTo(UNKNOWN_REPORTER.right + 1, 6);
  const third = await desk.report('jan', `X-Copy: 2\r\n${raw}`, { change: machineAt(-4) });
  expect(await desk.verdict(third)).toMatchObject({ disposition: 'MALICIOUS', decidedBy: 'analyst', definitive: true });
});

test('MALICIOUS covers the campaign, and no genuine mail that the lure copies word for word; NONE covers no campaign', async () => {
  const text = 'word '.repeat(20);
  const passed =
    'Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=bank.example; dkim=pass header.d=bank.example; dmarc=pass header.from=bank.example';
  const notice = (n: number, headers: string[] = []) =>
    mail({
      messageId: `<notice-${n}@bank.example>`,
      from: 'Bank <notice@bank.example>',
      subject: 'Your notice',
      text: `Dear reader, ${text}`,
      headers,
    });
  const spoof = await desk.report('ana', notice(1));
  const genuine = await desk.report('ben', notice(2, [passed]));
  expect(await desk.cluster(genuine)).toBe(await desk.cluster(spoof));
  await decide(spoof, 'MALICIOUS');
  expect(await desk.verdict(await desk.report('cem', notice(3)))).toMatchObject({
    disposition: 'MALICIOUS',
    decidedBy: 'analyst',
  });
  expect((await desk.verdict(await desk.report('dora', notice(4, [passed])))).decidedBy).toBeUndefined();
  await decide(spoof, 'NONE');
  expect((await desk.verdict(await desk.report('eva', notice(5)))).decidedBy).toBeUndefined();
});

test('what a confirmed case carried is known, what an honest mail shares with it is not, and a mistake is forgotten', async () => {
  const link = (host: string, path: string) => `<p>Open <a href="https://${host}${path}">your file</a></p>`;
  const with_ = (html: string, headers: string[] = []) =>
    fresh((messageId, n) =>
      mail({ messageId, from: `Sender <s${n}@host${n}.test>`, subject: `File number ${'x'.repeat(n)}`, html, headers }),
    );
  const trick = link('paypa1-check.test', '/signin/a1b2') + link('www.small-bank.test', '/privacy');
  const id = await desk.report('ana', with_(trick));
  await decide(id, 'MALICIOUS');
  await desk.learn();

  const same = await desk.verdict(await desk.report('ben', with_(link('paypa1-check.test', '/signin/other'))));
  expect(same).toMatchObject({ disposition: 'MALICIOUS', definitive: true });
  expect(same.findings.map((finding) => finding.id)).toContain('intel.known_bad');
  expect(same.findings.find((finding) => finding.id === 'campaign.confirmed')?.evidence).toContain('a server');

  // A page of a small bank that the lure quoted: shared, and no proof.
  const quoted = await desk.verdict(await desk.report('ben', with_(link('www.small-bank.test', '/privacy'))));
  expect(quoted.definitive).toBe(false);
  const ownPages = fresh((messageId) =>
    mail({
      messageId,
      from: 'Small Bank <news@small-bank.test>',
      subject: 'Your statement is ready',
      html: link('www.small-bank.test', '/privacy'),
      headers: [
        'Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=small-bank.test; dkim=pass header.d=small-bank.test; dmarc=pass header.from=small-bank.test',
      ],
    }),
  );
  expect((await desk.verdict(await desk.report('ben', ownPages))).definitive).toBe(false);

  await decide(id, 'NONE');
  await desk.learn();
  const after = await desk.verdict(await desk.report('cem', with_(link('paypa1-check.test', '/signin/third'))));
  expect(after.definitive).toBe(false);
});

test('a case is forgotten after 30 days', async () => {
  const id = await desk.report(
    'ana',
    fresh((messageId) =>
      mail({ messageId, subject: 'Parcel', html: '<a href="https://paypa1-parcel.test/track/77">x</a>' }),
    ),
  );
  await decide(id, 'MALICIOUS');
  await desk.learn();
  const next = () =>
    fresh((messageId, n) =>
      mail({
        messageId,
        subject: `Parcel ${'y'.repeat(n)}`,
        html: `<a href="https://paypa1-parcel.test/track/${n}">x</a>`,
      }),
    );
  expect((await desk.verdict(await desk.report('ben', next()))).definitive).toBe(true);
  desk.later(31 * 24);
  expect((await desk.verdict(await desk.report('ben', next()))).definitive).toBe(false);
});

test('an exercise that proves itself is NONE, praised, never retracted, and nobody votes on it', async () => {
  await desk.lists.add(
    'simulations',
    { value: '192.0.2.0/24', header: { name: 'X-Exercise', value: 'Autumn' } },
    'admin',
  );
  const exercise = fresh((id, n) =>
    lure(id, undefined, word(n)).replace('\r\nFrom:', '\r\nX-Exercise: autumn\r\nFrom:'),
  );
  const id = await desk.report('ana', exercise);
  const verdict = await desk.verdict(id);
  expect(verdict).toMatchObject({ disposition: 'NONE', definitive: false });
  expect(verdict.findings.map((finding) => finding.id)).toContain('intel.simulation');
  expect(await desk.submission(id)).toMatchObject({ simulation: true, psr_action: 'none', psr_reason: 'simulation' });
  expect(await votesOf(id)).toEqual([]);
  // The header alone is nothing: anybody can write it.
  const forged = fresh((messageId, n) =>
    lure(messageId, undefined, word(n))
      .replace('192.0.2.10', '198.51.100.9')
      .replace('\r\nFrom:', '\r\nX-Exercise: autumn\r\nFrom:'),
  );
  expect(await desk.verdict(await desk.report('ana', forged))).toMatchObject({ disposition: 'MALICIOUS' });
});

test('decisions are learnt from with what had been weighed before them; as few as here calibrate nothing', async () => {
  desk.later(48);
  await desk.learn();
  const decided = await decidedMails(desk.store.db, TENANT, 100);
  expect(decided.length).toBeGreaterThanOrEqual(3);
  const analysts = decided.find(({ machine }) => machine === 5);
  // The newest word counts, and the verdict before anybody spoke.
  expect(analysts).toMatchObject({ disposition: 'MALICIOUS', machine: 5 });
  expect(await storedCalibration(desk.store.db, TENANT)).toMatchObject({ value: null });
});

test('every verdict kept here is replayed from its evidence to the letter', async () => {
  const kept = await rows<{ body: unknown; evidence: Weighed; opinion: Opinion }>(
    desk.store.db,
    sql`select body, evidence, opinion from verdicts order by id`,
  );
  expect(kept.length).toBeGreaterThan(30);
  for (const { body, evidence, opinion } of kept) expect(concludeWeighed(evidence, opinion)).toEqual(body);
});
