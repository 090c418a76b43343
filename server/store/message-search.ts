/**
 * Finding mails, newest first, in bounded time whatever is asked for. Common words are met soon on the way down the index of
 * dates; rare words are few in the index of words. Which of the two it is nobody knows beforehand (PostgreSQL guesses wrong
 * where words go together), so a short walk comes first, then a look-up with a cap, then a longer walk.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Disposition } from '../../shared/verdict.ts';
import { type Db, row, rows } from './database.ts';
import { filterSql, idsOf, isDriver, isPin, type MessageFilter } from './message-filters.ts';
import type { DeliveryMode } from './messages.ts';

/** Microseconds since 1970 as decimal text (a JavaScript Date has only milliseconds), and the id. */
export interface SearchPlace {
  at: string;
  id: string;
}

export interface MessageQuery {
  tenant: string;
  /** Became known; both inclusive, null: open. */
  start: Date | null;
  end: Date | null;
  /** Any disposition but NONE, and judged. */
  detections: boolean;
  filters: readonly MessageFilter[];
  /** The last mail of the page before. */
  before: SearchPlace | null;
  limit: number;
}

export interface FoundPage {
  /** Newest first, at most `limit`; fewer with `next` set: the rest lies behind more mails than are looked at in one go. */
  places: SearchPlace[];
  next: SearchPlace | null;
  /** All matches from `before` on, where that is known. */
  count: number | null;
}

/** Rows of a short walk: 5 ms. */
const SHORT_WALK = 2_000;
/** Rows of a long walk: 100 ms. */
const LONG_WALK = 40_000;
/** Matches of a look-up that are read and sorted: 100 ms. */
const MOST_LOOKED_UP = 20_000;
const STATEMENT_MS = 10_000;

export async function findMessages(db: Db, query: MessageQuery): Promise<FoundPage> {
  return db.transaction().execute(async (trx) => {
    // Compiling a plan takes longer than all of it; a sequential scan is never what is wanted; lossy bitmaps read whole pages.
    await sql`select set_config('jit', 'off', true), set_config('enable_seqscan', 'off', true), set_config('work_mem', '32MB', true),
                set_config('max_parallel_workers_per_gather', '0', true),
                set_config('statement_timeout', ${String(STATEMENT_MS)}, true)`.execute(trx);
    const driver = query.filters.find(isPin) ?? query.filters.find(isDriver) ?? null;
    if (driver && isPin(driver)) return (await lookUp(trx, query, driver)) as FoundPage;
    const first = await walk(trx, query, Math.max(SHORT_WALK, query.limit * 4));
    if (first.end === null || first.places.length >= query.limit) return pageOf(query, first.places, first.end);
    const longer = { ...query, before: first.end, limit: query.limit - first.places.length };
    // Where the short walk has met some, the long one will meet enough; a look-up would read thousands to show fifty.
    const willDo = (first.places.length * LONG_WALK) / SHORT_WALK >= 2 * query.limit;
    if (!driver || willDo) {
      const rest = await walk(trx, longer, LONG_WALK);
      const places = [...first.places, ...rest.places];
      if (!driver || rest.end === null || places.length >= query.limit) return pageOf(query, places, rest.end);
      return (await lookUp(trx, query, driver)) ?? pageOf(query, places, rest.end);
    }
    const found = await lookUp(trx, query, driver);
    if (found) return found;
    const rest = await walk(trx, longer, LONG_WALK);
    return pageOf(query, [...first.places, ...rest.places], rest.end);
  });
}

/** The same question in one statement, planned as PostgreSQL likes: what the benchmark compares with. */
export async function plainSearch(db: Db, query: MessageQuery, timeoutMs: number): Promise<SearchPlace[]> {
  return db.transaction().execute(async (trx) => {
    await sql`select set_config('statement_timeout', ${String(timeoutMs)}, true)`.execute(trx);
    const conditions = query.filters.map((filter) => filterSql(filter, query.tenant));
    return rows<SearchPlace>(
      trx,
      sql`select ${at}, m.id from messages m where ${rangeOf(query)} and ${all(conditions)}
          order by m.received_at desc, m.id desc limit ${query.limit}`,
    );
  });
}

/** @param end where the walk stopped looking; null: at the end of everything */
function pageOf(query: MessageQuery, places: SearchPlace[], end: SearchPlace | null): FoundPage {
  const full = places.length >= query.limit;
  return { places, next: full ? places.at(-1)! : end, count: full || end ? null : places.length };
}

const at = sql`(extract(epoch from m.received_at) * 1000000)::bigint::text as at`;

