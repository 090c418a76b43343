/** Who is told what by mail, and what could not be sent. */
import { LANGUAGES, type Language } from '../../shared/i18n/language.ts';
import type { MailStanding, NotificationSettings } from '../../shared/mail.ts';
import { DISPOSITIONS } from '../../shared/verdict.ts';
import { ask } from './api.ts';
import { useWords } from './context.ts';
import { useLive } from './live.ts';
import { SettingCard } from './setting-card.tsx';
import { When } from './when.tsx';

const REFRESH_MS = 15_000;

export const useMailStanding = () =>
  useLive<MailStanding>('mail', () => ask<MailStanding>('GET', '/mail'), REFRESH_MS).data;

export function NotificationsCard() {
  const { notifications: words, disposition } = useWords();
  const standing = useMailStanding();
  return (
    <SettingCard<NotificationSettings> name="notifications" title={words.title} lead={words.lead}>
      {(value, change) => {
        const check = (
          name: 'team_verdict' | 'mail_removed' | 'mail_restored' | 'invalid_submission',
          text: string,
        ) => (
          <label>
            <input
              type="checkbox"
              checked={value[name]}
              onChange={(event) => change({ ...value, [name]: event.currentTarget.checked })}
            />
            {text}
          </label>
        );
        return (
          <>
            {standing && !standing.configured && <p class="banner warning">{words.off}</p>}
            <fieldset class="checks stacked">
              <legend>{words.who}</legend>
              {check('team_verdict', words.team)}
              {check('invalid_submission', words.invalid)}
              {check('mail_removed', words.removed)}
              {check('mail_restored', words.restored)}
            </fieldset>
            <fieldset class="checks">
              <legend>{words.users}</legend>
              {DISPOSITIONS.map((one) => (
                <label key={one}>
                  <input
                    type="checkbox"
                    checked={value.user_verdicts[one]}
                    onChange={(event) =>
                      change({
                        ...value,
                        user_verdicts: { ...value.user_verdicts, [one]: event.currentTarget.checked },
                      })
                    }
                  />
                  {disposition[one]}
                </label>
              ))}
            </fieldset>
            <div class="destinations">
              <label class="field">
                <span>{words.fromName}</span>
                <input
                  type="text"
                  maxLength={80}
                  value={value.from_name}
                  onInput={(event) => change({ ...value, from_name: event.currentTarget.value })}
                />
              </label>
              <label class="field">
                <span>{words.language}</span>
                <select
                  value={value.language}
                  onChange={(event) => change({ ...value, language: event.currentTarget.value as Language })}
                >
                  {LANGUAGES.map((known) => (
                    <option key={known} value={known} lang={known}>
                      {{ en: 'English', de: 'Deutsch' }[known]}
                    </option>
                  ))}
                </select>
              </label>
            </div>
            {standing?.configured && <Standing standing={standing} />}
          </>
        );
      }}
    </SettingCard>
  );
}

function Standing({ standing }: { standing: MailStanding }) {
  const { notifications: words } = useWords();
  return (
    <div role="status">
      <p class="quiet">
        {standing.from && words.from(standing.from)} {standing.waiting > 0 && words.waiting(standing.waiting)}
      </p>
      {standing.trouble && <p class="refused">{words.trouble(standing.trouble)}</p>}
      {standing.failed.length > 0 && (
        <>
          <h3>{words.failed}</h3>
          <ul class="failures">
            {standing.failed.map((one) => (
              <li key={`${one.recipient} ${one.failed_at} ${one.kind}`}>
                <strong>{one.recipient}</strong>{' '}
                <span class="quiet">
                  {words.kinds[one.kind]}, <When at={one.failed_at} />
                </span>
                <br />
                <span class="quiet">{one.error}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
