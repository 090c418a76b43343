/** What a search found. Every row is one link, and can be chosen beside it; the arrows go from row to row. */
import type { MessageResult } from '../../shared/messages.ts';
import { VerdictChip } from './chips.tsx';
import { useWords } from './context.ts';
import { Link } from './router.tsx';
import { pathOf, type SearchPlace } from './search-place.ts';
import { visible } from './visible.ts';
import { When } from './when.tsx';

interface ResultsProps {
  items: readonly MessageResult[];
  place: SearchPlace;
  /** Ids that are chosen. */
  chosen: ReadonlySet<string>;
  onChoose: (id: string, on: boolean) => void;
}

export function SearchResults({ items, place, chosen, onChoose }: ResultsProps) {
  const words = useWords();
  const { columns } = words.search;
  const search = pathOf(place).slice('/search'.length);
  return (
    <>
      <div class="rows-head message-rows choosable" aria-hidden="true">
        <span>{columns.verdict}</span>
        <span>{columns.mail}</span>
        <span>{columns.to}</span>
        <span>{columns.state}</span>
        <span>{columns.when}</span>
      </div>
      <ul class="rows message-rows" onKeyDown={moveWithArrows}>
        {items.map((item) => (
          <Row
            key={item.id}
            item={item}
            search={search}
            chosen={chosen.has(item.id)}
            onChoose={(on) => onChoose(item.id, on)}
          />
        ))}
      </ul>
    </>
  );
}

interface RowProps {
  item: MessageResult;
  search: string;
  chosen: boolean;
  onChoose: (on: boolean) => void;
}

function Row({ item, search, chosen, onChoose }: RowProps) {
  const words = useWords();
  const subject = visible(item.subject) || words.submissions.noSubject;
  const sender = item.from_name ? `${item.from_name} <${item.from}>` : item.from;
  const others = item.envelope_to.length - 1;
  return (
    <li class="choosable">
      <label class="choose">
        <input
          type="checkbox"
          aria-label={words.search.choose(subject)}
          checked={chosen}
          onChange={(event) => onChoose(event.currentTarget.checked)}
        />
      </label>
      <Link to={`/messages/${item.id}${search}`} class="row">
        <span class="verdict">
          {item.final_disposition ? (
            <VerdictChip view={{ status: 'concluded', outcome_disposition: item.final_disposition }} />
          ) : (
            <span class="quiet">{words.search.unjudged}</span>
          )}
        </span>
        <span class="mail">
          <strong dir="auto">{subject}</strong>
          <span class="quiet" dir="auto">
            {visible(sender)}
          </span>
        </span>
        <span class="reporter quiet" dir="auto">
          {visible(item.envelope_to[0] ?? '')}
          {others > 0 && ` +${others}`}
        </span>
        <span class="copies quiet">
          {words.search.delivery[item.delivery_status]}
          {item.reports > 0 && ` · ${words.search.reports(item.reports)}`}
        </span>
        <span class="when quiet">
          <When at={item.received_at} />
        </span>
      </Link>
    </li>
  );
}

function moveWithArrows(event: KeyboardEvent & { currentTarget: HTMLUListElement }): void {
  const step = { ArrowDown: 1, ArrowUp: -1, Home: Number.NEGATIVE_INFINITY, End: Number.POSITIVE_INFINITY }[event.key];
  if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLAnchorElement>('a.row')];
  const at = rows.indexOf(document.activeElement as HTMLAnchorElement);
  if (at < 0) return;
  event.preventDefault();
  rows[Math.min(Math.max(at + step, 0), rows.length - 1)]?.focus();
}
