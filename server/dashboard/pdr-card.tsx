/** When delivered mail is taken back although nobody reported it. */
import type { PdrSettings } from '../../shared/delivery.ts';
import { useWords } from './context.ts';
import { SettingCard } from './setting-card.tsx';

export function PdrCard() {
  const { pdr: words } = useWords();
  return (
    <SettingCard<PdrSettings> name="pdr" title={words.title} lead={words.lead}>
      {(pdr, change) => (
        <>
          <fieldset class="modes">
            <legend class="unseen">{words.title}</legend>
            {(['on', 'preview', 'off'] as const).map((mode) => (
              <label key={mode} class="mode">
                <input type="radio" name="pdr" checked={pdr.mode === mode} onChange={() => change({ mode })} />
                <span>
                  <strong>{words.modes[mode][0]}</strong>
                  <span class="quiet">{words.modes[mode][1]}</span>
                </span>
              </label>
            ))}
          </fieldset>
          <p class="quiet">
            <a href="#watch">{words.needs}</a>
          </p>
        </>
      )}
    </SettingCard>
  );
}
