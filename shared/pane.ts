import type { SubmissionView } from './api.ts';
import type { PaneBrand } from './branding.ts';
import { exposureAdvice } from './i18n/exposure-advice.ts';
import { type Language, languageOf } from './i18n/language.ts';
import { paneDe } from './i18n/pane-de.ts';
import { paneEn } from './i18n/pane-en.ts';
import type { Kind, PaneWords } from './i18n/pane-words.ts';
import type { Exposure } from './submission.ts';

export const PANE_TONES = ['danger', 'warning', 'ok', 'info'] as const;
export type PaneTone = (typeof PANE_TONES)[number];

/** What both add-ins show, composed by the server in the reporter's language. Plain text, never HTML. */
export interface PaneView {
  title: string;
  tone: PaneTone;
  /** What it is and what has been done. */
  lines: string[];
  /** What the person should do now, in order; absent or [] when there is nothing to do. */
  steps?: string[];
  /** How the organisation shows itself; absent: not at all. */
  brand?: PaneBrand;
}

const WORDS: Record<Language, PaneWords> = { en: paneEn, de: paneDe };

const TONE: Record<Kind, PaneTone> = {
  phishing: 'danger',
  malware: 'danger',
  scam: 'danger',
  impostor: 'warning',
  spoof: 'warning',
  suspicious: 'warning',
  spam: 'info',
  bulk: 'info',
  // Not `ok`: nothing found is no all-clear.
  none: 'info',
};

/** Findings whose danger is the file itself; an attached page that asks for a password is phishing. */
const HARMFUL_FILES: readonly string[] = [
  'attachment.executable',
  'attachment.archive_executable',
  'attachment.reversed_name',
  'attachment.double_extension',
  'attachment.macros',
];

/** Gaps that leave part of the message itself unseen. Others, such as the age of a domain, would only unsettle. */
const TELLING_GAPS: readonly string[] = ['attachment_contents', 'message_contents', 'ocr', 'original_headers'];

/**
 * Words for the person who reported, for every state a submission can be in.
 * @param language BCP 47 tag or Accept-Language field
 * @param exposure what the reporter says has happened already; the steps depend on it
 */
export function composePane(
  view: Omit<SubmissionView, 'pane'>,
  language: string,
  exposure: readonly Exposure[] = [],
): PaneView {
  const chosen = languageOf(language);
  const words = WORDS[chosen];
  const advice = exposureAdvice(exposure, chosen);
  if (view.status === 'invalid') return invalid(words, advice);
  if (view.status === 'withdrawn') return withdrawn(view, words, advice);
  if (view.status !== 'concluded' || view.outcome_disposition === null) {
    const { title, lead, calm } = words.working;
    return { title, tone: 'info', lines: [lead, calm], steps: advice };
  }
  if (view.simulation) return simulation(words, exposure);
  if (view.retraction?.state === 'restored' || view.retraction?.state === 'restoring') {
    const { title, lead } = words.putBack;
    const lines = [lead, ...progressLines(view.retraction, words), ...teamLines(view, words)];
    return { title, tone: 'info', lines, steps: advice };
  }
  return concluded(view, words, advice);
}

function concluded(view: Omit<SubmissionView, 'pane'>, words: PaneWords, advice: string[]): PaneView {
  const kind = kindOf(view);
  const dangerous = TONE[kind] !== 'info';
  const reportedSafe = view.requested_disposition === 'NONE';
  const { title, lead } = words.verdict[kind];
  const lines = [reportedSafe && dangerous ? words.safeReportContradicted : lead];
  lines.push(...movementLines(view, words, dangerous));
  lines.push(...teamLines(view, words));
  if (kind === 'none' && !reportedSafe) lines.push(words.rightToAsk);
  if (view.original === 'reconstructed') lines.push(words.partialOriginal);
  else if (!dangerous && view.coverage_missing.some((check) => TELLING_GAPS.includes(check))) {
    lines.push(words.someChecksMissing);
  }
  return { title, tone: TONE[kind], lines, steps: stepsFor(view, kind, words, advice) };
}

/** That a person has looked, and what they said. */
function teamLines(view: Omit<SubmissionView, 'pane'>, { team }: PaneWords): string[] {
  if (view.customer_status === 'escalated' && view.submission_type === 'USER') return [team.looks];
  switch (view.team_answer?.disposition) {
    case undefined:
      return [];
    case 'NONE':
      return [team.cleared];
    case 'MALICIOUS':
    case 'SPOOF':
    case 'SUSPICIOUS':
      return [team.found];
    default:
      return [team.other];
  }
}

/** MALICIOUS covers several things that a person tells apart by what they should fear. */
function kindOf(view: Pick<SubmissionView, 'outcome_disposition' | 'attributes' | 'reasons'>): Kind {
  switch (view.outcome_disposition) {
    case 'MALICIOUS':
      if (view.attributes.includes('EXECUTABLE') || view.reasons.some(({ id }) => HARMFUL_FILES.includes(id))) {
        return 'malware';
      }
      return view.attributes.includes('BEC') ? 'scam' : 'phishing';
    case 'SPOOF':
      // The address may well be the sender's own: it is the name that is borrowed.
      return view.attributes.includes('BEC') ? 'impostor' : 'spoof';
    case 'SUSPICIOUS':
      return 'suspicious';
    case 'SPAM':
      return 'spam';
    case 'BULK':
      return 'bulk';
    default:
      return 'none';
  }
}

