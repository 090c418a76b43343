import { sql } from 'kysely';
import type { Disposition, Verdict } from '../../shared/verdict.ts';
import { type Db, row } from './database.ts';
import { recordAlert } from './mail-events.ts';

export interface MessageRow {
  id: string;
  tenant: string;
  sha256: string;
  internet_message_id: string | null;
  subject: string;
  header_from: string;
  /** As the message room made it; opaque here. */
  fingerprint: unknown;
  recipients: string[];
  /** Mails that are the same to a reader share one; its own id for a mail that is alone. */
  cluster_id?: string;
  /** As the message room made it; opaque here. */
  campaign?: unknown;
  /** When the provider says it came in; null: only an upload was judged. */
  delivered_at?: Date | null;
  /** Words that every subject of its campaign has. */
  campaign_words?: string[] | null;
  delivery_mode?: DeliveryMode;
  /** False: only seen on its delivery. Default true. */
  reported?: boolean;
  /** Default: now. */
  received_at?: Date;
  /** The newest verdict's; null: not judged yet. */
  disposition?: Disposition | null;
}

/** How a mail became known: reported, or seen on its delivery. */
export type DeliveryMode = 'BCC' | 'JOURNAL' | 'API' | 'RETRO_SCAN' | 'REVIEW_SUBMISSION' | 'SIMULATION_SUBMISSION';

/** What people search by and see of a mail, whether or not its body is kept. */
export interface Described {
  fromName: string;
  envelopeFrom: string;
  replyTo: string;
  sentAt: Date | null;
  size: number;
  domains: string[];
  /** What it is found by, as the text form of a tsvector. */
  words: string;
  /** As the message room made it; opaque here. */
  facts: unknown;
}

/** The id of the message with these bytes, created when it is new. Whether the bytes are kept is the caller's choice. */
export async function rememberMessage(trx: Db, m: MessageRow, described: Described): Promise<string> {
  const found = await row<{ id: string }>(
    trx,
    sql`insert into messages (id, tenant, sha256, internet_message_id, subject, header_from, fingerprint, recipients, cluster_id,
                              delivery_mode, reported, from_name, envelope_from, reply_to, sent_at, size, domains, facts, words, received_at)
        values (${m.id}, ${m.tenant}, ${m.sha256}, ${m.internet_message_id}, ${m.subject}, ${m.header_from},
                ${JSON.stringify(m.fingerprint)}::jsonb, ${m.recipients}, ${m.cluster_id ?? m.id},
                ${m.delivery_mode ?? 'REVIEW_SUBMISSION'}, ${m.reported ?? true}, ${described.fromName}, ${described.envelopeFrom},
                ${described.replyTo}, ${described.sentAt}, ${described.size}, ${described.domains},
                ${JSON.stringify(described.facts)}::jsonb, ${described.words}::tsvector,
                coalesce(${m.received_at ?? null}::timestamptz, now()))
        on conflict (tenant, sha256) do update set subject = excluded.subject, facts = excluded.facts,
          reported = messages.reported or excluded.reported returning id`,
  );
  return found!.id;
}

export async function messageById(db: Db, id: string): Promise<MessageRow | null> {
  return row<MessageRow>(db, sql`select * from messages where id = ${id}`);
}

/** Its body has come to be kept: the detail of the mail shows all of it. @param facts as the message room made them */
export async function describeAgain(trx: Db, id: string, facts: unknown): Promise<void> {
  await sql`update messages set facts = ${JSON.stringify(facts)}::jsonb where id = ${id}`.execute(trx);
}

/** The mail's row shows it from now on. @param replay what the verdict was concluded from, as the analysis room made it; opaque here */
export async function insertVerdict(
  trx: Db,
  messageId: string,
  verdict: Verdict,
  authentication: unknown,
  replay: { evidence: unknown; opinion: unknown },
  at: Date,
): Promise<number> {
  const found = await row<{ id: number; before: Disposition | null }>(
    trx,
    sql`with newest as (
          update messages set disposition = ${verdict.disposition}, judged_at = ${at},
                 finding_ids = ${verdict.findings.map(({ id }) => id)}, attributes = ${verdict.attributes}
           where id = ${messageId})
        insert into verdicts (message_id, disposition, body, authentication, evidence, opinion, judged_at)
        values (${messageId}, ${verdict.disposition}, ${JSON.stringify(verdict)}::jsonb, ${JSON.stringify(authentication)}::jsonb,
                ${JSON.stringify(replay.evidence)}::jsonb, ${JSON.stringify(replay.opinion)}::jsonb, ${at})
        -- The statement sees the mail as it was before.
        returning id, (select disposition from messages where id = ${messageId}) as before`,
  );
  const { id, before } = found!;
  const { disposition } = verdict;
  if (disposition !== before && disposition !== 'NONE')
    await recordAlert(trx, { messageId, verdictId: id, disposition, at });
  return id;
}

export interface VerdictRow {
  id: number;
  message_id: string;
  body: Verdict;
  authentication: unknown;
  /** null: concluded before evidence was kept. */
  evidence: unknown;
  opinion: unknown;
  judged_at: Date;
}

/** The newest verdict on a mail; null when there is none. */
export async function latestVerdict(db: Db, messageId: string): Promise<VerdictRow | null> {
  return row<VerdictRow>(db, sql`select * from verdicts where message_id = ${messageId} order by id desc limit 1`);
}

export async function verdictRow(db: Db, id: number): Promise<VerdictRow | null> {
  return row<VerdictRow>(db, sql`select * from verdicts where id = ${id}`);
}
