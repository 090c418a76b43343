/** False positives, false negatives, reclassification (product specification, section 17), on a real database. */
import { sql } from 'kysely';
import { rows } from '../../server/store/database.ts';
import { teamLabels } from '../../server/store/learning-samples.ts';
import { retractionById, setRetractionState } from '../../server/store/retractions.ts';
import { analyseSubmission } from '../../server/submission/analyse.ts';
import { ReclassifyRequest } from '../../shared/reclassify.ts';
import { DISPOSITIONS } from '../../shared/verdict.ts';
import { colleague, lure, mail } from '../flow/mail.ts';
import { TENANT } from '../submission/desk.ts';
import { CaseDesk, MARA } from './case-desk.ts';

let house: CaseDesk;
let count = 0;
jest.setTimeout(60_000);
beforeAll(async () => {
  house = await CaseDesk.open();
});
afterAll(() => house?.close());

/** Every test has mail of its own, which belongs to no other's cluster. */
const word = () => `on ${'abcdefghijklmnopqrstuvwxyz'[count++]}day`;
const reported = async (person = 'ana', raw = lure(`<r-${count}@micros0ft-login.test>`, undefined, word())) => {
  const id = await house.desk.report(person, raw);
  // Nobody decides in the moment of the report.
  house.desk.later(0.1);
  return { id, message: await house.message(id), raw };
};
const decisionsOn = (message: string) =>
  rows<{ disposition: string; decided_by: string }>(
    house.desk.store.db,
    sql`select disposition, decided_by from decisions where message_id = ${message} order by id`,
  );

test.each(DISPOSITIONS)(
  'one dialog with all six: %s is a decision, a verdict, and a submission of the team',
  async (said) => {
    const { message, id } = await reported();
    const result = await house.reclassify(message, said, { comment: 'seen by the team' });
    expect(result).toEqual({ message, success: true, submission_id: expect.stringMatching(/^sub_/) });
    expect(await decisionsOn(message)).toEqual([{ disposition: said, decided_by: 'mara@example.org' }]);
    expect(await house.record(result.submission_id!)).toMatchObject({
      type: 'Team',
      status: 'concluded',
      requested_disposition: said,
      outcome_disposition: said,
      customer_status: 'reviewed',
      psr: { action: 'none', reason: 'team_submission' },
    });
    // Processing is asynchronous: the job judges the reports again.
    await house.desk.rejudge(id);
    const report = await house.record(id);
    expect(report).toMatchObject({ outcome_disposition: said, team_answer: { disposition: said } });
    expect((await house.desk.verdict(id)).decidedBy).toBe('analyst');
    expect((await house.submissions.detail(result.submission_id!))?.comment).toBe('seen by the team');
  },
);

test('a word of the team is a sample to learn from', async () => {
  const { message } = await reported();
  await house.reclassify(message, 'NONE');
  const labels = await teamLabels(house.desk.store.db, TENANT, new Date(0), 1_000);
  expect(labels).toContainEqual(
    expect.objectContaining({ message_id: message, disposition: 'NONE', decided_by: 'mara@example.org' }),
  );
});

test('everybody who reported the mail is answered, by copies with other bytes too', async () => {
  const { message, id, raw } = await reported();
  const other = await house.desk.report('ben', `X-Copy: 1\r\n${raw}`);
  expect(await house.message(other)).not.toBe(message);
  await house.reclassify(message, 'SPAM');
  for (const one of [id, other])
    expect(await house.record(one)).toMatchObject({
      customer_status: 'reviewed',
      team_answer: { disposition: 'SPAM' },
    });
});

test('the submission of the team that asked follows the answer, so that whoever sent it by mail can be told', async () => {
  const { message, id } = await reported();
  const review = (await house.submissions.escalate(id, {}, MARA, 'en'))!.escalated_submission_id!;
  house.desk.later(0.1);
  await house.reclassify(message, 'BULK');
  await house.desk.rejudge(id);
  expect(await house.record(review)).toMatchObject({
    outcome_disposition: 'BULK',
    customer_status: 'reviewed',
    psr: { action: 'none', reason: 'team_submission' },
  });
});

