/** The team says what a mail is: a decision, a team's submission that carries it, and an answer to everybody who reported it. */
import { PermanentError } from '../../shared/errors.ts';
import type { Language } from '../../shared/i18n/language.ts';
import type { ReclassifyResult } from '../../shared/reclassify.ts';
import type { ChoosableDestination } from '../../shared/retraction.ts';
import type { Disposition } from '../../shared/verdict.ts';
import type { JudgedMail } from '../retraction/judged-mails.ts';
import { moveByHand } from '../retraction/manual.ts';
import { audit } from '../store/audit.ts';
import { clusterOfMessage } from '../store/clusters.ts';
import type { Db } from '../store/database.ts';
import { recordDecision } from '../store/decisions.ts';
import { lockMessageId } from '../store/retractions.ts';
import { insertTeamSubmission, lockSubmissionsAbout } from '../store/reviews.ts';
import { judgeAgain } from '../submission/rejudge.ts';
import { answerReports } from '../submission/team-answer.ts';
import type { CaseworkWorld } from './casework-world.ts';

export interface Reclassification {
  disposition: Disposition;
  comment: string;
  actor: string;
  language: Language;
  /** The user's report it answers; null: whichever of the mail's reports is escalated. */
  escalatedSubmissionId: string | null;
  /** Puts back what was taken away of it. */
  restore: boolean;
  /** Takes every copy back to there. */
  destination: ChoosableDestination | null;
  /** Retraction is paused: what is to be taken back waits. */
  paused: boolean;
}

/**
 * In the caller's transaction. Whatever cannot be moved is said; the word about the mail stands all the same.
 * @param copies judged mails that are copies of it, itself included
 * @throws PermanentError `wrong_report`, `not_reclassifiable`
 */
export async function reclassify(
  trx: Db,
  world: CaseworkWorld,
  mail: JudgedMail,
  copies: readonly string[],
  said: Reclassification,
): Promise<ReclassifyResult> {
  // Submissions before the Message-ID, as whoever concludes does, or two would wait for each other.
  const reports = await lockSubmissionsAbout(trx, copies);
  await lockMessageId(trx, world.tenant, mail.internet_message_id ?? `sha256:${mail.sha256}`);
  const users = reports.filter((report) => report.submission_type === 'USER');
  const escalated = users.find(({ review_state }) => review_state === 'escalated')?.id ?? null;
  const asked = said.escalatedSubmissionId;
  if (asked !== null && !users.some(({ id }) => id === asked)) throw new PermanentError('wrong_report');
  // First what moves: putting back says NONE by itself, and the newest word counts.
  const moved = await moveToo(trx, world, mail, said);
  const at = world.now();
  const { disposition, actor } = said;
  await recordDecision(trx, { tenant: world.tenant, messageId: mail.id, disposition, by: actor, at });
  const judged = await judgeAgain(trx, world, mail, disposition);
  if (!judged) throw new PermanentError('not_reclassifiable');
  const id = world.randomId('sub');
  await insertTeamSubmission(trx, {
    id,
    tenant: world.tenant,
    messageId: mail.id,
    verdictId: judged.verdictId,
    requestedDisposition: disposition,
    requestedAt: at,
    requestedBy: actor,
    comment: said.comment,
    language: said.language,
    reviewState: 'reviewed',
    escalatedSubmissionId: asked ?? escalated,
    originalDisposition: judged.before,
  });
  await answerReports(trx, world, { submission: { id, requested_disposition: disposition }, copies });
  await audit(trx, {
    tenant: world.tenant,
    actor,
    action: 'message.reclassified',
    subjectId: mail.id,
    detail: { from: judged.before, to: disposition, submission: id },
  });
  await world.jobs.enqueue(trx, 'rejudge', { clusterId: (await clusterOfMessage(trx, mail.id)) ?? mail.id });
  await world.jobs.enqueue(trx, 'learn', {});
  return { message: mail.id, success: true, submission_id: id, ...moved };
}

/** A refusal comes before anything is written, so the transaction goes on. */
async function moveToo(
  trx: Db,
  world: CaseworkWorld,
  mail: JudgedMail,
  said: Reclassification,
): Promise<Pick<ReclassifyResult, 'retraction_id' | 'move_refused'>> {
  const destination = said.restore ? ('Inbox' as const) : said.destination;
  if (destination === null) return {};
  try {
    const { comment, actor, paused, language } = said;
    const moved = await moveByHand(trx, world, {
      mails: [mail],
      destination,
      comment,
      actor,
      token: null,
      secondPerson: false,
      paused,
      language,
    });
    return Array.isArray(moved) ? { retraction_id: moved[0]! } : {};
  } catch (error) {
    if (error instanceof PermanentError) return { move_refused: error.code };
    throw error;
  }
}
