/** Manual retraction and bulk jobs (product specification, section 14), on the real rooms and a real database. */
import { sql } from 'kysely';
import { insertCopies } from '../../server/store/retraction-copies.ts';
import { retractionById, setRetractionState } from '../../server/store/retractions.ts';
import { BulkJob, BulkJobRequest, BulkMessage } from '../../shared/bulk-job.ts';
import { MoveRequest } from '../../shared/effects.ts';
import { MOST_AT_ONCE } from '../../shared/reclassify.ts';
import { lure } from '../flow/mail.ts';
import { seedMails } from '../investigation/seeded-mails.ts';
import { foundIn } from '../retraction/running.ts';
import { TENANT } from '../submission/desk.ts';
import { CaseDesk, MARA } from './case-desk.ts';

let house: CaseDesk;
let seeded = 0;
jest.setTimeout(60_000);
beforeAll(async () => {
  house = await CaseDesk.open();
});
afterAll(() => house?.close());

/** Mails of their own for every test. */
async function mails(count: number): Promise<string[]> {
  const from = seeded + 1;
  await seedMails(house.desk.store.db, TENANT, count, from);
  seeded += count;
  return Array.from({ length: count }, (_, n) => `msg_seed${String(from + n).padStart(6, '0')}`);
}
const start = async (asked: object): Promise<BulkJob> =>
  (await house.casework.bulk.start(asked as BulkJobRequest, MARA)) as BulkJob;
const job = async (id: string) => (await house.casework.bulk.get(id))!;
const messages = async (id: string): Promise<BulkMessage[]> =>
  (await house.casework.bulk.messages(id, { limit: 100 }))!.items;
const move = { action: 'MOVE', destination: 'Quarantine' };

/** As the engine leaves it: one copy moved, and the retraction at rest. */
async function moved(retractionId: string, copy: 'retracted' | 'restored' | 'failed' = 'retracted') {
  const { db } = house.desk.store;
  if (copy !== 'restored') await insertCopies(db, [foundIn('ana@example.org', retractionId, { state: 'retracted' })]);
  await sql`update retraction_copies set state = ${copy} where retraction_id = ${retractionId}`.execute(db);
  await setRetractionState(db, retractionId, { state: copy === 'restored' ? 'restored' : 'done' });
}

test('at most 1,000 messages per move; more, or all that a search finds, are a bulk job', () => {
  expect(MoveRequest.properties.ids).toMatchObject({ maxItems: 1_000 });
  expect(MOST_AT_ONCE).toBe(1_000);
  expect(Object.keys(BulkJobRequest.properties)).toContain('search_params');
});

describe('create job', () => {
  test('is asked for with action, search_params, destination and comment', () => {
    expect(Object.keys(BulkJobRequest.properties)).toEqual(
      expect.arrayContaining(['action', 'search_params', 'destination', 'comment']),
    );
  });

  test('is read back with the documented names and counters', async () => {
    const ids = await mails(2);
    const { job_id } = await start({ ...move, ids, comment: 'seen twice' });
    const read = await job(job_id);
    expect(Object.keys(BulkJob.properties)).toEqual(expect.arrayContaining(Object.keys(read)));
    expect(read).toMatchObject({
      job_id,
      action_type: 'MOVE',
      action_params: { destination: 'Quarantine' },
      search_params: null,
      status: 'PENDING',
      status_message: null,
      created_at: house.desk.time.toISOString(),
      started_at: null,
      completed_at: null,
      comment: 'seen twice',
      total_messages_discovered: 2,
      messages_pending: 2,
      messages_successful: 0,
      messages_failed: 0,
      messages_skipped: 0,
      messages_cancelled: 0,
    });
  });

  test('PENDING, DISCOVERING, PROCESSING, COMPLETED: the search is walked page by page, and closed when the job is asked for', async () => {
    const ids = await mails(3);
    const search_params = { query: 'mode:API', start: '2026-01-01T00:00:00Z', detections_only: false };
    const before = seeded;
    const { job_id } = await start({ action: 'RECLASSIFY', disposition: 'BULK', search_params });
    expect((await job(job_id)).search_params).toEqual({ ...search_params, end: house.desk.time.toISOString() });
    await house.work(({ status }) => status === 'DISCOVERING', job_id);
    await house.work(({ completed_at }) => completed_at !== null, job_id);
    const over = await job(job_id);
    expect(over).toMatchObject({ status: 'COMPLETED', messages_successful: before, total_messages_discovered: before });
    expect(over.started_at).not.toBeNull();
    const rows = (await house.casework.bulk.messages(job_id, { limit: 1_000 }))!.items;
    expect(rows.map(({ message }) => message)).toEqual(expect.arrayContaining(ids));
    expect(rows.every((one) => one.submission_id?.startsWith('sub_'))).toBe(true);
  });

  test('a search that cannot be understood begins nothing', async () => {
    const answer = await house.casework.bulk.start(
      { action: 'RELEASE', search_params: { query: 'disposition:WONDERFUL' } },
      MARA,
    );
    expect(answer).toMatchObject({ trouble: { what: 'disposition' } });
    expect(await house.casework.bulk.start({ action: 'RELEASE', ids: ['msg_none'] }, MARA)).toBeNull();
  });
});

