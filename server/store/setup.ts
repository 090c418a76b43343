import { sql } from 'kysely';
import { type Db, row } from './database.ts';

export interface SetupCounts {
  mailboxes: number;
  /** Whether any report has arrived: 0 or 1. */
  reports: number;
  names: number;
  webhooks: number;
  /** Whether mail was seen on its way (journal, BCC): 0 or 1. */
  seen: number;
}

export async function setupCounts(db: Db, tenant: string): Promise<SetupCounts> {
  const found = await row<SetupCounts>(
    db,
    sql<SetupCounts>`
      select (select count(*)::int from mailboxes where tenant = ${tenant}) as mailboxes,
             (select count(*)::int from (select from submissions where tenant = ${tenant} limit 1) one) as reports,
             (select count(*)::int from list_entries where tenant = ${tenant} and list = 'impersonation_registry') as names,
             (select count(*)::int from webhooks where tenant = ${tenant} and enabled) as webhooks,
             (select count(*)::int from (select from messages where tenant = ${tenant}
                and delivery_mode in ('BCC', 'JOURNAL') limit 1) one) as seen`,
  );
  return found!;
}
