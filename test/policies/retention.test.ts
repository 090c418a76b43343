/** Retention on the real database: what is too old is gone, with all that hangs on it, and nothing else is. */
import { sql } from 'kysely';
import { applyRetention } from '../../server/policies/retention.ts';
import { DEFAULT_SETTINGS, openSettings } from '../../server/policies/settings.ts';
import { expireHeld, pauseOnRestores } from '../../server/retraction/expire.ts';
import type { RetractionWorld } from '../../server/retraction/world.ts';
import { getBlob, prepareBlob, putBlob } from '../../server/store/blobs.ts';
import { openStore, type Store } from '../../server/store/database.ts';
import type { PrivacySettings } from '../../shared/privacy.ts';
import type { Disposition } from '../../shared/verdict.ts';
import { judge, retract, TENANT } from '../notify/judged.ts';
import { createDatabase, type TestDatabase } from '../setup/database.ts';

const NOW = new Date('2026-11-21T12:00:00.000Z');
const DAY_MS = 24 * 3_600_000;
const ago = (days: number) => new Date(NOW.getTime() - days * DAY_MS);
const log = { info: () => {}, warn: () => {}, error: () => {} };

let database: TestDatabase;
let store: Store;
beforeAll(async () => {
  database = await createDatabase();
  store = openStore(database.url, () => {});
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

const run = (change: Partial<PrivacySettings>) => {
  const settings = openSettings(store, TENANT, {
    ...DEFAULT_SETTINGS,
    privacy: { ...DEFAULT_SETTINGS.privacy, ...change },
  });
  return applyRetention({ tenant: TENANT, store, settings, now: () => NOW });
};

/** A mail with its body and, where it was reported, a report. */
async function mail(
  name: string,
  disposition: Disposition,
  days: number,
  more: { reported?: boolean; judgedDays?: number; delivery?: string } = {},
): Promise<string> {
  const id = `msg_${name}`;
  const blob = await prepareBlob(Buffer.from(`Subject: ${name}\r\n\r\nbody of ${name}`));
  await putBlob(store.db, blob);
  await judge(store, id, disposition, { at: ago(more.judgedDays ?? days) });
  await sql`update blobs set stored_at = ${ago(days)} where sha256 = ${blob.sha256}`.execute(store.db);
  await sql`update messages set sha256 = ${blob.sha256}, received_at = ${ago(days)}, delivery_mode = ${more.delivery ?? 'API'}
            where id = ${id}`.execute(store.db);
  if (more.reported) await report(name, days, { messageId: id, sha256: null, status: 'concluded' });
  return blob.sha256;
}

async function report(
  name: string,
  days: number,
  of: { messageId: string | null; sha256: string | null; status: string },
): Promise<void> {
  await sql`insert into submissions (id, tenant, submission_type, status, report_type, requested_disposition, requested_at, requested_by,
      reporter_user_id, mailbox_verified, provider, mailbox, message_id, upload_sha256)
    values (${`sub_${name}`}, ${TENANT}, 'USER', ${of.status}, 'phish', 'MALICIOUS', ${ago(days)}, 'ana@example.org', ${name}, true,
      'microsoft365', 'ana@example.org', ${of.messageId}, ${of.sha256})`.execute(store.db);
}

const there = async (sha256: string) => (await getBlob(store.db, sha256)) !== null;
const known = async () =>
  (await sql<{ id: string }>`select id from messages order by id`.execute(store.db)).rows.map(({ id }) => id);
const audited = async () =>
  (
    await sql<{
      detail: Record<string, unknown>;
    }>`select detail from audit_log where action = 'retention.deleted' order by id`.execute(store.db)
  ).rows.map(({ detail }) => detail);

beforeEach(async () => {
  await sql`truncate messages, retractions, submissions, verdicts, decisions, blobs cascade`.execute(store.db);
  await sql`delete from settings`.execute(store.db);
});

test('a body goes the set hours after nothing was found in its mail; what is known of it stays', async () => {
  const clean = await mail('clean', 'NONE', 3, { reported: true });
  const fresh = await mail('fresh', 'NONE', 3, { judgedDays: 0.5 });
  const phish = await mail('phish', 'MALICIOUS', 3);
  expect(await run({ clean_body_hours: 24 })).toEqual({ bodies: 1, mails: 0, reports: 0 });
  expect([await there(clean), await there(fresh), await there(phish)]).toEqual([false, true, true]);
  expect(await known()).toEqual(['msg_clean', 'msg_fresh', 'msg_phish']);
  expect((await audited()).at(-1)).toMatchObject({ bodies: 1, clean_body_hours: 24 });
});

test('bodies go after their days, but not while their mail is being taken back', async () => {
  const old = await mail('old', 'MALICIOUS', 40);
  const young = await mail('young', 'MALICIOUS', 20);
  const moving = await mail('moving', 'MALICIOUS', 40);
  await retract(store, 'msg_moving', ['ana@example.org']);
  expect((await run({ body_days: 30 })).bodies).toBe(1);
  expect([await there(old), await there(young), await there(moving)]).toEqual([false, true, true]);
  // Nothing is left to do, and nothing is said.
  const lines = (await audited()).length;
  expect((await run({ body_days: 30 })).bodies).toBe(0);
  expect(await audited()).toHaveLength(lines);
});

test('bytes that another mail or a waiting report needs stay', async () => {
  const blob = await prepareBlob(Buffer.from('Subject: upload\r\n\r\nx'));
  await putBlob(store.db, blob);
  await sql`update blobs set stored_at = ${ago(400)}`.execute(store.db);
  await report('waiting', 400, { messageId: null, sha256: blob.sha256, status: 'analysing' });
  await run({ body_days: 30 });
  expect(await there(blob.sha256)).toBe(true);
  await sql`update submissions set status = 'invalid'`.execute(store.db);
  expect(await run({ body_days: 30, detection_days: 30 })).toEqual({ bodies: 1, mails: 0, reports: 1 });
  expect(await there(blob.sha256)).toBe(false);
});

test('undetected mail goes before detections; with a case goes everything that hangs on it', async () => {
  await mail('undetected', 'NONE', 40);
  await mail('reportedclean', 'NONE', 40, { reported: true });
  await mail('oldcase', 'MALICIOUS', 400, { reported: true });
  await retract(store, 'msg_oldcase', ['ana@example.org', 'ben@example.org']);
  await sql`update retractions set requested_at = ${ago(400)}, state = 'done'`.execute(store.db);
  await mail('recent', 'MALICIOUS', 100);
  expect(await run({ metadata_days: 30 })).toMatchObject({ mails: 2, reports: 1 });
  expect(await known()).toEqual(['msg_recent', 'msg_reportedclean']);
  for (const table of ['retractions', 'retraction_copies']) {
    const left = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(store.db);
    expect([table, left.rows[0]?.n]).toEqual([table, 0]);
  }
  const events = await sql<{ id: string }>`select distinct message_id as id from mail_events order by 1`.execute(
    store.db,
  );
  expect(events.rows.map(({ id }) => id)).toEqual(['msg_recent']);
});

test('an old mail that was decided or reported lately stays', async () => {
  await mail('decided', 'MALICIOUS', 400);
  await sql`insert into decisions (tenant, message_id, disposition, decided_by, decided_at)
            values (${TENANT}, 'msg_decided', 'MALICIOUS', 'zoe', ${ago(3)})`.execute(store.db);
  await mail('again', 'MALICIOUS', 400);
  await report('again', 2, { messageId: 'msg_again', sha256: null, status: 'concluded' });
  await run({});
  expect(await known()).toEqual(['msg_again', 'msg_decided']);
});

test('thousands are deleted in one run, in small transactions', async () => {
  await mail('seed', 'NONE', 400);
  await sql`insert into messages (id, tenant, sha256, subject, header_from, fingerprint, cluster_id, received_at, delivery_mode, disposition)
    select 'msg_bulk' || n, ${TENANT}, 'sha' || n, '', '', '{}', 'msg_bulk' || n, ${ago(400)}, 'API', 'NONE'
    from generate_series(1, 3000) n`.execute(store.db);
  const startedAt = Date.now();
  expect((await run({})).mails).toBe(3_001);
  // The bound only tells a scan a row from an index.
  expect(Date.now() - startedAt).toBeLessThan(20_000);
});

describe('what waits for a person', () => {
  const world = (guard: object): RetractionWorld =>
    ({
      tenant: TENANT,
      store,
      settings: openSettings(store, TENANT, { ...DEFAULT_SETTINGS, guard: { ...DEFAULT_SETTINGS.guard, ...guard } }),
      now: () => new Date(),
      log,
    }) as unknown as RetractionWorld;
  const stateOf = async (id: string) =>
    (
      await sql<{
        state: string;
        reason: string | null;
      }>`select state, reason from retractions where id = ${id}`.execute(store.db)
    ).rows[0];

  test('expires after the hours of the guard, and says so', async () => {
    await mail('held', 'MALICIOUS', 1);
    await retract(store, 'msg_held', ['ana@example.org']);
    await sql`update retractions set state = 'held', reason = 'blast_radius'`.execute(store.db);
    expect(await expireHeld(world({}))).toBe(0);
    await sql`update retractions set held_at = now() - interval '73 hours'`.execute(store.db);
    expect(await expireHeld(world({ hold_hours: 100 }))).toBe(0);
    expect(await expireHeld(world({}))).toBe(1);
    expect(await stateOf('ret_heldretracted')).toEqual({ state: 'cancelled', reason: 'expired' });
    const lines = await sql<{
      action: string;
    }>`select action from audit_log where subject_id = 'ret_heldretracted'`.execute(store.db);
    expect(lines.rows.map(({ action }) => action)).toContain('retraction.expired');
  });

  test('held again, it waits from then on', async () => {
    await mail('again', 'MALICIOUS', 1);
    await retract(store, 'msg_again', ['ana@example.org']);
    await sql`update retractions set state = 'held'`.execute(store.db);
    await sql`update retractions set held_at = now() - interval '100 hours'`.execute(store.db);
    await sql`update retractions set state = 'planned'`.execute(store.db);
    await sql`update retractions set state = 'held'`.execute(store.db);
    expect(await expireHeld(world({}))).toBe(0);
  });

  test('a spike of restores pauses everything, once', async () => {
    const restored = (id: string) =>
      sql`insert into audit_log (tenant, at, actor, action, subject_id) values (${TENANT}, now(), 'zoe', 'retraction.restoring', ${id})`.execute(
        store.db,
      );
    const alert = world({ pause_after_restores: 2 });
    await restored('ret_1');
    await restored('ret_1');
    expect(await pauseOnRestores(alert)).toBe(false);
    await restored('ret_2');
    expect(await pauseOnRestores(world({}))).toBe(false);
    expect(await pauseOnRestores(alert)).toBe(true);
    expect((await alert.settings.get('retraction')).paused).toBe(true);
    // Who ends the pause has looked: the same restores count no more.
    await alert.settings.put('retraction', { ...DEFAULT_SETTINGS.retraction, paused: false }, 'zoe');
    expect(await pauseOnRestores(alert)).toBe(false);
  });
});
