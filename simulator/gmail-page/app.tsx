/** A mail client in the manner of Gmail, with the real add-on in its side panel. An own design; not Gmail. */
import { render } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { loadCompany, loadLetter, loadMailbox, markRead, watchMailbox } from './client.ts';
import { MessageList } from './message-list.tsx';
import { Panel } from './panel.tsx';
import { Reading } from './reading.tsx';
import { TopBar } from './top-bar.tsx';
import { usePanel } from './use-panel.ts';
import type { Company, Fault, Letter, MailboxView, Place } from './wire.ts';
import { words as allWords, type Language, type Words } from './words.ts';

type Shown = Place | 'ALL';

/** `#ana@lab.example.org/19f7f5ecde85bac0` */
function fromHash(): { mailbox: string; messageId: string } {
  const [mailbox = '', messageId = ''] = decodeURIComponent(location.hash.slice(1)).split('/');
  return { mailbox, messageId };
}

function App({ company }: { company: Company }) {
  const [at, setAt] = useState(fromHash);
  useEffect(() => {
    const follow = () => setAt(fromHash());
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  const entry = company.mailboxes.find(({ address }) => address === at.mailbox) ?? company.mailboxes[0];
  if (!entry) return <p class="alone">{allWords.en.empty}</p>;
  const messageId = at.mailbox === entry.address ? at.messageId : '';
  return <Mailbox key={entry.address} company={company} address={entry.address} messageId={messageId} />;
}

function Mailbox({ company, address, messageId }: { company: Company; address: string; messageId: string }) {
  const [language, setLanguage] = useState<Language>(
    company.mailboxes.find((entry) => entry.address === address)?.language ?? 'en',
  );
  const [fault, setFault] = useState<Fault>('none');
  const [reloads, setReloads] = useState(0);
  const [place, setPlace] = useState<Shown>('INBOX');
  const [view, setView] = useState<MailboxView>({ rows: [], labels: {} });
  const [letter, setLetter] = useState<Letter | null>(null);
  const words = allWords[language];
  const panel = usePanel(address, messageId, language === 'de' ? 'de-DE' : 'en-GB', fault, reloads);
  const look = useCallback(() => loadMailbox(address).then(setView, () => undefined), [address]);

  useEffect(() => {
    look();
    return watchMailbox(address, look);
  }, [look]);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  useEffect(() => {
    setLetter(null);
    if (!messageId) return;
    loadLetter(address, messageId).then(setLetter, () => undefined);
    markRead(address, messageId).catch(() => undefined);
  }, [address, messageId]);

  const go = (id: string) => {
    location.hash = id ? `${address}/${id}` : address;
  };
  const row = view.rows.find(({ id }) => id === messageId);
  const away = letter ? whereIs(row?.labelIds ?? null, place, words) : null;
  return (
    <div class={messageId ? 'mail open' : 'mail'}>
      <TopBar company={company} address={address} words={words} {...{ language, setLanguage, fault, setFault }} />
      <nav class="places" aria-label={words.labels}>
        {(['INBOX', 'STARRED', 'SENT', 'SPAM', 'TRASH', 'ALL'] as const).map((one) => (
          <button
            type="button"
            key={one}
            aria-current={one === place ? 'page' : undefined}
            onClick={() => {
              setPlace(one);
              go('');
            }}
          >
            <span>{words.places[one]}</span>
            {one === 'INBOX' && <small>{unread(view) || ''}</small>}
          </button>
        ))}
        {company.outlookHref && <a href={company.outlookHref}>{words.outlook}</a>}
        <p class="pretence">{words.pretence}</p>
      </nav>
      <main>
        {letter ? (
          <Reading
            mailbox={address}
            letter={letter}
            where={away}
            language={language}
            words={words}
            onBack={() => go('')}
          />
        ) : (
          <MessageList rows={rowsIn(view, place)} labels={view.labels} language={language} words={words} onOpen={go} />
        )}
      </main>
      {company.addon ? (
        <Panel
          panel={panel}
          words={words}
          onReload={() => setReloads(reloads + 1)}
          onConsent={() => {
            setFault('none');
            panel.dismiss();
          }}
        />
      ) : (
        <aside class="panel">
          <p class="alone">{words.noAddon}</p>
        </aside>
      )}
    </div>
  );
}

function rowsIn({ rows }: MailboxView, place: Shown) {
  const discarded = (labelIds: string[]) => labelIds.includes('TRASH') || labelIds.includes('SPAM');
  if (place === 'ALL') return rows.filter(({ labelIds }) => !discarded(labelIds));
  return rows.filter(({ labelIds }) => labelIds.includes(place) && (place === 'TRASH' || !labelIds.includes('TRASH')));
}

const unread = (view: MailboxView) => rowsIn(view, 'INBOX').filter(({ isRead }) => !isRead).length;

/** null while the open mail lies where the person opened it. */
function whereIs(labelIds: string[] | null, place: Shown, words: Words): string | null {
  if (labelIds === null) return words.gone;
  const now = (['TRASH', 'SPAM'] as const).find((one) => labelIds.includes(one));
  return now && now !== place ? words.away(words.places[now]) : null;
}

loadCompany().then((company) => render(<App company={company} />, document.getElementById('app')!));
