/** Mails that are the same to a reader: what reporters vote on. Every look goes through an index and is bounded. */
import { sql } from 'kysely';
import type { Verdict } from '../../shared/verdict.ts';
import { type Db, row, rows } from './database.ts';

export interface ClusterCandidate {
  id: string;
  cluster_id: string;
  internet_message_id: string | null;
  /** As the message room made them; opaque here. The print is null for mail judged before prints were kept. */
  fingerprint: unknown;
  campaign: unknown;
}

const MOST = 20;

/** Judged mails with one of these Message-IDs, and those with the same campaign key: the newest of each. Keys only. */
export async function clusterCandidates(
  db: Db,
  tenant: string,
  keys: { messageIds: readonly string[]; campaignKey: string },
): Promise<ClusterCandidate[]> {
  return rows<ClusterCandidate>(
    db,
    sql`(select id, cluster_id, internet_message_id, fingerprint, campaign from messages
         where tenant = ${tenant} and internet_message_id = any(${[...keys.messageIds]}) order by received_at desc limit ${MOST})
        union all
        (select id, cluster_id, internet_message_id, fingerprint, campaign from messages
         where tenant = ${tenant} and campaign_key = ${keys.campaignKey} order by received_at desc limit ${MOST})`,
  );
}

/**
 * How many distinct mails (by Message-ID, so copies of one count once) of this cluster have been reported; at most 200 are
 * looked at. Mail that was only seen on its delivery makes no wave: every newsletter is one.
 */
export async function distinctMessages(db: Db, tenant: string, clusterId: string, since: Date): Promise<number> {
  const found = await row<{ n: number }>(
    db,
    sql`select count(distinct coalesce(internet_message_id, sha256))::int as n
        from (select internet_message_id, sha256 from messages
              where tenant = ${tenant} and cluster_id = ${clusterId} and received_at > ${since} and reported
              order by received_at desc limit 200) as newest`,
  );
  return found?.n ?? 0;
}

/** Judged mails with this Message-ID, the newest; the caller compares fingerprints. */
export async function messagesOfId(
  db: Db,
  tenant: string,
  messageId: string,
): Promise<{ id: string; fingerprint: unknown }[]> {
  return rows(
    db,
    sql<{ id: string; fingerprint: unknown }>`
      select id, fingerprint from messages where tenant = ${tenant} and internet_message_id = ${messageId}
      order by received_at desc limit ${MOST}`,
  );
}

export async function clusterOfMessage(db: Db, messageId: string): Promise<string | null> {
  const found = await row<{ cluster_id: string }>(db, sql`select cluster_id from messages where id = ${messageId}`);
  return found?.cluster_id ?? null;
}

/**
 * Concluded reports of mails of this cluster whose verdict rests on other voices than those of now, newest first: another
 * unit of the reporters or a wave that was none yet, or, for the team's own submissions too, a decision that came later.
 */
export async function staleSubmissions(
  db: Db,
  tenant: string,
  clusterId: string,
  now: { unit: number; noticeable: number; wave: boolean },
  limit: number,
): Promise<string[]> {
  const found = await rows<{ id: string }>(
    db,
    sql`select s.id from messages m join submissions s on s.message_id = m.id join verdicts v on v.id = s.verdict_id
        where m.tenant = ${tenant} and m.cluster_id = ${clusterId}
          and s.status = 'concluded' and v.evidence is not null
          and (s.submission_type = 'USER'
                 and (abs(coalesce((v.opinion->>'reporterUnit')::float8, 0) - ${now.unit}) >= ${now.noticeable}
                      or ${now.wave} and (v.evidence->'campaign'->>'distinctMessages')::int < 2)
               or exists (select 1 from messages c join decisions d on d.message_id = c.id
                          where c.tenant = m.tenant and c.cluster_id = m.cluster_id and d.decided_at > v.judged_at))
        order by s.requested_at desc limit ${limit}`,
  );
  return found.map((s) => s.id);
}

/** The newest verdict on any mail of a cluster; null when there is none. */
export async function newestVerdictOfCluster(db: Db, tenant: string, clusterId: string): Promise<Verdict | null> {
  const found = await row<{ body: Verdict }>(
    db,
    sql`select v.body from messages m join verdicts v on v.message_id = m.id
        where m.tenant = ${tenant} and m.cluster_id = ${clusterId} order by v.id desc limit 1`,
  );
  return found?.body ?? null;
}
