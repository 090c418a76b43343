import { useEffect, useRef } from 'preact/hooks';
import { CardView } from './card.tsx';
import type { usePanel } from './use-panel.ts';
import type { Words } from './words.ts';

/** The side panel: title, the card on top, and what Gmail shows instead of one. */
export function Panel({
  panel,
  words,
  onReload,
  onConsent,
}: {
  panel: ReturnType<typeof usePanel>;
  words: Words;
  onReload: () => void;
  onConsent: () => void;
}) {
  const { stack, busy, notice, problem } = panel.state;
  const card = stack.at(-1);
  const place = useRef<HTMLDivElement>(null);
  // A new card begins at its top.
  useEffect(() => {
    place.current?.scrollTo(0, 0);
  }, [card]);
  return (
    <aside class="panel" aria-label={words.panel} aria-busy={busy}>
      <header>
        {stack.length > 1 && (
          <button type="button" class="back" aria-label={words.back} onClick={panel.back} disabled={busy}>
            ‹
          </button>
        )}
        <span class="panel-mark" aria-hidden="true" />
        <h1>{card?.header?.title ?? 'Reelback'}</h1>
      </header>
      <div class="panel-place" ref={place} aria-live="polite">
        {problem === 'consent' && (
          <Notice
            title={words.consent.title}
            text={words.consent.text}
            button={words.consent.agree}
            onPress={onConsent}
          />
        )}
        {problem === 'failed' && (
          <Notice title={words.failed.title} text={words.failed.text} button={words.failed.again} onPress={onReload} />
        )}
        {!problem && card && (
          // Form fields keep their values while their card stays.
          <CardView key={`${stack.length} ${card.name}`} card={card} actions={{ run: panel.run, busy }} words={words} />
        )}
      </div>
      {busy && (
        <div class="working" role="status">
          <span class="spinner" aria-hidden="true" />
          {words.working}
        </div>
      )}
      {notice && (
        <p class="notice" role="status">
          {notice}
        </p>
      )}
    </aside>
  );
}

function Notice(props: { title: string; text: string; button: string; onPress: () => void }) {
  return (
    <section class="card-section">
      <h3>{props.title}</h3>
      <p>{props.text}</p>
      <div class="buttons">
        <button type="button" class="card-button filled" onClick={props.onPress}>
          {props.button}
        </button>
      </div>
    </section>
  );
}
