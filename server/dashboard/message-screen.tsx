/** One message: what it is, what was done with it, the way it came, and what it looks like. The view is in the address. */
import type { ActionLog, MailTrace, MessageDetail } from '../../shared/messages.ts';
import { ask } from './api.ts';
import { VerdictChip } from './chips.tsx';
import { mayDecide, useSurroundings, useWords } from './context.ts';
import { Title } from './frame.tsx';
import { useLive } from './live.ts';
import { MessageDetails } from './message-details.tsx';
import { MessageActions, MessagePreview, MessageRaw, MessageTrace } from './message-views.tsx';
import { Link } from './router.tsx';
import { Loading, Nothing, Trouble } from './trouble.tsx';
import { visible } from './visible.ts';
import { When } from './when.tsx';

const VIEWS = ['details', 'actions', 'raw', 'trace', 'preview'] as const;
type View = (typeof VIEWS)[number];
const CALM_MS = 15_000;

export function MessageScreen({ id, query }: { id: string; query: URLSearchParams }) {
  const surroundings = useSurroundings();
  const { words } = surroundings;
  if (!mayDecide(surroundings))
    return (
      <div class="empty">
        <Title text={words.search.title} />
        <p>{words.search.refused}</p>
      </div>
    );
  return <Message id={id} query={query} />;
}

function Message({ id, query }: { id: string; query: URLSearchParams }) {
  const words = useWords();
  const view = VIEWS.find((known) => known === query.get('view')) ?? 'details';
  const path = `/messages/${encodeURIComponent(id)}`;
  const { data, problem, reload } = useLive(`message ${id}`, () => ask<MessageDetail>('GET', path), CALM_MS);
  if (problem?.status === 404 || problem?.status === 400) return <Nothing />;
  if (!data) return problem ? <Trouble problem={problem} /> : <Loading rows={8} />;
  const search = searchOf(query);
  return (
    <article class="detail">
      <Link to={`/search${search}`} class="back">
        {words.message.back}
      </Link>
      <div class="detail-head">
        {data.final_disposition ? (
          <VerdictChip view={{ status: 'concluded', outcome_disposition: data.final_disposition }} />
        ) : (
          <span class="quiet">{words.search.unjudged}</span>
        )}
        <Title text={visible(data.subject) || words.submissions.noSubject} />
        <p class="quiet">
          <span dir="auto">{words.submissions.from(visible(data.from))}</span> ·{' '}
          {words.search.delivery[data.delivery_status]} · <When at={data.received_at} />
        </p>
      </div>
      <Trouble problem={problem} />
      <nav class="tabs" aria-label={words.message.tabsLabel}>
        {VIEWS.map((name) => (
          <Link key={name} to={`${path}${withView(query, name)}`} current={name === view}>
            {words.message.tabs[name]}
          </Link>
        ))}
      </nav>
      {view === 'details' && <MessageDetails message={data} onChanged={reload} />}
      {view === 'actions' && (
        <Loaded path={`${path}/action-log`} show={(log: ActionLog) => <MessageActions log={log} />} />
      )}
      {view === 'trace' && (
        <Loaded path={`${path}/trace`} show={(trace: MailTrace) => <MessageTrace trace={trace} />} />
      )}
      {view === 'raw' && <MessageRaw message={data} />}
      {view === 'preview' && <MessagePreview message={data} />}
    </article>
  );
}

function Loaded<T>({ path, show }: { path: string; show: (data: T) => preact.VNode }) {
  const { data, problem } = useLive(path, () => ask<T>('GET', path), CALM_MS);
  return (
    <>
      <Trouble problem={problem} />
      {data ? show(data) : !problem && <Loading rows={4} />}
    </>
  );
}

/** The search one came from, to go back to. */
function searchOf(query: URLSearchParams): string {
  const params = new URLSearchParams(query);
  params.delete('view');
  const text = params.toString();
  return text ? `?${text}` : '';
}

function withView(query: URLSearchParams, view: View): string {
  const params = new URLSearchParams(query);
  if (view === 'details') params.delete('view');
  else params.set('view', view);
  const text = params.toString();
  return text ? `?${text}` : '';
}
