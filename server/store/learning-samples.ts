/** What people said of judged mails, as training asks for it: one row a campaign. */
import { sql } from 'kysely';
import type { Disposition } from '../../shared/verdict.ts';
import { type Db, rows } from './database.ts';

export interface TeamLabelRow {
  cluster_id: string;
  message_id: string;
  sha256: string;
  disposition: Disposition;
  decided_by: string;
  decided_at: Date;
  /** What the machine thought when the person decided: null where no evidence was kept. */
  model: string | null;
  margin: number | null;
}

/**
 * Decisions of people by cluster, newest first: the newest on each mail, and among mails of a cluster one that calls it
 * malicious before another.
 */
export async function teamLabels(db: Db, tenant: string, since: Date, limit: number): Promise<TeamLabelRow[]> {
  return rows<TeamLabelRow>(
    db,
    sql`with newest as (
          select distinct on (d.message_id) d.id, d.message_id, d.disposition, d.decided_by, d.decided_at
          from decisions d where d.tenant = ${tenant} and d.decided_at > ${since} order by d.message_id, d.id desc
        ), by_cluster as (
          select distinct on (m.cluster_id) m.cluster_id, n.*, m.sha256 from newest n join messages m on m.id = n.message_id
          order by m.cluster_id, (n.disposition = 'MALICIOUS') desc, n.id desc
        )
        select c.cluster_id, c.message_id, c.sha256, c.disposition, c.decided_by, c.decided_at, v.model, v.margin
        from by_cluster c left join lateral (
          select body->>'model' as model, (body->>'marginWithoutReporter')::float8 as margin from verdicts
          where message_id = c.message_id order by (judged_at <= c.decided_at) desc, id desc limit 1
        ) v on true
        order by c.decided_at desc, c.cluster_id limit ${limit}`,
  );
}

export interface ReportLabelRow {
  cluster_id: string;
  message_id: string;
  sha256: string;
  /** Salted hash of the first person who reported it. */
  reporter: string;
  voted_at: Date;
  /** What the machine and the other reporters made of the vote: how right it was, and 0 where they were not sure. */
  share: number;
  weight: number;
  /** Share of this person's reports that were right, as far as it is known. */
  reliability: number | null;
  model: string | null;
  margin: number | null;
}

/** Reported clusters about which no person has decided, newest first, each with its first reporter. */
export async function reportLabels(db: Db, tenant: string, since: Date, limit: number): Promise<ReportLabelRow[]> {
  return rows<ReportLabelRow>(
    db,
    sql`with first as (
          select distinct on (v.cluster_id) v.cluster_id, v.reporter, v.voted_at, v.share, v.weight
          from reporter_votes v
          where v.tenant = ${tenant} and v.label_by = 'machine' and v.share is not null and v.voted_at > ${since}
          order by v.cluster_id, v.voted_at, v.reporter
        )
        select f.*, m.id as message_id, m.sha256, r.was_right / (r.was_right + r.was_wrong) as reliability, v.model, v.margin
        from first f
        join lateral (select id, sha256 from messages where tenant = ${tenant} and cluster_id = f.cluster_id
                      order by received_at, id limit 1) m on true
        left join reporters r on r.tenant = ${tenant} and r.reporter = f.reporter
        left join lateral (select body->>'model' as model, (body->>'marginWithoutReporter')::float8 as margin
                           from verdicts where message_id = m.id order by id desc limit 1) v on true
        order by f.voted_at desc, f.cluster_id limit ${limit}`,
  );
}
