import { sql } from 'kysely';
import type { Verdict } from '../../shared/verdict.ts';
import { type Db, row } from './database.ts';

export interface MessageRow {
  id: string;
  tenant: string;
  sha256: string;
  internet_message_id: string | null;
  subject: string;
  header_from: string;
  /** As the message room made it; opaque here. */
  fingerprint: unknown;
  recipients: string[];
}

/** The id of the message with these bytes, created when it is new. */
export async function rememberMessage(trx: Db, m: MessageRow): Promise<string> {
  const found = await row<{ id: string }>(
    trx,
    sql`insert into messages (id, tenant, sha256, internet_message_id, subject, header_from, fingerprint, recipients)
        values (${m.id}, ${m.tenant}, ${m.sha256}, ${m.internet_message_id}, ${m.subject}, ${m.header_from},
                ${JSON.stringify(m.fingerprint)}::jsonb, ${m.recipients})
        on conflict (tenant, sha256) do update set subject = excluded.subject returning id`,
  );
  return found!.id;
}

export async function messageById(db: Db, id: string): Promise<MessageRow | null> {
  return row<MessageRow>(db, sql`select * from messages where id = ${id}`);
}

export async function insertVerdict(
  trx: Db,
  messageId: string,
  verdict: Verdict,
  authentication: unknown,
): Promise<number> {
  const found = await row<{ id: number }>(
    trx,
    sql`insert into verdicts (message_id, disposition, body, authentication)
        values (${messageId}, ${verdict.disposition}, ${JSON.stringify(verdict)}::jsonb, ${JSON.stringify(authentication)}::jsonb)
        returning id`,
  );
  return found!.id;
}