describe('per message', () => {
  test('status, retry_count, retry_after, status_message, processed_at', async () => {
    expect(Object.keys(BulkMessage.properties)).toEqual(
      expect.arrayContaining(['status', 'retry_count', 'retry_after', 'status_message', 'processed_at']),
    );
    const ids = await mails(3);
    const { job_id } = await start({ ...move, ids });
    await house.work();
    const under = await messages(job_id);
    expect(under.map(({ status }) => status)).toEqual(['PROCESSING', 'PROCESSING', 'PROCESSING']);
    await moved(under[0]!.retraction_id!);
    await moved(under[1]!.retraction_id!, 'failed');
    await setRetractionState(house.desk.store.db, under[2]!.retraction_id!, { state: 'held', reason: 'blast_radius' });
    await house.work();
    expect((await messages(job_id)).map((one) => [one.status, one.status_message, one.processed_at])).toEqual([
      ['COMPLETED', null, house.desk.time.toISOString()],
      ['FAILED', 'some_failed', house.desk.time.toISOString()],
      ['PROCESSING', 'blast_radius', null],
    ]);
    // What waits for a person keeps the job open, and says so.
    expect(await job(job_id)).toMatchObject({ status: 'PROCESSING', messages_pending: 1, messages_failed: 1 });
    await setRetractionState(house.desk.store.db, under[2]!.retraction_id!, { state: 'cancelled' });
    await house.work();
    expect(await job(job_id)).toMatchObject({
      status: 'COMPLETED',
      status_message: 'some_failed',
      messages_cancelled: 1,
    });
  });

  test('retractions of a paused organisation are held, message by message', async () => {
    const { settings } = house.desk.world;
    const before = await settings.get('retraction');
    await settings.put('retraction', { ...before, paused: true }, 'test');
    const { job_id } = await start({ ...move, ids: await mails(1) });
    await house.work();
    expect(await messages(job_id)).toMatchObject([{ status: 'PROCESSING', status_message: 'paused' }]);
    await settings.put('retraction', before, 'test');
  });
});

test('submissions are skipped: a mail that was only handed in, and an exercise', async () => {
  const ids = await mails(2);
  const { db } = house.desk.store;
  await sql`delete from message_copies where message_id = ${ids[0]!}`.execute(db);
  await sql`update messages set delivery_mode = 'REVIEW_SUBMISSION' where id = ${ids[0]!}`.execute(db);
  await sql`update messages set delivery_mode = 'SIMULATION_SUBMISSION' where id = ${ids[1]!}`.execute(db);
  const { job_id } = await start({ ...move, ids });
  await house.work();
  expect(await messages(job_id)).toMatchObject([
    { status: 'SKIPPED', status_message: 'submission' },
    { status: 'SKIPPED', status_message: 'simulation' },
  ]);
  expect(await job(job_id)).toMatchObject({ status: 'COMPLETED', messages_skipped: 2 });
});

test('a mail that was reported from its mailbox is no mere sample: it is moved', async () => {
  const { settings } = house.desk.world;
  await settings.put('psr', { mode: 'off', scope: 'message', dispositions: ['MALICIOUS'] }, 'test');
  const message = await house.message(await house.desk.report('ana', lure('<bulk-1@micros0ft-login.test>')));
  const { job_id } = await start({ ...move, ids: [message] });
  await house.work();
  expect(await messages(job_id)).toMatchObject([{ status: 'PROCESSING' }]);
});

describe('cancel and delete', () => {
  test('cancel stops pending rows and keeps the record; delete only in a terminal state', async () => {
    const { job_id } = await start({ ...move, ids: await mails(4) });
    await expect(house.casework.bulk.remove(job_id, MARA)).rejects.toThrow('wrong_state');
    const cancelled = await house.casework.bulk.cancel(job_id, MARA);
    expect(cancelled).toMatchObject({ status: 'CANCELLED', messages_cancelled: 4, total_messages_discovered: 4 });
    await house.work();
    expect((await messages(job_id)).map(({ status }) => status)).toEqual(Array(4).fill('CANCELLED'));
    await expect(house.casework.bulk.cancel(job_id, MARA)).rejects.toThrow('wrong_state');
    expect(await house.casework.bulk.remove(job_id, MARA)).toBe(true);
    expect(await house.casework.bulk.get(job_id)).toBeNull();
    expect(await house.casework.bulk.remove(job_id, MARA)).toBe(false);
  });
});

