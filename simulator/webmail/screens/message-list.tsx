import type { MessageRow } from '../wire.ts';
import { dayGroup, timeText, type Words } from '../words.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icons.tsx';

/** A folder's messages, newest first. Arrow keys walk, Enter opens, Delete deletes. */
export function MessageList({
  title,
  messages,
  leaving,
  openId,
  language,
  words,
  onOpen,
  onDelete,
}: {
  title: string;
  messages: MessageRow[];
  /** Rows that are gone and fade out. */
  leaving: ReadonlySet<string>;
  openId: string | null;
  language: 'en' | 'de';
  words: Words;
  onOpen: (id: string) => void;
  onDelete: (id: string) => void;
}) {
  const groups = (['today', 'yesterday', 'earlier'] as const)
    .map((group) => ({ group, rows: messages.filter((row) => dayGroup(row.receivedAt) === group) }))
    .filter(({ rows }) => rows.length > 0);

  return (
    <section class="list" aria-label={words.messages}>
      <h1>{title}</h1>
      {messages.length === 0 && (
        <div class="empty">
          <p>{words.emptyFolder}</p>
          <p class="hint">{words.emptyFolderHint}</p>
        </div>
      )}
      {groups.map(({ group, rows }) => (
        <div key={group}>
          <h2>{words[group]}</h2>
          <ul>
            {rows.map((row) => (
              <li key={row.id} class={leaving.has(row.id) ? 'leaving' : undefined}>
                <button
                  type="button"
                  class={row.isRead ? 'row' : 'row unread'}
                  aria-current={row.id === openId ? 'true' : undefined}
                  data-message={row.id}
                  onClick={() => onOpen(row.id)}
                  onKeyDown={(event) => walk(event, () => onDelete(row.id))}
                >
                  <Avatar name={row.from.name} address={row.from.address} />
                  <span class="row-text">
                    <span class="row-top">
                      <span class="row-from">{row.from.name || row.from.address}</span>
                      {row.hasAttachments && <Icon name="attachment" />}
                      {row.flagged && <Icon name="flag" />}
                      <time dateTime={row.receivedAt}>{timeText(row.receivedAt, language, 'short')}</time>
                    </span>
                    <span class="row-subject">
                      {!row.isRead && <span class="sr-only">{words.unread}: </span>}
                      {row.important && (
                        <b class="important" title={words.important}>
                          !{' '}
                        </b>
                      )}
                      {row.subject || words.noSubject}
                    </span>
                    <span class="row-preview">{row.preview}</span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function walk(event: KeyboardEvent, remove: () => void): void {
  if (event.key === 'Delete') {
    event.preventDefault();
    remove();
    return;
  }
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const rows = [...document.querySelectorAll<HTMLButtonElement>('.row')];
  rows[rows.indexOf(event.currentTarget as HTMLButtonElement) + step]?.focus();
}
