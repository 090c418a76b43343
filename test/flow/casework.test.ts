/** An analyst's cases, on the whole house: a false positive goes back and everybody hears of it; many mails go at once, and come back. */
import pg from 'pg';
import type { BulkJob, BulkMessage, BulkPreview } from '../../shared/bulk-job.ts';
import type { ModelView } from '../../shared/model.ts';
import type { ReclassifyAnswer } from '../../shared/reclassify.ts';
import type { SubmissionRecord } from '../../shared/submission-record.ts';
import { House } from './house.ts';
import { lure } from './mail.ts';

const ANA = 'ana@example.org';
const BEN = 'ben@example.org';

let house: House;
let database: pg.Client;
jest.setTimeout(90_000);
beforeAll(async () => {
  house = await House.start();
  for (const person of [ANA, BEN]) house.simulator.addMailbox(person);
  database = new pg.Client(house.databaseUrl);
  await database.connect();
});
afterAll(async () => {
  await database?.end();
  await house?.stop();
});

async function ask<T>(method: string, path: string, body?: object): Promise<T> {
  const response = await house.fetch(`/api/v1${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}
const record = (id: string) => ask<SubmissionRecord>('GET', `/submissions/${id}`);

test('a false positive is reported, taken back, escalated, said to be clean, put back, answered and learnt from', async () => {
  const id = '<false-alarm@micros0ft-login.test>';
  for (const person of [ANA, BEN]) house.simulator.deliver(person, lure(id, person));
  const submission = await house.report(ANA, id);
  await house.untilRetraction(submission, ['confirming', 'done']);
  expect([house.folderOf(ANA, id), house.folderOf(BEN, id)]).not.toContain('inbox');

  const escalated = await ask<SubmissionRecord>('POST', `/submissions/${submission}/escalate`, { as: 'NONE' });
  expect(escalated).toMatchObject({ customer_status: 'escalated', escalated_by: 'admin-token', escalated_as: 'NONE' });
  const { message } = await record(submission);
  const answer = await ask<ReclassifyAnswer>('POST', '/messages/reclassify', {
    ids: [message],
    disposition: 'NONE',
    restore: true,
    comment: 'our own password service',
  });
  expect(answer.items).toEqual([
    { message, success: true, submission_id: expect.any(String), retraction_id: expect.any(String) },
  ]);
  const restored = await house.untilRetraction(submission, ['restored']);
  expect(restored.retraction?.copies.restored).toBe(2);
  expect([house.folderOf(ANA, id), house.folderOf(BEN, id)]).toEqual(['inbox', 'inbox']);

  // Her pane says that a person has looked, and the verdict follows their word.
  await house.until(async () => (await record(submission)).outcome_disposition === 'NONE');
  const mine = await (await house.fetch(`/api/v1/submissions/${submission}`, { as: ANA })).json();
  expect(mine).toMatchObject({ team_answer: { disposition: 'NONE' }, customer_status: 'reviewed' });
  expect(mine.pane.lines.join(' ')).toContain('found nothing wrong');
  const [team] = (await ask<{ items: SubmissionRecord[] }>('GET', '/submissions?type=TEAM&status=reviewed')).items;
  expect(team).toMatchObject({ escalated_submission_id: submission, requested_disposition: 'NONE', type: 'Team' });
  await house.until(async () => {
    const { rows } = await database.query('select learnt_at from decisions where message_id = $1', [message]);
    return rows.length > 0 && rows.every((row) => row.learnt_at !== null);
  });
  const { queue } = await ask<ModelView>('GET', '/model');
  expect(queue.samples.kinds.team).toBeGreaterThan(0);
  // Nobody takes it away again because somebody else reports it.
  await house.report(BEN, id);
  await house.drain();
  expect(house.folderOf(BEN, id)).toBe('inbox');
});

test('many mails are taken back by one job, mailbox by mailbox, and one undo brings back exactly these', async () => {
  await house.put('psr', { mode: 'off', scope: 'message', dispositions: ['MALICIOUS'] });
  const ids = [1, 2, 3].map((n) => `<bulk-${n}@micros0ft-login.test>`);
  const messages: string[] = [];
  for (const [n, id] of ids.entries()) {
    for (const person of [ANA, BEN]) house.simulator.deliver(person, lure(id, person, `on day ${'abc'[n]}`));
    const view = await house.untilConcluded(await house.report(ANA, id));
    messages.push(view.message!);
  }
  // Before the job, another hand had taken one of them.
  await ask('POST', '/messages/move', { ids: [messages[2]], destination: 'Quarantine' });
  await house.until(() => house.folderOf(BEN, ids[2]!) !== 'inbox');

  const asked = { action: 'MOVE', destination: 'Quarantine', ids: messages };
  const preview = await ask<BulkPreview>('POST', '/bulk-jobs/preview', asked);
  expect(preview).toMatchObject({ messages: 3, complete: true, skipped: 0, retracted: 1 });
  const { job_id } = await ask<BulkJob>('POST', '/bulk-jobs', { ...asked, comment: 'a wave' });
  const over = async (id: string) => {
    await house.until(async () => (await ask<BulkJob>('GET', `/bulk-jobs/${id}`)).completed_at !== null, 30_000);
    return ask<BulkJob>('GET', `/bulk-jobs/${id}`);
  };
  expect(await over(job_id)).toMatchObject({ status: 'COMPLETED', messages_successful: 3, undoable: true });
  for (const id of ids) for (const person of [ANA, BEN]) expect(house.folderOf(person, id)).not.toBe('inbox');
  const { items } = await ask<{ items: BulkMessage[] }>('GET', `/bulk-jobs/${job_id}/messages`);
  for (const { retraction_id } of items) expect(await house.ledger(retraction_id!)).toHaveLength(2);

  const undo = await ask<BulkJob>('POST', `/bulk-jobs/${job_id}/undo`);
  expect(await over(undo.job_id)).toMatchObject({ status: 'COMPLETED', messages_successful: 2, undo_of: job_id });
  for (const person of [ANA, BEN])
    expect(ids.map((id) => house.folderOf(person, id) === 'inbox')).toEqual([true, true, false]);
  const deleted = await house.fetch(`/api/v1/bulk-jobs/${job_id}`, { method: 'DELETE' });
  expect(deleted.status).toBe(204);
});
