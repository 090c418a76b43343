/** A list of policies; an entry is added or removed at once, a CSV is taken whole or not at all. */
import { useState } from 'preact/hooks';
import type { Problem } from '../../shared/api.ts';
import type { ListEntry, ListImport } from '../../shared/list-entry.ts';
import { ApiProblem, ask, askWithText, type Page } from './api.ts';
import { useSurroundings } from './context.ts';
import { entryOf, ListFields } from './list-fields.tsx';
import { LIST_WORDS, type ListName, type ListWords } from './list-words.ts';
import { useLive } from './live.ts';
import { sentenceOf, Trouble } from './trouble.tsx';

const REFRESH_MS = 30_000;

export function SettingList({ name }: { name: ListName }) {
  const { words: all, language } = useSurroundings();
  const words = LIST_WORDS[language];
  const [title, lead] = words.titles[name];
  const { data, problem, reload } = useLive(
    `list ${name}`,
    () => ask<Page<ListEntry>>('GET', `/settings/${name}`),
    REFRESH_MS,
  );
  const [refusal, setRefusal] = useState<string | null>(null);
  const [news, setNews] = useState<string | null>(null);
  const [wrong, setWrong] = useState<NonNullable<Problem['lines']>>([]);

  const attempt = async (work: Promise<unknown>): Promise<boolean> => {
    setNews(null);
    setWrong([]);
    try {
      await work;
      setRefusal(null);
      return true;
    } catch (error) {
      setRefusal(error instanceof ApiProblem ? sentenceOf(error, all) : all.trouble.failed);
      if (error instanceof ApiProblem) setWrong(error.body.lines ?? []);
      return false;
    } finally {
      await reload();
    }
  };
  const add = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    if (await attempt(ask('POST', `/settings/${name}`, entryOf(name, new FormData(form))))) form.reset();
  };
  const importCsv = async (input: HTMLInputElement) => {
    const [file] = input.files ?? [];
    if (!file) return;
    let told: ListImport | null = null;
    const work = file.text().then(async (csv) => {
      told = await askWithText<ListImport>(`/settings/${name}/csv`, 'text/csv', csv);
    });
    if ((await attempt(work)) && told) {
      const { added, changed, unchanged } = told as ListImport;
      setNews(words.imported(added, changed, unchanged));
    }
    input.value = '';
  };

  return (
    <section class="card setting" aria-labelledby={`list-${name}`}>
      <h2 id={`list-${name}`}>{title}</h2>
      <p class="quiet">{lead}</p>
      <Trouble problem={problem} />
      {data && data.items.length === 0 && <p class="quiet">{words.empty}</p>}
      {data && data.items.length > 0 && (
        <ul class="entries">
          {data.items.map((entry) => (
            <li key={entry.id}>
              <span>
                <strong>{entry.value}</strong>
                <span class="quiet">{toldOf(name, entry, words, all.disposition)}</span>
              </span>
              <button
                type="button"
                class="plain"
                aria-label={words.remove(entry.value)}
                onClick={() => attempt(ask('DELETE', `/settings/${name}/${entry.id}`))}
              >
                <span aria-hidden="true">✕</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <form class="add" onSubmit={add}>
        <ListFields name={name} words={words} dispositions={all.disposition} />
        <button type="submit">{words.add}</button>
      </form>
      <p class="csv">
        <a href={`/api/v1/settings/${name}/csv`} download={`${name}.csv`}>
          {words.exportCsv}
        </a>
        <label>
          {words.importCsv}
          <input
            type="file"
            accept=".csv,text/csv"
            class="unseen"
            onChange={(event) => importCsv(event.currentTarget)}
          />
        </label>
      </p>
      <div role="alert">
        {refusal && <p class="banner danger">{refusal}</p>}
        {wrong.length > 0 && (
          <ul class="plain-list">
            {wrong.map(({ line, detail }) => (
              <li key={line}>{words.wrongLine(line, detail)}</li>
            ))}
          </ul>
        )}
      </div>
      <div role="status">{news && <p class="quiet">{news}</p>}</div>
    </section>
  );
}

/** What an entry says beside its value, in one line. */
function toldOf(name: ListName, entry: ListEntry, words: ListWords, dispositions: Record<string, string>): string {
  const { kind, disposition, trust, recent, similarity, addresses, header, comment } = entry;
  return [
    name === 'allow_policies' || name === 'block_senders' || name === 'simulations' ? words.kinds[kind ?? ''] : '',
    disposition ? dispositions[disposition] : '',
    trust ? words.trust[trust] : '',
    recent ? words.recent : '',
    similarity ? words.similarity : '',
    (addresses ?? []).join(', '),
    header ? `${header.name}${header.value ? `: ${header.value}` : ''}` : '',
    comment,
  ]
    .filter(Boolean)
    .join(' · ');
}
