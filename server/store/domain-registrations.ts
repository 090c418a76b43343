import { sql } from 'kysely';
import { type Db, rows } from './database.ts';

/** What registries said about these domains and is still believed. */
export async function believedRegistrations(
  db: Db,
  domains: readonly string[],
  now: Date,
): Promise<{ domain: string; registeredAt: Date | null }[]> {
  return rows<{ domain: string; registeredAt: Date | null }>(
    db,
    sql`select domain, registered_at as "registeredAt" from domain_registrations
        where domain = any(${[...domains]}) and believed_until > ${now}`,
  );
}

/** Keeps an answer, and forgets those that nobody has believed for a month, a few at a time. */
export async function keepRegistration(
  db: Db,
  known: { domain: string; registeredAt: Date | null },
  now: Date,
  until: Date,
): Promise<void> {
  await sql`
    insert into domain_registrations (domain, registered_at, asked_at, believed_until)
    values (${known.domain}, ${known.registeredAt}, ${now}, ${until})
    on conflict (domain) do update set registered_at = excluded.registered_at, asked_at = excluded.asked_at,
      believed_until = excluded.believed_until
  `.execute(db);
  await sql`
    delete from domain_registrations where domain in (
      select domain from domain_registrations where believed_until < ${new Date(now.getTime() - 30 * 86_400_000)}
      order by believed_until limit 10)
  `.execute(db);
}
