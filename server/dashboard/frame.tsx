/** The frame around every screen: brand, ways, language, and the end of the session. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { LANGUAGES, type Language } from '../../shared/i18n/language.ts';
import { ask } from './api.ts';
import { useSurroundings } from './context.ts';
import { go, Link, type Place } from './router.tsx';
import { screenAt, waysFor } from './screens.tsx';
import { ShortcutHelp } from './shortcut-help.tsx';
import { useShortcuts } from './shortcuts.ts';
import { visible } from './visible.ts';

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
  const [menu, setMenu] = useState(false);
  const [help, setHelp] = useState(false);
  const shown = screenAt(place.path, surroundings)?.screen;
  const current = shown && (shown.under ?? shown.path);
  const ways = waysFor(surroundings);
  useShortcuts({
    ways: Object.fromEntries(ways.map(({ key, path }) => [key, () => go(path)])),
    help: () => setHelp(true),
  });

  // Another place is what moves the focus.
  useEffect(() => {
    // Whoever reads with ears hears that the screen has changed; on arrival the browser says it.
    if (!first.current) main.current?.focus({ preventScroll: true });
    first.current = false;
    setMenu(false);
  }, [place.path]);

  const signOut = () => ask('DELETE', '/session').then(onSignedOut, onSignedOut);
  return (
    <div class="frame">
      <a class="skip" href="#main">
        {words.skip}
      </a>
      <header>
        <Brand />
        {/* Seen on narrow screens only, where the ways would push everything else down. */}
        <button type="button" class="menu" aria-expanded={menu} aria-controls="ways" onClick={() => setMenu(!menu)}>
          {words.nav.menu}
        </button>
        <nav id="ways" class={menu ? 'open' : ''} aria-label={words.nav.label}>
          {ways.map(({ path, title }) => (
            <Link key={path} to={path} current={path === current}>
              {title(words)}
            </Link>
          ))}
        </nav>
        <div class="account">
          <LanguageChoice onLanguage={onLanguage} />
          <button type="button" class="plain keys" onClick={() => setHelp(true)}>
            {words.shortcuts.open} <kbd>?</kbd>
          </button>
          {session && (
            <Link to="/access" class="who" current={current === '/access'}>
              {words.role[session.role]} <span class="quiet">{visible(session.name)}</span>
            </Link>
          )}
          <button type="button" class="plain" onClick={signOut} title={words.signedInAs(session?.name ?? '')}>
            {words.signOut}
          </button>
        </div>
      </header>
      <main id="main" ref={main} tabIndex={-1}>
        {children}
      </main>
      {help && <ShortcutHelp onClose={() => setHelp(false)} />}
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
