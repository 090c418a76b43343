/** Who one is here and what one may; for a super admin who else is signed in, and the data of one person. */
import type { OpenSession } from '../../shared/session.ts';
import { ask } from './api.ts';
import { mayDoAll, useSurroundings } from './context.ts';
import { Title } from './frame.tsx';
import { useLive } from './live.ts';
import { PersonData } from './person-data.tsx';
import { Trouble } from './trouble.tsx';
import { visible } from './visible.ts';
import { When } from './when.tsx';

const REFRESH_MS = 30_000;

export function AccessScreen({ query }: { query: URLSearchParams }) {
  const surroundings = useSurroundings();
  const { words, session } = surroundings;
  if (!session) return null;
  const everywhere = async () => {
    await ask('DELETE', '/session?everywhere=true').catch(() => {});
    dispatchEvent(new Event('reelback:signed-out'));
  };
  return (
    <div class="access">
      <div class="screen-head">
        <Title text={words.access.title} />
      </div>
      <section class="card" aria-labelledby="who">
        <h2 id="who">{visible(session.name)}</h2>
        <dl class="facts">
          <div>
            <dt>{words.access.role}</dt>
            <dd>{words.role[session.role]}</dd>
          </div>
          {session.signed_in_with && (
            <div>
              <dt>{words.access.with}</dt>
              <dd>{words.access.ways[session.signed_in_with]}</dd>
            </div>
          )}
          {session.expires_at && (
            <div>
              <dt>{words.access.until}</dt>
              <dd>
                <When at={session.expires_at} full />
              </dd>
            </div>
          )}
        </dl>
        <p>{words.access.may[session.role]}</p>
        <p class="quiet small">{words.access.idle}</p>
        <div class="buttons">
          <button type="button" onClick={everywhere}>
            {words.access.everywhere}
          </button>
        </div>
      </section>
      {mayDoAll(surroundings) && <Sessions you={session.name} />}
      {mayDoAll(surroundings) && <PersonData address={query.get('person') ?? ''} />}
    </div>
  );
}

function Sessions({ you }: { you: string }) {
  const { words } = useSurroundings();
  const { data, problem, reload } = useLive(
    'sessions',
    () => ask<{ items: OpenSession[] }>('GET', '/sessions'),
    REFRESH_MS,
  );
  const end = (name: string) => ask('POST', '/sessions/revoke', { name }).then(reload, reload);
  return (
    <section class="card" aria-labelledby="sessions">
      <h2 id="sessions">{words.access.sessions}</h2>
      <p class="quiet">{words.access.sessionsLead}</p>
      <Trouble problem={problem} />
      {data?.items.length === 0 && <p class="quiet">{words.access.noSessions}</p>}
      <ul class="entries">
        {data?.items.map(({ name, role, signed_in_at, seen_at }) => (
          <li key={`${name} ${signed_in_at}`}>
            <span>
              <strong>{visible(name)}</strong>
              <span class="quiet">
                {words.role[role] ?? role}
                {name === you && ` · ${words.access.you}`} · {words.access.seen} <When at={seen_at} />
              </span>
            </span>
            <button type="button" aria-label={words.access.endOf(visible(name))} onClick={() => end(name)}>
              {words.access.end}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
