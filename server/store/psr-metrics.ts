/** What people later decided about mails that PSR took back, or would have taken back. */
import { sql } from 'kysely';
import type { Disposition } from '../../shared/verdict.ts';
import { type Db, rows } from './database.ts';

export interface PsrFigures {
  /** The log says that it began as a preview, whatever a person made of it since. */
  previewed: boolean;
  /** What the machine had said when it began. */
  machine: Disposition;
  /** null: nobody has decided since. */
  decided: Disposition | null;
  /** Campaigns: a wave of one mail is one case. */
  count: number;
}

/** Retractions by PSR begun from `since` on. A person's word on this very mail goes before one on another of its campaign. */
export async function psrFigures(db: Db, tenant: string, since: Date, until: Date): Promise<PsrFigures[]> {
  return rows<PsrFigures>(
    db,
    sql`select previewed, machine, decided, count(*)::int as count
        from (select distinct on (m.cluster_id, p.previewed) p.previewed, v.disposition as machine, d.disposition as decided
              from retractions r join messages m on m.id = r.message_id
              cross join lateral (select exists (select 1 from audit_log a where a.subject_id = r.id
                                                   and a.action = 'retraction.previewed') as previewed) p
              join lateral (select disposition, body->>'decidedBy' as decided_by from verdicts
                            where message_id = r.message_id and judged_at <= r.requested_at order by id desc limit 1) v
                on v.decided_by is null
              left join lateral (select d.disposition from messages o join decisions d on d.message_id = o.id
                                 where o.tenant = r.tenant and o.cluster_id = m.cluster_id and d.decided_at >= r.requested_at
                                 order by (d.message_id = r.message_id) desc, d.id desc limit 1) d on true
              where r.tenant = ${tenant} and r.requested_at >= ${since} and r.requested_at < ${until} and r.cause = 'psr'
              order by m.cluster_id, p.previewed, r.requested_at) as cases
        group by 1, 2, 3`,
  );
}
