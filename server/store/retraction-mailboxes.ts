import { sql } from 'kysely';
import type { Provider } from '../../shared/retraction.ts';
import { type Db, rows, touched } from './database.ts';

export interface ScopeEntry {
  mailbox: string;
  provider: Provider;
  priority: 0 | 1 | 2 | 3;
}

export interface DueMailbox {
  mailbox: string;
  provider: Provider;
  priority: number;
  clean_finds: number;
  attempts: number;
  /** A copy in it has no outcome yet. */
  pending: boolean;
}

/** Named mailboxes come into scope, or move up. `again` opens those that were closed. */
export async function addScope(
  trx: Db,
  retractionId: string,
  scope: readonly ScopeEntry[],
  dueAt: Date,
  again = false,
): Promise<void> {
  if (scope.length === 0) return;
  await sql`
    insert into retraction_mailboxes (retraction_id, mailbox, provider, priority, due_at)
    select ${retractionId}, s.mailbox, s.provider, min(s.priority), ${dueAt}
    from jsonb_to_recordset(${JSON.stringify(scope)}::jsonb) as s(mailbox text, provider text, priority smallint)
    group by s.mailbox, s.provider
    on conflict (retraction_id, mailbox) do update set
      priority = least(retraction_mailboxes.priority, excluded.priority),
      state = ${again ? sql`'open'` : sql`retraction_mailboxes.state`},
      clean_finds = ${again ? sql`0` : sql`retraction_mailboxes.clean_finds`},
      due_at = ${again ? sql`excluded.due_at` : sql`retraction_mailboxes.due_at`}
  `.execute(trx);
}

/** Everyone else in the directory, in one statement: memory does not grow with the tenant. */
export async function addEveryone(trx: Db, retractionId: string, tenant: string, dueAt: Date): Promise<void> {
  await sql`
    insert into retraction_mailboxes (retraction_id, mailbox, provider, priority, due_at)
    select ${retractionId}, address, provider, 4, ${dueAt} from mailboxes where tenant = ${tenant}
    on conflict (retraction_id, mailbox) do nothing
  `.execute(trx);
}

/** Takes due mailboxes, the most likely first. `except`: providers that others look after. */
export async function claimMailboxes(
  db: Db,
  claim: {
    retractionId: string;
    owner: string;
    now: Date;
    leaseMs: number;
    limit: number;
    firstFindOnly: boolean;
    except?: readonly Provider[];
  },
): Promise<DueMailbox[]> {
  return rows<DueMailbox>(
    db,
    sql`with due as (
          select mailbox from retraction_mailboxes
          where retraction_id = ${claim.retractionId} and state = 'open' and due_at <= ${claim.now}
            and (lease_until is null or lease_until < ${claim.now}) and (not ${claim.firstFindOnly} or finds = 0)
            and provider <> all (${claim.except ?? []})
          order by priority, due_at limit ${claim.limit} for update skip locked)
        update retraction_mailboxes m set owner = ${claim.owner}, lease_until = ${new Date(claim.now.getTime() + claim.leaseMs)}
        from due where m.retraction_id = ${claim.retractionId} and m.mailbox = due.mailbox
        returning m.mailbox, m.provider, m.priority, m.clean_finds, m.attempts,
          exists (select 1 from retraction_copies c where c.retraction_id = m.retraction_id and c.mailbox = m.mailbox
                    and c.state in ('found', 'acting', 'unknown')) as pending`,
  );
}

export interface FindRecord {
  mailbox: string;
  cleanFinds: number;
  dueAt: Date;
  closed: boolean;
  /** What this find left out; it does not fail the mailbox. */
  reason: 'too_many_candidates' | null;
}

/** What looks at many mailboxes gave; only where we still hold the lease. Closed mailboxes confirm their copies. */
export async function recordFinds(
  trx: Db,
  retractionId: string,
  owner: string,
  records: readonly FindRecord[],
  now: Date,
): Promise<void> {
  if (records.length === 0) return;
  await sql`
    with done as (
      update retraction_mailboxes m set finds = m.finds + 1, clean_finds = r."cleanFinds", due_at = r."dueAt", attempts = 0,
        state = case when r.closed then 'closed' else 'open' end, reason = r.reason, owner = null, lease_until = null
      from jsonb_to_recordset(${JSON.stringify(records)}::jsonb)
        as r(mailbox text, "cleanFinds" int, "dueAt" timestamptz, closed boolean, reason text)
      where m.retraction_id = ${retractionId} and m.mailbox = r.mailbox and m.owner = ${owner}
      returning m.mailbox, m.state)
    update retraction_copies c set confirmed_at = ${now} from done
    where c.retraction_id = ${retractionId} and c.mailbox = done.mailbox and done.state = 'closed'
      and c.state = 'retracted' and c.confirmed_at is null
  `.execute(trx);
}

/** Another look later; the mailbox stays in scope. */
export async function postponeMailboxes(
  db: Db,
  retractionId: string,
  owner: string,
  later: readonly { mailbox: string; dueAt: Date }[],
): Promise<void> {
  if (later.length === 0) return;
  await sql`
    update retraction_mailboxes m set due_at = l."dueAt", attempts = m.attempts + 1, owner = null, lease_until = null
    from jsonb_to_recordset(${JSON.stringify(later)}::jsonb) as l(mailbox text, "dueAt" timestamptz)
    where m.retraction_id = ${retractionId} and m.mailbox = l.mailbox and m.owner = ${owner}
  `.execute(db);
}

/** No look will ever succeed here: the reason is shown to a person. */
export async function failMailbox(
  db: Db,
  retractionId: string,
  owner: string,
  mailbox: string,
  reason: string,
): Promise<void> {
  await sql`update retraction_mailboxes set state = 'failed', reason = ${reason}, owner = null, lease_until = null
            where retraction_id = ${retractionId} and mailbox = ${mailbox} and owner = ${owner}`.execute(db);
}

/** Mailboxes that cannot be searched, or not for everything, with the reason; the dashboard shows them. */
export async function troubledMailboxes(
  db: Db,
  retractionId: string,
  limit: number,
): Promise<{ mailbox: string; reason: string }[]> {
  return rows(
    db,
    sql`select mailbox, reason from retraction_mailboxes
        where retraction_id = ${retractionId} and reason is not null order by state = 'failed' desc, mailbox limit ${limit}`,
  );
}

/** A preview, a cancelled and a restored retraction look no further. */
export async function closeMailboxes(trx: Db, retractionId: string): Promise<number> {
  return touched(
    trx,
    sql`update retraction_mailboxes set state = 'closed', owner = null, lease_until = null
        where retraction_id = ${retractionId} and state = 'open'`,
  );
}