describe('preview and undo', () => {
  test('every job can be shown first: how many messages, how many are left alone, and in which mailboxes', async () => {
    const ids = await mails(8);
    await sql`update messages set delivery_mode = 'SIMULATION_SUBMISSION' where id = ${ids[7]!}`.execute(
      house.desk.store.db,
    );
    const preview = await house.casework.bulk.preview({ action: 'MOVE', destination: 'Quarantine', ids });
    expect(preview).toMatchObject({
      messages: 8,
      complete: true,
      skipped: 1,
      retracted: 0,
      providers: [{ provider: 'microsoft365', mailboxes: 7, copies: 8 }],
    });
    expect((preview as { mailboxes: unknown[] }).mailboxes[0]).toMatchObject({ copies: 2 });
  });

  test('one undo restores exactly what the job moved, and not what another retraction had taken', async () => {
    const [mine, theirs] = await mails(2);
    const first = await start({ ...move, ids: [theirs] });
    await house.work();
    const [standing] = await messages(first.job_id);
    await moved(standing!.retraction_id!);
    await house.work();

    const { job_id } = await start({ ...move, ids: [mine, theirs] });
    await house.work();
    const [own, joined] = await messages(job_id);
    expect(joined!.retraction_id).toBe(standing!.retraction_id);
    await moved(own!.retraction_id!);
    await moved(standing!.retraction_id!);
    await house.work();
    expect(await job(job_id)).toMatchObject({ status: 'COMPLETED', messages_successful: 2, undoable: true });

    const undo = (await house.casework.bulk.undo(job_id, MARA))!;
    expect(undo).toMatchObject({ action_type: 'RELEASE', undo_of: job_id, total_messages_discovered: 1 });
    await expect(house.casework.bulk.undo(job_id, MARA)).rejects.toThrow('undone_already');
    await house.work();
    const { db } = house.desk.store;
    expect((await retractionById(db, TENANT, own!.retraction_id!))?.state).toBe('restoring');
    expect((await retractionById(db, TENANT, standing!.retraction_id!))?.state).not.toMatch(/restor/);
    await moved(own!.retraction_id!, 'restored');
    await house.work();
    expect(await job(undo.job_id)).toMatchObject({ status: 'COMPLETED', messages_successful: 1, undoable: false });
    expect(await job(job_id)).toMatchObject({ undoable: false, undone_by: undo.job_id });
    // Undoing is no word about the mail.
    const decided = await sql`select 1 from decisions where message_id = ${mine!}`.execute(db);
    expect(decided.rows).toEqual([]);
  });

  test('a release can be undone too: what was given back goes where it had been', async () => {
    const [mail] = await mails(1);
    const first = await start({ action: 'MOVE', destination: 'JunkEmail', ids: [mail] });
    await house.work();
    await moved((await messages(first.job_id))[0]!.retraction_id!);
    await house.work();
    const release = await start({ action: 'RELEASE', ids: [mail] });
    await house.work();
    const [given] = await messages(release.job_id);
    await moved(given!.retraction_id!, 'restored');
    await house.work();
    expect(await job(release.job_id)).toMatchObject({ status: 'COMPLETED', messages_successful: 1, undoable: true });
    const undo = (await house.casework.bulk.undo(release.job_id, MARA))!;
    await house.work();
    const [again] = await messages(undo.job_id);
    expect(await retractionById(house.desk.store.db, TENANT, again!.retraction_id!)).toMatchObject({
      destination: 'JunkEmail',
      state: 'planned',
    });
  });

  test('a reclassification is no move, and is corrected by another', async () => {
    const { job_id } = await start({ action: 'RECLASSIFY', disposition: 'SPAM', ids: await mails(1) });
    await house.work();
    await expect(house.casework.bulk.undo(job_id, MARA)).rejects.toThrow('nothing_to_undo');
  });
});

test('release: per message delivered[], undelivered[], failed[]', async () => {
  const [mail, untouched] = await mails(2);
  const { job_id } = await start({ ...move, ids: [mail] });
  await house.work();
  const [{ retraction_id }] = (await messages(job_id)) as [BulkMessage];
  const { db } = house.desk.store;
  await insertCopies(db, [
    foundIn('ben@example.org', retraction_id!, { state: 'retracted', providerMessageId: 'b' }),
    foundIn('cem@example.org', retraction_id!, { state: 'already_there', providerMessageId: 'c' }),
    foundIn('dora@example.org', retraction_id!, { state: 'found', providerMessageId: 'd' }),
  ]);
  await sql`update retraction_copies set state = 'gone' where mailbox = 'dora@example.org'`.execute(db);
  await moved(retraction_id!);
  await sql`update retraction_copies set state = 'gone' where mailbox = 'dora@example.org'`.execute(db);
  await sql`update retraction_copies set state = 'already_there' where mailbox = 'cem@example.org'`.execute(db);
  const asked = { ids: [mail!, untouched!] };
  const [first, none] = (await house.casework.release(asked, MARA, 'en'))!;
  expect(first).toEqual({
    id: mail,
    retraction_id,
    delivered: [],
    undelivered: ['ben@example.org', 'ana@example.org'],
    failed: ['dora@example.org'],
  });
  expect(none).toEqual({ id: untouched, delivered: [], undelivered: [], failed: [], reason: 'nothing_to_restore' });
  await sql`update retraction_copies set state = 'restored' where state = 'restoring'`.execute(db);
  await setRetractionState(db, retraction_id!, { state: 'restored' });
  const [again] = (await house.casework.release(asked, MARA, 'en'))!;
  expect(again).toMatchObject({ delivered: ['ben@example.org', 'ana@example.org'], undelivered: [] });
});
