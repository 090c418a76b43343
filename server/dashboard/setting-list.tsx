/** A list of addresses or domains; an entry is added or removed at once. */
import { useState } from 'preact/hooks';
import type { ListEntry } from '../../shared/list-entry.ts';
import { ApiProblem, ask, type Page } from './api.ts';
import { useWords } from './context.ts';
import { useLive } from './live.ts';
import { sentenceOf, Trouble } from './trouble.tsx';

const REFRESH_MS = 30_000;

export function SettingList({ name }: { name: 'allow_policies' | 'block_senders' | 'protected_mailboxes' }) {
  const words = useWords();
  const [title, lead] = words.settings.lists.titles[name] ?? ['', ''];
  const { data, problem, reload } = useLive(
    `list ${name}`,
    () => ask<Page<ListEntry>>('GET', `/settings/${name}`),
    REFRESH_MS,
  );
  const [refusal, setRefusal] = useState<string | null>(null);

  const attempt = async (work: Promise<unknown>): Promise<boolean> => {
    try {
      await work;
      setRefusal(null);
      return true;
    } catch (error) {
      setRefusal(error instanceof ApiProblem ? sentenceOf(error, words) : words.trouble.failed);
      return false;
    } finally {
      await reload();
    }
  };
  const add = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const fields = new FormData(form);
    const entry = { value: String(fields.get('value')).trim(), comment: String(fields.get('comment')).trim() };
    if (await attempt(ask('POST', `/settings/${name}`, entry))) form.reset();
  };
  const valueLabel = name === 'protected_mailboxes' ? words.settings.lists.address : words.settings.lists.value;

  return (
    <section class="card setting" aria-labelledby={`list-${name}`}>
      <h2 id={`list-${name}`}>{title}</h2>
      <p class="quiet">{lead}</p>
      <Trouble problem={problem} />
      {data && data.items.length === 0 && <p class="quiet">{words.settings.lists.empty}</p>}
      {data && data.items.length > 0 && (
        <ul class="entries">
          {data.items.map(({ id, value, comment }) => (
            <li key={id}>
              <span>
                <strong>{value}</strong>
                {comment && <span class="quiet">{comment}</span>}
              </span>
              <button
                type="button"
                class="plain"
                aria-label={words.settings.lists.remove(value)}
                onClick={() => attempt(ask('DELETE', `/settings/${name}/${id}`))}
              >
                <span aria-hidden="true">✕</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <form class="add" onSubmit={add}>
        <input name="value" required maxLength={320} aria-label={valueLabel} placeholder={valueLabel} />
        <input
          name="comment"
          maxLength={500}
          aria-label={words.settings.lists.comment}
          placeholder={words.settings.lists.comment}
        />
        <button type="submit">{words.settings.lists.add}</button>
      </form>
      <div role="alert">{refusal && <p class="banner danger">{refusal}</p>}</div>
    </section>
  );
}
