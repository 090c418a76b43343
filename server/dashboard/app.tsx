/** The dashboard: a plain client of the HTTP API. */
import { Fragment, render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Language } from '../../shared/i18n/language.ts';
import { ask, type Session } from './api.ts';
import { Context, useSurroundings, WORDS } from './context.ts';
import { Frame } from './frame.tsx';
import { chooseLanguage, chosenLanguage } from './language.ts';
import { go, type Place, usePlace } from './router.tsx';
import { screenAt } from './screens.tsx';
import { SignIn } from './sign-in.tsx';
import { Nothing } from './trouble.tsx';

function App() {
  const [language, setLanguage] = useState<Language>(chosenLanguage);
  // undefined: not known yet; null: nobody.
  const [session, setSession] = useState<Session | null | undefined>(undefined);
  const place = usePlace();
  const words = WORDS[language];

  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  useEffect(() => {
    ask<Session>('GET', '/session').then(setSession, () => setSession(null));
    // A session that ends while somebody works leads back to the sign-in, not to a page of errors.
    const leave = () => setSession(null);
    addEventListener('reelback:signed-out', leave);
    return () => removeEventListener('reelback:signed-out', leave);
  }, []);

  if (session === undefined) return null;
  const change = (next: Language) => {
    chooseLanguage(next);
    setLanguage(next);
  };
  const signedIn = (next: Session) => {
    if (place.query.has('sign_in')) go(place.path, { replace: true });
    setSession(next);
  };
  const surroundings = { language, words, session };
  return (
    <Context.Provider value={surroundings}>
      {session === null ? (
        <SignIn place={place} onSignedIn={signedIn} onLanguage={change} />
      ) : (
        <Frame place={place} onLanguage={change} onSignedOut={() => setSession(null)}>
          <ScreenAt place={place} />
        </Frame>
      )}
    </Context.Provider>
  );
}

function ScreenAt({ place }: { place: Place }) {
  const found = screenAt(place.path, useSurroundings());
  if (!found) return <Nothing />;
  const { screen, params } = found;
  return (
    <Fragment key={[screen.under ?? screen.path, ...Object.values(params)].join(' ')}>
      {screen.show({ params, query: place.query })}
    </Fragment>
  );
}

render(<App />, document.getElementById('app')!);
