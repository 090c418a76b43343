import type { ComponentChildren } from 'preact';
import type { Words } from '../words.ts';
import { Icon } from './icons.tsx';

/** The reading pane without a message: none chosen, or the open one was taken away. */
export function Nothing({ gone, words, children }: { gone: boolean; words: Words; children?: ComponentChildren }) {
  return (
    <main class="reading" aria-label={words.reading}>
      <div class={gone ? 'nothing gone' : 'nothing'} role="status">
        <Icon name={gone ? 'sentitems' : 'inbox'} />
        <p>{gone ? words.gone : words.nothingOpen}</p>
        {gone && <p class="hint">{words.goneHint}</p>}
        {!gone && (
          <ol class="try-it">
            {words.tryIt.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        )}
      </div>
      {children}
    </main>
  );
}
