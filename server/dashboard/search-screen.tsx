/** Search: every state has an address, so that a search can be passed on. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { MessagePage } from '../../shared/messages.ts';
import { readSearchQuery } from '../../shared/search-query.ts';
import { ApiProblem, ask } from './api.ts';
import { BulkStart, targetOf } from './bulk-start.tsx';
import { mayDecide, useSurroundings, useWords } from './context.ts';
import { Title } from './frame.tsx';
import { go, Link } from './router.tsx';
import { SearchForm } from './search-form.tsx';
import { pathOf, placeOf, questionOf, type SearchPlace } from './search-place.ts';
import { SearchResults } from './search-results.tsx';
import { Loading, Trouble } from './trouble.tsx';
import type { Words } from './words-en.ts';

const PAGE = 50;
/** Of forty thousand messages each: a common word of long ago. */
const MOST_STRETCHES = 30;

export function SearchScreen({ query }: { query: URLSearchParams }) {
  const surroundings = useSurroundings();
  const { words } = surroundings;
  if (!mayDecide(surroundings))
    return (
      <div class="empty">
        <Title text={words.search.title} />
        <p>{words.search.refused}</p>
      </div>
    );
  return <Search place={placeOf(query)} />;
}

function Search({ place }: { place: SearchPlace }) {
  const { words } = useSurroundings();
  const fault = faultOf(place.query, words);
  const { pages, problem, busy, more, question } = useSearch(place, fault !== null);
  const items = pages?.flatMap((page) => page.items) ?? [];
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  // What another search no longer shows is not acted on.
  const chosen = items.map(({ id }) => id).filter((id) => marked.has(id));
  const choose = (id: string, on: boolean) => {
    const next = new Set(marked);
    if (on) next.add(id);
    else next.delete(id);
    setMarked(next);
  };
  const [first] = pages ?? [];
  const last = pages?.at(-1);
  const csv = new URLSearchParams(question);
  const blank = items.length === 0 && last !== undefined && last.next_cursor === undefined;
  return (
    <>
      <div class="screen-head">
        <Title text={words.search.title} />
        <p class="quiet" role="status">
          {pages ? countOf(pages, words) : words.search.lead}
        </p>
      </div>
      <SearchForm place={place} onSearch={(next) => go(pathOf(next))} />
      <div role="status">
        {fault && <p class="banner warning">{fault}</p>}
        {first && first.ignored.length > 0 && <p class="quiet small">{words.search.ignored(first.ignored)}</p>}
      </div>
      <Trouble problem={fault ? null : problem} />
      {busy && !pages && !fault && <Loading rows={6} />}
      {blank && <Nothing place={place} />}
      {items.length > 0 && <SearchResults items={items} place={place} chosen={marked} onChoose={choose} />}
      {pages && !blank && (
        <div class="search-foot">
          {last?.next_cursor && (
            <button type="button" class="more" disabled={busy} onClick={more}>
              {last.items.length < PAGE ? words.search.further : words.more}
            </button>
          )}
          {chosen.length > 0 && <BulkStart target={{ ids: chosen }} button={words.search.actOnChosen(chosen.length)} />}
          {items.length > 0 && <BulkStart target={targetOf(question)} />}
          {items.length > 0 && (
            <a class="small" href={`/api/v1/messages.csv?${csv}`} download="messages.csv">
              {words.search.csv}
            </a>
          )}
        </div>
      )}
    </>
  );
}

/** One page after another; another place begins anew, and what comes too late for the one before is dropped. */
function useSearch(place: SearchPlace, faulty: boolean) {
  const path = pathOf(place);
  const asked = useRef('');
  const question = useRef(new URLSearchParams());
  const [state, setState] = useState<{
    path: string;
    pages: MessagePage[] | null;
    problem: ApiProblem | null;
    busy: boolean;
  }>({
    path,
    pages: null,
    problem: null,
    busy: true,
  });
  const read = async (pages: MessagePage[]) => {
    const params = new URLSearchParams(question.current);
    const cursor = pages.at(-1)?.next_cursor;
    if (cursor) params.set('cursor', cursor);
    params.set('limit', String(PAGE));
    setState({ path, pages: pages.length > 0 ? pages : null, problem: null, busy: true });
    try {
      let known = pages;
      // A stretch without any match is no page: on to the next one, but not for ever.
      for (let stretch = 0; stretch < MOST_STRETCHES; stretch++) {
        const page = await ask<MessagePage>('GET', `/messages?${params}`);
        if (asked.current !== path) return;
        known = [...known, page];
        if (page.items.length > 0 || page.next_cursor === undefined) break;
        params.set('cursor', page.next_cursor);
      }
      setState({ path, pages: known, problem: null, busy: false });
    } catch (error) {
      const problem = error instanceof ApiProblem ? error : new ApiProblem(0, 'broken', '');
      if (asked.current === path) setState({ path, pages: pages.length > 0 ? pages : null, problem, busy: false });
    }
  };
  useEffect(() => {
    asked.current = path;
    question.current = questionOf(place, new Date());
    if (!faulty) void read([]);
  }, [path, faulty]);
  const current = state.path === path && !faulty;
  return {
    pages: current ? state.pages : null,
    problem: current ? state.problem : null,
    busy: !current || state.busy,
    more: () => void read(state.pages ?? []),
    question: question.current,
  };
}

function countOf(pages: readonly MessagePage[], words: Words): string {
  const shown = pages.reduce((sum, { items }) => sum + items.length, 0);
  const counted = pages[0]!.count;
  if (counted !== undefined) return words.search.count(counted);
  if (pages.at(-1)!.next_cursor === undefined) return words.search.count(shown);
  return shown === 0 ? words.search.nothingYet : words.search.moreThan(shown);
}

/** Said here, in the person's language, before the server has to. */
function faultOf(query: string, words: Words): string | null {
  const read = readSearchQuery(query);
  if (!('fault' in read)) return null;
  const { code, at, what } = read.fault;
  const { fault } = words.search;
  switch (code) {
    case 'query_unclosed_quote':
      return fault.query_unclosed_quote(at + 1);
    case 'query_unknown_field':
      return fault.query_unknown_field(what, at + 1);
    case 'query_empty_value':
      return fault.query_empty_value(what);
    default:
      return fault[code];
  }
}

function Nothing({ place }: { place: SearchPlace }) {
  const words = useWords();
  const { none, blank } = words.search;
  const untouched = pathOf(place) === '/search';
  return (
    <div class="empty">
      <h2>{untouched ? blank.title : none.title}</h2>
      {untouched ? <p>{blank.lead}</p> : !place.all && <p>{none.detections}</p>}
      <p class="ways">
        {!place.all && <Link to={pathOf({ ...place, all: true })}>{none.all}</Link>}
        {place.range !== 'ever' && place.range !== '365' && (
          <Link to={pathOf({ ...place, range: '365', from: '', to: '' })}>{none.longer}</Link>
        )}
      </p>
    </div>
  );
}
