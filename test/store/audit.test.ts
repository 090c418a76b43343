/** The audit log on the real database: what stands in it, and what verification says of whoever changes it. */
import { createHash } from 'node:crypto';
import pg from 'pg';
import { audit } from '../../server/store/audit.ts';
import { auditLinks, linkHash, sealAudit, verifyAudit } from '../../server/store/audit-chain.ts';
import { type AuditQuery, auditContents, auditLines } from '../../server/store/audit-log.ts';
import { openStore, type Store } from '../../server/store/database.ts';
import { createDatabase, type TestDatabase } from '../setup/database.ts';

const ANA = 'tenant/0a0a0a0a-0000-4000-8000-000000000001';
const KIM = 'kim@example.org';
let database: TestDatabase;
let store: Store;
let root: pg.Client;

beforeAll(async () => {
  database = await createDatabase();
  store = openStore(database.url, () => {});
  root = new pg.Client({ connectionString: database.url });
  await root.connect();
});
afterAll(async () => {
  await root.end();
  await store.close();
  await database.drop();
});

const query: AuditQuery = {
  tenant: '',
  type: null,
  actor: null,
  action: null,
  subject: null,
  start: null,
  end: null,
  before: null,
  limit: 50,
};
const write = (tenant: string, actor: string, action: string, detail?: Record<string, unknown>, subjectId = 'sub_1') =>
  store.inTransaction((trx) => audit(trx, { tenant, actor, action, subjectId, ...(detail && { detail }) }));
const lines = (tenant: string, change: Partial<AuditQuery> = {}) =>
  auditLines(store.db, { ...query, tenant, ...change });
const stored = async (tenant: string) =>
  JSON.stringify((await root.query('select * from audit_log where tenant = $1 order by id', [tenant])).rows);

test('a line names people by pseudonyms, one a person, and shows analysts by name', async () => {
  await write('names', ANA, 'submission.received');
  await write('names', ANA, 'submission.withdrawn');
  await write('names', KIM, 'retraction.approved');
  await write('names', 'reelback', 'submission.concluded');
  expect(await stored('names')).not.toMatch(/example\.org|0a0a0a0a/);
  const found = (await lines('names')).reverse();
  expect(found.map(({ kind, person }) => [kind, person])).toEqual([
    ['reporter', ANA],
    ['reporter', ANA],
    ['person', KIM],
    ['system', 'reelback'],
  ]);
  expect(found[0]!.actor).toBe(found[1]!.actor);
  expect(found[0]!.actor).toMatch(/^per_[0-9a-f]{30}$/);
});

test('addresses and free text are kept aside by a salted hash, everything else stands in the line', async () => {
  const detail = {
    before: { canary_mailbox: null },
    after: { canary_mailbox: 'ana@example.org' },
    comment: 'Ana said',
    n: 3,
  };
  await write('aside', KIM, 'setting.changed', detail);
  const [line] = await lines('aside');
  expect(line!.detail).toEqual({
    before: { canary_mailbox: null },
    after: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    comment: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    n: 3,
  });
  expect(await stored('aside')).not.toMatch(/ana@|Ana said/);
  const { sha256 } = line!.detail.after as { sha256: string };
  const content = (await auditContents(store.db, 'aside', [sha256])).get(sha256)!;
  expect(JSON.parse(content.body)).toEqual(detail.after);
  expect(createHash('sha256').update(content.body).digest('hex')).not.toBe(sha256);
});

test('a subject that is an address is a pseudonym too', async () => {
  await write('subjects', KIM, 'person.exported', {}, 'ben@example.org');
  expect(await stored('subjects')).not.toContain('@');
  expect(await lines('subjects', { subject: 'ben@example.org' })).toHaveLength(1);
});

