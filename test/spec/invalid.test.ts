/** Specification, section 8: what makes a report invalid, that it is seen with its reason, and that it can be repaired. */

import { Value } from 'typebox/value';
import { LANGUAGES } from '../../shared/i18n/language.ts';
import { mailWords } from '../../shared/i18n/mail-words.ts';
import { INVALID_REASONS, InvalidSubmission } from '../../shared/invalid.ts';
import { ADMIN_TOKEN, blankView, type Doors, openDoors } from '../http/doors.ts';
import { asMessage, attachment, base64, forward, REPORTED } from '../intake/mails.ts';
import { reportOf } from '../intake/reading.ts';

describe('causes', () => {
  test.each([
    ['no EML attached', forward({ parts: [] }), undefined, 'no_eml'],
    [
      'wrong file extension',
      forward({ parts: [attachment('text/plain', 'mail.txt', REPORTED)] }),
      undefined,
      'wrong_extension',
    ],
    ['wrong user or team alias', forward(), 'report+users+phish@reports.example.org', 'wrong_alias'],
    ['wrong class', forward(), 'report+user+malware@reports.example.org', 'wrong_alias'],
    ['several attached messages', forward({ parts: [asMessage(), asMessage()] }), undefined, 'several_messages'],
    ['a .msg file', forward({ parts: [attachment('application/x', 'a.msg', 'x')] }), undefined, 'outlook_msg'],
    [
      'too large',
      forward({ parts: [attachment('message/rfc822', 'a.eml', base64(REPORTED.padEnd(2_000, 'x')), 'base64')] }),
      undefined,
      'too_large',
    ],
  ])('%s', async (_, mail, to, problem) => {
    const report = await reportOf(mail, { ...(to ? { to } : {}), maxMessageBytes: 1_500 });
    expect(report.problem).toBe(problem);
  });

  test('unknown tenant, reporter not allowed, unparsable and no original are said by the directory and the analysis', () => {
    // Each on the real server: test/flow/mail-in.test.ts.
    expect(INVALID_REASONS).toEqual(
      expect.arrayContaining(['unknown_tenant', 'reporter_not_allowed', 'unreadable', 'no_original']),
    );
  });

  test('what came is kept with it, as far as it is not too large', async () => {
    expect((await reportOf(forward({ parts: [] }))).outer.length).toBeGreaterThan(0);
    expect((await reportOf(forward({ parts: [] }), { maxMessageBytes: 100 })).outer.length).toBe(0);
  });
});

test.each(INVALID_REASONS)('%s has a title and advice in every language', (reason) => {
  for (const language of LANGUAGES) {
    const { title, remedy } = mailWords(language).reasons[reason];
    expect(title.length).toBeGreaterThan(10);
    expect(remedy.length).toBeGreaterThan(20);
  }
});

describe('the tab, and the repair', () => {
  let doors: Doors;
  const admin = { authorization: `Bearer ${ADMIN_TOKEN}` };
  beforeAll(async () => {
    doors = await openDoors(null);
    const id = 'sub_invalid';
    doors.submissions.views.set(id, { ...blankView(id), owner: 'ana', status: 'invalid', invalid_reason: 'no_eml' });
  });
  afterAll(() => doors.app.close());

  const ask = (url: string, payload?: object) =>
    doors.app.inject({
      method: payload ? 'POST' : 'GET',
      url: `/api/v1${url}`,
      headers: admin,
      ...(payload ? { payload } : {}),
    });

  test('filters by date range, submitted by, reason, and a search by id or address', async () => {
    for (const query of [
      'start=2026-01-01T00:00:00Z&end=2027-01-01T00:00:00Z',
      'submitted_by=ana@example.org',
      'reason=no_eml',
      'query=sub_invalid',
    ]) {
      expect([query, (await ask(`/invalid-submissions?${query}`)).statusCode]).toEqual([query, 200]);
    }
    for (const query of ['start=yesterday', 'reason=nonsense', 'limit=0', `query=${'x'.repeat(300)}`]) {
      expect([query, (await ask(`/invalid-submissions?${query}`)).statusCode]).toEqual([query, 400]);
    }
    const [item] = (await ask('/invalid-submissions')).json().items;
    expect([...Value.Errors(InvalidSubmission, item)]).toEqual([]);
  });

  test('what came is a file to download, never a page', async () => {
    const answer = await ask('/invalid-submissions/sub_invalid/bytes');
    expect(answer.headers['content-type']).toBe('application/octet-stream');
    expect(answer.headers['content-disposition']).toBe('attachment; filename="sub_invalid.eml"');
    expect((await ask('/invalid-submissions/sub_other/bytes')).statusCode).toBe(404);
  });

  test('every one is repairable by uploading the EML', async () => {
    const eml = Buffer.from(REPORTED).toString('base64');
    for (const [payload, status] of [
      [{}, 400],
      [{ eml: '' }, 400],
      [{ eml: 'not base64!' }, 400],
      [{ eml, more: 1 }, 400],
    ] as const) {
      expect([payload, (await ask('/invalid-submissions/sub_invalid/eml', payload)).statusCode]).toEqual([
        payload,
        status,
      ]);
    }
    expect((await ask('/invalid-submissions/sub_other/eml', { eml })).statusCode).toBe(404);
    expect((await ask('/invalid-submissions/sub_invalid/eml', { eml })).statusCode).toBe(202);
    expect((await ask('/invalid-submissions/sub_invalid/eml', { eml })).statusCode).toBe(409);
    expect(doors.submissions.repaired).toHaveLength(1);
  });

  test('the setting "invalid submission email notifications" is off until an administrator wants it', async () => {
    expect((await ask('/settings/notifications')).json().invalid_submission).toBe(false);
  });
});
