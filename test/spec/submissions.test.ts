/** The life of a submission (product specification, section 7), on the real rooms and a real database. */
import fc from 'fast-check';
import { insertSubmission } from '../../server/store/submissions.ts';
import { reasonsOf } from '../../server/submission/record.ts';
import { SUBMISSION_ORDERS } from '../../shared/submission-record.ts';
import { colleague, lure } from '../flow/mail.ts';
import { CaseDesk, MARA } from './case-desk.ts';

let house: CaseDesk;
let phish: string;
let work: string;
let again: string;
jest.setTimeout(60_000);
beforeAll(async () => {
  house = await CaseDesk.open();
  phish = await house.desk.report('ana', lure('<one@micros0ft-login.test>'));
  house.desk.later(1);
  work = await house.desk.report('ben', colleague('<minutes@example.org>'), { type: 'safe' });
  house.desk.later(1);
  again = await house.desk.report('cem', lure('<one@micros0ft-login.test>'), { type: 'not_sure' });
});
afterAll(() => house?.close());

const ids = (found: { id: string }[]) => found.map(({ id }) => id).sort();

describe('received', () => {
  test('idempotent per reporter and message: the second report of it is the first one', async () => {
    const row = {
      ...(await house.desk.submission(phish)),
      ...{ id: 'sub_twice1', natural_key: 'ana\nid:1', idempotency_key: null, status: 'received' as const },
    };
    expect(await insertSubmission(house.desk.store.db, row)).toBe(true);
    expect(await insertSubmission(house.desk.store.db, { ...row, id: 'sub_twice2' })).toBe(false);
    const other = { ...row, id: 'sub_twice3', reporter_user_id: 'somebody else' };
    expect(await insertSubmission(house.desk.store.db, other)).toBe(true);
    await house.desk.forget('sub_twice1', 'sub_twice3');
  });
});

describe('judged', () => {
  test('the Reasons column shows the detection reasons if phish, otherwise just "phish submission"', async () => {
    const [malicious, clean] = [await house.record(phish), await house.record(work)];
    expect(malicious.outcome_disposition).toBe('MALICIOUS');
    expect(malicious.detection_reasons).toEqual(malicious.reasons.map(({ text }) => text));
    expect(malicious.detection_reasons.length).toBeGreaterThan(1);
    expect(clean.outcome_disposition).toBe('NONE');
    expect(clean.detection_reasons).toEqual(['phish submission']);
    expect(reasonsOf({ outcome_disposition: 'SPAM', reasons: malicious.reasons })).toEqual(['phish submission']);
  });
});

describe('record', () => {
  test('has the documented fields', async () => {
    expect(await house.record(again)).toMatchObject({
      submission_id: again,
      type: 'User',
      requested_at: expect.stringMatching(/Z$/),
      requested_by: 'cem@example.org',
      requested_disposition: expect.any(String),
      // The mail had been judged for Ana before.
      original_disposition: 'MALICIOUS',
      original_edf_hash: expect.stringMatching(/./),
      subject: expect.stringContaining('password expires'),
      status: 'concluded',
      outcome: 'retracted',
      outcome_disposition: 'MALICIOUS',
      customer_status: 'unreviewed',
      escalated_at: null,
      escalated_by: null,
      escalated_as: null,
      escalated_submission_id: null,
    });
    expect((await house.record(phish)).original_disposition).toBeNull();
    expect((await house.record(phish)).original_edf_hash).toBe((await house.record(again)).original_edf_hash);
  });

  test('keywords: phish_submission, user_submission, user_malicious_submission, phish_submission_response, auto-retraction', async () => {
    const { retraction, keywords, psr } = await house.record(phish);
    expect([retraction?.state, psr?.action]).toEqual(['planned', 'retract']);
    expect(keywords).toEqual([
      'phish_submission',
      'user_submission',
      'user_malicious_submission',
      'phish_submission_response',
      'auto-retraction',
    ]);
    expect((await house.record(work)).keywords).toEqual(['phish_submission', 'user_submission']);
  });
});

