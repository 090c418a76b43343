/** One person's data in the real database: what is handed out, what is erased, what stays and why. */
import pg from 'pg';
import { audit } from '../../server/store/audit.ts';
import { verifyAudit } from '../../server/store/audit-chain.ts';
import { getBlob, prepareBlob, putBlob } from '../../server/store/blobs.ts';
import { type Db, openStore, type Store } from '../../server/store/database.ts';
import { insertOutgoingMail } from '../../server/store/outgoing-mail.ts';
import { castVote } from '../../server/store/reporters.ts';
import { insertSubmission } from '../../server/store/submissions.ts';
import { openPeople, type People } from '../../server/submission/people.ts';
import { pseudonymOf } from '../../server/submission/votes.ts';
import { createDatabase, type TestDatabase } from '../setup/database.ts';

const now = new Date('2026-08-01T09:00:00Z');
const KIM = 'kim@example.org';
const [ANA, BEN] = ['ana@example.org', 'ben@example.org'];
const USER = { [ANA]: 'user-ana', [BEN]: 'user-ben' } as Record<string, string>;
let database: TestDatabase;
let store: Store;
let root: pg.Client;
let people: People;

beforeAll(async () => {
  database = await createDatabase();
  store = openStore(database.url, () => {});
  root = new pg.Client({ connectionString: database.url });
  await root.connect();
  people = openPeople({ tenant: 'one', store, now: () => now });
});
afterAll(async () => {
  await root.end();
  await store.close();
  await database.drop();
});
beforeEach(async () => {
  // Emptied is quicker than made anew.
  const chained = ['audit_log', 'audit_seals'];
  for (const table of chained) await root.query(`alter table ${table} disable trigger user`);
  const { rows } = await root.query("select tablename from pg_tables where schemaname = 'public'");
  const tables = rows.map(({ tablename }) => tablename).filter((name) => name !== 'schema_migrations');
  await root.query(`truncate ${tables.join(', ')}`);
  for (const table of chained) await root.query(`alter table ${table} enable trigger user`);
  for (const address of [ANA, BEN])
    await root.query(
      `insert into mailboxes (tenant, address, provider, user_id, aliases, kind, seen_at)
       values ('one', $1, 'microsoft365', $2, $3, 'user', $4)`,
      [address, USER[address], address === ANA ? ['accounts@example.org'] : [], now],
    );
});

async function mail(id: string, text: string): Promise<string> {
  const blob = await prepareBlob(Buffer.from(text));
  await store.inTransaction((trx) => putBlob(trx, blob));
  await root.query(
    `insert into messages (id, tenant, sha256, subject, header_from, fingerprint, recipients, cluster_id, facts, words)
     values ($1, 'one', $2, 'Overdue', 'billing@example.net', '{}', $3, $1, $4, $5)`,
    [
      id,
      blob.sha256,
      [ANA, BEN],
      { to: [{ name: 'Ana', address: ANA }], cc: [], links: [] },
      `'overdue':1A '${ANA}':2C`,
    ],
  );
  return blob.sha256;
}

interface Told {
  message?: string;
  status?: 'received' | 'concluded';
  upload?: string;
}

/** A report with its vote and its line in the audit log, as the submission room writes them. */
async function report(id: string, by: string, { message, status = 'concluded', upload }: Told = {}): Promise<void> {
  const blob = upload === undefined ? null : await prepareBlob(Buffer.from(upload));
  await store.inTransaction(async (trx: Db) => {
    if (blob) await putBlob(trx, blob);
    await insertSubmission(trx, {
      id,
      tenant: 'one',
      submission_type: 'USER',
      status: 'received',
      report_type: 'phish',
      requested_disposition: 'MALICIOUS',
      requested_at: now,
      requested_by: by,
      reporter_user_id: USER[by]!,
      mailbox_verified: true,
      provider: 'microsoft365',
      mailbox: by,
      provider_message_id: `item-${id}`,
      internet_message_id: '<1@example.net>',
      comment: `a private remark of ${by}`,
      exposure: ['clicked_link'],
      language: 'en',
      client: { name: 'outlook', version: '1.0.0' },
      upload_sha256: blob?.sha256 ?? null,
      upload_fidelity: blob ? 'exact' : null,
      idempotency_key: `key-${id}`,
      natural_key: `natural-${id}`,
      subject: 'Overdue',
      header_from: 'billing@example.net',
      invalid_reason: null,
    });
    const person = { tenant: 'one', provider: 'microsoft365' as const, reporter_user_id: USER[by]! };
    const vote = { tenant: 'one', reporter: await pseudonymOf(trx, person), clusterId: message ?? id, at: now };
    await castVote(trx, vote);
    const actor = `contoso/${USER[by]}`;
    await audit(trx, { tenant: 'one', actor, action: 'submission.received', subjectId: id });
  });
  if (status === 'concluded')
    await root.query('update submissions set status = $2, message_id = $3 where id = $1', [
      id,
      status,
      message ?? null,
    ]);
}

