import type { ClientWords } from '../shared/i18n/client-words.ts';
import { exposureAdvice } from '../shared/i18n/exposure-advice.ts';
import type { Language } from '../shared/i18n/language.ts';
import { Brand } from './brand.tsx';
import { EXPOSURE_ORDER } from './form.tsx';
import { ToneIcon } from './icon.tsx';
import { Removal } from './removal.tsx';
import type { ResultScreen } from './screen.ts';
import { Withdraw, type WithdrawActions } from './withdraw.tsx';

/** More would not help a person to decide; the dashboard has them all. */
const MAX_REASONS = 6;

/** What the server says: verdict, removal, steps and reasons, in its own words. */
export function Result({
  screen,
  language,
  words,
  actions,
}: {
  screen: ResultScreen;
  language: Language;
  words: ClientWords;
  actions: WithdrawActions;
}) {
  const { view, known, fresh, slow, exposed } = screen;
  const { title, tone, lines, steps = [], brand } = view.pane;
  const { result } = words;
  const working = view.status === 'received' || view.status === 'analysing';
  // Of an exercise or an unreadable mail nothing follows that could be taken back.
  const mayWithdraw = view.status !== 'withdrawn' && view.status !== 'invalid' && !view.simulation;
  const dangerous = tone === 'danger' || tone === 'warning';
  return (
    <div class="stack">
      {brand && <Brand brand={brand} />}
      {known && <p class="note">{result.alreadyReported}</p>}
      <section class={`banner ${tone}`}>
        <div class="banner-head" role="status">
          {working ? <span class="spinner" aria-hidden="true" /> : <ToneIcon tone={tone} />}
          <h1>{title}</h1>
        </div>
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
        {brand?.thanks && <p>{brand.thanks}</p>}
        {view.retraction && view.psr?.action !== 'preview' && <Removal retraction={view.retraction} words={words} />}
        {working && slow && <p role="status">{result.slow}</p>}
        {!fresh && (
          <p class="quiet" role="status">
            {result.reconnecting}
          </p>
        )}
      </section>

      {steps.length > 0 && (
        <section>
          <h2>{result.stepsTitle}</h2>
          <ol class={steps.length === 1 ? 'steps single' : 'steps'}>
            {steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </section>
      )}

      {dangerous && !exposed && view.status === 'concluded' && (
        <details class="card">
          <summary>{result.exposedTitle}</summary>
          {EXPOSURE_ORDER.map((kind) => (
            <section key={kind}>
              <h3>{words.form.exposures[kind]}</h3>
              {exposureAdvice([kind], language).map((advice) => (
                <p key={advice}>{advice}</p>
              ))}
            </section>
          ))}
          <p class="quiet">{result.exposedNote}</p>
        </details>
      )}

      {view.reasons.length > 0 && view.status === 'concluded' && (
        <section>
          <h2>{result.reasonsTitle}</h2>
          <ul class="reasons">
            {view.reasons.slice(0, MAX_REASONS).map((reason) => (
              <li key={`${reason.id} ${reason.evidence}`} class={reason.severity}>
                <p>{reason.text}</p>
                {reason.evidence && <p class="evidence">{reason.evidence}</p>}
              </li>
            ))}
          </ul>
        </section>
      )}

      <footer class="stack">
        {mayWithdraw && <Withdraw withdrawal={screen.withdrawal} words={words} actions={actions} />}
        {brand?.contact && <p>{brand.contact}</p>}
        <p class="quiet receipt">
          {result.receipt} <code>{view.id}</code>
        </p>
      </footer>
    </div>
  );
}