/** A person may have made the real thing of a preview since. */
const isPreview = ({ psr, retraction }: Pick<SubmissionView, 'psr' | 'retraction'>) =>
  psr?.action === 'preview' && retraction?.preview !== false;

/** What happens to the message. A retraction that goes on is the truth, whatever was decided first. */
function movementLines(view: Omit<SubmissionView, 'pane'>, words: PaneWords, dangerous: boolean): string[] {
  const { psr, retraction } = view;
  if (retraction && retraction.state !== 'held' && !isPreview(view)) return progressLines(retraction, words);
  if (retraction?.state === 'held' || psr?.action === 'hold') {
    return [(psr?.reason && words.hold[psr.reason]) ?? words.hold.other];
  }
  if (psr?.action === 'preview') return [words.preview];
  if (psr?.action === 'retract') return [words.progress.planned];
  // Of harmless mail everybody expects that it stays; only a dangerous one left in place needs a word.
  if (psr?.action === 'none' && dangerous) return [(psr.reason && words.none[psr.reason]) ?? words.none.other];
  return [];
}

function progressLines(retraction: NonNullable<SubmissionView['retraction']>, { progress }: PaneWords): string[] {
  const { copies, mailboxes } = retraction;
  switch (retraction.state) {
    case 'planned':
    case 'held':
      return [progress.planned];
    case 'running':
      if (copies.found === 0) return [mailboxes.total > 0 ? progress.searching(mailboxes.total) : progress.planned];
      return [progress.running(copies.retracted, copies.found, mailboxes.searched, mailboxes.total)];
    case 'cancelled':
      return [
        retraction.reason === 'expired' ? progress.expired : progress.cancelled,
        ...(copies.retracted > 0 ? [progress.removedBefore(copies.retracted)] : []),
      ];
    case 'restoring':
      return [progress.restoring];
    case 'restored':
      return copies.restored > 0 ? [progress.restored(copies.restored)] : [];
    default: {
      const lines: string[] = [];
      if (copies.retracted > 0) {
        const unopened = copies.unread > 0 && copies.unread < copies.retracted ? progress.unopened(copies.unread) : '';
        const opened = copies.unread >= copies.retracted ? progress.nobodyOpened : unopened;
        lines.push([progress.removed(copies.retracted), opened].filter(Boolean).join(' '));
      }
      if (copies.gone > 0) lines.push(progress.gone(copies.gone));
      if (copies.failed > 0) lines.push(progress.failed(copies.failed));
      if (lines.length === 0) lines.push(progress.nothingLeft);
      if (retraction.state === 'confirming') lines.push(progress.lookAgain);
      return lines;
    }
  }
}

function stepsFor(view: Omit<SubmissionView, 'pane'>, kind: Kind, words: PaneWords, advice: string[]): string[] {
  const { steps } = words;
  if (kind === 'spam') return [...advice, steps.spam];
  if (kind === 'bulk') return [...advice, steps.bulk];
  if (kind === 'none') return advice;
  const state = view.retraction?.state;
  const away = (state === 'confirming' || state === 'done') && !isPreview(view);
  const stays = (view.psr?.action === 'none' && !view.retraction) || isPreview(view) || state === 'cancelled';
  const held = state === 'held' || (view.psr?.action === 'hold' && !view.retraction);
  return [
    ...advice,
    ...(away ? [] : [steps.doNotTouch]),
    ...(stays ? [steps.deleteYourself] : []),
    ...(held ? [steps.leaveIt] : []),
    ...(advice.length > 0 ? [] : [steps.tellIfExposed]),
  ];
}

function invalid(words: PaneWords, advice: string[]): PaneView {
  const { title, lead, kept } = words.invalid;
  return { title, tone: 'warning', lines: [lead, kept], steps: [...advice, words.steps.whenInvalid] };
}

function withdrawn(view: Omit<SubmissionView, 'pane'>, words: PaneWords, advice: string[]): PaneView {
  const { title, nothingMoved, puttingBack, putBack, analystLooks } = words.withdrawn;
  const { retraction } = view;
  const line = () => {
    if (retraction?.state === 'restoring') return puttingBack;
    if (retraction?.state === 'restored') return putBack(retraction.copies.restored);
    return view.review_requested || (retraction && retraction.copies.retracted > 0) ? analystLooks : nothingMoved;
  };
  return { title, tone: 'info', lines: [line()], steps: advice };
}

function simulation(words: PaneWords, exposure: readonly Exposure[]): PaneView {
  const { title, lead, noHarm, clicked } = words.simulation;
  return { title, tone: 'ok', lines: [lead, noHarm, ...(exposure.length > 0 ? [clicked] : [])], steps: [] };
}
