import { useEffect, useState } from 'preact/hooks';
import type { Language } from '../../shared/i18n/language.ts';
import type { SignInWays } from '../../shared/session.ts';
import { SIGN_IN_REFUSALS } from '../../shared/sign-in-refusal.ts';
import { ApiProblem, ask, type Session } from './api.ts';
import { useWords } from './context.ts';
import { Brand, LanguageChoice, Title } from './frame.tsx';
import type { Place } from './router.tsx';
import { sentenceOf } from './trouble.tsx';
import type { Words } from './words-en.ts';

interface SignInProps {
  place: Place;
  onSignedIn: (session: Session) => void;
  onLanguage: (language: Language) => void;
}

/** With the provider where there is one, else with the token, and then where one wanted to go. */
export function SignIn({ place, onSignedIn, onLanguage }: SignInProps) {
  const words = useWords();
  const [ways, setWays] = useState<SignInWays | 'unknown' | null>(null);
  useEffect(() => {
    ask<SignInWays>('GET', '/session/ways').then(setWays, () => setWays('unknown'));
  }, []);
  const why = SIGN_IN_REFUSALS.find((refusal) => refusal === place.query.get('sign_in'));
  const known = ways !== null && ways !== 'unknown' ? ways : null;
  return (
    <main class="sign-in">
      <div class="card">
        <Brand />
        <div>
          <Title text={words.signIn.title} />
          <p class="quiet">{words.signIn.lead}</p>
        </div>
        <div role="alert">
          {why && <p class="banner warning">{words.signInAgain[why]}</p>}
          {ways === 'unknown' && <p class="banner danger">{words.signInUnavailable}</p>}
        </div>
        {known?.oidc && (
          <a class="primary" href={`/api/v1/session/oidc?return_to=${encodeURIComponent(wayBack(place))}`}>
            {words.signInWith(known.oidc.name)}
          </a>
        )}
        {known?.token && known.oidc && (
          <details>
            <summary>{words.signInWithToken}</summary>
            <WithToken onSignedIn={onSignedIn} second />
          </details>
        )}
        {known && !known.oidc && <WithToken onSignedIn={onSignedIn} />}
      </div>
      <LanguageChoice onLanguage={onLanguage} />
    </main>
  );
}

function wayBack({ path, query }: Place): string {
  const wanted = new URLSearchParams(query);
  wanted.delete('sign_in');
  return `${path}${wanted.size > 0 ? `?${wanted}` : ''}`;
}

function WithToken({ onSignedIn, second = false }: Pick<SignInProps, 'onSignedIn'> & { second?: boolean }) {
  const words = useWords();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const token = String(new FormData(event.currentTarget as HTMLFormElement).get('token')).trim();
    setBusy(true);
    try {
      onSignedIn(await ask<Session>('POST', '/session', { token }));
    } catch (error) {
      setProblem(error instanceof ApiProblem ? refusal(error, words) : words.trouble.failed);
      setBusy(false);
    }
  };

  return (
    <form onSubmit={submit}>
      <label class="field">
        <span>{words.signIn.token}</span>
        <input
          name="token"
          type="password"
          autoComplete="current-password"
          required
          maxLength={1000}
          aria-describedby="token-hint"
          aria-invalid={problem !== null}
        />
      </label>
      <p class="quiet small" id="token-hint">
        {words.signIn.hint}
      </p>
      <div role="alert">{problem && <p class="banner danger">{problem}</p>}</div>
      <button type="submit" class={second ? '' : 'primary'} disabled={busy}>
        {words.signIn.button}
      </button>
    </form>
  );
}

function refusal(problem: ApiProblem, words: Words): string {
  if (problem.status === 401) return words.signIn.refused;
  if (problem.status === 429) return words.signIn.tooMany;
  if (problem.status === 404) return words.signIn.off;
  return sentenceOf(problem, words);
}