test('a false negative never retracts by itself; MALICIOUS offers it in the same step', async () => {
  const raw = mail({ messageId: '<quiet@partner.example>', subject: 'Plans', text: 'The plans are attached.' });
  const id = await house.desk.report('ana', raw, { type: 'safe' });
  const message = await house.message(id);
  const alone = await house.reclassify(message, 'MALICIOUS');
  expect(alone).not.toHaveProperty('retraction_id');
  await house.desk.rejudge(id);
  expect((await house.record(id)).retraction).toBeNull();
  const moved = await house.reclassify(message, 'MALICIOUS', { destination: 'JunkEmail' });
  expect(await retractionById(house.desk.store.db, TENANT, moved.retraction_id!)).toMatchObject({
    cause: 'manual',
    destination: 'JunkEmail',
    requested_by: 'mara@example.org',
  });
});

test('NONE on a retracted mail puts it back in the same step', async () => {
  const { message, id } = await reported();
  const { retraction } = await house.record(id);
  await setRetractionState(house.desk.store.db, retraction!.id, { state: 'done' });
  const result = await house.reclassify(message, 'NONE', { restore: true });
  expect(result).toMatchObject({ success: true, retraction_id: retraction!.id });
  expect((await house.record(id)).retraction?.state).toBe('restoring');
  expect((await decisionsOn(message)).at(-1)).toMatchObject({ disposition: 'NONE' });
});

test('where nothing was taken away the word stands all the same', async () => {
  const raw = colleague('<nothing-taken@example.org>', 'Nothing taken');
  const message = await house.message(await house.desk.report('ana', raw, { type: 'safe' }));
  const result = await house.reclassify(message, 'NONE', { restore: true });
  expect(result).toMatchObject({ success: true, move_refused: 'nothing_to_restore' });
  expect(await decisionsOn(message)).toHaveLength(1);
});

test('bulk reclassify: what cannot be said of one does not keep the others back', async () => {
  const [one, two] = [await reported(), await reported()];
  const asked = { ids: [one.message, two.message], disposition: 'SPAM' as const, escalated_submission_id: one.id };
  const results = await house.casework.reclassify(asked, null, MARA, 'en');
  expect(results).toMatchObject([{ success: true }, { success: false, reason: 'wrong_report' }]);
  expect(await house.casework.reclassify({ ...asked, ids: ['msg_none'] }, null, MARA, 'en')).toBeNull();
});

test('a clean mail whose body was not kept takes an upload: it is judged, and the word is a decision with its verdict', async () => {
  const eml = new TextEncoder().encode(colleague('<not-kept@example.org>', 'Not kept'));
  const [result] = (await house.casework.reclassify({ disposition: 'SPOOF', comment: 'forged' }, eml, MARA, 'en'))!;
  const id = result!.submission_id!;
  expect(result).toEqual({ message: null, success: true, submission_id: id });
  expect(await house.record(id)).toMatchObject({ status: 'received', type: 'Team', outcome: 'pending' });
  await analyseSubmission(house.desk.world, id);
  expect(await house.record(id)).toMatchObject({
    status: 'concluded',
    subject: 'Not kept',
    outcome_disposition: 'SPOOF',
    original: 'client_supplied',
    retraction: null,
  });
  expect(await decisionsOn(await house.message(id))).toMatchObject([{ disposition: 'SPOOF' }]);
});

test('an upload answers whoever has reported the same mail', async () => {
  const { id, raw } = await reported();
  const eml = new TextEncoder().encode(raw);
  const [result] = (await house.casework.reclassify({ disposition: 'BULK' }, eml, MARA, 'en'))!;
  await analyseSubmission(house.desk.world, result!.submission_id!);
  expect(await house.record(id)).toMatchObject({ team_answer: { disposition: 'BULK' }, customer_status: 'reviewed' });
});

test('bytes that are no mail are refused', async () => {
  const nothing = new Uint8Array([0, 255, 0, 1]);
  await expect(house.casework.reclassify({ disposition: 'SPAM' }, nothing, MARA, 'en')).rejects.toThrow('mail');
});

test('the API takes all six, one message or many, or an upload', () => {
  expect(Object.keys(ReclassifyRequest.properties).sort()).toEqual([
    'comment',
    'destination',
    'disposition',
    'eml',
    'escalated_submission_id',
    'ids',
    'restore',
  ]);
  expect(ReclassifyRequest.properties.disposition.enum).toEqual([...DISPOSITIONS]);
});
