import { useState } from 'preact/hooks';
import type { RetractionView } from '../../shared/api.ts';
import { ask, type Page } from './api.ts';
import { ProgressBar, RetractionChip } from './chips.tsx';
import { mayDecide, useSurroundings, useWords } from './context.ts';
import { Title } from './frame.tsx';
import { useLive } from './live.ts';
import { Link } from './router.tsx';
import { Loading, Trouble } from './trouble.tsx';
import { visible } from './visible.ts';
import { When } from './when.tsx';

const REFRESH_MS = 4_000;
const PAGE = 50;

export function RetractionsScreen() {
  const words = useWords();
  const [pages, setPages] = useState(1);
  const limit = Math.min(PAGE * pages, 1_000);
  const { data, problem } = useLive(
    'retractions',
    () => ask<Page<RetractionView>>('GET', `/retractions?limit=${limit}`),
    REFRESH_MS,
  );
  return (
    <>
      <div class="screen-head">
        <Title text={words.retractions.title} />
        <p class="quiet">{words.retractions.lead}</p>
      </div>
      <Trouble problem={problem} />
      {!data && !problem && <Loading rows={4} />}
      {data?.items.length === 0 && (
        <div class="empty">
          <h2>{words.retractions.none.title}</h2>
          <p class="quiet">{words.retractions.none.lead}</p>
        </div>
      )}
      {data && data.items.length > 0 && (
        <ul class="rows">
          {data.items.map((retraction) => (
            <Row key={retraction.id} retraction={retraction} />
          ))}
        </ul>
      )}
      {data?.next_cursor && (
        <button type="button" class="more" onClick={() => setPages(pages + 1)}>
          {words.more}
        </button>
      )}
    </>
  );
}

function Row({ retraction }: { retraction: RetractionView }) {
  const surroundings = useSurroundings();
  const { words } = surroundings;
  const { id, state, subject, copies, destination, preview, cause } = retraction;
  const inside = (
    <>
      <span class="verdict">
        <RetractionChip state={state} />
      </span>
      <span class="mail">
        <strong dir="auto">{visible(subject) || words.submissions.noSubject}</strong>
        <span class="quiet">
          {words.retractions.cause[cause]} · {words.destination[destination] ?? destination}
        </span>
      </span>
      <span class="copies">
        <span>
          {preview
            ? words.copies.wouldRemove(copies.found)
            : state === 'restored'
              ? words.copies.restored(copies.restored)
              : copies.found === 0
                ? words.copies.searching(retraction.mailboxes.searched, retraction.mailboxes.total)
                : words.copies.removed(copies.retracted + copies.already_there, copies.found)}
        </span>
        {state === 'running' && <ProgressBar retraction={retraction} />}
      </span>
      <span class="when quiet">
        <When at={retraction.requested_at} />
      </span>
    </>
  );
  return (
    <li>
      {mayDecide(surroundings) ? (
        <Link to={`/retractions/${id}`} class="row retraction-row">
          {inside}
        </Link>
      ) : (
        <div class="row retraction-row">{inside}</div>
      )}
    </li>
  );
}
