/** Events with the mail and the copy they tell of: what the lines of logs and webhooks are made from. */
import { sql } from 'kysely';
import type { Provider } from '../../shared/retraction.ts';
import type { Disposition, Verdict } from '../../shared/verdict.ts';
import { type Db, rows } from './database.ts';

export interface EventRow {
  id: number;
  kind: 'alert' | 'move' | 'release' | 'submission';
  at: Date;
  disposition: Disposition | null;
  outcome: string;
  reason: string;
  folder: string;
  /** null: the report was about nothing that could be read. */
  message_id: string | null;
  internet_message_id: string | null;
  subject: string;
  header_from: string;
  from_name: string;
  envelope_from: string;
  reply_to: string;
  recipients: string[];
  delivery_mode: string;
  received_at: Date;
  sent_at: Date | null;
  /** As the message room made it; opaque here. */
  facts: unknown;
  /** Of the event's own verdict, else of the newest one. */
  verdict: Verdict | null;
  /** As the message room made it; opaque here. */
  authentication: unknown;
  copy: {
    mailbox: string;
    provider: Provider;
    generation: number;
    attempts: number;
    destination: string;
    from_folder: string;
    was_read: boolean;
    request_id: string | null;
    error_code: string | null;
    restore_requested_by: string | null;
  } | null;
  retraction: { id: string; cause: string; requested_by: string; requested_at: string } | null;
  submission: {
    id: string;
    requested_by: string;
    requested_at: string;
    requested_disposition: Disposition;
    mailbox: string;
    provider: Provider;
  } | null;
}

const events = (where: ReturnType<typeof sql>, limit: number) => sql<EventRow>`
  select e.id, e.kind, e.at, e.disposition, e.outcome, e.reason, e.folder, e.message_id,
         m.internet_message_id, coalesce(m.subject, '') as subject, coalesce(m.header_from, '') as header_from,
         coalesce(m.from_name, '') as from_name, coalesce(m.envelope_from, '') as envelope_from,
         coalesce(m.reply_to, '') as reply_to, coalesce(m.recipients, '{}') as recipients,
         coalesce(m.delivery_mode, '') as delivery_mode, coalesce(m.received_at, e.at) as received_at, m.sent_at,
         coalesce(m.facts, '{}') as facts, v.body as verdict, v.authentication,
         case when c.id is not null then jsonb_build_object('mailbox', c.mailbox, 'provider', c.provider,
           'generation', c.generation, 'attempts', c.attempts, 'destination', c.destination,
           'from_folder', coalesce(nullif(c.from_folder_name, ''), c.from_folder),
           'was_read', coalesce(c.read_at_move, c.was_read), 'request_id', c.request_id, 'error_code', c.error_code,
           'restore_requested_by', c.restore_requested_by) end as copy,
         case when r.id is not null then jsonb_build_object('id', r.id, 'cause', r.cause, 'requested_by', r.requested_by,
           'requested_at', r.requested_at) end as retraction,
         case when s.id is not null then jsonb_build_object('id', s.id, 'requested_by', s.requested_by,
           'requested_at', s.requested_at, 'requested_disposition', s.requested_disposition, 'mailbox', s.mailbox,
           'provider', s.provider) end as submission
  from mail_events e
  left join messages m on m.id = e.message_id
  left join lateral (select body, authentication from verdicts v
                     where case when e.verdict_id is null then v.message_id = e.message_id else v.id = e.verdict_id end
                     order by v.id desc limit 1) v on true
  left join retraction_copies c on c.id = e.copy_id
  left join retractions r on r.id = c.retraction_id
  left join submissions s on s.id = e.submission_id
  where ${where} order by e.at, e.id limit ${limit}`;

export async function eventsByIds(db: Db, ids: readonly number[]): Promise<EventRow[]> {
  if (ids.length === 0) return [];
  return rows(db, events(sql`e.id = any(${[...ids]}::bigint[])`, ids.length));
}

/** A page of the events of an interval, oldest first, after the last one of the page before. */
export async function eventsBetween(
  db: Db,
  query: {
    tenant: string;
    kinds: readonly EventRow['kind'][];
    start: Date;
    end: Date;
    after: { at: Date; id: number } | null;
    limit: number;
  },
): Promise<EventRow[]> {
  const from = query.after?.at ?? query.start;
  return rows(
    db,
    events(
      sql`e.tenant = ${query.tenant} and e.kind = any(${[...query.kinds]}) and e.at >= ${from} and e.at < ${query.end}
          and (e.at, e.id) > (${from}::timestamptz, ${query.after?.id ?? 0})`,
      query.limit,
    ),
  );
}
