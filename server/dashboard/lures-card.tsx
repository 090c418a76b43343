/** Whether links of reported mail are looked at. */
import type { LureSettings } from '../../shared/lure-settings.ts';
import { useWords } from './context.ts';
import { SettingCard } from './setting-card.tsx';

export function LuresCard() {
  const words = useWords();
  return (
    <SettingCard<LureSettings> name="lures" {...words.settings.lures}>
      {(lures, change) => <Lures lures={lures} change={change} />}
    </SettingCard>
  );
}

function Lures({ lures, change }: { lures: LureSettings; change: (next: LureSettings) => void }) {
  const words = useWords();
  return (
    <fieldset class="modes">
      <legend class="unseen">{words.settings.lures.title}</legend>
      {(['on', 'off'] as const).map((mode) => (
        <label key={mode} class="mode">
          <input type="radio" name="lures" checked={lures.mode === mode} onChange={() => change({ mode })} />
          <span>
            <strong>{words.settings.lures.modes[mode][0]}</strong>
            <span class="quiet">{words.settings.lures.modes[mode][1]}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
