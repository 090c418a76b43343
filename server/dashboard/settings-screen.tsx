/** The settings of PSR, destinations, the guard, and the lists. Each card is saved on its own. */
import type { GuardSettings, PsrSettings, RetractionSettings } from '../../shared/api.ts';
import type { LureSettings } from '../../shared/lure-settings.ts';
import { useWords } from './context.ts';
import { Destinations, RETRACTABLE } from './destinations.tsx';
import { Title } from './frame.tsx';
import { SettingCard } from './setting-card.tsx';
import { SettingList } from './setting-list.tsx';

const LISTS = [
  'impersonation_registry',
  'block_senders',
  'allow_policies',
  'trusted_domains',
  'simulations',
  'protected_mailboxes',
] as const;

export function SettingsScreen() {
  const words = useWords();
  return (
    <>
      <div class="screen-head">
        <Title text={words.settings.title} />
      </div>
      <div class="settings">
        <SettingCard<PsrSettings> name="psr" {...words.settings.psr}>
          {(psr, change) => <Psr psr={psr} change={change} />}
        </SettingCard>
        <SettingCard<RetractionSettings> name="retraction" {...words.settings.retraction}>
          {(retraction, change) => <Destinations retraction={retraction} change={change} />}
        </SettingCard>
        <SettingCard<GuardSettings> name="guard" {...words.settings.guard}>
          {(guard, change) => <Guard guard={guard} change={change} />}
        </SettingCard>
        <SettingCard<LureSettings> name="lures" {...words.settings.lures}>
          {(lures, change) => <Lures lures={lures} change={change} />}
        </SettingCard>
        {LISTS.map((name) => (
          <SettingList key={name} name={name} />
        ))}
      </div>
    </>
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

function Psr({ psr, change }: { psr: PsrSettings; change: (next: PsrSettings) => void }) {
  const words = useWords();
  const toggle = (disposition: (typeof RETRACTABLE)[number], on: boolean) => {
    const dispositions = RETRACTABLE.filter((d) => (d === disposition ? on : psr.dispositions.includes(d)));
    // Without any verdict the mode "off" says it better, and the server refuses an empty list.
    if (dispositions.length > 0) change({ ...psr, dispositions });
  };
  return (
    <>
      <fieldset class="modes">
        <legend class="unseen">{words.settings.psr.title}</legend>
        {(['on', 'preview', 'off'] as const).map((mode) => (
          <label key={mode} class="mode">
            <input type="radio" name="mode" checked={psr.mode === mode} onChange={() => change({ ...psr, mode })} />
            <span>
              <strong>{words.settings.psr.modes[mode][0]}</strong>
              <span class="quiet">{words.settings.psr.modes[mode][1]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <fieldset class="modes">
        <legend>{words.settings.psr.scope}</legend>
        {(['message', 'campaign'] as const).map((scope) => (
          <label key={scope} class="mode">
            <input type="radio" name="scope" checked={psr.scope === scope} onChange={() => change({ ...psr, scope })} />
            <span>
              <strong>{words.settings.psr.scopes[scope][0]}</strong>
              <span class="quiet">{words.settings.psr.scopes[scope][1]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <fieldset class="checks">
        <legend>{words.settings.psr.dispositions}</legend>
        {RETRACTABLE.map((disposition) => (
          <label key={disposition}>
            <input
              type="checkbox"
              checked={psr.dispositions.includes(disposition)}
              onChange={(event) => toggle(disposition, event.currentTarget.checked)}
            />
            {words.disposition[disposition]}
          </label>
        ))}
      </fieldset>
    </>
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
