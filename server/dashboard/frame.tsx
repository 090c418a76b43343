/** The frame around every screen: brand, ways, language, and the end of the session. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { LANGUAGES, type Language } from '../../shared/i18n/language.ts';
import { ask } from './api.ts';
import { mayConfigure, useSurroundings } from './context.ts';
import { Link, type Place } from './router.tsx';

export function Brand() {
  return (
    <span class="brand">
      <img src="/dashboard/icon.svg" alt="" width="28" height="28" />
      Reelback
    </span>
  );
}

export function LanguageChoice({ onLanguage }: { onLanguage: (language: Language) => void }) {
  const { language, words } = useSurroundings();
  return (
    <select
      class="language"
      aria-label={words.language}
      value={language}
      onChange={(event) => onLanguage(event.currentTarget.value as Language)}
    >
      {LANGUAGES.map((known) => (
        <option key={known} value={known} lang={known}>
          {{ en: 'English', de: 'Deutsch' }[known]}
        </option>
      ))}
    </select>
  );
}

interface FrameProps {
  place: Place;
  onLanguage: (language: Language) => void;
  onSignedOut: () => void;
  children: ComponentChildren;
}

export function Frame({ place, onLanguage, onSignedOut, children }: FrameProps) {
  const surroundings = useSurroundings();
  const { words, session } = surroundings;
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  const [, room = ''] = place.path.split('/');

  // Another place is what moves the focus.
  useEffect(() => {
    // Whoever reads with ears hears that the screen has changed; on arrival the browser says it.
    if (!first.current) main.current?.focus({ preventScroll: true });
    first.current = false;
  }, [place.path]);

  const signOut = () => ask('DELETE', '/session').then(onSignedOut, onSignedOut);
  return (
    <div class="frame">
      <a class="skip" href="#main">
        {words.skip}
      </a>
      <header>
        <Brand />
        <nav aria-label={words.nav.label}>
          <Link to="/" current={room === '' || room === 'submissions'}>
            {words.nav.submissions}
          </Link>
          <Link to="/retractions" current={room === 'retractions'}>
            {words.nav.retractions}
          </Link>
          {mayConfigure(surroundings) && (
            <>
              <Link to="/model" current={room === 'model'}>
                {words.model.title}
              </Link>
              <Link to="/settings" current={room === 'settings'}>
                {words.nav.settings}
              </Link>
            </>
          )}
        </nav>
        <div class="account">
          <LanguageChoice onLanguage={onLanguage} />
          <button type="button" class="plain" onClick={signOut} title={words.signedInAs(session?.name ?? '')}>
            {words.signOut}
          </button>
        </div>
      </header>
      <main id="main" ref={main} tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

/** The heading of a screen, which is the title of the page too. */
export function Title({ text }: { text: string }) {
  useEffect(() => {
    document.title = `${text} · Reelback`;
  }, [text]);
  return <h1>{text}</h1>;
}
