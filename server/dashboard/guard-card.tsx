/** How much may move before a person has looked. */
import type { GuardSettings } from '../../shared/api.ts';
import { useWords } from './context.ts';
import { SettingCard } from './setting-card.tsx';

export function GuardCard() {
  const words = useWords();
  return (
    <SettingCard<GuardSettings> name="guard" {...words.settings.guard}>
      {(guard, change) => <Guard guard={guard} change={change} />}
    </SettingCard>
  );
}

function Guard({ guard, change }: { guard: GuardSettings; change: (next: GuardSettings) => void }) {
  const words = useWords();
  return (
    <div class="destinations">
      <label class="field">
        <span>{words.settings.guard.mailboxes}</span>
        <input
          type="number"
          min={1}
          step={1}
          required
          value={guard.max_mailboxes}
          onInput={(event) => change({ ...guard, max_mailboxes: event.currentTarget.valueAsNumber })}
        />
      </label>
      <label class="field">
        <span>{words.settings.guard.share}</span>
        <input
          type="number"
          min={0.1}
          max={100}
          step={0.1}
          required
          value={Math.round(guard.max_share * 1_000) / 10}
          onInput={(event) => change({ ...guard, max_share: event.currentTarget.valueAsNumber / 100 })}
        />
      </label>
    </div>
  );
}