test('lines are found by type, actor, action, subject and time, newest first, page by page', async () => {
  await write('found', ANA, 'submission.received', {}, 'sub_7');
  await write('found', 'reelback', 'retraction.previewed', {}, 'ret_1');
  await write('found', KIM, 'retraction.approved', {}, 'ret_1');
  await write('found', KIM, 'block_senders.added', {}, 'lst_1');
  await write('found', KIM, 'session.signed_in', {}, 'session');
  await write('looked', KIM, 'submission.previewed', {}, 'sub_7');
  expect((await lines('looked')).map(({ type }) => type)).toEqual(['SUBMISSION']);
  const actions = async (change: Partial<AuditQuery>) => (await lines('found', change)).map(({ action }) => action);
  expect(await actions({ type: 'PREVIEW' })).toEqual(['retraction.previewed']);
  expect(await actions({ type: 'RETRACTION' })).toEqual(['retraction.approved']);
  expect(await actions({ type: 'SETTING' })).toEqual(['block_senders.added']);
  expect(await actions({ type: 'SIGN_IN' })).toEqual(['session.signed_in']);
  expect(await actions({ actor: KIM, limit: 2 })).toEqual(['session.signed_in', 'block_senders.added']);
  expect(await actions({ action: 'retraction' })).toEqual(['retraction.approved', 'retraction.previewed']);
  expect(await actions({ action: 'retraction.approved' })).toEqual(['retraction.approved']);
  expect(await actions({ action: 'retr%' })).toEqual([]);
  expect(await actions({ subject: 'sub_7' })).toEqual(['submission.received']);
  expect(await actions({ start: new Date(Date.now() + 60_000) })).toEqual([]);
  expect(await actions({ end: new Date(Date.now() + 60_000) })).toHaveLength(5);
  const [first] = await lines('found', { limit: 1 });
  expect(await actions({ before: first!.id })).toHaveLength(4);
});

test('nothing is changed, deleted or emptied by an ordinary statement', async () => {
  await write('fixed', KIM, 'retraction.approved');
  await sealAudit(store.db);
  for (const statement of [
    "update audit_log set action = 'x'",
    'delete from audit_log',
    'truncate audit_log',
    "update audit_seals set hash = '\\x00'",
    'delete from audit_seals',
    'truncate audit_seals',
    'update audit_heads set position = 1',
    'delete from audit_heads',
  ])
    await expect(root.query(statement)).rejects.toThrow(/append-only|only advances/);
});

test('the chain is what its description says: SHA-256 of the link before and the line', async () => {
  for (let n = 0; n < 3; n += 1) await write('chain', 'reelback', 'submission.concluded', { n });
  expect(await verifyAudit(store, 'chain')).toMatchObject({ ok: true, lines: 3, head: { position: 3 } });
  const links = await auditLinks(store.db, 'chain', 1, 10);
  let before: Buffer = Buffer.alloc(32);
  for (const link of links) {
    before = linkHash(before, link.canonical!);
    expect(link.hash.equals(before)).toBe(true);
  }
  expect(links[2]!.canonical).toMatch(
    /^\d+:\d+,5:chain,16:\d{16},8:reelback,20:submission\.concluded,5:sub_1,8:\{"n": 2\}$/,
  );
});

test('a line is sealed whatever the order in which transactions end, each tenant in a chain of its own', async () => {
  const late = new pg.Client({ connectionString: database.url });
  await late.connect();
  const insert = "insert into audit_log (tenant, actor, action, subject_id) values ('order', 'reelback', $1, 'x')";
  await late.query('begin');
  await late.query(insert, ['first.begun']);
  await root.query(insert, ['second.begun']);
  expect((await verifyAudit(store, 'order')).lines).toBe(1);
  await late.query('commit');
  await late.end();
  expect(await verifyAudit(store, 'order')).toMatchObject({ ok: true, lines: 2 });
  const order = (await auditLinks(store.db, 'order', 1, 9)).map(({ action }) => action);
  expect(order).toEqual(['second.begun', 'first.begun']);
});

test('two processes that seal at once make one chain', async () => {
  for (let n = 0; n < 40; n += 1) await write('twice', 'reelback', 'submission.concluded', { n });
  const other = openStore(database.url, () => {});
  const sealing = async (db: Store) => {
    for (let n = 0; n < 20; n += 1) await sealAudit(db.db, 3);
  };
  await Promise.all([sealing(store), sealing(other)]);
  await other.close();
  expect(await verifyAudit(store, 'twice')).toMatchObject({ ok: true, lines: 40 });
});

