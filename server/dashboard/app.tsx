/** The dashboard: a plain client of the HTTP API. */
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Language } from '../../shared/i18n/language.ts';
import { ask, type Session } from './api.ts';
import { Context, mayConfigure, WORDS } from './context.ts';
import { Frame } from './frame.tsx';
import { chooseLanguage, chosenLanguage } from './language.ts';
import { ModelScreen } from './model-screen.tsx';
import { RetractionScreen } from './retraction-screen.tsx';
import { RetractionsScreen } from './retractions-screen.tsx';
import { usePlace } from './router.tsx';
import { SettingsScreen } from './settings-screen.tsx';
import { SignIn } from './sign-in.tsx';
import { SubmissionScreen } from './submission-screen.tsx';
import { SubmissionsScreen } from './submissions-screen.tsx';
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
  const surroundings = { language, words, session };
  return (
    <Context.Provider value={surroundings}>
      {session === null ? (
        <SignIn onSignedIn={setSession} onLanguage={change} />
      ) : (
        <Frame place={place} onLanguage={change} onSignedOut={() => setSession(null)}>
          <Screen path={place.path} query={place.query} settings={mayConfigure(surroundings)} />
        </Frame>
      )}
    </Context.Provider>
  );
}

function Screen({ path, query, settings }: { path: string; query: URLSearchParams; settings: boolean }) {
  const [, room = '', id] = path.split('/');
  if (room === '' || (room === 'submissions' && !id)) return <SubmissionsScreen query={query} />;
  if (room === 'submissions' && id) return <SubmissionScreen id={id} key={id} />;
  if (room === 'retractions' && id) return <RetractionScreen id={id} key={id} />;
  if (room === 'retractions') return <RetractionsScreen />;
  if (room === 'model' && settings) return <ModelScreen />;
  if (room === 'settings' && settings) return <SettingsScreen />;
  return <Nothing />;
}

render(<App />, document.getElementById('app')!);
