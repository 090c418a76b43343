/** Mails of one kind: what a campaign's retraction remembers, and the index that finds mail alike without reading all of it. */
import { sql } from 'kysely';
import type { Disposition } from '../../shared/verdict.ts';
import { type Db, row, rows } from './database.ts';
import type { RetractionRow } from './retractions.ts';

/**
 * @param found.print as the message room made it; opaque here
 * @param found.taken what was kept before stays when there is none now
 */
export async function rememberPrint(
  trx: Db,
  message: { id: string; tenant: string },
  found: {
    key: string;
    print: unknown;
    bands: readonly number[];
    taken: { deliveredAt: string; words: readonly string[] } | null;
  },
): Promise<void> {
  const { id, tenant } = message;
  const { deliveredAt, words } = found.taken ?? { deliveredAt: null, words: null };
  await sql`update messages set campaign = ${JSON.stringify(found.print)}::jsonb, campaign_key = ${found.key},
              delivered_at = coalesce(${deliveredAt}::timestamptz, delivered_at),
              campaign_words = coalesce(${words && [...words]}::text[], campaign_words)
            where id = ${id}`.execute(trx);
  await sql`delete from message_bands where message_id = ${id}`.execute(trx);
  await sql`insert into message_bands (tenant, band, message_id)
            select distinct ${tenant}, band, ${id} from unnest(${[...found.bands]}::integer[]) as band`.execute(trx);
}

/** A retraction takes every mail of the campaign from now on. */
export async function widenToCampaign(trx: Db, retractionId: string, key: string, campaign: unknown): Promise<void> {
  await sql`update retractions set scope = 'campaign', campaign_key = ${key}, campaign = ${JSON.stringify(campaign)}::jsonb
            where id = ${retractionId}`.execute(trx);
}

/** Retractions of scope `campaign` with this key, newest first. The caller compares prints. */
export async function retractionsOfCampaign(db: Db, tenant: string, key: string): Promise<RetractionRow[]> {
  return rows<RetractionRow>(
    db,
    sql`select * from retractions where tenant = ${tenant} and campaign_key = ${key} order by requested_at desc limit 20`,
  );
}

/** Another retraction has moved this copy and would put it back. */
export async function isHeldByAnother(
  db: Db,
  retractionId: string,
  mailbox: string,
  providerMessageId: string,
): Promise<boolean> {
  const found = await row(
    db,
    sql`select 1 from retraction_copies c where c.mailbox = ${mailbox} and c.provider_message_id = ${providerMessageId}
          and c.retraction_id <> ${retractionId} and c.state in ('retracted', 'restoring') limit 1`,
  );
  return found !== null;
}

export interface PrintRow {
  id: string;
  subject: string;
  header_from: string;
  internet_message_id: string | null;
  received_at: Date;
  /** As the message room made it; opaque here. */
  campaign: unknown;
}

const printColumns = sql`m.id, m.subject, m.header_from, m.internet_message_id, m.received_at, m.campaign`;

/**
 * Judged mails with the same key, newest first, and mails that share a band, in no order. Both from an index and bounded, so
 * that the work does not grow with the table: `most` of the key, and of each band.
 */
export async function printsNear(
  db: Db,
  tenant: string,
  near: { id: string; key: string; bands: readonly number[] },
  most: { ofKey: number; ofBand: number },
): Promise<{ prints: PrintRow[]; complete: boolean }> {
  const [ofKey, ofBands] = await Promise.all([
    rows<PrintRow>(
      db,
      sql`select ${printColumns} from messages m where m.tenant = ${tenant} and m.campaign_key = ${near.key} and m.id <> ${near.id}
          order by m.received_at desc limit ${most.ofKey}`,
    ),
    rows<{ id: string; crowded: boolean }>(
      db,
      sql`select found.message_id as id, bool_or(found.place >= ${most.ofBand}) as crowded
          from unnest(${[...near.bands]}::integer[]) as wanted(band), lateral (
            select message_id, row_number() over () as place from message_bands
            where tenant = ${tenant} and band = wanted.band limit ${most.ofBand}) as found
          group by found.message_id`,
    ),
  ]);
  const known = new Set([near.id, ...ofKey.map((print) => print.id)]);
  const others = ofBands.map((found) => found.id).filter((id) => !known.has(id));
  const inBands =
    others.length === 0
      ? []
      : await rows<PrintRow>(
          db,
          sql`select ${printColumns} from messages m where m.id = any(${others}) and m.campaign is not null`,
        );
  return {
    prints: [...ofKey, ...inBands],
    complete: ofKey.length < most.ofKey && !ofBands.some((found) => found.crowded),
  };
}

/** null: no such mail. */
export async function printOfMessage(
  db: Db,
  tenant: string,
  id: string,
): Promise<(PrintRow & { bands: number[] }) | null> {
  return row(
    db,
    sql<PrintRow & { bands: number[] }>`select ${printColumns},
        array(select band from message_bands b where b.message_id = m.id) as bands from messages m
      where m.tenant = ${tenant} and m.id = ${id} and m.campaign is not null`,
  );
}

export interface Standing {
  id: string;
  disposition: Disposition | null;
  score: number | null;
  reports: number;
  submission_id: string | null;
  retraction_id: string | null;
}

/** The newest verdict on each mail and how often it was reported. */
export async function standingOfMessages(db: Db, tenant: string, ids: readonly string[]): Promise<Standing[]> {
  if (ids.length === 0) return [];
  return rows<Standing>(
    db,
    sql`select m.id, v.disposition, (v.body->>'score')::float8 as score, s.reports, s.submission_id, s.retraction_id
        from messages m
        left join lateral (select disposition, body from verdicts where message_id = m.id order by id desc limit 1) v on true
        left join lateral (
          select count(*)::int as reports, (array_agg(id order by requested_at desc))[1] as submission_id,
                 (array_agg(retraction_id order by requested_at desc) filter (where retraction_id is not null))[1] as retraction_id
          from submissions where message_id = m.id and status = 'concluded') s on true
        where m.tenant = ${tenant} and m.id = any(${[...ids]})`,
  );
}

/** Mailboxes of one suite, a page at a time, by address. */
export async function mailboxAddresses(
  db: Db,
  tenant: string,
  provider: string,
  after: string,
  limit: number,
): Promise<string[]> {
  const found = await rows<{ address: string }>(
    db,
    sql`select address from mailboxes where tenant = ${tenant} and provider = ${provider} and address > ${after}
        order by address limit ${limit}`,
  );
  return found.map((one) => one.address);
}

export async function mailboxCountOf(db: Db, tenant: string, provider: string): Promise<number> {
  const found = await row<{ n: number }>(
    db,
    sql`select count(*)::int as n from mailboxes where tenant = ${tenant} and provider = ${provider}`,
  );
  return found?.n ?? 0;
}
