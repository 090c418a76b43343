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

/** What holds when nobody has said otherwise. */
const HOLD_HOURS = 72;

function Guard({ guard, change }: { guard: GuardSettings; change: (next: GuardSettings) => void }) {
  const words = useWords();
  const more = words.guardMore;
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
      <label class="field">
        <span>{more.hold}</span>
        <input
          type="number"
          min={1}
          max={720}
          step={1}
          required
          value={guard.hold_hours ?? HOLD_HOURS}
          onInput={(event) => change({ ...guard, hold_hours: event.currentTarget.valueAsNumber })}
        />
      </label>
      <label class="field">
        <span>{more.restores}</span>
        <input
          type="number"
          min={1}
          max={1000}
          step={1}
          value={guard.pause_after_restores ?? ''}
          onInput={(event) => {
            const { pause_after_restores: _, ...rest } = guard;
            const most = event.currentTarget.valueAsNumber;
            change(Number.isNaN(most) ? rest : { ...rest, pause_after_restores: most });
          }}
        />
      </label>
      <label class="field">
        <span>{more.canary}</span>
        <input
          type="email"
          minLength={3}
          maxLength={320}
          value={guard.canary_mailbox ?? ''}
          aria-describedby="canary-hint"
          onInput={(event) =>
            change({ ...guard, canary_mailbox: event.currentTarget.value.trim().toLowerCase() || null })
          }
        />
        <span class="quiet small" id="canary-hint">
          {more.canaryHint}
        </span>
      </label>
    </div>
  );
}
