/** Reports that could not be judged: listed with their reason, and repaired with the bytes that were missing. */
import { sql } from 'kysely';
import { type Db, row, rows, touched } from './database.ts';
import type { SubmissionRow } from './submissions.ts';

export type InvalidRow = Pick<
  SubmissionRow,
  | 'id'
  | 'submission_type'
  | 'requested_disposition'
  | 'requested_at'
  | 'requested_by'
  | 'subject'
  | 'header_from'
  | 'channel'
  | 'invalid_reason'
> & { kept_bytes: number | null };

export interface InvalidQuery {
  tenant: string;
  start: Date | null;
  end: Date | null;
  /** Part of the sender's address, in any case. */
  submittedBy: string | null;
  /** An id, or part of an address or subject, in any case. */
  text: string | null;
  reason: string | null;
  before: { at: Date; id: string } | null;
  limit: number;
}

const part = (text: string | null) => (text ? `%${text.replace(/[\\%_]/g, '\\$&')}%` : null);

/** Newest first. */
export async function listInvalid(db: Db, query: InvalidQuery): Promise<InvalidRow[]> {
  const by = part(query.submittedBy);
  const like = part(query.text);
  return rows<InvalidRow>(
    db,
    sql`select s.id, s.submission_type, s.requested_disposition, s.requested_at, s.requested_by, s.subject, s.header_from, s.channel,
               s.invalid_reason, b.size as kept_bytes
        from submissions s left join blobs b on b.sha256 = s.upload_sha256
        where s.tenant = ${query.tenant} and s.status = 'invalid'
          and (${query.start}::timestamptz is null or s.requested_at >= ${query.start})
          and (${query.end}::timestamptz is null or s.requested_at < ${query.end})
          and (${query.reason}::text is null or s.invalid_reason = ${query.reason})
          and (${by}::text is null or s.requested_by ilike ${by})
          and (${like}::text is null or s.id = ${query.text} or s.requested_by ilike ${like} or s.header_from ilike ${like}
               or s.subject ilike ${like})
          and (${query.before?.at ?? null}::timestamptz is null
               or (s.requested_at, s.id) < (${query.before?.at ?? null}::timestamptz, ${query.before?.id ?? null}::text))
        order by s.requested_at desc, s.id desc limit ${query.limit}`,
  );
}

/** Reports by mail from people the directory does not know, since a moment. */
export async function strangersSince(db: Db, tenant: string, since: Date): Promise<number> {
  const found = await row<{ n: number }>(
    db,
    sql`select count(*)::int as n from submissions
        where tenant = ${tenant} and status = 'invalid' and channel = 'mail' and reporter_user_id = '' and requested_at > ${since}`,
  );
  return found?.n ?? 0;
}

/** Analysed with these bytes from now on. @returns false when it is no longer invalid */
export async function repairSubmission(
  trx: Db,
  id: string,
  mail: { sha256: string; internetMessageId: string | null; subject: string; headerFrom: string },
): Promise<boolean> {
  return (
    (await touched(
      trx,
      sql`update submissions set status = 'received', invalid_reason = null, upload_sha256 = ${mail.sha256}, upload_fidelity = 'exact',
            internet_message_id = coalesce(${mail.internetMessageId}, internet_message_id), subject = ${mail.subject},
            header_from = ${mail.headerFrom}, original = null, attempts = 0, not_before = null, owner = null, lease_until = null,
            last_error = null
          where id = ${id} and status = 'invalid'`,
    )) > 0
  );
}