/** Down the index of dates, at most `most` rows of the range. */
async function walk(
  db: Db,
  query: MessageQuery,
  most: number,
): Promise<{ places: SearchPlace[]; end: SearchPlace | null }> {
  const places = await rows<SearchPlace>(
    db,
    sql`select ${at}, m.id from (select * from messages m where ${rangeOf(query)} order by m.received_at desc, m.id desc limit ${most}) as m
        where ${all(query.filters.map((filter) => filterSql(filter, query.tenant)))}
        order by m.received_at desc, m.id desc limit ${query.limit}`,
  );
  if (places.length >= query.limit) return { places, end: places.at(-1)! };
  const end = await row<SearchPlace>(
    db,
    sql`select ${at}, m.id from messages m where ${rangeOf(query)} order by m.received_at desc, m.id desc offset ${most - 1} limit 1`,
  );
  return { places, end };
}

/** From the index of what is asked for; null when there are more than are worth sorting. */
async function lookUp(db: Db, query: MessageQuery, driver: MessageFilter): Promise<FoundPage | null> {
  const most = MOST_LOOKED_UP + 1;
  const ids = idsOf(driver, query.tenant, query.start, most);
  // By words: only the index of words will do, and not the one of dates, however near its end seems to be.
  await sql`select set_config('enable_indexscan', ${ids ? 'on' : 'off'}, true)`.execute(db);
  const conditions = query.filters.map((filter) =>
    filter === driver && ids ? sql<boolean>`m.id = any(array(${ids}))` : filterSql(filter, query.tenant),
  );
  const found = await rows<SearchPlace & { n: number }>(
    db,
    sql`select m.at, m.id, count(*) over ()::int as n
        from (select ${at}, m.received_at, m.id from messages m where ${rangeOf(query)} and ${all(conditions)} limit ${most}) as m
        order by m.received_at desc, m.id desc limit ${query.limit}`,
  );
  await sql`select set_config('enable_indexscan', 'on', true)`.execute(db);
  const count = found[0]?.n ?? 0;
  if (count >= most) return null;
  if (ids && count < most && (await overflows(db, ids, most))) return null;
  const places = found.map(({ at, id }) => ({ at, id }));
  return { places, next: count > places.length ? places.at(-1)! : null, count };
}

/** The ids were cut off, so that what was found among them is not all. */
async function overflows(db: Db, ids: RawBuilder<unknown>, most: number): Promise<boolean> {
  const found = await row<{ n: number }>(db, sql`select count(*)::int as n from (${ids}) as ids`);
  return (found?.n ?? 0) >= most;
}

function rangeOf({ tenant, start, end, detections, before, filters }: MessageQuery): RawBuilder<boolean> {
  const one = filters.find((filter) => filter.by === 'disposition' && !filter.not && filter.any.length === 1);
  return all([
    sql`m.tenant = ${tenant}`,
    ...(start ? [sql<boolean>`m.received_at >= ${start}`] : []),
    ...(end ? [sql<boolean>`m.received_at <= ${end}`] : []),
    ...(one?.by === 'disposition' ? [sql<boolean>`m.disposition = ${one.any[0]}`] : []),
    // In these words, for the partial index.
    ...(detections ? [sql<boolean>`m.disposition <> 'NONE'`] : []),
    ...(before
      ? [
          sql<boolean>`(m.received_at, m.id) < (timestamptz 'epoch' + ${before.at}::bigint * interval '1 microsecond', ${before.id}::text)`,
        ]
      : []),
  ]);
}

const all = (conditions: RawBuilder<unknown>[]): RawBuilder<boolean> =>
  conditions.length === 0 ? sql`true` : sql`${sql.join(conditions, sql` and `)}`;

/** What a list of mails shows of one. */
export interface MessageSummaryRow {
  id: string;
  sha256: string;
  internet_message_id: string | null;
  subject: string;
  header_from: string;
  from_name: string;
  envelope_from: string;
  reply_to: string;
  recipients: string[];
  received_at: Date;
  sent_at: Date | null;
  judged_at: Date | null;
  size: number;
  disposition: Disposition | null;
  finding_ids: string[];
  attributes: string[];
  delivery_mode: DeliveryMode;
  reported: boolean;
  campaign_key: string | null;
  /** As the message room made it; opaque here. */
  facts: unknown;
}

/** In no order. */
export async function messageSummaries(db: Db, tenant: string, ids: readonly string[]): Promise<MessageSummaryRow[]> {
  if (ids.length === 0) return [];
  return rows<MessageSummaryRow>(
    db,
    sql`select id, sha256, internet_message_id, subject, header_from, from_name, envelope_from, reply_to, recipients, received_at, sent_at,
               judged_at, size, disposition, finding_ids, attributes, delivery_mode, reported, campaign_key, facts
        from messages where tenant = ${tenant} and id = any(${[...ids]}::text[])`,
  );
}
