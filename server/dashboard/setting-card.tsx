/** One setting: read, changed here, saved as a whole. */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ApiProblem, ask } from './api.ts';
import { useWords } from './context.ts';
import { Loading, sentenceOf } from './trouble.tsx';

interface SettingCardProps<T> {
  name: string;
  title: string;
  lead: string;
  children: (value: T, change: (next: T) => void) => ComponentChildren;
}

export function SettingCard<T>({ name, title, lead, children }: SettingCardProps<T>) {
  const words = useWords();
  const [stored, setStored] = useState<T | null>(null);
  const [value, setValue] = useState<T | null>(null);
  const [said, setSaid] = useState<{ good: boolean; text: string } | null>(null);

  const failed = (error: unknown) =>
    setSaid({ good: false, text: error instanceof ApiProblem ? sentenceOf(error, words) : words.trouble.failed });
  const accept = (answer: T) => {
    setStored(answer);
    setValue(answer);
  };
  // Read once; what somebody types is not overwritten.
  useEffect(() => {
    ask<T>('GET', `/settings/${name}`).then(accept, failed);
  }, [name]);

  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    try {
      accept(await ask<T>('PUT', `/settings/${name}`, value));
      setSaid({ good: true, text: words.settings.saved });
    } catch (error) {
      failed(error);
    }
  };
  const changed = value !== null && JSON.stringify(value) !== JSON.stringify(stored);

  return (
    <form class="card setting" onSubmit={save} aria-labelledby={`setting-${name}`}>
      <h2 id={`setting-${name}`}>{title}</h2>
      <p class="quiet">{lead}</p>
      {value === null
        ? !said && <Loading rows={3} />
        : children(value, (next) => {
            setSaid(null);
            setValue(next);
          })}
      <div class="save">
        <button type="submit" class="primary" disabled={!changed}>
          {words.settings.save}
        </button>
        <span role="status" class={said && !said.good ? 'refused' : 'quiet'}>
          {said ? said.text : changed ? words.settings.unsaved : ''}
        </span>
      </div>
    </form>
  );
}
