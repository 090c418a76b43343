/** Figures of the mails judged in a span: reported ones and those seen on delivery. */
import { sql } from 'kysely';
import type { Disposition } from '../../shared/verdict.ts';
import { type Db, rows } from './database.ts';
import { bucketOf, type MetricsSpan, type TallyRow, within } from './metrics-span.ts';

export interface MailFigures {
  disposition: Disposition;
  reported: boolean;
  at: Date;
  count: number;
}

/** From the index alone: a million mails are read in a fraction of a second. Exercises are none. */
export async function mailFigures(db: Db, span: MetricsSpan): Promise<MailFigures[]> {
  return rows<MailFigures>(
    db,
    sql`select disposition, delivery_mode = 'REVIEW_SUBMISSION' as reported, ${bucketOf('m.received_at', span)} as at,
               count(*)::int as count
        from messages m
        where tenant = ${span.tenant} and ${within('m.received_at', span)} and disposition is not null
          and delivery_mode <> 'SIMULATION_SUBMISSION'
        group by 1, 2, 3`,
  );
}

const detections = (span: MetricsSpan) => sql`m.tenant = ${span.tenant} and ${within('m.received_at', span)}
  and m.disposition <> 'NONE' and m.delivery_mode <> 'SIMULATION_SUBMISSION'`;

export async function findingFigures(db: Db, span: MetricsSpan, most: number): Promise<TallyRow[]> {
  return rows<TallyRow>(
    db,
    sql`select f as key, count(*)::int as count from messages m cross join unnest(m.finding_ids) as f
        where ${detections(span)} group by 1 order by 2 desc, 1 limit ${most}`,
  );
}

/** Without what follows a `=`, which is a date. */
export async function attributeFigures(db: Db, span: MetricsSpan): Promise<TallyRow[]> {
  return rows<TallyRow>(
    db,
    sql`select split_part(a, '=', 1) as key, count(distinct m.id)::int as count from messages m
        cross join unnest(m.attributes) as a where ${detections(span)} group by 1 order by 2 desc, 1 limit 20`,
  );
}

/** Mailboxes that detections were for: seen there, or reported from there. */
export async function targetFigures(db: Db, span: MetricsSpan, most: number): Promise<TallyRow[]> {
  return rows<TallyRow>(
    db,
    sql`select mailbox as key, count(*)::int as count
        from (select c.mailbox, m.id from messages m join message_copies c on c.message_id = m.id where ${detections(span)}
              union
              select s.mailbox, m.id from messages m join submissions s on s.message_id = m.id where ${detections(span)}) as hits
        group by 1 order by 2 desc, 1 limit ${most}`,
  );
}

export interface DetectionDetail {
  header_from: string;
  envelope_from: string;
  /** As described.ts has them. */
  link_sources: string[];
  file_types: string[];
}

/** The newest detections, with what a person wants to know of each. */
export async function newestDetections(db: Db, span: MetricsSpan, most: number): Promise<DetectionDetail[]> {
  return rows<DetectionDetail>(
    db,
    sql`select header_from, envelope_from,
               array(select distinct l->>'source' from jsonb_array_elements(facts->'links') as l) as link_sources,
               array(select distinct a->>'fileType' from jsonb_array_elements(facts->'attachments') as a) as file_types
        from messages m where ${detections(span)} order by m.received_at desc, m.id desc limit ${most}`,
  );
}

/** What the newest verdicts on detections say for one of these findings. */
export async function evidenceOf(
  db: Db,
  span: MetricsSpan,
  findingIds: readonly string[],
  most: number,
): Promise<{ id: string; evidence: string }[]> {
  return rows(
    db,
    sql<{ id: string; evidence: string }>`
      select f->>'id' as id, f->>'evidence' as evidence
      from (select m.id from messages m where ${detections(span)} and m.finding_ids && ${[...findingIds]}::text[]
            order by m.received_at desc, m.id desc limit ${most}) as newest
      cross join lateral (select body from verdicts where message_id = newest.id order by id desc limit 1) v
      cross join jsonb_array_elements(v.body->'findings') as f
      where f->>'id' = any(${[...findingIds]}::text[])`,
  );
}

export interface ConfusionRow {
  machine: Disposition;
  person: Disposition;
  count: number;
}

/** The newest word of a person on each mail, beside what the machine had last said before it. */
export async function confusion(db: Db, span: MetricsSpan): Promise<ConfusionRow[]> {
  return rows<ConfusionRow>(
    db,
    sql`select v.disposition as machine, d.disposition as person, count(*)::int as count
        from (select distinct on (message_id) message_id, disposition, decided_at from decisions d
              where tenant = ${span.tenant} and ${within('d.decided_at', span)} order by message_id, id desc) as d
        join lateral (select disposition from verdicts where message_id = d.message_id and judged_at <= d.decided_at
                        and body->>'decidedBy' is null order by id desc limit 1) v on true
        group by 1, 2 order by 3 desc`,
  );
}

/** Mails judged, without their distribution over time. */
export async function dispositionCounts(
  db: Db,
  span: MetricsSpan,
): Promise<{ disposition: Disposition; count: number }[]> {
  return rows(
    db,
    sql<{ disposition: Disposition; count: number }>`
      select disposition, count(*)::int as count from messages m
      where tenant = ${span.tenant} and ${within('m.received_at', span)} and disposition is not null
        and delivery_mode <> 'SIMULATION_SUBMISSION' group by 1`,
  );
}
