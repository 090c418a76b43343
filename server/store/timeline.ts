import { sql } from 'kysely';
import { type Db, row, rows } from './database.ts';

/**
 * What was done to these subjects, oldest first, at most 200 lines. People who report are `reporter`: their user id says
 * nothing to a person; whoever has been erased is `erased`.
 */
export async function timelineOf(
  db: Db,
  tenant: string,
  subjectIds: readonly string[],
): Promise<{ at: Date; actor: string; action: string }[]> {
  return rows(
    db,
    sql`select a.at, a.action,
          case p.kind when 'reporter' then 'reporter' when 'person' then p.person
            else case when a.actor like 'per\\_%' then 'erased' else a.actor end end as actor
        from audit_log a left join audit_people p on p.tenant = a.tenant and p.pseudonym = a.actor
        where a.tenant = ${tenant} and a.subject_id = any(${[...subjectIds]})
        -- Lines of one transaction share their time: the verdict comes before what followed from it.
        order by a.at, a.action like 'retraction.%', a.id limit 200`,
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
