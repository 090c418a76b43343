import { sql } from 'kysely';
import { type Db, row, rows } from './database.ts';

/** What was done to these subjects, oldest first, at most 200 lines. */
export async function timelineOf(
  db: Db,
  tenant: string,
  subjectIds: readonly string[],
): Promise<{ at: Date; actor: string; action: string }[]> {
  return rows(
    db,
    sql`select at, actor, action from audit_log
        where tenant = ${tenant} and subject_id = any(${[...subjectIds]}) 
        -- Lines of one transaction share their time: the verdict comes before what followed from it.
        order by at, action like 'retraction.%', id limit 200`,
  );
}

/** As the message room made it when this verdict was given; opaque here. */
export async function authenticationOfVerdict(db: Db, verdictId: number): Promise<unknown> {
  const found = await row<{ authentication: unknown }>(
    db,
    sql`select authentication from verdicts where id = ${verdictId}`,
  );
  return found?.authentication ?? null;
}
