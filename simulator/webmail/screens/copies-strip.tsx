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
      <ul>
        {copies.map((copy, index) => (
          <li key={`${copy.address}-${index}`}>
            <button
              type="button"
              class={copy.hidden ? 'copy away' : 'copy'}
              data-copy={copy.address}
              title={copy.sameMail ? copy.address : `${copy.address}: ${words.otherMail}`}
              onClick={() => onOpen(copy.address)}
            >
              <Avatar name={copy.displayName} address={copy.address} small />
              <span>{copy.displayName}</span>
              <small>
                {copy.hidden && <Icon name="hidden" />}
                {copy.folder}
                {!copy.sameMail && ' ≠'}
              </small>
            </button>
          </li>
        ))}
      </ul>
    </aside>
  );
}
