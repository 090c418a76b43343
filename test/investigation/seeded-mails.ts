/** Many mails that were seen on their delivery, each with a verdict: what a bulk job works on. */
import { sql } from 'kysely';
import { fingerprintOf } from '../../server/message/fingerprint.ts';
import { parseMessage } from '../../server/message/parse.ts';
import type { Db } from '../../server/store/database.ts';

/** They say the same; their Message-IDs tell them apart. */
const TEXT = 'From: a@seed.example\r\nSubject: Seed\r\n\r\nThe same words for everybody, whoever reads them.\r\n';

/** `msg_seed000001` and so on, from `from` on; each lies in one mailbox. */
export async function seedMails(db: Db, tenant: string, count: number, from = 1): Promise<void> {
  const to = from + count - 1;
  const print = JSON.stringify(fingerprintOf(await parseMessage(new TextEncoder().encode(TEXT))));
  await sql`
    insert into messages (id, tenant, sha256, internet_message_id, subject, header_from, fingerprint, recipients, cluster_id,
                          delivery_mode, disposition, received_at)
    select 'msg_seed' || lpad(n::text, 6, '0'), ${tenant}, 'sha' || n, '<' || n || '@seed.example>', 'Seed ' || n,
           'a@seed.example', ${print}::jsonb, '{}', 'msg_seed' || lpad(n::text, 6, '0'), 'API', 'MALICIOUS',
           timestamptz '2026-11-01' + n * interval '1 minute'
    from generate_series(${from}::int, ${to}::int) n`.execute(db);
  await sql`
    insert into verdicts (message_id, disposition, body, authentication, judged_at)
    select id, 'MALICIOUS', '{"disposition":"MALICIOUS","findings":[],"attributes":[],"coverageMissing":[],"score":1,"margin":9}',
           '{"state":"none"}', received_at
    from messages where tenant = ${tenant} and id like 'msg_seed%' and not exists (
      select 1 from verdicts v where v.message_id = messages.id)`.execute(db);
  await sql`
    insert into message_copies (message_id, mailbox, provider, delivery_mode, seen_at)
    select id, 'user' || (right(id, 6)::int % 7) || '@example.org', 'microsoft365', 'API', received_at
    from messages where tenant = ${tenant} and id like 'msg_seed%' on conflict do nothing`.execute(db);
}
