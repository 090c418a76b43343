import type { Row } from './wire.ts';
import type { Language, Words } from './words.ts';

export function MessageList({
  rows,
  labels,
  language,
  words,
  onOpen,
}: {
  rows: Row[];
  labels: Record<string, string>;
  language: Language;
  words: Words;
  onOpen: (id: string) => void;
}) {
  if (rows.length === 0) return <p class="alone">{words.empty}</p>;
  return (
    <ul class="rows">
      {rows.map((row) => (
        <li key={row.id}>
          <button type="button" class={row.isRead ? 'row' : 'row unread'} onClick={() => onOpen(row.id)}>
            <span class="row-from">{row.from.name || row.from.address}</span>
            <span class="row-text">
              {row.labelIds.map((id) => labels[id] && <span class="chip">{labels[id]}</span>)}
              <span class="row-subject">{row.subject}</span> <span class="row-preview">{row.preview}</span>
            </span>
            <time dateTime={row.receivedAt}>{dayOf(row.receivedAt, language)}</time>
          </button>
        </li>
      ))}
    </ul>
  );
}

function dayOf(receivedAt: string, language: Language): string {
  const date = new Date(receivedAt);
  const today = date.toDateString() === new Date().toDateString();
  return today
    ? date.toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' })
    : date.toLocaleDateString(language, { day: 'numeric', month: 'short' });
}
