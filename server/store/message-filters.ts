/** What can be asked of a mail, as SQL over `m`, a row of messages. */
import { type RawBuilder, sql } from 'kysely';
import type { CopyMetric } from '../../shared/messages.ts';
import type { RetractionCause } from '../../shared/retraction.ts';
import type { MessageAction } from '../../shared/search-query.ts';
import type { DeliveryStatus } from '../../shared/vendor-words.ts';
import type { Disposition } from '../../shared/verdict.ts';

export type MessageFilter = { not: boolean } & (
  | { by: 'words' /** Text form of a tsquery. */; tsquery: string }
  /** `begins`: alert ids have only the beginning. */
  | { by: 'id'; id: string; begins: boolean }
  | { by: 'message_id'; any: readonly string[] }
  | { by: 'disposition'; any: readonly Disposition[] }
  /** Id of a finding, or name of an attribute. */
  | { by: 'mark'; mark: string }
  | { by: 'mode'; mode: string }
  | { by: 'subject'; subject: string }
  | { by: 'campaign'; key: string }
  | { by: 'mailbox'; mailbox: string }
  | { by: 'reported' }
  | { by: 'submission'; type: 'USER' | 'TEAM' | null; requested: Disposition | null }
  | { by: 'simulation' }
  /** A person has said what it is. */
  | { by: 'decided' }
  | { by: 'cause'; any: readonly RetractionCause[] }
  | { by: 'action'; action: MessageAction }
  | { by: 'delivery'; status: DeliveryStatus }
  | { by: 'metric'; metric: CopyMetric; start: Date | null; end: Date | null }
);

const DAY_MS = 24 * 3_600_000;

/** At most one mail, or the few of one Message-ID. */
export const isPin = (filter: MessageFilter) => !filter.not && (filter.by === 'id' || filter.by === 'message_id');

/** An index of its own leads to what it asks for. */
export const isDriver = (filter: MessageFilter) =>
  !filter.not &&
  ([
    'words',
    'mark',
    'campaign',
    'mailbox',
    'submission',
    'cause',
    'action',
    'metric',
    'simulation',
    'decided',
  ].includes(filter.by) ||
    (filter.by === 'delivery' && filter.status !== 'delivered'));

/**
 * The mails it leads to, at most `most`, where that is a question to another table; null: the table of mails has the index.
 * @param start nothing is done about a mail before it is known: older rows are not read. An analysis may take its time.
 */
export function idsOf(
  filter: MessageFilter,
  tenant: string,
  start: Date | null,
  most: number,
): RawBuilder<unknown> | null {
  const since = new Date(start ? start.getTime() - DAY_MS : 0);
  switch (filter.by) {
    case 'mailbox':
      return sql`select message_id from (
                   (select message_id from message_copies
                    where mailbox = ${filter.mailbox} and seen_at >= ${since} order by seen_at desc limit ${most})
                   union (select message_id from submissions where tenant = ${tenant} and mailbox = ${filter.mailbox}
                            and message_id is not null and requested_at >= ${since} limit ${most})) as of_mailbox
                 limit ${most}`;
    case 'submission':
    case 'simulation':
      return sql`select distinct s.message_id from submissions s
                 where s.tenant = ${tenant} and s.requested_at >= ${since} and s.message_id is not null and ${submissionSql(filter)}
                 limit ${most}`;
    case 'decided':
      return sql`select distinct message_id from decisions where tenant = ${tenant} and decided_at >= ${since} limit ${most}`;
    case 'cause':
    case 'action':
    case 'delivery':
    case 'metric':
      return sql`select distinct r.message_id from retractions r
                 where r.tenant = ${tenant} and r.requested_at >= ${since} and ${retractionSql(filter)} limit ${most}`;
    default:
      return null;
  }
}

export function filterSql(filter: MessageFilter, tenant: string): RawBuilder<boolean> {
  const condition = conditionSql(filter, tenant);
  // What is not known does not hold.
  return filter.not ? sql`not coalesce(${condition}, false)` : condition;
}

