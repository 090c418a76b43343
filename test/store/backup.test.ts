/** The whole state as one file, and back into another database. */

import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { audit } from '../../server/store/audit.ts';
import { writeBackup } from '../../server/store/backup.ts';
import { getBlob, prepareBlob, putBlob } from '../../server/store/blobs.ts';
import { openStore, rows } from '../../server/store/database.ts';
import { rememberMessage } from '../../server/store/messages.ts';
import { migrate } from '../../server/store/migrate.ts';
import { readBackup } from '../../server/store/restore.ts';
import { createDatabase, type TestDatabase } from '../setup/database.ts';
import { undescribed } from './undescribed.ts';

const migrations = join(process.cwd(), 'server/store/migrations');
let source: TestDatabase;
let target: TestDatabase;
beforeEach(async () => {
  [source, target] = [await createDatabase(), await createDatabase()];
});
afterEach(async () => {
  await source.drop();
  await target.drop();
});

const body = new TextEncoder().encode(`Subject: back\\slash\ttab\r\n\r\n${'x'.repeat(700_000)}`);

/** Rows of several tables, with everything that COPY's text format writes in its own way. */
async function fill(url: string): Promise<string> {
  const store = openStore(url, () => {});
  const blob = await prepareBlob(body);
  await store.inTransaction(async (trx) => {
    await putBlob(trx, blob);
    await rememberMessage(
      trx,
      {
        id: 'msg_kept',
        tenant: 'tenant',
        sha256: blob.sha256,
        internet_message_id: null,
        subject: 'a\\.\nb\t\\N ü',
        header_from: '',
        fingerprint: { text: '\\n' },
        recipients: ['a"b@example.org', '{}'],
      },
      undescribed,
    );
    for (const n of [1, 2, 3]) {
      await audit(trx, { tenant: 'tenant', actor: 'cleo', action: 'test', subjectId: `msg_${n}`, detail: { n } });
    }
  });
  await store.close();
  return blob.sha256;
}

async function backupOf(url: string): Promise<Buffer> {
  const out = new PassThrough();
  const all = buffer(out);
  await writeBackup(url, out, new Date('2026-11-22T10:00:00Z'));
  out.end();
  return gzipSync(await all);
}

const stateOf = async (url: string) => {
  const store = openStore(url, () => {});
  try {
    return {
      messages: await rows(store.db, sql`select * from messages order by id`),
      audit: await rows(store.db, sql`select * from audit_log order by id`),
      pending: await rows(store.db, sql`select * from audit_pending order by id`),
    };
  } finally {
    await store.close();
  }
};
const restore = (bytes: Buffer, replace = false) =>
  readBackup(target.url, Readable.from([bytes.subarray(0, 10), bytes.subarray(10)]), { migrations, replace });

test('what was there is there again, row by row and byte by byte, and work goes on after it', async () => {
  const sha256 = await fill(source.url);
  const bytes = await backupOf(source.url);
  const restored = await restore(bytes);
  expect(restored).toMatchObject({ at: '2026-11-22T10:00:00.000Z', applied: [] });
  expect(await stateOf(target.url)).toEqual(await stateOf(source.url));
  const store = openStore(target.url, () => {});
  expect(Buffer.from((await getBlob(store.db, sha256))!).equals(Buffer.from(body))).toBe(true);
  // Numbers go on, and the log is append-only again.
  await audit(store.db, { tenant: 'tenant', actor: 'cleo', action: 'after', subjectId: 'x', detail: {} });
  await expect(sql`delete from audit_log`.execute(store.db)).rejects.toThrow('append-only');
  await store.close();
});

test('a database with rows is not overwritten unless that is asked for; one that is worked with never is', async () => {
  await fill(source.url);
  const bytes = await backupOf(source.url);
  await restore(bytes);
  await expect(restore(bytes)).rejects.toMatchObject({ code: 'database-not-empty' });
  await restore(bytes, true);
  const store = openStore(target.url, () => {});
  await sql`insert into workers (id, beat_at) values ('wrk_1', now())`.execute(store.db);
  await store.close();
  await expect(restore(bytes, true)).rejects.toMatchObject({ code: 'database-in-use' });
  expect((await stateOf(target.url)).messages).toHaveLength(1);
});

test('a file that is cut off, damaged or something else changes nothing', async () => {
  await fill(source.url);
  const bytes = await backupOf(source.url);
  const text = gunzipSync(bytes);
  const bad = [
    bytes.subarray(0, bytes.length / 2),
    gzipSync(text.subarray(0, text.lastIndexOf('{"end"'))),
    gzipSync(text.subarray(0, text.indexOf('msg_kept'))),
    gzipSync(Buffer.from(text.toString('latin1').replace(/"rows":\d+/, '"rows":1'), 'latin1')),
    Buffer.from('this is no backup'),
    gzipSync('{"format":"another"}\n'),
    Buffer.alloc(0),
  ];
  for (const one of bad) await expect(restore(one)).rejects.toMatchObject({ code: 'backup-unreadable' });
  expect(await stateOf(target.url)).toEqual({ messages: [], audit: [], pending: [] });
});

test('an older backup is brought up to date after its rows; one of a newer release is refused', async () => {
  await fill(source.url);
  const bytes = await backupOf(source.url);
  const folder = mkdtempSync(join(tmpdir(), 'reelback-migrations-'));
  try {
    cpSync(migrations, folder, { recursive: true });
    writeFileSync(join(folder, '9000-later.sql'), `alter table messages add column later text default 'yes';`);
    const store = openStore(target.url, () => {});
    await sql`drop schema public cascade`.execute(store.db);
    await sql`create schema public`.execute(store.db);
    await store.close();
    const file = Readable.from([bytes]);
    expect((await readBackup(target.url, file, { migrations: folder })).applied).toEqual(['9000-later']);
    expect((await stateOf(target.url)).messages).toMatchObject([{ id: 'msg_kept', later: 'yes' }]);
    await migrate(source.url, folder);
    const newer = await backupOf(source.url);
    await expect(restore(newer, true)).rejects.toMatchObject({ code: 'schema-newer' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
