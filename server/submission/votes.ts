import { createHash, randomBytes } from 'node:crypto';
import type { ReportType } from '../../shared/submission.ts';
import { fade, reporterUnit, reporterWeight, UNKNOWN_REPORTER } from '../analysis/reporter.ts';
import type { Db } from '../store/database.ts';
import { castVote, reporterSalt, takeVoteBack, type Voter, votersOf } from '../store/reporters.ts';
import type { SubmissionRow } from '../store/submissions.ts';

const DAY_MS = 86_400_000;

/** Only "this is phishing" is a claim that can be right or wrong; who asks, or reports spam, votes on nothing. */
const isVote = (type: ReportType) => type === 'phish';

type Person = Pick<SubmissionRow, 'tenant' | 'provider' | 'reporter_user_id'>;

/** Counts the report: one vote a person and cluster, however often they press. */
export async function vote(trx: Db, submission: SubmissionRow, clusterId: string): Promise<void> {
  if (!isVote(submission.report_type) || submission.submission_type === 'TEAM') return;
  if (submission.reporter_user_id === '') return;
  const reporter = await pseudonymOf(trx, submission);
  await castVote(trx, { tenant: submission.tenant, reporter, clusterId, at: submission.requested_at });
}

/** "I was wrong": a vote that nobody has labelled yet is gone, and costs nothing. */
export async function unvote(trx: Db, submission: SubmissionRow, clusterId: string): Promise<void> {
  await takeVoteBack(trx, { tenant: submission.tenant, reporter: await pseudonymOf(trx, submission), clusterId });
}

/** What the reporters of a cluster add to the margin, in logits, within the bound of analysis/reporter.ts. */
export async function unitOf(db: Db, tenant: string, clusterId: string, now: Date): Promise<number> {
  return reporterUnit((await votersOf(db, tenant, clusterId, now)).map((voter) => weightOf(voter, now)));
}

/** The same without one of them, so that nobody confirms himself. */
export function unitWithout(voters: readonly Voter[], reporter: string, now: Date): number {
  return reporterUnit(voters.filter((one) => one.reporter !== reporter).map((voter) => weightOf(voter, now)));
}

function weightOf({ record, today }: Voter, now: Date): number {
  if (!record) return reporterWeight(UNKNOWN_REPORTER, today);
  return reporterWeight(fade(record, (now.getTime() - record.as_of.getTime()) / DAY_MS), today);
}

/** Salted, and one organisation's own: the tables of votes and records name nobody. */
export async function pseudonymOf(trx: Db, person: Person): Promise<string> {
  return pseudonymWith(await reporterSalt(trx, person.tenant, randomBytes(24).toString('base64url')), person);
}

/** @param salt of the organisation */
export function pseudonymWith(salt: string, { provider, reporter_user_id }: Omit<Person, 'tenant'>): string {
  return createHash('sha256').update(`${salt}\n${provider}\n${reporter_user_id}`).digest('base64url').slice(0, 32);
}
