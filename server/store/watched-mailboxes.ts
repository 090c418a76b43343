/** Mailboxes whose new mail is read, each with the place where to go on. */
import { sql } from 'kysely';
import type { Provider } from '../../shared/retraction.ts';
import { type Db, row, rows, touched } from './database.ts';

export interface WatchedRow {
  mailbox: string;
  provider: Provider;
  cursor: string | null;
  since: Date;
  attempts: number;
  looked_at: Date | null;
}

/**
 * The rows are those of the setting from now on: what it names and the directory knows is added, the rest goes.
 * @param addresses null: every mailbox of the directory
 * @param spreadMs the first looks are spread over so long
 */
export async function chooseWatched(
  trx: Db,
  tenant: string,
  choice: {
    addresses: readonly string[] | null;
    since: Date;
    now: Date;
    spreadMs: number;
    providers: readonly Provider[];
  },
): Promise<void> {
  const { addresses, since, now, spreadMs, providers } = choice;
  const named = addresses === null ? sql`true` : sql`b.address = any(${[...addresses]})`;
  await sql`insert into watched_mailboxes (tenant, mailbox, provider, since, due_at)
            select b.tenant, b.address, b.provider, ${since}, ${now}::timestamptz + random() * ${spreadMs} * interval '1 millisecond'
            from mailboxes b where b.tenant = ${tenant} and b.provider = any(${[...providers]}) and ${named}
            on conflict do nothing`.execute(trx);
  await sql`delete from watched_mailboxes w where w.tenant = ${tenant} and not exists (
              select 1 from mailboxes b where b.tenant = w.tenant and b.address = w.mailbox
                and b.provider = any(${[...providers]}) and ${named})`.execute(trx);
}

/** Takes mailboxes whose time has come, the longest waiting first. */
export async function claimWatched(
  db: Db,
  claim: { tenant: string; owner: string; now: Date; leaseMs: number; limit: number },
): Promise<WatchedRow[]> {
  return rows<WatchedRow>(
    db,
    sql`with due as (
          select mailbox from watched_mailboxes
          where tenant = ${claim.tenant} and due_at <= ${claim.now} and (lease_until is null or lease_until < ${claim.now})
          order by due_at limit ${claim.limit} for update skip locked)
        update watched_mailboxes w set owner = ${claim.owner}, lease_until = ${new Date(claim.now.getTime() + claim.leaseMs)}
        from due where w.tenant = ${claim.tenant} and w.mailbox = due.mailbox
        returning w.mailbox, w.provider, w.cursor, w.since, w.attempts, w.looked_at`,
  );
}

/** Everything up to the cursor is in rows. @returns false when the lease was lost: then whoever has it goes on from before */
export async function advanceWatched(
  trx: Db,
  tenant: string,
  mailbox: string,
  owner: string,
  to: { cursor: string | null; since: Date | null; dueAt: Date; now: Date },
): Promise<boolean> {
  return (
    (await touched(
      trx,
      sql`update watched_mailboxes set cursor = ${to.cursor}, since = ${to.since ?? sql`since`}, due_at = ${to.dueAt}, owner = null,
            lease_until = null, attempts = 0, failing_since = null, last_error = null, looked_at = ${to.now}
          where tenant = ${tenant} and mailbox = ${mailbox} and owner = ${owner}`,
    )) > 0
  );
}

/** The lease of a mailbox with much mail. @returns false when it was lost */
export async function keepWatched(
  db: Db,
  tenant: string,
  mailbox: string,
  owner: string,
  until: Date,
): Promise<boolean> {
  return (
    (await touched(
      db,
      sql`update watched_mailboxes set lease_until = ${until}
          where tenant = ${tenant} and mailbox = ${mailbox} and owner = ${owner}`,
    )) > 0
  );
}

export async function postponeWatched(
  db: Db,
  tenant: string,
  mailbox: string,
  owner: string,
  later: { dueAt: Date; error: string; now: Date },
): Promise<void> {
  await sql`update watched_mailboxes set due_at = ${later.dueAt}, owner = null, lease_until = null, attempts = attempts + 1,
              failing_since = coalesce(failing_since, ${later.now}), last_error = ${later.error.slice(0, 200)}
            where tenant = ${tenant} and mailbox = ${mailbox} and owner = ${owner}`.execute(db);
}

export interface WatchCounts {
  mailboxes: number;
  begun: number;
  looked_at: Date | null;
}

export async function watchCounts(db: Db, tenant: string): Promise<WatchCounts> {
  const found = await row<WatchCounts>(
    db,
    sql`select count(*)::int as mailboxes, count(looked_at)::int as begun, max(looked_at) as looked_at
        from watched_mailboxes where tenant = ${tenant}`,
  );
  return found ?? { mailboxes: 0, begun: 0, looked_at: null };
}

export async function failingMailboxes(
  db: Db,
  tenant: string,
  limit: number,
): Promise<{ mailbox: string; provider: Provider; last_error: string; failing_since: Date }[]> {
  return rows(
    db,
    sql<{ mailbox: string; provider: Provider; last_error: string; failing_since: Date }>`
      select mailbox, provider, last_error, failing_since from watched_mailboxes
      where tenant = ${tenant} and failing_since is not null order by failing_since, mailbox limit ${limit}`,
  );
}

/** Mails seen since then, and of them the detected ones. */
export async function seenSince(db: Db, tenant: string, since: Date): Promise<{ seen: number; detected: number }> {
  const found = await row<{ seen: number; detected: number }>(
    db,
    sql`select count(*)::int as seen, count(*) filter (where m.disposition <> 'NONE')::int as detected
        from deliveries d join messages m on m.id = d.message_id where d.tenant = ${tenant} and d.first_seen_at > ${since}`,
  );
  return found ?? { seen: 0, detected: 0 };
}

/** Whether a mailbox is overdue or being read. */
export async function watchedWait(db: Db, tenant: string, now: Date): Promise<boolean> {
  return (
    (await row(
      db,
      sql`select 1 from watched_mailboxes where tenant = ${tenant} and (due_at <= ${now} or lease_until > ${now}) limit 1`,
    )) !== null
  );
}