const retraction = (id: string, message: string, state: string) =>
  root.query(
    `insert into retractions (id, tenant, cause, state, message_id, internet_message_ids, fingerprint, subject, destination, requested_by)
     values ($1, 'one', 'manual', $2, $3, '{<1@example.net>}', '{}', 'Overdue', 'Quarantine', $4)`,
    [id, state, message, KIM],
  );

/** Tables in which a text still stands, and in what is packed: every row of every table is read. */
async function tablesWith(...texts: string[]): Promise<string[]> {
  const { rows } = await root.query("select tablename from pg_tables where schemaname = 'public'");
  const found: string[] = [];
  for (const { tablename } of rows) {
    const content = (await root.query(`select t::text as line from "${tablename}" t`)).rows
      .map(({ line }) => line)
      .join('\n');
    if (texts.some((text) => content.includes(text))) found.push(tablename);
  }
  return found.sort();
}

async function erase(address: string, actor = KIM) {
  const preview = await people.preview(address);
  return { preview: preview!, done: await people.erase(address, preview!.confirmation, actor) };
}

test('whose reports they were is gone from every table, and the chain of the audit log holds', async () => {
  const own = await mail('msg_1', 'Subject: Overdue\r\n\r\nhello');
  await report('sub_1', ANA, { message: 'msg_1', upload: 'Subject: uploaded\r\n\r\nx' });
  await report('sub_2', ANA, { status: 'received' });
  await store.inTransaction(async (trx) => {
    const about = {
      id: 'out_1',
      tenant: 'one',
      subject_id: 'sub_1',
      occasion: 'sub_1',
      recipient: ANA,
      language: 'en',
    };
    const letter = { subject: 'Thank you', text: 'Dear Ana', html: '' };
    await insertOutgoingMail(trx, { ...about, kind: 'user_verdict', letter, in_reply_to: null }, now);
    const detail = { after: { canary_mailbox: ANA } };
    await audit(trx, { tenant: 'one', actor: KIM, action: 'setting.changed', subjectId: 'guard', detail });
  });
  expect((await verifyAudit(store, 'one')).ok).toBe(true);

  const { preview, done } = await erase('accounts@example.org');
  expect(preview.addresses).toEqual([ANA, 'accounts@example.org']);
  expect(preview.erased).toEqual({
    submissions: 2,
    mails: 2,
    votes: 2,
    letters: 1,
    sessions: 0,
    signatures: 0,
    audit_contents: 1,
    audit_pseudonyms: 1,
  });
  expect(done).toEqual({ erased: preview.erased, kept: preview.kept });
  // The directory is the provider's.
  expect(await tablesWith(ANA, 'user-ana', 'private remark of ana', 'Dear Ana')).toEqual(['mailboxes']);
  expect(await getBlob(store.db, own)).toBeNull();
  expect((await root.query('select words from messages')).rows).toEqual([{ words: "'overdue':1A" }]);
  const { rows } = await root.query('select id, status, requested_by, comment, subject from submissions order by id');
  expect(rows).toEqual([
    { id: 'sub_1', status: 'concluded', requested_by: 'erased', comment: '', subject: 'Overdue' },
    { id: 'sub_2', status: 'withdrawn', requested_by: 'erased', comment: '', subject: 'Overdue' },
  ]);
  expect(await verifyAudit(store, 'one')).toMatchObject({ ok: true, lines: 4 });
  expect((await people.preview(ANA))!.erased.submissions).toBe(0);
});

test('what others reported, and what a retraction is at work on, keeps its bytes', async () => {
  const shared = await mail('msg_1', 'Subject: shared\r\n\r\nx');
  const working = await mail('msg_2', 'Subject: working\r\n\r\nx');
  const ended = await mail('msg_3', 'Subject: ended\r\n\r\nx');
  const delivered = await mail('msg_4', 'Subject: delivered\r\n\r\nx');
  await report('sub_1', ANA, { message: 'msg_1', upload: 'Subject: the same upload\r\n\r\nx' });
  await report('sub_2', BEN, { message: 'msg_1', upload: 'Subject: the same upload\r\n\r\nx' });
  for (const n of [2, 3, 4]) await report(`sub_a${n}`, ANA, { message: `msg_${n}` });
  await retraction('ret_2', 'msg_2', 'running');
  await retraction('ret_3', 'msg_3', 'done');
  await root.query(
    `insert into message_copies (message_id, mailbox, delivery_mode, seen_at) values ('msg_4', $1, 'JOURNAL', $2)`,
    [ANA, now],
  );
  const before = (await root.query('select * from retractions order by id')).rows.map(({ requested_by: _, ...r }) => r);
  const { done } = await erase(ANA);
  expect(done!.erased).toMatchObject({ submissions: 4, mails: 1 });
  expect(done!.kept).toMatchObject({ deliveries: 1, directory: 1 });
  const left = [];
  for (const sha256 of [shared, working, ended, delivered]) left.push((await getBlob(store.db, sha256)) !== null);
  expect(left).toEqual([true, true, false, true]);
  const after = (await root.query('select * from retractions order by id')).rows.map(({ requested_by: _, ...r }) => r);
  expect(after).toEqual(before);
  const { rows } = await root.query("select requested_by, comment, upload_sha256 from submissions where id = 'sub_2'");
  expect(rows).toEqual([
    { requested_by: BEN, comment: `a private remark of ${BEN}`, upload_sha256: expect.any(String) },
  ]);
  expect((await root.query('select count(*)::int as n from reporter_votes')).rows[0].n).toBe(1);
});

