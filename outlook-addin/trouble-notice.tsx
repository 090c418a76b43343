import type { ClientWords } from '../shared/i18n/client-words.ts';
import { ToneIcon } from './icon.tsx';
import type { TroubleScreen } from './screen.ts';

/** What went wrong, whether the report is lost, and what the person can do. */
export function TroubleNotice({
  screen,
  words,
  onRetry,
}: {
  screen: TroubleScreen;
  words: ClientWords;
  onRetry: (interactive: boolean) => void;
}) {
  const { title, text } = words.trouble[screen.trouble];
  const tone = CALM.includes(screen.trouble) ? 'info' : 'warning';
  return (
    <div class="stack">
      <section class={`banner ${tone}`} role={tone === 'info' ? 'status' : 'alert'}>
        <div class="banner-head">
          <ToneIcon tone={tone} />
          <h1>{title}</h1>
        </div>
        <p>{text}</p>
        {screen.kept === 'yes' && <p>{words.kept}</p>}
        {screen.kept === 'impossible' && <p>{words.notKept}</p>}
      </section>
      {screen.next && (
        <button type="button" class="primary" onClick={() => onRetry(screen.next === 'sign_in')}>
          {screen.next === 'sign_in' ? words.signIn : words.tryAgain}
        </button>
      )}
      {screen.detail && (
        <p class="quiet receipt">
          {words.technical} <code>{screen.detail}</code>
        </p>
      )}
    </div>
  );
}

/** Nothing is wrong here; something is only still to be done. */
const CALM: readonly TroubleScreen['trouble'][] = [
  'no_item',
  'sign_in_needed',
  'answer_missing',
  'unsupported_item',
  'not_outlook',
];
