/** The audit log: filters live in the address, and the chain can be verified. */
import { useState } from 'preact/hooks';
import { AUDIT_TYPES, type AuditEntry, type AuditVerification } from '../../shared/audit.ts';
import { ApiProblem, ask, type Page } from './api.ts';
import { AuditRow } from './audit-row.tsx';
import { useWords } from './context.ts';
import { Title } from './frame.tsx';
import { useLive } from './live.ts';
import { go, Link } from './router.tsx';
import { Loading, sentenceOf, Trouble } from './trouble.tsx';

const REFRESH_MS = 10_000;
const PAGE = 50;
const VERIFY_MS = 300_000;
const TEXTS = ['actor', 'action', 'subject'] as const;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

export function AuditScreen({ query }: { query: URLSearchParams }) {
  const { audit: words, more } = useWords();
  const [pages, setPages] = useState(1);
  const question = questionOf(query);
  question.set('limit', String(Math.min(PAGE * pages, 1_000)));
  const { data, problem } = useLive(
    `audit ${question}`,
    () => ask<Page<AuditEntry>>('GET', `/audit-log?${question}`),
    REFRESH_MS,
  );
  return (
    <div class="audit">
      <div class="screen-head">
        <Title text={words.title} />
        <p class="quiet">{words.lead}</p>
      </div>
      <Verify />
      <Filters query={query} />
      <Trouble problem={problem} />
      {!data && !problem && <Loading rows={6} />}
      {data?.items.length === 0 && (
        <div class="empty">
          <h2>{words.none.title}</h2>
          <p class="quiet">{words.none.lead}</p>
          <p>
            <Link to="/audit">{words.reset}</Link>
          </p>
        </div>
      )}
      {data && data.items.length > 0 && (
        <ol class="audit-lines" aria-label={words.title}>
          {data.items.map((entry) => (
            <AuditRow key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
      {data?.next_cursor && pages * PAGE < 1_000 && (
        <button type="button" class="more" onClick={() => setPages(pages + 1)}>
          {more}
        </button>
      )}
    </div>
  );
}

/** What the API is asked, of what the address says. The last day is part of it. */
function questionOf(query: URLSearchParams): URLSearchParams {
  const question = new URLSearchParams();
  const type = AUDIT_TYPES.find((one) => one === query.get('type'));
  if (type) question.set('type', type);
  for (const name of TEXTS) {
    const value = query.get(name)?.trim();
    if (value) question.set(name, value);
  }
  const [start, end] = [query.get('start') ?? '', query.get('end') ?? ''];
  if (DATE.test(start)) question.set('start', new Date(`${start}T00:00:00Z`).toISOString());
  if (DATE.test(end)) question.set('end', new Date(Date.parse(`${end}T00:00:00Z`) + 86_400_000).toISOString());
  return question;
}

function Filters({ query }: { query: URLSearchParams }) {
  const { audit: words } = useWords();
  const show = (event: Event) => {
    event.preventDefault();
    const place = new URLSearchParams();
    for (const [name, value] of new FormData((event.currentTarget as HTMLElement).closest('form')!))
      if (String(value).trim() !== '') place.set(name, String(value).trim());
    go(place.size > 0 ? `/audit?${place}` : '/audit');
  };
  return (
    <form class="audit-filters" onSubmit={show} key={query.toString()}>
      <label class="field">
        <span>{words.type}</span>
        <select name="type" defaultValue={query.get('type') ?? ''} onChange={show}>
          <option value="">{words.all}</option>
          {AUDIT_TYPES.map((type) => (
            <option key={type} value={type} selected={type === query.get('type')}>
              {words.types[type]}
            </option>
          ))}
        </select>
      </label>
      {TEXTS.map((name) => (
        <label class="field" key={name}>
          <span>{words[name]}</span>
          <input
            type="text"
            name={name}
            placeholder={words[`${name}Hint`]}
            maxLength={100}
            autoComplete="off"
            spellcheck={false}
            defaultValue={query.get(name) ?? ''}
          />
        </label>
      ))}
      {(['start', 'end'] as const).map((name) => (
        <label class="field" key={name}>
          <span>{words[name]}</span>
          <input type="date" name={name} defaultValue={query.get(name) ?? ''} />
        </label>
      ))}
      <button type="submit">{words.show}</button>
    </form>
  );
}

function Verify() {
  const words = useWords();
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<AuditVerification | string | null>(null);
  const verify = async () => {
    setBusy(true);
    setResult(null);
    try {
      setResult(await ask<AuditVerification>('GET', '/audit-log/verify', undefined, VERIFY_MS));
    } catch (error) {
      setResult(error instanceof ApiProblem ? sentenceOf(error, words) : words.trouble.failed);
    }
    setBusy(false);
  };
  return (
    <section class="verify" aria-label={words.audit.verify}>
      <div class="buttons">
        <button type="button" disabled={busy} onClick={verify}>
          {words.audit.verify}
        </button>
        <a class="button" href="/api/v1/audit-log/export" download="audit-log.jsonl">
          {words.audit.export}
        </a>
      </div>
      <div role="status">
        {busy && <p class="quiet">{words.audit.verifying}</p>}
        {typeof result === 'string' && <p class="banner warning">{result}</p>}
        {result !== null && typeof result === 'object' && <Outcome result={result} />}
      </div>
    </section>
  );
}

function Outcome({ result: { lines, head, broken } }: { result: AuditVerification }) {
  const { audit: words } = useWords();
  if (broken) {
    const { position, audit_id, what } = broken;
    const where = [position === null ? '' : words.position(position), audit_id === null ? '' : words.line(audit_id)];
    return (
      <p class="banner danger">
        <strong>{words.broken(where.filter((part) => part !== '').join(', '))}</strong> {words.breach[what]}
      </p>
    );
  }
  return (
    <div class="banner info">
      <p>{words.holds(lines)}</p>
      {head && (
        <p class="small">
          {words.head} <code>{`${head.position}:${head.hash}`}</code>
        </p>
      )}
    </div>
  );
}