describe('list filters', () => {
  test.each([
    ['type', { type: 'USER' as const }, () => [phish, work, again]],
    ['type', { type: 'TEAM' as const }, () => []],
    ['status (of the analysis)', { status: 'concluded' as const }, () => [phish, work, again]],
    ['status (of the analysis)', { status: 'analysing' as const }, () => []],
    ['status (of the review)', { status: 'unreviewed' as const }, () => [phish, work, again]],
    ['status (of the review)', { status: 'reviewed' as const }, () => []],
    ['customer_status', { customer_status: 'escalated' as const }, () => []],
    ['original_disposition', { original_disposition: 'MALICIOUS' as const }, () => [again]],
    ['requested_disposition', { requested_disposition: 'MALICIOUS' as const }, () => [phish]],
    ['outcome_disposition', { outcome_disposition: 'MALICIOUS' as const }, () => [phish, again]],
    ['outcome_disposition', { outcome_disposition: 'NONE' as const }, () => [work]],
    ['query: part of the subject', { query: 'PASSWORD exp' }, () => [phish, again]],
    ['query: part of a reporter', { query: 'ben@' }, () => [work]],
    ['query: signs of LIKE are letters', { query: '%' }, () => []],
    ['submission_id', { submission_id: 'sub_none' }, () => []],
    ['start', { start: '2026-11-20T09:30:00Z' }, () => [work, again]],
    ['end', { end: '2026-11-20T09:30:00Z' }, () => [phish]],
  ])('%s %j', async (_name, filter, expected) => {
    expect(ids(await house.list(filter))).toEqual([...expected()].sort());
  });

  test('submission_id finds one however old it is', async () => {
    expect(ids(await house.list({ submission_id: phish }))).toEqual([phish]);
  });

  test('start is 30 days ago where none is given', async () => {
    const now = house.desk.time;
    house.desk.later(24 * 31);
    expect(await house.list()).toEqual([]);
    expect(ids(await house.list({ submission_id: phish }))).toEqual([phish]);
    expect(ids(await house.list({ start: '2026-01-01T00:00:00Z' }))).toEqual([phish, work, again].sort());
    house.desk.time = now;
  });

  test.each(SUBMISSION_ORDERS)('order %s, in both directions, page by page: each submission once', async (order) => {
    for (const direction of ['asc', 'desc'] as const) {
      const walked: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await house.submissions.list({
          ...{ order, direction, limit: 1, language: 'en' },
          ...(cursor ? { cursor } : {}),
        });
        walked.push(...page.items.map(({ id }) => id));
        cursor = page.next_cursor;
      } while (cursor && walked.length < 10);
      expect(walked).toHaveLength(3);
      const whole = (await house.list({ order, direction })).map(({ id }) => id);
      expect(walked).toEqual(whole);
      const reversed = (await house.list({ order, direction: direction === 'asc' ? 'desc' : 'asc' })).map((r) => r.id);
      expect(whole).toEqual(reversed.reverse());
    }
  });

  test('dispositions go by severity, the worst first when descending', async () => {
    const found = await house.list({ order: 'outcome_disposition', direction: 'desc' });
    expect(found.map((one) => one.outcome_disposition)).toEqual(['MALICIOUS', 'MALICIOUS', 'NONE']);
  });

  test('whatever stands in a cursor or a query, there is an answer', async () => {
    const forged = (parts: unknown) => Buffer.from(JSON.stringify(parts)).toString('base64url');
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...SUBMISSION_ORDERS),
        fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('2026-02-31T00:00:00', '9', '\u0000', "'; --")),
        fc.string({ unit: 'binary' }),
        async (order, key, text) => {
          const list = (cursor: string) =>
            house.submissions.list({ order, cursor, query: text, limit: 2, language: 'en' });
          await list(forged([order, 'desc', key, text]));
          await list(text);
        },
      ),
      { numRuns: 40, seed: 7 },
    );
  });
});

describe('escalated', () => {
  test('a user submission reaches a human only when it is escalated, with what the analyst believes it is', async () => {
    expect(await house.list({ type: 'TEAM' })).toEqual([]);
    const escalated = await house.submissions.escalate(work, { comment: 'look', as: 'SPAM' }, MARA, 'en');
    expect(escalated).toMatchObject({
      customer_status: 'escalated',
      escalated_by: 'mara@example.org',
      escalated_as: 'SPAM',
      escalated_at: house.desk.time.toISOString(),
      escalated_submission_id: expect.stringMatching(/^sub_/),
    });
    expect(escalated!.pane.lines.join(' ')).toContain('is looking at it too');
    const [review] = await house.list({ type: 'TEAM', status: 'escalated' });
    expect(review).toMatchObject({
      id: escalated!.escalated_submission_id,
      type: 'Team',
      requested_by: 'mara@example.org',
      requested_disposition: 'SPAM',
      escalated_submission_id: work,
      psr: { action: 'none', reason: 'team_submission' },
      keywords: ['phish_submission', 'team_submission'],
    });
    const twice = await house.submissions.escalate(work, {}, { id: 'other@example.org' }, 'en');
    expect(twice).toMatchObject({ escalated_by: 'mara@example.org' });
    expect(await house.list({ type: 'TEAM' })).toHaveLength(1);
  });

  test('escalated_from_user tells team submissions that answer a report from those of the team itself', async () => {
    const before = await house.list({ type: 'TEAM' });
    const said = await house.reclassify(await house.message(phish), 'MALICIOUS');
    expect(ids(await house.list({ escalated_from_user: true }))).toEqual(ids(before));
    expect(ids(await house.list({ escalated_from_user: false }))).toEqual([said.submission_id]);
    const { keywords } = await house.record(said.submission_id!);
    expect(keywords).toEqual(['phish_submission', 'team_submission', 'team_malicious_submission']);
  });

  test('only a judged report of a user can be escalated', async () => {
    const [review] = await house.list({ type: 'TEAM' });
    await expect(house.submissions.escalate(review!.id, {}, MARA, 'en')).rejects.toThrow('not_escalatable');
    expect(await house.submissions.escalate('sub_none', {}, MARA, 'en')).toBeNull();
  });
});

describe('answered', () => {
  test('the team’s answer carries the escalated report, and is shown to its reporter', async () => {
    const said = await house.reclassify(await house.message(work), 'NONE', { escalated_submission_id: work });
    const [report, answer] = [await house.record(work), await house.record(said.submission_id!)];
    expect(answer).toMatchObject({ escalated_submission_id: work, customer_status: 'reviewed', type: 'Team' });
    expect(report).toMatchObject({
      customer_status: 'reviewed',
      escalated_submission_id: said.submission_id,
      team_answer: { disposition: 'NONE', at: house.desk.time.toISOString() },
    });
    expect(report.pane.lines.join(' ')).toContain('found nothing wrong');
    // The team's open review of the mail is answered too: nobody looks at it twice.
    expect(await house.list({ type: 'TEAM', status: 'escalated' })).toEqual([]);
  });
});
