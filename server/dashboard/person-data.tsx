/** What is known of one person: handed out, or erased after its counts have been seen. The address is in the URL. */
import { useState } from 'preact/hooks';
import type { PersonErased, PersonPreview } from '../../shared/people.ts';
import { ApiProblem, ask } from './api.ts';
import { Confirm } from './confirm.tsx';
import { useWords } from './context.ts';
import { useLive } from './live.ts';
import { go } from './router.tsx';
import { Loading, sentenceOf, Trouble } from './trouble.tsx';
import { visible } from './visible.ts';

/** Nobody waits for it: it is looked at again before anything is erased. */
const REFRESH_MS = 300_000;
const pathOf = (address: string) => `/people/${encodeURIComponent(address)}`;

export function PersonData({ address }: { address: string }) {
  const { people: words } = useWords();
  const look = (event: SubmitEvent) => {
    event.preventDefault();
    const given = String(new FormData(event.currentTarget as HTMLFormElement).get('person'))
      .trim()
      .toLowerCase();
    go(`/access?${new URLSearchParams({ person: given })}`);
  };
  return (
    <section class="card" aria-labelledby="person">
      <h2 id="person">{words.title}</h2>
      <p class="quiet">{words.lead}</p>
      <form class="person" onSubmit={look}>
        <label class="field">
          <span>{words.address}</span>
          <input
            type="email"
            name="person"
            required
            maxLength={320}
            autoComplete="off"
            key={address}
            defaultValue={address}
          />
        </label>
        <button type="submit">{words.look}</button>
      </form>
      {address && <Person key={address} address={address} />}
    </section>
  );
}

function Person({ address }: { address: string }) {
  const words = useWords();
  const { data, problem, reload } = useLive(
    `person ${address}`,
    () => ask<PersonPreview>('GET', pathOf(address)),
    REFRESH_MS,
  );
  const [asked, setAsked] = useState(false);
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const [done, setDone] = useState(false);

  const erase = async (confirmation: string) => {
    setBusy(true);
    setRefused(null);
    try {
      await ask<PersonErased>('DELETE', `${pathOf(address)}?${new URLSearchParams({ confirmation })}`);
      setDone(true);
    } catch (error) {
      const outdated = error instanceof ApiProblem && error.code === 'confirmation_outdated';
      const other = error instanceof ApiProblem ? sentenceOf(error, words) : words.trouble.failed;
      setRefused(outdated ? words.people.changed : other);
      await reload();
    }
    setBusy(false);
    setAsked(false);
  };

  if (done) return <p class="banner info">{words.people.done}</p>;
  if (problem?.status === 404) return <p class="quiet">{words.people.none}</p>;
  if (!data) return problem ? <Trouble problem={problem} /> : <Loading rows={3} />;
  const [own, ...others] = data.addresses.map(visible);
  return (
    <>
      {others.length > 0 && <p class="quiet small">{words.people.also(others.join(', '))}</p>}
      <Counts counts={data.erased} words={words.people.erased} />
      <div class="buttons">
        <a class="button" href={`/api/v1${pathOf(address)}/export`} download="person.zip">
          {words.people.export}
        </a>
        <button type="button" class="danger" aria-expanded={asked} onClick={() => setAsked(true)}>
          {words.people.erase}
        </button>
      </div>
      <div role="alert">{refused && <p class="banner danger">{refused}</p>}</div>
      {asked && (
        <Confirm
          title={words.people.question(own ?? '')}
          text={words.people.teaches}
          confirm={words.people.confirm}
          danger
          disabled={busy || typed.trim().toLowerCase() !== address}
          onConfirm={() => erase(data.confirmation)}
          onCancel={() => setAsked(false)}
        >
          <h4>{words.people.kept}</h4>
          <Counts counts={data.kept} words={words.people.keeps} />
          <label class="field">
            <span>{words.people.type(visible(address))}</span>
            <input
              type="text"
              autoComplete="off"
              spellcheck={false}
              value={typed}
              onInput={(event) => setTyped(event.currentTarget.value)}
            />
          </label>
        </Confirm>
      )}
    </>
  );
}

function Counts<K extends string>({ counts, words }: { counts: Record<K, number>; words: Record<K, string> }) {
  const some = (Object.entries(counts) as [K, number][]).filter(([name, count]) => count > 0 && words[name]);
  return (
    <ul class="person-counts">
      {some.map(([name, count]) => (
        <li key={name}>
          <strong>{count}</strong> {words[name]}
        </li>
      ))}
    </ul>
  );
}
