/** Figures of what was reported in a span. */
import { sql } from 'kysely';
import type { PsrReason } from '../../shared/retraction.ts';
import type { ReportType, SubmissionStatus } from '../../shared/submission.ts';
import type { Disposition } from '../../shared/verdict.ts';
import { type Db, row, rows } from './database.ts';
import { bucketOf, type MetricsSpan, type TallyRow, within } from './metrics-span.ts';

export interface SubmissionFigures {
  type: 'USER' | 'TEAM';
  status: SubmissionStatus;
  report_type: ReportType;
  disposition: Disposition | null;
  psr_action: 'retract' | 'hold' | 'preview' | 'none' | null;
  psr_reason: PsrReason | null;
  invalid_reason: string | null;
  simulation: boolean;
  escalated: boolean;
  client: string;
  at: Date;
  count: number;
}

export async function submissionFigures(db: Db, span: MetricsSpan): Promise<SubmissionFigures[]> {
  return rows<SubmissionFigures>(
    db,
    sql`select s.submission_type as type, s.status, s.report_type, v.disposition, s.psr_action, s.psr_reason, s.invalid_reason,
               s.simulation, s.escalated_at is not null as escalated, coalesce(s.client->>'name', '') as client, ${bucketOf('s.requested_at', span)} as at,
               count(*)::int as count
        from submissions s left join verdicts v on v.id = s.verdict_id
        where s.tenant = ${span.tenant} and ${within('s.requested_at', span)}
        group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11`,
  );
}

export async function exposureFigures(db: Db, span: MetricsSpan): Promise<TallyRow[]> {
  return rows<TallyRow>(
    db,
    sql`select e as key, count(*)::int as count from submissions s cross join unnest(s.exposure) as e
        where s.tenant = ${span.tenant} and ${within('s.requested_at', span)} group by 1 order by 2 desc, 1`,
  );
}

export async function busiestReporters(db: Db, span: MetricsSpan, most: number): Promise<TallyRow[]> {
  return rows<TallyRow>(
    db,
    sql`select s.requested_by as key, count(*)::int as count from submissions s
        where s.tenant = ${span.tenant} and ${within('s.requested_at', span)} and s.submission_type = 'USER'
        group by 1 order by 2 desc, 1 limit ${most}`,
  );
}

export interface AnswerSeconds {
  /** Median and 99th percentile; null of none. */
  verdict: [number, number] | null;
  decision: [number, number] | null;
  decided: number;
}

/** From the report to the verdict, and to the first word of a person about the mail. */
export async function answerSeconds(db: Db, span: MetricsSpan): Promise<AnswerSeconds> {
  const found = await row<AnswerSeconds>(
    db,
    sql`select percentile_cont(array[0.5, 0.99]) within group (order by verdict) as verdict,
               percentile_cont(array[0.5, 0.99]) within group (order by decision) as decision,
               count(decision)::int as decided
        from (select extract(epoch from s.concluded_at - s.requested_at)::float8 as verdict,
                     extract(epoch from (select min(d.decided_at) from decisions d
                       where d.message_id = s.message_id and d.decided_at >= s.requested_at) - s.requested_at)::float8 as decision
              from submissions s where s.tenant = ${span.tenant} and ${within('s.requested_at', span)}) as each`,
  );
  return found!;
}
