/** What people are told by mail about a report: composed here, written into the outbox, sent by a job. */

import type { SubmissionView } from '../../shared/api.ts';
import { type Language, languageOf } from '../../shared/i18n/language.ts';
import { mailWords } from '../../shared/i18n/mail-words.ts';
import type { InvalidReason } from '../../shared/invalid.ts';
import type { NotificationSettings } from '../../shared/mail.ts';
import { defangText } from '../message/defang-text.ts';
import type { Letter } from '../notify/letter.ts';
import type { Db } from '../store/database.ts';
import type { NewSubmission, SubmissionRow } from '../store/submissions.ts';
import { submissionById, verdictsByIds } from '../store/submissions.ts';
import { viewOf } from './view.ts';
import type { SubmissionWorld } from './world.ts';

/** A person reads three reasons. */
const MOST_REASONS = 3;

/**
 * The verdict, to who asked for it: the sender of a team submission, and reporters where the setting says so. Part of the
 * transaction in which the verdict became true; the same verdict is told once.
 */
export async function answerReporter(
  trx: Db,
  world: SubmissionWorld,
  submissionId: string,
  settings: NotificationSettings,
): Promise<void> {
  if (!world.outbox) return;
  const submission = await submissionById(trx, world.tenant, submissionId);
  if (submission?.status !== 'concluded' || submission.simulation) return;
  const language = languageOf(submission.language);
  const view = await viewOf(trx, submission, language);
  const to = recipientOf(submission, view, settings);
  if (to === null || submission.verdict_id === null) return;
  const verdict = (await verdictsByIds(trx, [submission.verdict_id])).get(submission.verdict_id);
  await world.outbox.post(trx, {
    kind: submission.submission_type === 'TEAM' ? 'team_verdict' : 'user_verdict',
    subjectId: submission.id,
    occasion: `verdict ${submission.id} ${submission.verdict_id}`,
    to,
    inReplyTo: submission.answered_message_id,
    language,
    letter: verdictLetter(view, language, verdict?.decidedBy === 'analyst'),
  });
}

function recipientOf(submission: SubmissionRow, view: SubmissionView, settings: NotificationSettings): string | null {
  // A mail that a machine wrote, or somebody the directory does not know, is never answered.
  const address =
    submission.channel === 'add_in' && submission.mailbox_verified ? submission.requested_by : submission.answer_to;
  const { outcome_disposition: disposition } = view;
  if (address === null || disposition === null) return null;
  if (submission.submission_type === 'TEAM') return settings.team_verdict ? address : null;
  return settings.user_verdicts[disposition] ? address : null;
}

/** The pane's words, and the reasons with nothing to click in them. */
export function verdictLetter(view: SubmissionView, language: Language, byPerson = false): Letter {
  const words = mailWords(language);
  const disposition = words.dispositions[view.outcome_disposition ?? 'NONE'];
  const team = view.submission_type === 'TEAM';
  return {
    subject: words.verdict.subject(disposition),
    title: view.pane.title,
    lines: [
      ...view.pane.lines,
      ...(view.pane.steps ?? []),
      ...(team || byPerson ? [words.verdict.team[byPerson ? 'analyst' : 'machine']] : []),
    ],
    facts: [
      { name: words.facts.verdict, value: disposition },
      { name: words.facts.subject, value: defangText(view.subject) || words.noSubject },
      { name: words.facts.from, value: defangText(view.header_from) },
      { name: words.facts.reportedAt, value: timeIn(language, new Date(view.requested_at)) },
      { name: words.facts.receipt, value: view.id },
    ],
    listTitle: words.verdict.evidence,
    list: view.reasons
      .slice(0, MOST_REASONS)
      .map(({ text, evidence }) => ({ text: defangText(text), detail: defangText(evidence, 160) })),
    footer: words.footer,
  };
}

/** Why a report cannot be judged and what helps, to its sender; nobody is told who is not known. */
export async function tellInvalid(
  trx: Db,
  world: SubmissionWorld,
  submission: Pick<NewSubmission, 'id' | 'language' | 'subject' | 'requested_at' | 'answer_to' | 'answered_message_id'>,
  reason: InvalidReason,
): Promise<void> {
  if (!world.outbox || !submission.answer_to) return;
  const language = languageOf(submission.language);
  const words = mailWords(language);
  const { title, remedy } = words.reasons[reason];
  await world.outbox.post(trx, {
    kind: 'invalid_submission',
    subjectId: submission.id,
    occasion: `invalid ${submission.id}`,
    to: submission.answer_to,
    inReplyTo: submission.answered_message_id ?? null,
    language,
    letter: {
      subject: words.invalid.subject,
      title: words.invalid.title,
      lines: [words.invalid.lead],
      facts: [
        { name: words.facts.subject, value: defangText(submission.subject) || words.noSubject },
        { name: words.facts.reportedAt, value: timeIn(language, submission.requested_at) },
        { name: words.facts.receipt, value: submission.id },
      ],
      listTitle: '',
      list: [{ text: title, detail: remedy }],
      footer: words.footer,
    },
  });
}

/** Nobody knows where the reader is, so the zone is said. */
const timeIn = (language: Language, at: Date) =>
  `${new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(at)} UTC`;
