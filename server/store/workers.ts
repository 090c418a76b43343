import { sql } from 'kysely';
import { type Db, row } from './database.ts';

/** A worker says that it is there; those that have long been silent are forgotten. */
export async function beat(db: Db, id: string): Promise<void> {
  await sql`insert into workers (id, beat_at) values (${id}, now()) on conflict (id) do update set beat_at = now()`.execute(
    db,
  );
  await sql`delete from workers where beat_at < now() - interval '1 day'`.execute(db);
}

export async function forgetWorker(db: Db, id: string): Promise<void> {
  await sql`delete from workers where id = ${id}`.execute(db);
}

/** Whether any worker of any process has been heard within so many seconds, by the database's clock. */
export async function workerHeard(db: Db, withinSeconds: number): Promise<boolean> {
  const found = await row(
    db,
    sql`select 1 from workers where beat_at > now() - make_interval(secs => ${withinSeconds}) limit 1`,
  );
  return found !== null;
}
