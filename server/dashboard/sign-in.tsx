import { useState } from 'preact/hooks';
import type { Language } from '../../shared/i18n/language.ts';
import { ApiProblem, ask, type Session } from './api.ts';
import { useWords } from './context.ts';
import { Brand, LanguageChoice, Title } from './frame.tsx';
import { sentenceOf } from './trouble.tsx';
import type { Words } from './words-en.ts';

interface SignInProps {
  onSignedIn: (session: Session) => void;
  onLanguage: (language: Language) => void;
}

export function SignIn({ onSignedIn, onLanguage }: SignInProps) {
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
    <main class="sign-in">
      <form class="card" onSubmit={submit}>
        <Brand />
        <div>
          <Title text={words.signIn.title} />
          <p class="quiet">{words.signIn.lead}</p>
        </div>
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
        <button type="submit" class="primary" disabled={busy}>
          {words.signIn.button}
        </button>
      </form>
      <LanguageChoice onLanguage={onLanguage} />
    </main>
  );
}

function refusal(problem: ApiProblem, words: Words): string {
  if (problem.status === 401) return words.signIn.refused;
  if (problem.status === 429) return words.signIn.tooMany;
  if (problem.status === 404) return words.signIn.off;
  return sentenceOf(problem, words);
}
