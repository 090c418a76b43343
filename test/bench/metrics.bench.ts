/**
 * The figures of 30 and of 90 days over a million mails, 100,000 copies of retractions and 50,000 reports, as the dashboard
 * asks for them. REELBACK_BENCH_MESSAGES makes it smaller.
 */
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { openMetrics } from '../../server/investigation/metrics.ts';
import { type Db, openStore } from '../../server/store/database.ts';
import { startEmbedded, wipeEmbedded } from '../../server/store/embedded.ts';
import { migrate } from '../../server/store/migrate.ts';
import { METRICS } from '../../shared/metrics-names.ts';

export const name = 'metrics: figures of a span over many mails';

const MESSAGES = Number(process.env.REELBACK_BENCH_MESSAGES ?? 1_000_000);
const REPORTS = Math.ceil(MESSAGES / 20);
const RETRACTIONS = Math.ceil(MESSAGES / 200);
const COPIES_EACH = 20;
const TIMES = 5;

export async function run({ log }: { log: (line: string) => void }) {
  const dataDir = mkdtempSync(join(tmpdir(), 'reelback-bench-metrics-'));
  chmodSync(dataDir, 0o711);
  const rootDir = process.cwd();
  const database = await startEmbedded({ dataDir, rootDir });
  await migrate(database.url, join(rootDir, 'server/store/migrations'));
  const store = openStore(database.url, (error) => log(error.message));
  try {
    log(`seeding ${MESSAGES} mails`);
    await seed(store.db);
    const metrics = openMetrics({
      tenant: 'one',
      store,
      settings: { get: async () => ({ mode: 'preview', scope: 'message', dispositions: ['MALICIOUS'] }) as never },
      now: () => new Date(),
      randomId: (prefix) => `${prefix}_x`,
    });
    const table: Record<string, Record<string, number>> = {};
    for (const days of [30, 90]) {
      for (const figure of METRICS) {
        const ms: number[] = [];
        for (let time = 0; time < TIMES; time++) {
          const started = performance.now();
          const start = new Date(Date.now() - days * 86_400_000).toISOString();
          await metrics[figure]({ start, names: true, language: 'en' });
          ms.push(performance.now() - started);
        }
        ms.sort((a, b) => a - b);
        table[`${figure}, ${days} days`] = {
          'p50 ms': Math.round(ms[Math.floor(TIMES / 2)]!),
          'slowest ms': Math.round(ms.at(-1)!),
        };
      }
    }
    return { table, json: { messages: MESSAGES, reports: REPORTS, copies: RETRACTIONS * COPIES_EACH, table } };
  } finally {
    await store.close();
    await database.stop();
    await wipeEmbedded(dataDir);
  }
}

/** Spread over 90 days; one mail in twenty is a detection, and one in twenty was reported. */
async function seed(db: Db): Promise<void> {
  const day = sql`now() - random() * interval '90 days'`;
  await sql`
    insert into messages (id, tenant, sha256, subject, header_from, envelope_from, fingerprint, cluster_id, received_at,
      disposition, finding_ids, attributes, delivery_mode, facts)
    select 'm' || n, 'one', 'm' || n, 'Subject ' || n, 'a' || n % 977 || '@a.example', 'b@b.example', '{}', 'm' || n, ${day},
      case when n % 20 > 0 then 'NONE' else (array['MALICIOUS','SPAM','SUSPICIOUS','SPOOF','BULK'])[1 + n / 20 % 5] end,
      case when n % 20 > 0 then '{}' else array['url.f' || n % 97, 'text.f' || n % 31, 'identity.f' || n % 13, 'url.lookalike'] end,
      case when n % 100 = 0 then array['NEW_DOMAIN_LINK=2026-01-01'] else '{}' end, case when n % 20 = 0 then 'REVIEW_SUBMISSION' else 'API' end,
      '{"links":[{"source":"html"}],"attachments":[{"fileType":"pdf"}]}'
    from generate_series(1, ${MESSAGES}::int) as n`.execute(db);
  await sql`
    insert into verdicts (message_id, disposition, body, authentication, judged_at)
    select id, disposition, '{"findings":[{"id":"url.lookalike","evidence":"x.example imitates paypal.com"}]}', '{}', received_at
    from messages where disposition <> 'NONE'`.execute(db);
  await sql`
    insert into message_copies (message_id, mailbox, delivery_mode, seen_at)
    select id, 'p' || length(id) || substr(id, 5) || '@example.org', 'API', received_at from messages where disposition <> 'NONE'`.execute(
    db,
  );
  await sql`
    insert into submissions (id, tenant, submission_type, status, report_type, requested_disposition, requested_at, requested_by,
      reporter_user_id, mailbox_verified, provider, mailbox, message_id, verdict_id, concluded_at, psr_action, psr_reason)
    select 's' || n, 'one', 'USER', 'concluded', 'phish', 'MALICIOUS', m.received_at, 'p' || n % 3000 || '@example.org',
      'u' || n % 3000, true, 'google', 'p' || n % 3000 || '@example.org', m.id, v.id, m.received_at + interval '2 seconds', 'none', 'not_malicious'
    from generate_series(1, ${REPORTS}::int) as n join messages m on m.id = 'm' || n * 20 join verdicts v on v.message_id = m.id`.execute(
    db,
  );
  await sql`
    insert into reporter_votes (tenant, reporter, cluster_id, voted_at, label_by, share, weight, labelled_at)
    select 'one', reporter_user_id, message_id, requested_at, 'machine', (random() > 0.3)::int, 1, requested_at from submissions`.execute(
    db,
  );
  await sql`
    insert into retractions (id, tenant, cause, state, message_id, internet_message_ids, fingerprint, subject, destination, requested_by, requested_at)
    select 'r' || n, 'one', 'psr', 'done', m.id, '{}', '{}', '', 'Quarantine', 'submission s' || n * 5, m.received_at + interval '3 seconds'
    from generate_series(1, ${RETRACTIONS}::int) as n join messages m on m.id = 'm' || n * 100`.execute(db);
  await sql`update submissions s set retraction_id = r.id from retractions r where r.message_id = s.message_id`.execute(
    db,
  );
  await sql`
    insert into decisions (tenant, message_id, disposition, decided_by, decided_at)
    select 'one', message_id, 'MALICIOUS', 'x', requested_at + interval '1 hour' from retractions`.execute(db);
  await sql`
    insert into audit_log (tenant, actor, action, subject_id) select 'one', 'reelback', 'retraction.previewed', id from retractions`.execute(
    db,
  );
  await sql`
    insert into retraction_copies (retraction_id, mailbox, provider, provider_message_id, state, internet_message_id, subject,
      from_folder, was_read, destination, first_seen_at, acted_at)
    select r.id, 'p' || n || '@example.org', 'google', 'c' || n, (array['retracted','retracted','gone','failed'])[1 + n % 4], '', '', 'Inbox',
      n % 3 = 0, 'Quarantine', r.requested_at + interval '1 second', r.requested_at + interval '4 seconds'
    from retractions r cross join generate_series(1, ${COPIES_EACH}::int) as n`.execute(db);
  await sql`vacuum (analyze) messages, verdicts, message_copies, submissions, reporter_votes, retractions, retraction_copies, decisions, audit_log`.execute(
    db,
  );
}
