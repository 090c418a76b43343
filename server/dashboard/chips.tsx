/** Small coloured words; each has a shape too, so that colour never speaks alone. */
import type { RetractionProgress, RetractionView, SubmissionView } from '../../shared/api.ts';
import type { Disposition } from '../../shared/verdict.ts';
import { useWords } from './context.ts';

export type Tone = 'danger' | 'warning' | 'ok' | 'info' | 'quiet';

const SHAPES: Record<Tone, string> = {
  danger: 'M4.7 1h6.6L15 4.7v6.6L11.3 15H4.7L1 11.3V4.7zM8 4.5v4M8 11.2v.2',
  warning: 'M8 1.8 14.8 14H1.2zM8 6v4M8 12v.2',
  ok: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1zM5 8.2l2.1 2.1L11 6.2',
  info: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1zM8 7.2v4M8 4.7v.2',
  quiet: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1zM5 8h6',
};

const VERDICT_TONE: Record<Disposition, Tone> = {
  MALICIOUS: 'danger',
  SPOOF: 'warning',
  SUSPICIOUS: 'warning',
  SPAM: 'info',
  BULK: 'info',
  // Nothing found is not an all-clear: never green.
  NONE: 'quiet',
};

export function Chip({ tone, text, busy = false }: { tone: Tone; text: string; busy?: boolean }) {
  return (
    <span class={`chip ${tone}${busy ? ' busy' : ''}`}>
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" focusable="false">
        <path d={SHAPES[tone]} />
      </svg>
      {text}
    </span>
  );
}

export function VerdictChip({ view }: { view: Pick<SubmissionView, 'status' | 'outcome_disposition'> }) {
  const words = useWords();
  const { status, outcome_disposition: verdict } = view;
  if (status === 'invalid') return <Chip tone="quiet" text={words.status.invalid} />;
  if (verdict) return <Chip tone={VERDICT_TONE[verdict]} text={words.disposition[verdict]} />;
  return <Chip tone="info" busy={status !== 'withdrawn'} text={words.status[status]} />;
}

export function RetractionChip({ state }: { state: RetractionView['state'] }) {
  const words = useWords();
  const busy = state === 'planned' || state === 'running' || state === 'restoring';
  const tone: Tone =
    state === 'held' ? 'warning' : busy ? 'info' : state === 'done' || state === 'confirming' ? 'ok' : 'quiet';
  return <Chip tone={tone} busy={busy} text={words.retractionState[state]} />;
}

/** The share of mailboxes searched; full once the search is over. */
export function ProgressBar({ retraction }: { retraction: RetractionProgress }) {
  const words = useWords();
  const { state, mailboxes, copies } = retraction;
  const label = words.copies.searching(mailboxes.searched, mailboxes.total);
  const over = state === 'confirming' || state === 'done' || state === 'restored';
  if (state === 'held' || state === 'cancelled') return null;
  if (state === 'restoring' || state === 'planned' || mailboxes.total === 0)
    return <progress class={over ? 'finished' : ''} {...(over ? { max: 1, value: 1 } : {})} aria-label={label} />;
  return (
    <progress
      class={over ? (copies.failed > 0 ? 'failed' : 'finished') : ''}
      max={1}
      value={over ? 1 : mailboxes.searched / mailboxes.total}
      aria-label={label}
    />
  );
}
