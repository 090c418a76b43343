import type { SubmissionView } from '../shared/api.ts';
import type { ClientWords } from '../shared/i18n/client-words.ts';

/** A bar that fills while mailboxes are searched. Its numbers stand in the server's sentence beside it. */
export function Removal({
  retraction,
  words,
}: {
  retraction: NonNullable<SubmissionView['retraction']>;
  words: ClientWords;
}) {
  const { state, mailboxes, copies } = retraction;
  const finished = state === 'confirming' || state === 'done' || state === 'restored';
  if (state === 'held' || state === 'cancelled') return null;
  const label = words.result.searched(mailboxes.searched, mailboxes.total);
  // Without a value the bar runs to and fro: nothing is known yet, or copies are on their way back.
  const known = finished || (state === 'running' && mailboxes.total > 0);
  const value = finished ? 1 : mailboxes.searched / Math.max(mailboxes.total, 1);
  const name = !finished ? 'removal' : copies.failed > 0 ? 'removal partly' : 'removal finished';
  return known ? (
    <progress class={name} max={1} value={value} aria-label={label} />
  ) : (
    <progress class={name} aria-label={label} />
  );
}
