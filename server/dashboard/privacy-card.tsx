/** How long what is kept, and who sees what. */
import type { PrivacySettings } from '../../shared/privacy.ts';
import { useWords } from './context.ts';
import { SettingCard } from './setting-card.tsx';

const DAYS = ['body_days', 'metadata_days', 'detection_days'] as const;
/** Long enough for a second report to be compared with the first. */
const CLEAN_HOURS = 24;

export function PrivacyCard() {
  const words = useWords().privacy;
  return (
    <SettingCard<PrivacySettings> name="privacy" title={words.title} lead={words.lead}>
      {(privacy, change) => (
        <>
          <label class="check">
            <input
              type="checkbox"
              checked={privacy.clean_body_hours !== null}
              onChange={(event) =>
                change({ ...privacy, clean_body_hours: event.currentTarget.checked ? CLEAN_HOURS : null })
              }
            />
            {words.clean}
          </label>
          <div class="destinations">
            {privacy.clean_body_hours !== null && (
              <label class="field">
                <span>{words.cleanHours}</span>
                <input
                  type="number"
                  min={1}
                  max={8760}
                  step={1}
                  required
                  value={privacy.clean_body_hours}
                  onInput={(event) => change({ ...privacy, clean_body_hours: event.currentTarget.valueAsNumber })}
                />
              </label>
            )}
            {DAYS.map((name) => (
              <label key={name} class="field">
                <span>{words.days[name]}</span>
                <input
                  type="number"
                  min={1}
                  max={3650}
                  step={1}
                  required
                  value={privacy[name]}
                  onInput={(event) => change({ ...privacy, [name]: event.currentTarget.valueAsNumber })}
                />
              </label>
            ))}
          </div>
          {privacy.body_days > privacy.detection_days && <p class="banner warning">{words.bodyShorter}</p>}
          <h3>{words.who.title}</h3>
          <ul class="plain-list">
            {words.who.lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </>
      )}
    </SettingCard>
  );
}
