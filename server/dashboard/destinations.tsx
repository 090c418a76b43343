/** Where copies go, verdict by verdict, and what holds them up. */
import type { RetractionSettings } from '../../shared/api.ts';
import { effectText } from '../../shared/i18n/effect-words.ts';
import { AUTOMATIC_DESTINATIONS } from '../../shared/retraction.ts';
import { useSurroundings } from './context.ts';

export const RETRACTABLE = ['MALICIOUS', 'SUSPICIOUS', 'SPOOF', 'SPAM', 'BULK'] as const;
/** As the server names whoever has signed in with it: all of them are one person. */
const ADMIN_TOKEN = 'admin-token';

interface DestinationsProps {
  retraction: RetractionSettings;
  change: (next: RetractionSettings) => void;
}

export function Destinations({ retraction, change }: DestinationsProps) {
  const { words, language, session } = useSurroundings();
  const { destinations } = retraction;
  return (
    <>
      <div class="destinations">
        {RETRACTABLE.map((disposition) => (
          <label key={disposition} class="field">
            <span>{words.disposition[disposition]}</span>
            <select
              value={destinations[disposition]}
              onChange={(event) =>
                change({
                  ...retraction,
                  destinations: {
                    ...destinations,
                    [disposition]: event.currentTarget.value as (typeof AUTOMATIC_DESTINATIONS)[number],
                  },
                })
              }
            >
              {/* One that was set over the API stays visible. */}
              {AUTOMATIC_DESTINATIONS.map((destination) => (
                <option key={destination} value={destination}>
                  {words.destination[destination]}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
      {Object.values(destinations).includes('RecoverableItemsDeletions') && (
        <p class="banner warning">{effectText('google', 'RecoverableItemsDeletions', false, language)}</p>
      )}
      <label class="check">
        <input
          type="checkbox"
          checked={retraction.paused}
          onChange={(event) => change({ ...retraction, paused: event.currentTarget.checked })}
        />
        {words.settings.retraction.paused}
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={retraction.second_person ?? false}
          onChange={(event) => change({ ...retraction, second_person: event.currentTarget.checked })}
        />
        {words.settings.retraction.secondPerson}
      </label>
      {retraction.second_person && session?.name === ADMIN_TOKEN && (
        <p class="banner warning">{words.settings.retraction.onlyOnePerson}</p>
      )}
    </>
  );
}
