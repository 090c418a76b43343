/** When a report leads to a retraction. */
import type { PsrSettings } from '../../shared/api.ts';
import { useWords } from './context.ts';
import { RETRACTABLE } from './destinations.tsx';
import { SettingCard } from './setting-card.tsx';

export function PsrCard() {
  const words = useWords();
  return (
    <SettingCard<PsrSettings> name="psr" {...words.settings.psr}>
      {(psr, change) => <Psr psr={psr} change={change} />}
    </SettingCard>
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