describe('whoever may switch triggers off', () => {
  let tenant = '';
  let ids: number[] = [];
  let count = 0;
  beforeEach(async () => {
    count += 1;
    tenant = `tamper${count}`;
    for (let n = 1; n <= 5; n += 1) await write(tenant, KIM, 'retraction.approved', { n, comment: `remark ${n}` });
    const { ok, head } = await verifyAudit(store, tenant);
    expect([ok, head?.position]).toEqual([true, 5]);
    ids = (await auditLinks(store.db, tenant, 1, 9)).map(({ audit_id }) => audit_id);
  });
  const tamper = async (...statements: string[]) => {
    const tables = ['audit_log', 'audit_seals', 'audit_heads'];
    for (const table of tables) await root.query(`alter table ${table} disable trigger user`);
    for (const statement of statements) await root.query(statement);
    for (const table of tables) await root.query(`alter table ${table} enable trigger user`);
  };
  const broken = async (options = {}) => (await verifyAudit(store, tenant, options)).broken;

  test('and changes a line is named by it', async () => {
    await tamper(`update audit_log set detail = '{"n": 9}' where id = ${ids[2]}`);
    expect(await broken()).toEqual({ position: 3, audit_id: ids[2], what: 'changed' });
    expect(await broken({ from: 4 })).toBeUndefined();
  });

  test.each(['actor', 'action', 'subject_id', 'at', 'tenant'])('and changes only %s is found', async (column) => {
    const value = column === 'at' ? "at + interval '1 microsecond'" : "'other'";
    await tamper(`update audit_log set ${column} = ${value} where id = ${ids[1]}`);
    expect(await broken()).toEqual({ position: 2, audit_id: ids[1], what: 'changed' });
  });

  test('and deletes a line is named by the gap, with or without its seal', async () => {
    await tamper(`delete from audit_log where id = ${ids[1]}`);
    expect(await broken()).toEqual({ position: 2, audit_id: ids[1], what: 'missing' });
    await tamper(`delete from audit_seals where audit_id = ${ids[1]}`);
    expect(await broken()).toEqual({ position: 2, audit_id: null, what: 'missing' });
  });

  test('and closes the gap by moving up the rest is found', async () => {
    await tamper(
      `delete from audit_log where id = ${ids[1]}`,
      `delete from audit_seals where audit_id = ${ids[1]}`,
      `update audit_seals set position = position + 1000 where tenant = '${tenant}' and position > 1`,
      `update audit_seals set position = position - 1001 where tenant = '${tenant}' and position > 1000`,
    );
    expect(await broken()).toEqual({ position: 2, audit_id: ids[2], what: 'changed' });
  });

  test('and swaps two lines is found', async () => {
    await tamper(
      `update audit_seals set audit_id = -1 where audit_id = ${ids[1]}`,
      `update audit_seals set audit_id = ${ids[1]} where audit_id = ${ids[3]}`,
      `update audit_seals set audit_id = ${ids[3]} where audit_id = -1`,
    );
    expect(await broken()).toEqual({ position: 2, audit_id: ids[3], what: 'changed' });
  });

  test('and cuts off the end is found by the head that is kept in a second place', async () => {
    await tamper(`delete from audit_log where id = ${ids[4]}`, `delete from audit_seals where audit_id = ${ids[4]}`);
    expect(await broken()).toEqual({ position: 5, audit_id: null, what: 'cut_off' });
  });

  test('and forges that head too is found by a head written down elsewhere', async () => {
    const known = (await verifyAudit(store, tenant)).head!;
    const before = (await auditLinks(store.db, tenant, 4, 1))[0]!.hash.toString('hex');
    await tamper(
      `delete from audit_log where id = ${ids[4]}`,
      `delete from audit_seals where audit_id = ${ids[4]}`,
      `update audit_heads set position = 4, hash = '\\x${before}' where tenant = '${tenant}'`,
    );
    expect(await broken()).toBeUndefined();
    expect(await broken({ known })).toEqual({ position: 5, audit_id: null, what: 'cut_off' });
    await write(tenant, KIM, 'retraction.cancelled');
    expect(await broken({ known })).toMatchObject({ position: 5, what: 'other_chain' });
  });

  test('and puts a line in behind the chain is found', async () => {
    await tamper(`insert into audit_log (tenant, actor, action, subject_id) values ('${tenant}', 'x', 'y.z', 'q')`);
    expect(await broken()).toMatchObject({ position: null, what: 'unsealed' });
  });

  test('and takes away a line before it is sealed is found', async () => {
    await write(tenant, KIM, 'retraction.cancelled');
    await tamper(`delete from audit_log where tenant = '${tenant}' and action = 'retraction.cancelled'`);
    expect(await broken()).toMatchObject({ position: null, what: 'missing' });
    await root.query('delete from audit_pending p where not exists (select from audit_log a where a.id = p.id)');
  });

  test('and rewrites what a line refers to is found, while erasing it is not a breach', async () => {
    await root.query(
      `update audit_contents set body = '"never said"' where tenant = '${tenant}' and body = '"remark 4"'`,
    );
    expect(await broken()).toMatchObject({ position: 4, what: 'content_changed' });
    await root.query(`delete from audit_contents where tenant = '${tenant}'`);
    await root.query(`delete from audit_people where tenant = '${tenant}'`);
    expect(await broken()).toBeUndefined();
    expect((await lines(tenant)).map(({ kind, person }) => [kind, person])).toEqual(Array(5).fill(['erased', null]));
  });
});
