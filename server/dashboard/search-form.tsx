/** The field people type into, what is often looked for, time, and fields for those who would rather fill in than type. */
import { useState } from 'preact/hooks';
import { fieldCondition, type SearchField } from '../../shared/search-query.ts';
import { DISPOSITIONS } from '../../shared/verdict.ts';
import { useWords } from './context.ts';
import { Link } from './router.tsx';
import { dayOf, pathOf, RANGES, type SearchPlace } from './search-place.ts';

const PRESETS = {
  malicious: 'disposition:malicious',
  spoof: 'disposition:spoof',
  suspicious: 'disposition:suspicious',
  spam: 'disposition:spam',
  moved: 'action:MOVED',
  reclassified: 'is:reclassified',
  reported: 'is:reported',
} as const;

const FIELDS = [
  'from',
  'to',
  'subject',
  'domain',
  'message_id',
  'alert_id',
  'attachment',
  'url',
  'ip',
  'mailbox',
] as const satisfies readonly SearchField[];

export function SearchForm({ place, onSearch }: { place: SearchPlace; onSearch: (place: SearchPlace) => void }) {
  const words = useWords();
  // The address is the truth; what is being typed is on top of it until it is sent off.
  const [typed, setTyped] = useState<{ over: string; text: string } | null>(null);
  const text = typed && typed.over === place.query ? typed.text : place.query;
  const search = (change: Partial<SearchPlace>) => {
    setTyped(null);
    onSearch({ ...place, query: text.trim(), ...change });
  };
  return (
    <search class="search-form">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          search({});
        }}
      >
        <div class="search-line">
          <input
            type="search"
            name="query"
            aria-label={words.search.field}
            placeholder={words.search.placeholder}
            maxLength={1_000}
            autoComplete="off"
            spellcheck={false}
            value={text}
            onInput={(event) => setTyped({ over: place.query, text: event.currentTarget.value })}
          />
          <button type="submit" class="primary">
            {words.search.button}
          </button>
        </div>
        <div class="search-line">
          <select
            aria-label={words.search.range}
            value={place.range}
            onChange={(event) => search({ range: event.currentTarget.value })}
          >
            {RANGES.map((days) => (
              <option key={days} value={days}>
                {words.search.ranges[days]}
              </option>
            ))}
            <option value="ever">{words.search.ever}</option>
            <option value="between">{words.search.between}</option>
          </select>
          {place.range === 'between' && <Days place={place} onChoose={search} />}
          <label class="check">
            <input
              type="checkbox"
              checked={place.all}
              onChange={(event) => search({ all: event.currentTarget.checked })}
            />
            {words.search.all}
          </label>
        </div>
      </form>
      <nav class="presets" aria-label={words.search.presets}>
        {Object.entries(PRESETS).map(([name, query]) => (
          <Link
            key={name}
            to={pathOf({ query, range: '7', from: '', to: '', all: false, passedOn: [] })}
            current={place.query === query}
          >
            {words.search.preset[name as keyof typeof PRESETS]}
          </Link>
        ))}
      </nav>
      <div class="search-more">
        <Advanced onApply={(query) => onSearch({ ...place, query, passedOn: [] })} />
        <Help />
      </div>
    </search>
  );
}

function Days({ place, onChoose }: { place: SearchPlace; onChoose: (change: Partial<SearchPlace>) => void }) {
  const words = useWords();
  return (
    <>
      {(['from', 'to'] as const).map((side) => (
        <input
          key={side}
          type="date"
          aria-label={words.search[side]}
          value={dayOf(place[side])}
          onChange={(event) => onChoose({ range: 'between', [side]: event.currentTarget.value })}
        />
      ))}
    </>
  );
}

function Advanced({ onApply }: { onApply: (query: string) => void }) {
  const words = useWords();
  const { fields } = words.search;
  const apply = (form: HTMLFormElement) => {
    const data = new FormData(form);
    const conditions = [...FIELDS, 'disposition' as const].flatMap((field) => {
      const value = String(data.get(field) ?? '').trim();
      // Words of the subject in any order, unless somebody puts them in quotes.
      const values = field === 'subject' && !/^".*"$/.test(value) ? value.split(/\s+/) : [value];
      return value === '' ? [] : values.map((one) => fieldCondition(field, one));
    });
    onApply(conditions.join(' '));
  };
  return (
    <details>
      <summary>{words.search.advanced}</summary>
      <form
        class="by-field"
        onSubmit={(event) => {
          event.preventDefault();
          apply(event.currentTarget);
        }}
      >
        {FIELDS.map((field) => (
          <label key={field} class="field">
            <span>{fields[field]}</span>
            <input name={field} maxLength={300} autoComplete="off" spellcheck={false} />
          </label>
        ))}
        <label class="field">
          <span>{fields.disposition}</span>
          <select name="disposition">
            <option value="">{words.search.any}</option>
            {DISPOSITIONS.map((disposition) => (
              <option key={disposition} value={disposition}>
                {words.disposition[disposition]}
              </option>
            ))}
          </select>
        </label>
        <button type="submit">{words.search.apply}</button>
      </form>
    </details>
  );
}

function Help() {
  const words = useWords();
  return (
    <details>
      <summary>{words.search.help}</summary>
      <dl class="search-help">
        {words.search.helpLines.map(([query, meaning]) => (
          <div key={query}>
            <dt>
              <code>{query}</code>
            </dt>
            <dd class="quiet">{meaning}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
