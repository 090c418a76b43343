import { fade, UNKNOWN_REPORTER, withLabel, withoutLabel } from '../analysis/reporter.ts';
import type { Db } from '../store/database.ts';
import { type Label, labelVote, lockRecord, type VoteRow, writeRecord } from '../store/reporters.ts';

const DAY_MS = 86_400_000;

/** A vote gets its label, in the place of one it had: the reporter's record is as if there had only been this one. */
export async function relabel(trx: Db, tenant: string, vote: VoteRow, label: Label, now: Date): Promise<void> {
  const { reporter, cluster_id: clusterId } = vote;
  if (vote.label_by === label.by && vote.share === label.share && vote.weight === label.weight) return;
  const stored = await lockRecord(trx, tenant, reporter);
  const faded = stored ? fade(stored, daysBetween(stored.as_of, now)) : UNKNOWN_REPORTER;
  const before =
    vote.share !== null && vote.weight !== null && vote.labelled_at !== null
      ? withoutLabel(faded, { share: vote.share, weight: vote.weight }, daysBetween(vote.labelled_at, now))
      : faded;
  await writeRecord(trx, tenant, reporter, withLabel(before, label), now);
  await labelVote(trx, { tenant, reporter, clusterId }, label, now);
}

const daysBetween = (from: Date, to: Date) => (to.getTime() - from.getTime()) / DAY_MS;
