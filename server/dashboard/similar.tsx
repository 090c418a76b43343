/** Mail of the same kind, on one press; on a second one also live from the mailboxes. Chosen ones can be taken back. */
import { useState } from 'preact/hooks';
import type { RetractionView } from '../../shared/api.ts';
import type { MailboxSearch, SimilarMessage, SimilarMessages } from '../../shared/similar.ts';
import { ApiProblem, ask } from './api.ts';
import { Chip, VerdictChip } from './chips.tsx';
import { mayDecide, useSurroundings, useWords } from './context.ts';
import { Link } from './router.tsx';
import { TakeBack } from './take-back.tsx';
import { Trouble } from './trouble.tsx';
import { visible } from './visible.ts';
import { When } from './when.tsx';

/** A live search asks every mailbox. */
const SEARCH_TIMEOUT_MS = 90_000;
const MAILS_SHOWN = 25;

export function Similar({ message }: { message: string }) {
  const surroundings = useSurroundings();
  const { words } = surroundings;
  const [answer, setAnswer] = useState<SimilarMessages | null>(null);
  const [busy, setBusy] = useState<'store' | 'mailboxes' | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  if (!mayDecide(surroundings)) return null;

  const read = async (where: 'store' | 'mailboxes') => {
    setBusy(where);
    setProblem(null);
    const path = `/messages/${message}/similar${where === 'mailboxes' ? '?search=mailboxes' : ''}`;
    try {
      setAnswer(await ask<SimilarMessages>('GET', path, undefined, SEARCH_TIMEOUT_MS));
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error : new ApiProblem(0, 'broken', ''));
    }
    setBusy(null);
  };
  if (!answer)
    return (
      <section class="card similar" aria-label={words.similar.title}>
        <button type="button" disabled={busy !== null} onClick={() => read('store')}>
          {words.similar.button}
        </button>
        <Trouble problem={problem} />
      </section>
    );
  return (
    <section class="card similar" aria-labelledby="similar">
      <h2 id="similar">{words.similar.title}</h2>
      <p class="quiet">{words.similar.lead}</p>
      <Trouble problem={problem} />
      <Judged items={answer.items} />
      {!answer.complete && <p class="quiet small">{words.similar.incomplete}</p>}
      {answer.mailboxes ? (
        <InMailboxes search={answer.mailboxes} />
      ) : (
        <button type="button" class="more" disabled={busy !== null} onClick={() => read('mailboxes')}>
          {busy === 'mailboxes' ? words.similar.searching : words.similar.search}
        </button>
      )}
    </section>
  );
}

function Judged({ items }: { items: SimilarMessage[] }) {
  const words = useWords();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [started, setStarted] = useState<RetractionView[]>([]);
  if (items.length === 0) return <p>{words.similar.none}</p>;
  const toggle = (id: string, on: boolean) => setChosen(on ? [...chosen, id] : chosen.filter((other) => other !== id));
  return (
    <>
      <ul class="similar-list">
        {items.map((item) => (
          <Row key={item.id} item={item} chosen={chosen.includes(item.id)} onToggle={(on) => toggle(item.id, on)} />
        ))}
      </ul>
      <div role="status">
        {started.length > 0 && (
          <p class="banner info">
            {words.similar.started(started.length)}{' '}
            {started.map(({ id, subject }) => (
              <Link key={id} to={`/retractions/${id}`}>
                {visible(subject) || words.submissions.noSubject}
              </Link>
            ))}
          </p>
        )}
      </div>
      <TakeBack
        ids={chosen}
        button={words.similar.retract}
        onStarted={(retractions) => {
          setStarted(retractions);
          setChosen([]);
        }}
      />
    </>
  );
}

function Row({ item, chosen, onToggle }: { item: SimilarMessage; chosen: boolean; onToggle: (on: boolean) => void }) {
  const words = useWords();
  const subject = visible(item.subject) || words.submissions.noSubject;
  return (
    <li>
      <input
        type="checkbox"
        aria-label={words.similar.choose(subject)}
        checked={chosen}
        onChange={(event) => onToggle(event.currentTarget.checked)}
      />
      <span class="mail">
        <strong dir="auto">
          {item.submission_id ? <Link to={`/submissions/${item.submission_id}`}>{subject}</Link> : subject}
        </strong>
        <span class="quiet small" dir="auto">
          {visible(item.header_from)}
        </span>
        <span class="marks">
          <VerdictChip view={{ status: 'concluded', outcome_disposition: item.disposition }} />
          {item.same_campaign && <Chip tone="warning" text={words.similar.campaign} />}
          <span class="quiet small">
            {words.similar.percent(Math.round(item.similarity * 100))} · {words.similar.reports(item.reports)} ·{' '}
            <When at={item.first_seen_at} />
            {item.retraction_id && (
              <>
                {' · '}
                <Link to={`/retractions/${item.retraction_id}`}>{words.similar.takenBack}</Link>
              </>
            )}
          </span>
        </span>
      </span>
    </li>
  );
}

function InMailboxes({ search }: { search: MailboxSearch }) {
  const words = useWords();
  const { columns } = words.similar;
  const shown = search.mails.slice(0, MAILS_SHOWN);
  const all = search.providers.reduce((sum, { found }) => sum + found, 0);
  return (
    <>
      <ul class="effects">
        {search.providers.map(({ provider, found, found_in, mailboxes, complete }) => (
          <li key={provider}>
            <span class="suite">
              <strong>{words.effects.provider[provider]}</strong>{' '}
              <span class="quiet small">
                {words.similar.found(found, found_in, mailboxes.searched, mailboxes.total)}
                {!complete && ` · ${words.similar.partly}`}
              </span>
            </span>
          </li>
        ))}
      </ul>
      {shown.length > 0 && (
        <table class="copies">
          <caption class="quiet small">{words.similar.table}</caption>
          <thead>
            <tr>
              {Object.entries(columns).map(([name, text]) => (
                <th scope="col" key={name}>
                  {text}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((mail) => (
              <tr key={`${mail.mailbox} ${mail.provider_message_id}`}>
                <td class="mailbox">{mail.mailbox}</td>
                <td data-label={columns.subject} dir="auto">
                  {visible(mail.subject) || words.submissions.noSubject}
                </td>
                <td class="short" data-label={columns.when}>
                  {mail.received_at && <When at={mail.received_at} />}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {all > shown.length && <p class="quiet small">{words.similar.more(all - shown.length)}</p>}
    </>
  );
}