test('only what was shown is erased: what came meanwhile needs another look', async () => {
  await report('sub_1', ANA);
  const { confirmation } = (await people.preview(ANA))!;
  await report('sub_2', ANA);
  await expect(people.erase(ANA, confirmation, KIM)).rejects.toMatchObject({ code: 'confirmation_outdated' });
  expect(await tablesWith('private remark of ana')).toEqual(['submissions']);
  await report('sub_3', BEN);
  await expect(people.erase(BEN, confirmation, KIM)).rejects.toMatchObject({ code: 'confirmation_outdated' });
});

test('looking changes nothing', async () => {
  await report('sub_1', ANA, { upload: 'Subject: x\r\n\r\nx' });
  const tables = ['submissions', 'blobs', 'reporter_votes', 'audit_people', 'audit_log', 'audit_contents'];
  const state = async () =>
    (await root.query(tables.map((table) => `select t::text from ${table} t`).join(' union all '))).rows
      .map(({ t }) => t)
      .sort();
  const before = await state();
  await people.preview(ANA);
  expect(await state()).toEqual(before);
  expect(await people.preview('nobody@example.org')).toBeNull();
  expect(await people.erase('nobody@example.org', 'x', KIM)).toBeNull();
  expect(await state()).toEqual(before);
});

test('whoever works with the dashboard is erased from what they signed, and a half confirmed deletion is withdrawn', async () => {
  await mail('msg_1', 'Subject: x\r\n\r\nx');
  await retraction('ret_1', 'msg_1', 'done');
  await root.query(
    `insert into purge_confirmations (token, tenant, retraction_id, requested_by, requested_at, expires_at, copies_digest)
     values ('del_1', 'one', 'ret_1', $1, $2, $2, 'x')`,
    [KIM, now],
  );
  await store.inTransaction((trx) =>
    audit(trx, {
      tenant: 'one',
      actor: KIM,
      action: 'retraction.started',
      subjectId: 'ret_1',
      detail: { comment: 'Ana told me' },
    }),
  );
  const { done } = await erase(KIM, KIM);
  expect(done!.erased).toMatchObject({ signatures: 2, audit_contents: 1, audit_pseudonyms: 1 });
  expect(await tablesWith(KIM, 'Ana told me')).toEqual([]);
  expect((await verifyAudit(store, 'one')).ok).toBe(true);
});

test('an export holds reports, remarks, votes, letters and the mails that were handed in', async () => {
  const judged = await mail('msg_1', 'Subject: judged\r\n\r\nx');
  await report('sub_1', ANA, { message: 'msg_1', upload: 'Subject: uploaded\r\n\r\nx' });
  await report('sub_2', BEN, { message: 'msg_1' });
  const files = (await people.export('Accounts@example.org', KIM))!;
  const person = JSON.parse(Buffer.from((await files[0]!.read())!).toString()) as Record<string, unknown[]>;
  expect(person).toMatchObject({
    addresses: [ANA, 'accounts@example.org'],
    reports: [
      { id: 'sub_1', comment: `a private remark of ${ANA}`, exposure: ['clicked_link'], message_sha256: judged },
    ],
    votes: [{ cluster_id: 'msg_1' }],
    actions: [{ action: 'submission.received', subject_id: 'sub_1' }],
  });
  expect(JSON.stringify(person)).not.toContain('sub_2');
  const mails = await Promise.all(files.slice(1).map(async ({ read }) => Buffer.from((await read())!).toString()));
  expect(mails.sort()).toEqual(['Subject: judged\r\n\r\nx', 'Subject: uploaded\r\n\r\nx']);
  expect(await people.export('nobody@example.org', KIM)).toBeNull();
  // The export is written down without the address.
  expect(await tablesWith('accounts@example.org')).toEqual(['mailboxes']);
});

test('an address that only ends like the erased one is another person', async () => {
  const detail = { after: { canary_mailbox: `dia${ANA}` } };
  await report('sub_1', ANA);
  await store.inTransaction((trx) =>
    audit(trx, { tenant: 'one', actor: KIM, action: 'setting.changed', subjectId: 'guard', detail }),
  );
  expect((await erase(ANA)).done!.erased).toMatchObject({ submissions: 1, audit_contents: 0 });
});
