/** Reading the audit log. */
import { sql } from 'kysely';
import type { AuditType } from '../../shared/audit.ts';
import { type Db, rows } from './database.ts';

export interface AuditRow {
  id: number;
  at: Date;
  type: AuditType;
  action: string;
  actor: string;
  kind: 'reporter' | 'person' | 'system' | 'erased';
  /** Who the pseudonym stands for; of things that are no people their name; null for who was erased. */
  person: string | null;
  subject_id: string;
  detail: Record<string, unknown>;
  position: number | null;
  hash: string | null;
}

export interface AuditQuery {
  tenant: string;
  type: AuditType | null;
  /** A pseudonym, or the name of a person or thing. */
  actor: string | null;
  /** The whole action, or its beginning up to a dot. */
  action: string | null;
  subject: string | null;
  start: Date | null;
  end: Date | null;
  /** Lines before this id. */
  before: number | null;
  limit: number;
}

/** By the first word of the action. Lists are settings too. To look at a mail's picture is a preview of another kind. */
const typeOf = sql`case
  when a.action = 'retraction.previewed' or a.detail @> '{"preview": true}'
       or a.detail @> '{"pdr": "preview"}' then 'PREVIEW'
  when split_part(a.action, '.', 1) in ('submission', 'message', 'messages', 'delivery') then 'SUBMISSION'
  when split_part(a.action, '.', 1) in ('retraction', 'bulk') then 'RETRACTION'
  when split_part(a.action, '.', 1) in ('model') then 'MODEL'
  when split_part(a.action, '.', 1) = 'session' then 'SIGN_IN'
  when split_part(a.action, '.', 1) in ('person', 'retention') then 'PERSONAL_DATA'
  when split_part(a.action, '.', 1) in ('setting', 'allow_policies', 'block_senders', 'trusted_domains',
       'impersonation_registry', 'simulations', 'protected_mailboxes', 'webhook') then 'SETTING'
  else 'OTHER' end`;

/** Newest first. */
export async function auditLines(db: Db, q: AuditQuery): Promise<AuditRow[]> {
  const likeAction = q.action === null ? null : `${q.action.replace(/[\\%_]/g, '\\$&')}.%`;
  return rows<AuditRow>(
    db,
    sql`select a.id, a.at, ${typeOf} as type, a.action, a.actor, a.subject_id, a.detail,
          case when p.kind is not null then p.kind when a.actor like 'per\\_%' then 'erased' else 'system' end as kind,
          case when p.kind is not null then p.person when a.actor like 'per\\_%' then null else a.actor end as person,
          s.position, encode(s.hash, 'hex') as hash
        from audit_log a
        left join audit_people p on p.tenant = a.tenant and p.pseudonym = a.actor
        left join audit_seals s on s.audit_id = a.id
        where a.tenant = ${q.tenant}
          and (${q.before}::bigint is null or a.id < ${q.before})
          and (${q.type}::text is null or ${typeOf} = ${q.type})
          and (${q.actor}::text is null or a.actor = ${q.actor}
               or a.actor = (select pseudonym from audit_people where tenant = ${q.tenant} and person = ${q.actor}))
          and (${q.action}::text is null or a.action = ${q.action} or a.action like ${likeAction})
          and (${q.subject}::text is null or a.subject_id = ${q.subject}
               or a.subject_id = (select pseudonym from audit_people where tenant = ${q.tenant} and person = ${q.subject}))
          and (${q.start}::timestamptz is null or a.at >= ${q.start})
          and (${q.end}::timestamptz is null or a.at < ${q.end})
        order by a.id desc limit ${q.limit}`,
  );
}

/** What lines refer to, by hash; what has been erased is not among it. */
export async function auditContents(
  db: Db,
  tenant: string,
  hashes: readonly string[],
): Promise<Map<string, { salt: string; body: string }>> {
  if (hashes.length === 0) return new Map();
  const found = await rows<{ sha256: string; salt: string; body: string }>(
    db,
    sql`select sha256, salt, body from audit_contents where tenant = ${tenant} and sha256 = any(${[...hashes]}::text[])`,
  );
  return new Map(found.map(({ sha256, salt, body }) => [sha256, { salt, body }]));
}
