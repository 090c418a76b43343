/** Votes of people who report, and how often they were right. People are known here by a salted hash only. */
import { sql } from 'kysely';
import { type Db, row, rows, touched } from './database.ts';

/** Made once an organisation; whoever has only these tables cannot tell who is who. */
export async function reporterSalt(trx: Db, tenant: string, fresh: string): Promise<string> {
  await sql`insert into reporter_salts (tenant, salt) values (${tenant}, ${fresh}) on conflict do nothing`.execute(trx);
  const found = await row<{ salt: string }>(trx, sql`select salt from reporter_salts where tenant = ${tenant}`);
  return found!.salt;
}

export interface Vote {
  tenant: string;
  reporter: string;
  clusterId: string;
  at: Date;
}

/** One vote a person and cluster, however often they report. */
export async function castVote(trx: Db, { tenant, reporter, clusterId, at }: Vote): Promise<void> {
  await sql`insert into reporter_votes (tenant, reporter, cluster_id, voted_at)
            values (${tenant}, ${reporter}, ${clusterId}, ${at}) on conflict do nothing`.execute(trx);
}

/** "I was wrong", said before anybody labelled it: as if it had never been cast. */
export async function takeVoteBack(trx: Db, { tenant, reporter, clusterId }: Omit<Vote, 'at'>): Promise<boolean> {
  return (
    (await touched(
      trx,
      sql`delete from reporter_votes where tenant = ${tenant} and reporter = ${reporter} and cluster_id = ${clusterId}
            and label_by is null`,
    )) > 0
  );
}

export interface Voter {
  reporter: string;
  /** Votes of this person in the day before `now`, this one included; at most 1,000 are counted. */
  today: number;
  /** The record as it was written last; null for somebody nothing is known of. */
  record: { right: number; wrong: number; as_of: Date } | null;
}

/** Who voted on a cluster, the best records first, at most 200: more add nothing to a sum that is bounded. */
export async function votersOf(db: Db, tenant: string, clusterId: string, now: Date): Promise<Voter[]> {
  const dayAgo = new Date(now.getTime() - 86_400_000);
  const found = await rows<{
    reporter: string;
    today: number;
    right: number | null;
    wrong: number | null;
    as_of: Date;
  }>(
    db,
    sql`select v.reporter, r.was_right as right, r.was_wrong as wrong, r.as_of,
          (select count(*)::int from (select 1 from reporter_votes d
             where d.tenant = v.tenant and d.reporter = v.reporter and d.voted_at > ${dayAgo} limit 1000) as day) as today
        from reporter_votes v left join reporters r on r.tenant = v.tenant and r.reporter = v.reporter
        where v.tenant = ${tenant} and v.cluster_id = ${clusterId}
        order by coalesce(r.was_right / (r.was_right + r.was_wrong), 0.1) desc, v.reporter limit 200`,
  );
  return found.map(({ reporter, today, right, wrong, as_of }) => ({
    reporter,
    today,
    record: right === null || wrong === null ? null : { right, wrong, as_of },
  }));
}

export interface VoteRow {
  reporter: string;
  cluster_id: string;
  voted_at: Date;
  label_by: 'analyst' | 'machine' | null;
  share: number | null;
  weight: number | null;
  labelled_at: Date | null;
}

export async function votesOnCluster(trx: Db, tenant: string, clusterId: string): Promise<VoteRow[]> {
  return rows<VoteRow>(
    trx,
    sql`select reporter, cluster_id, voted_at, label_by, share, weight, labelled_at from reporter_votes
        where tenant = ${tenant} and cluster_id = ${clusterId} order by reporter for update`,
  );
}

/** Clusters with votes that nobody has labelled and that were cast before `until`, the oldest first. */
export async function unlabelledClusters(db: Db, tenant: string, until: Date, limit: number): Promise<string[]> {
  const found = await rows<{ cluster_id: string }>(
    db,
    sql`select cluster_id from reporter_votes where tenant = ${tenant} and label_by is null and voted_at <= ${until}
        group by cluster_id order by min(voted_at) limit ${limit}`,
  );
  return found.map((one) => one.cluster_id);
}

export interface Label {
  by: 'analyst' | 'machine';
  /** How right the vote was, 0 to 1, and how much that counts. */
  share: number;
  weight: number;
}

export async function labelVote(
  trx: Db,
  vote: { tenant: string; reporter: string; clusterId: string },
  label: Label,
  at: Date,
): Promise<void> {
  await sql`update reporter_votes set label_by = ${label.by}, share = ${label.share}, weight = ${label.weight}, labelled_at = ${at}
            where tenant = ${vote.tenant} and reporter = ${vote.reporter} and cluster_id = ${vote.clusterId}`.execute(
    trx,
  );
}

/** The record, locked until the transaction ends; null for somebody nothing is known of. */
export async function lockRecord(
  trx: Db,
  tenant: string,
  reporter: string,
): Promise<{ right: number; wrong: number; as_of: Date } | null> {
  return row(
    trx,
    sql<{ right: number; wrong: number; as_of: Date }>`
      select was_right as right, was_wrong as wrong, as_of from reporters
      where tenant = ${tenant} and reporter = ${reporter} for update`,
  );
}

export async function writeRecord(
  trx: Db,
  tenant: string,
  reporter: string,
  record: { right: number; wrong: number },
  asOf: Date,
): Promise<void> {
  await sql`insert into reporters (tenant, reporter, was_right, was_wrong, as_of)
            values (${tenant}, ${reporter}, ${record.right}, ${record.wrong}, ${asOf})
            on conflict (tenant, reporter) do update
              set was_right = excluded.was_right, was_wrong = excluded.was_wrong, as_of = excluded.as_of`.execute(trx);
}