function conditionSql(filter: MessageFilter, tenant: string): RawBuilder<boolean> {
  switch (filter.by) {
    case 'words':
      return sql`m.words @@ ${filter.tsquery}::tsquery`;
    case 'id':
      if (filter.begins) return sql`m.id like ${`${filter.id.replace(/[\\%_]/g, '\\$&')}%`}`;
      return sql`m.id = ${filter.id}`;
    case 'message_id':
      return sql`m.internet_message_id = any(${[...filter.any]}::text[])`;
    case 'disposition':
      return sql`m.disposition = any(${[...filter.any]}::text[])`;
    case 'mark':
      return sql`message_marks(m.finding_ids, m.attributes) @> array[${filter.mark}]::text[]`;
    case 'mode':
      return sql`m.delivery_mode = ${filter.mode}`;
    case 'subject':
      return sql`m.subject = ${filter.subject}`;
    case 'campaign':
      return sql`m.campaign_key = ${filter.key}`;
    case 'mailbox':
      return sql`(exists (select from message_copies c where c.message_id = m.id and c.mailbox = ${filter.mailbox})
                  or exists (select from submissions s where s.message_id = m.id and s.mailbox = ${filter.mailbox}))`;
    case 'reported':
      return sql`m.reported`;
    case 'submission':
    case 'simulation':
      return sql`exists (select from submissions s where s.message_id = m.id and s.tenant = ${tenant} and ${submissionSql(filter)})`;
    case 'decided':
      return sql`exists (select from decisions d where d.message_id = m.id)`;
    case 'cause':
    case 'action':
    case 'metric':
      return sql`exists (select from retractions r where r.message_id = m.id and ${retractionSql(filter)})`;
    case 'delivery':
      if (filter.status === 'delivered')
        return sql`not exists (select from retractions r where r.message_id = m.id and ${retractionSql({ by: 'delivery', status: 'moved' })})`;
      return sql`exists (select from retractions r where r.message_id = m.id and ${retractionSql(filter)})`;
  }
}

type SubmissionFilter =
  | { by: 'submission'; type: 'USER' | 'TEAM' | null; requested: Disposition | null }
  | { by: 'simulation' };

function submissionSql(filter: SubmissionFilter): RawBuilder<boolean> {
  if (filter.by === 'simulation') return sql`s.simulation`;
  return sql`${filter.type === null ? sql`true` : sql`s.submission_type = ${filter.type}`}
             and ${filter.requested === null ? sql`true` : sql`s.requested_disposition = ${filter.requested}`}`;
}

type RetractionFilter =
  | { by: 'cause'; any: readonly RetractionCause[] }
  | { by: 'action'; action: MessageAction }
  | { by: 'delivery'; status: DeliveryStatus }
  | { by: 'metric'; metric: CopyMetric; start: Date | null; end: Date | null };

const TAKEN = sql`('retracted', 'already_there', 'purging', 'purged')`;

/** Over `r`, a row of retractions. */
function retractionSql(filter: RetractionFilter): RawBuilder<boolean> {
  const copy = (condition: RawBuilder<unknown>) =>
    sql<boolean>`exists (select from retraction_copies c where c.retraction_id = r.id and ${condition})`;
  switch (filter.by) {
    case 'cause':
      return sql`not r.preview and r.cause = any(${[...filter.any]}::text[])`;
    case 'action':
      if (filter.action === 'PREVIEW') return sql`r.preview`;
      if (filter.action === 'MOVED') return sql`not r.preview and ${copy(sql`c.state in ${TAKEN}`)}`;
      return sql`not r.preview and r.destination = 'Quarantine' and ${copy(sql`c.state = 'restored'`)}`;
    case 'delivery':
      if (filter.status === 'moved') return sql`not r.preview and ${copy(sql`c.state in ${TAKEN}`)}`;
      if (filter.status === 'quarantined')
        return sql`not r.preview and r.destination = 'Quarantine' and ${copy(sql`c.state in ('retracted', 'already_there')`)}`;
      if (filter.status === 'move_failed') return sql`not r.preview and ${copy(sql`c.state = 'failed'`)}`;
      // We judge what has been delivered: no mail waits with us or is turned away.
      return sql`false`;
    case 'metric':
      return sql`not r.preview ${filter.start ? sql`and r.requested_at >= ${filter.start}` : sql``}
                 ${filter.end ? sql`and r.requested_at <= ${filter.end}` : sql``} and ${metricSql(filter.metric, copy)}`;
  }
}

function metricSql(
  metric: CopyMetric,
  copy: (condition: RawBuilder<unknown>) => RawBuilder<boolean>,
): RawBuilder<boolean> {
  switch (metric) {
    case 'total':
      return copy(sql`true`);
    case 'success':
      return copy(sql`c.state in ${TAKEN}`);
    case 'fail':
      return copy(sql`c.state = 'failed'`);
    case 'unread':
      return copy(sql`c.state in ${TAKEN} and not coalesce(c.read_at_move, c.was_read)`);
    case 'read':
      return copy(sql`c.state in ${TAKEN} and coalesce(c.read_at_move, c.was_read)`);
    case 'auto':
      return sql`r.cause <> 'manual'`;
    case 'manual':
      return sql`r.cause = 'manual'`;
  }
}
