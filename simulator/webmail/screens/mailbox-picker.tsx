import { useMemo, useState } from 'preact/hooks';
import type { MailboxEntry } from '../wire.ts';
import type { Words } from '../words.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icons.tsx';
import { Modal } from './modal.tsx';

/** Whose mailbox to sit at. Arrow keys walk the list from the search field; Enter takes the marked one. */
export function MailboxPicker({
  mailboxes,
  current,
  words,
  onPick,
  onCancel,
}: {
  mailboxes: MailboxEntry[];
  current: string;
  words: Words;
  onPick: (address: string) => void;
  onCancel: () => void;
}) {
  const [query, setQuery] = useState('');
  const [marked, setMarked] = useState(0);
  const found = useMemo(() => search(mailboxes, query), [mailboxes, query]);
  const optionId = (index: number) => `mailbox-option-${index}`;
  const mark = (index: number) => {
    const next = Math.max(0, Math.min(found.length - 1, index));
    setMarked(next);
    document.getElementById(optionId(next))?.scrollIntoView({ block: 'nearest' });
  };

  return (
    <Modal title={words.openMailbox} className="picker" onCancel={onCancel}>
      <button type="button" class="icon-button dialog-close" aria-label={words.close} onClick={onCancel}>
        <Icon name="close" />
      </button>
      <div class="search">
        <Icon name="search" />
        <input
          type="text"
          role="combobox"
          aria-label={words.searchPeople}
          aria-expanded="true"
          aria-controls="mailbox-options"
          aria-activedescendant={found.length > 0 ? optionId(marked) : undefined}
          placeholder={words.searchPeople}
          value={query}
          // biome-ignore lint/a11y/noAutofocus: a person who opens the picker wants to type
          autoFocus
          onInput={(event) => {
            setQuery(event.currentTarget.value);
            setMarked(0);
          }}
          onKeyDown={(event) => {
            const entry = found[marked];
            if (event.key === 'ArrowDown') mark(marked + 1);
            else if (event.key === 'ArrowUp') mark(marked - 1);
            else if (event.key === 'Enter' && entry) onPick(entry.address);
            else return;
            event.preventDefault();
          }}
        />
      </div>
      <div id="mailbox-options" class="picker-list" role="listbox" aria-label={words.openMailbox} tabIndex={-1}>
        {found.map((entry, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above has the keys
          <div
            key={entry.address}
            id={optionId(index)}
            class={index === marked ? 'picker-option marked' : 'picker-option'}
            role="option"
            tabIndex={-1}
            aria-selected={entry.address === current}
            onClick={() => onPick(entry.address)}
          >
            <Avatar name={entry.displayName} address={entry.address} />
            <span class="picker-name">
              <b>{entry.displayName}</b>
              <small>{detailOf(entry, words)}</small>
            </span>
            {entry.unread > 0 && (
              <span class="count" title={`${entry.unread} ${words.unread}`}>
                {entry.unread}
              </span>
            )}
          </div>
        ))}
        {found.length === 0 && <p class="picker-empty">{words.nobody}</p>}
      </div>
    </Modal>
  );
}

function search(mailboxes: MailboxEntry[], query: string): MailboxEntry[] {
  const terms = query.toLowerCase().split(/\s+/).filter(Boolean);
  return mailboxes.filter((entry) => {
    const text = [entry.displayName, entry.address, entry.jobTitle, entry.department].join(' ').toLowerCase();
    return terms.every((term) => text.includes(term));
  });
}

function detailOf(entry: MailboxEntry, words: Words): string {
  const kind = entry.kind === 'shared' ? words.shared : entry.kind === 'room' ? words.room : entry.jobTitle;
  return [kind, entry.department, entry.address].filter(Boolean).join(' · ');
}
