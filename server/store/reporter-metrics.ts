/** Figures of the people who report. Votes know them by a salted hash only. */
import { sql } from 'kysely';
import type { Provider } from '../../shared/retraction.ts';
import { type Db, row, rows } from './database.ts';
import { type MetricsSpan, within } from './metrics-span.ts';

export interface VoterFigures {
  /** Salted hash. */
  reporter: string;
  votes: number;
  /** Labelled by anybody, and how many of them were right (a share each). */
  known: number;
  right: number;
  /** Labelled by a person of the team. */
  decided: number;
  decided_right: number;
}

/** Those who voted most, at most 5,000. */
export async function voterFigures(db: Db, span: MetricsSpan): Promise<VoterFigures[]> {
  return rows<VoterFigures>(
    db,
    sql`select reporter, count(*)::int as votes, count(label_by)::int as known,
               coalesce(sum(share) filter (where label_by is not null), 0)::float8 as right,
               count(*) filter (where label_by = 'analyst')::int as decided,
               coalesce(sum(share) filter (where label_by = 'analyst'), 0)::float8 as decided_right
        from reporter_votes v where tenant = ${span.tenant} and ${within('v.voted_at', span)}
        group by 1 order by 2 desc, 1 limit 5000`,
  );
}

export interface ReportingPeople {
  reporters: number;
  exercise_reporters: number;
  /** Mailboxes of people that the directory lists. */
  people: number;
}

export async function reportingPeople(db: Db, span: MetricsSpan): Promise<ReportingPeople> {
  const found = await row<ReportingPeople>(
    db,
    sql`select count(distinct s.reporter_user_id)::int as reporters,
               count(distinct s.reporter_user_id) filter (where s.simulation)::int as exercise_reporters,
               (select count(*)::int from mailboxes where tenant = ${span.tenant} and kind = 'user') as people
        from submissions s
        where s.tenant = ${span.tenant} and ${within('s.requested_at', span)} and s.submission_type = 'USER'`,
  );
  return found!;
}

/** Who reported in the span, at most 5,000: the way from a name to the hash that votes know. */
export async function namesOfReporters(
  db: Db,
  span: MetricsSpan,
): Promise<{ provider: Provider; reporter_user_id: string; requested_by: string }[]> {
  return rows(
    db,
    sql<{ provider: Provider; reporter_user_id: string; requested_by: string }>`
      select provider, reporter_user_id, max(requested_by) as requested_by from submissions s
      where s.tenant = ${span.tenant} and ${within('s.requested_at', span)}
      group by 1, 2 order by count(*) desc limit 5000`,
  );
}
