/** What is left of the first hour; gone once everything is done. */
import type { Setup } from '../../shared/setup.ts';
import { ask } from './api.ts';
import { useWords } from './context.ts';
import { useLive } from './live.ts';
import { Link } from './router.tsx';

const REFRESH_MS = 30_000;

export function SetupSteps() {
  const words = useWords().setup;
  const { data } = useLive('setup', () => ask<Setup>('GET', '/setup'), REFRESH_MS);
  if (!data || data.steps.every(({ done }) => done)) return null;
  const left = data.steps.filter(({ done }) => !done).length;
  return (
    <section class="card setting" aria-labelledby="setup-title">
      <h2 id="setup-title">{words.title}</h2>
      <p class="quiet">{words.lead(data.steps.length - left, data.steps.length)}</p>
      <ol class="setup-steps">
        {data.steps.map(({ id, done, count }) => {
          const { title, todo, ready, place } = words.steps[id];
          return (
            <li key={id} class={done ? 'done' : 'open'}>
              <span class="mark" aria-hidden="true">
                {done ? '✓' : '○'}
              </span>
              <span>
                <strong>
                  {title} <span class="unseen">({done ? words.done : words.open})</span>
                </strong>
                <span class="quiet">{done ? ready(count) : todo}</span>
              </span>
              {!done &&
                place !== null &&
                (place.startsWith('#') ? <a href={place}>{words.go}</a> : <Link to={place}>{words.go}</Link>)}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
