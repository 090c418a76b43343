import { useEffect, useState } from 'preact/hooks';
import { loadCopies } from '../mail-client.ts';
import type { CopyEntry } from '../wire.ts';
import type { Words } from '../words.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icons.tsx';

/** Where else the message lies, live: the view from above that makes a retraction visible. */
export function CopiesStrip({
  mailbox,
  messageId,
  version,
  words,
  onOpen,
}: {
  mailbox: string;
  messageId: string;
  /** Counts up whenever the tenant changes. */
  version: number;
  words: Words;
  onOpen: (address: string) => void;
}) {
  const [copies, setCopies] = useState<CopyEntry[]>([]);
  useEffect(() => {
    let current = true;
    loadCopies(mailbox, messageId)
      .then((found) => current && setCopies(found))
      .catch(() => current && setCopies([]));
    return () => {
      current = false;
    };
  }, [mailbox, messageId, version]);
  if (copies.length === 0) return null;

  return (
    <aside class="copies" aria-label={words.copiesTitle}>
      <h2>
        {words.copiesTitle} <small>{words.copiesHint}</small>
      </h2>
      <p class="copies-sum">{byFolder(copies)}</p>
      <ul>
        {copies.map((copy, index) => (
          <li key={`${copy.address}-${index}`}>
            <button
              type="button"
              class={copy.hidden ? 'copy away' : 'copy'}
              data-copy={copy.address}
              title={`${copy.address} · ${copy.folder}${copy.sameMail ? '' : ` · ${words.otherMail}`}`}
              onClick={() => onOpen(copy.address)}
            >
              <Avatar name={copy.displayName} address={copy.address} small />
              <span>{copy.displayName}</span>
              <small>
                {copy.hidden ? <Icon name="hidden" /> : copy.folder}
                {copy.hidden && <span class="sr-only">{copy.folder}</span>}
                {!copy.sameMail && <b title={words.otherMail}> ≠</b>}
              </small>
            </button>
          </li>
        ))}
      </ul>
    </aside>
  );
}

/** `11 × Inbox · 3 × Reelback Quarantine`: folders with the most copies first. */
function byFolder(copies: CopyEntry[]): string {
  const counts = new Map<string, number>();
  for (const { folder } of copies) counts.set(folder, (counts.get(folder) ?? 0) + 1);
  const sums = [...counts].sort((a, b) => b[1] - a[1]);
  return sums.map(([folder, count]) => `${count} × ${folder}`).join(' · ');
}
