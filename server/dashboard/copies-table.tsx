/** The copies of a retraction, mailbox by mailbox. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { RetractionCopy } from '../../shared/api.ts';
import type { CopyCounts, CopyState, RetractionState } from '../../shared/retraction.ts';
import { ask, type Page } from './api.ts';
import { Chip, type Tone } from './chips.tsx';
import { useWords } from './context.ts';
import { useLive } from './live.ts';
import { Trouble } from './trouble.tsx';
import { visible } from './visible.ts';
import { When } from './when.tsx';

const TONE: Record<CopyState, Tone> = {
  found: 'info',
  acting: 'info',
  retracted: 'ok',
  already_there: 'ok',
  gone: 'quiet',
  failed: 'danger',
  unknown: 'info',
  review: 'warning',
  restoring: 'info',
  restored: 'quiet',
  purging: 'info',
  purged: 'quiet',
};
const PAGE = 50;

const BUSY_MS = 1_500;
const CALM_MS = 10_000;

interface CopiesTableProps {
  id: string;
  state: RetractionState;
  /** Counts of the retraction: the rows are read anew when they change. */
  counts: CopyCounts;
}

export function CopiesTable({ id, state, counts }: CopiesTableProps) {
  const words = useWords();
  const [pages, setPages] = useState(1);
  const limit = Math.min(PAGE * pages, 1_000);
  const { data, problem, reload } = useLive(
    `copies ${id}`,
    () => ask<Page<RetractionCopy>>('GET', `/retractions/${id}/copies?limit=${limit}`),
    ['planned', 'running', 'restoring'].includes(state) ? BUSY_MS : CALM_MS,
  );
  const counted = JSON.stringify(counts);
  const read = useRef(counted);
  useEffect(() => {
    if (read.current !== counted) void reload();
    read.current = counted;
  }, [counted, reload]);
  if (!data) return <Trouble problem={problem} />;
  if (data.items.length === 0) return <p class="quiet">{words.retraction.noCopies}</p>;
  const { columns } = words.retraction;
  return (
    <>
      <table class="copies">
        <caption class="unseen">{words.retraction.table}</caption>
        <thead>
          <tr>
            {Object.entries(columns).map(([name, text]) => (
              <th scope="col" key={name}>
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.items.map((copy) => (
            <tr key={`${copy.mailbox} ${copy.provider_message_id}`}>
              <td class="mailbox">{visible(copy.mailbox)}</td>
              <td>
                <Chip tone={TONE[copy.state]} text={words.copyState[copy.state]} />
                {copy.reason && (
                  <span class="quiet small reason">{words.copyReason[copy.reason] ?? visible(copy.reason)}</span>
                )}
              </td>
              <td data-label={columns.folder}>{visible(copy.from_folder)}</td>
              <td class="short" data-label={columns.read}>
                {copy.was_read ? words.retraction.read : words.retraction.unread}
              </td>
              <td class="short" data-label={columns.when}>
                <When at={copy.acted_at ?? copy.first_seen_at} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {data.next_cursor && (
        <button type="button" class="more" onClick={() => setPages(pages + 1)}>
          {words.more}
        </button>
      )}
    </>
  );
}
