/** Figures of retractions: sums over the copies first seen in a span, the latest generation of each. */
import { sql } from 'kysely';
import type { Destination, Provider, RetractionCause } from '../../shared/retraction.ts';
import { type Db, row, rows } from './database.ts';
import { bucketOf, type MetricsSpan, type TallyRow, within } from './metrics-span.ts';

export interface CopyFigures {
  outcome: 'removed' | 'restored' | 'nothing_to_remove' | 'failed' | 'waiting';
  preview: boolean;
  cause: RetractionCause;
  provider: Provider;
  destination: Destination;
  /** When it moved; for others when it was seen. */
  read: boolean;
  at: Date;
  count: number;
}

/** Copies that are a person's to judge (`review`) are none that was to be removed. */
const seen = (span: MetricsSpan) => sql`
  retraction_copies c join retractions r on r.id = c.retraction_id
  where r.tenant = ${span.tenant} and ${within('c.first_seen_at', span)} and c.state <> 'review'
    and not exists (select 1 from retraction_copies n where n.retraction_id = c.retraction_id and n.mailbox = c.mailbox
                      and n.provider_message_id = c.provider_message_id and n.generation > c.generation)`;

const outcome = sql`case when c.state in ('retracted', 'restoring', 'purging', 'purged') then 'removed'
  when c.state = 'restored' then 'restored' when c.state in ('already_there', 'gone') then 'nothing_to_remove'
  when c.state = 'failed' then 'failed' else 'waiting' end`;

export async function copyFigures(db: Db, span: MetricsSpan): Promise<CopyFigures[]> {
  return rows<CopyFigures>(
    db,
    sql`select ${outcome} as outcome, r.preview, r.cause, c.provider, c.destination,
               coalesce(c.read_at_move, c.was_read) as read, ${bucketOf('c.first_seen_at', span)} as at, count(*)::int as count
        from ${seen(span)} group by 1, 2, 3, 4, 5, 6, 7`,
  );
}

const MOST = 20;

/** Where removed copies lay. */
export async function removedFrom(db: Db, span: MetricsSpan): Promise<TallyRow[]> {
  return rows<TallyRow>(
    db,
    sql`select coalesce(nullif(c.from_folder_name, ''), c.from_folder) as key, count(*)::int as count from ${seen(span)}
          and c.state in ('retracted', 'restoring', 'restored', 'purging', 'purged') and not r.preview
        group by 1 order by 2 desc, 1 limit ${MOST}`,
  );
}

export async function failReasons(db: Db, span: MetricsSpan): Promise<TallyRow[]> {
  return rows<TallyRow>(
    db,
    sql`select coalesce(c.reason, 'unknown') as key, count(*)::int as count from ${seen(span)} and c.state = 'failed'
        group by 1 order by 2 desc, 1 limit ${MOST}`,
  );
}

/** Mailboxes of retractions begun in the span that could not be searched. */
export async function failedMailboxes(db: Db, span: MetricsSpan): Promise<TallyRow[]> {
  return rows<TallyRow>(
    db,
    sql`select coalesce(b.reason, 'unknown') as key, count(*)::int as count
        from retractions r join retraction_mailboxes b on b.retraction_id = r.id
        where r.tenant = ${span.tenant} and ${within('r.requested_at', span)} and b.state = 'failed'
        group by 1 order by 2 desc, 1 limit ${MOST}`,
  );
}

export async function previewMailboxes(db: Db, span: MetricsSpan): Promise<number> {
  const found = await row<{ count: number }>(
    db,
    sql`select count(distinct c.mailbox)::int as count from ${seen(span)} and r.preview`,
  );
  return found!.count;
}

export interface RetractionCounts {
  total: number;
  held: number;
  cancelled: number;
  restored: number;
  previews: number;
}

/** Of retractions begun in the span. */
export async function retractionCounts(db: Db, span: MetricsSpan): Promise<RetractionCounts> {
  const found = await row<RetractionCounts>(
    db,
    sql`select count(*) filter (where not preview)::int as total, count(*) filter (where state = 'held')::int as held,
               count(*) filter (where state = 'cancelled')::int as cancelled,
               count(*) filter (where state in ('restoring', 'restored'))::int as restored,
               count(*) filter (where preview)::int as previews
        from retractions r where tenant = ${span.tenant} and ${within('r.requested_at', span)}`,
  );
  return found!;
}

export interface RemovalSeconds {
  retractions: number;
  /** Median and 99th percentile; null of none. */
  first: [number, number] | null;
  last: [number, number] | null;
}

/**
 * From the report that began it, as the retraction names it, to the first and the last removed copy: later retractions of the
 * mail take its submissions over. What waited for a person measures the person: left out.
 */
export async function removalSeconds(db: Db, span: MetricsSpan): Promise<RemovalSeconds> {
  const found = await row<RemovalSeconds>(
    db,
    sql`select count(*)::int as retractions,
               percentile_cont(array[0.5, 0.99]) within group (order by first) as first,
               percentile_cont(array[0.5, 0.99]) within group (order by last) as last
        from (select extract(epoch from min(c.acted_at) - s.requested_at)::float8 as first,
                     extract(epoch from max(c.acted_at) - s.requested_at)::float8 as last
              from retractions r
              join submissions s on s.id = substr(r.requested_by, length('submission ') + 1)
              join retraction_copies c on c.retraction_id = r.id and c.acted_at is not null
                and c.state in ('retracted', 'restoring', 'restored', 'purging', 'purged')
              where r.tenant = ${span.tenant} and ${within('r.requested_at', span)} and r.requested_by like 'submission %'
                and not r.preview and r.approved_at is null
              group by r.id, s.requested_at) as each`,
  );
  return found!;
}
