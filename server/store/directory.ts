import { sql } from 'kysely';
import type { Provider } from '../../shared/retraction.ts';
import { type Db, row, rows } from './database.ts';

export interface DirectoryMailbox {
  provider: Provider;
  address: string;
  aliases: string[];
  userId: string;
  kind: 'user' | 'shared';
}

const columns = sql`provider, address, aliases, user_id as "userId", kind`;

export async function rememberMailboxes(
  db: Db,
  tenant: string,
  mailboxes: readonly DirectoryMailbox[],
  seenAt: Date,
): Promise<void> {
  if (mailboxes.length === 0) return;
  await sql`
    insert into mailboxes (tenant, address, provider, user_id, aliases, kind, seen_at)
    select ${tenant}, m.address, m.provider, m."userId", array(select jsonb_array_elements_text(m.aliases)), m.kind, ${seenAt}
    from jsonb_to_recordset(${JSON.stringify(mailboxes)}::jsonb)
      as m(address text, provider text, "userId" text, aliases jsonb, kind text)
    on conflict (tenant, address) do update set
      provider = excluded.provider, user_id = excluded.user_id, aliases = excluded.aliases, kind = excluded.kind, seen_at = excluded.seen_at
  `.execute(db);
}

/** A listing is complete: whoever was not seen in it is no longer in the directory. */
export async function finishListing(trx: Db, tenant: string, provider: Provider, startedAt: Date): Promise<void> {
  await sql`delete from mailboxes where tenant = ${tenant} and provider = ${provider} and seen_at < ${startedAt}`.execute(
    trx,
  );
  await sql`insert into directory_listings (tenant, provider, listed_at) values (${tenant}, ${provider}, ${startedAt})
            on conflict (tenant, provider) do update set listed_at = excluded.listed_at`.execute(trx);
}

export async function mailboxOfUser(
  db: Db,
  tenant: string,
  provider: Provider,
  userId: string,
): Promise<DirectoryMailbox | null> {
  return row<DirectoryMailbox>(
    db,
    sql`select ${columns} from mailboxes where tenant = ${tenant} and provider = ${provider} and user_id = ${userId} limit 1`,
  );
}

/** Which of the addresses are ours, primary or alias. */
export async function mailboxesByAddress(
  db: Db,
  tenant: string,
  addresses: readonly string[],
): Promise<DirectoryMailbox[]> {
  if (addresses.length === 0) return [];
  const wanted = addresses.map((a) => a.toLowerCase());
  return rows<DirectoryMailbox>(
    db,
    sql`select ${columns} from mailboxes where tenant = ${tenant} and (address = any(${wanted}) or aliases && ${wanted}::text[])`,
  );
}

export async function mailboxCount(db: Db, tenant: string): Promise<number> {
  const found = await row<{ n: number }>(db, sql`select count(*)::int as n from mailboxes where tenant = ${tenant}`);
  return found?.n ?? 0;
}

/** Domains that deliver to the tenant: the part after @ of every known address. */
export async function ownDomains(db: Db, tenant: string): Promise<string[]> {
  const found = await rows<{ domain: string }>(
    db,
    sql`select distinct split_part(a, '@', 2) as domain
        from mailboxes m, unnest(array_append(m.aliases, m.address)) as a where m.tenant = ${tenant}`,
  );
  return found.map((r) => r.domain).filter((d) => d !== '');
}

/** When the directory was last listed completely; null when never. */
export async function directoryListedAt(db: Db, tenant: string, provider: Provider): Promise<Date | null> {
  const found = await row<{ at: Date }>(
    db,
    sql`select listed_at as at from directory_listings where tenant = ${tenant} and provider = ${provider}`,
  );
  return found?.at ?? null;
}
