import { sql } from 'kysely';
import type { Db } from './database.ts';

export interface AuditLine {
  tenant: string;
  /** Who: a reporter's `tenant/user id`, an analyst, or `reelback` itself. */
  actor: string;
  /** What, such as `submission.received`, `retraction.approved`. */
  action: string;
  subjectId: string;
  /** No mail content: ids, states and reasons. */
  detail?: Record<string, unknown>;
}

/** Belongs into the transaction of what it tells. */
export async function audit(trx: Db, line: AuditLine): Promise<void> {
  await sql`insert into audit_log (tenant, actor, action, subject_id, detail)
            values (${line.tenant}, ${line.actor}, ${line.action}, ${line.subjectId}, ${JSON.stringify(line.detail ?? {})}::jsonb)`.execute(
    trx,
  );
}
