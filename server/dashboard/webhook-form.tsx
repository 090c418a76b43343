/** A new target. */
import { useState } from 'preact/hooks';
import type { NewWebhook, WebhookFormat } from '../../shared/webhook.ts';
import { useSurroundings } from './context.ts';

const FORMATS = ['json', 'slack', 'teams', 'splunk'] as const;
const DISPOSITIONS = ['MALICIOUS', 'SUSPICIOUS', 'SPOOF', 'SPAM', 'BULK'] as const;
const NOISY: readonly string[] = ['SPAM', 'BULK'];
const AT_FIRST: readonly string[] = ['MALICIOUS', 'SUSPICIOUS', 'SPOOF'];

/** @param onAdd answers whether it was taken */
export function WebhookForm({ onAdd }: { onAdd: (draft: NewWebhook) => Promise<boolean> }) {
  const { words: all, language } = useSurroundings();
  const words = all.webhooks;
  const [format, setFormat] = useState<WebhookFormat>('json');
  const [chosen, setChosen] = useState<readonly string[]>(AT_FIRST);
  const [moves, setMoves] = useState(false);
  const chat = format === 'slack' || format === 'teams';

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const fields = new FormData(form);
    const text = (name: string) => String(fields.get(name) ?? '').trim();
    const token = text('token');
    const draft: NewWebhook = {
      name: text('name') || words.formats[format],
      url: text('url'),
      format,
      language,
      dispositions: DISPOSITIONS.filter((disposition) => chosen.includes(disposition)),
      events: moves && !chat ? ['alerts', 'post_delivery'] : ['alerts'],
      ...(format === 'splunk' && token !== '' ? { token } : {}),
    };
    if (await onAdd(draft)) {
      form.reset();
      setFormat('json');
      setChosen(AT_FIRST);
      setMoves(false);
    }
  };

  return (
    <form class="webhook-form" onSubmit={submit} aria-label={words.addTitle}>
      <h3>{words.addTitle}</h3>
      <div class="destinations">
        <label class="field">
          <span>{words.format}</span>
          <select value={format} onChange={(event) => setFormat(event.currentTarget.value as WebhookFormat)}>
            {FORMATS.map((each) => (
              <option key={each} value={each}>
                {words.formats[each]}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>{words.name}</span>
          <input name="name" maxLength={100} />
        </label>
      </div>
      <label class="field">
        <span>{words.url}</span>
        <input name="url" type="url" required maxLength={2000} placeholder={words.places[format]} />
      </label>
      {format === 'splunk' && (
        <label class="field">
          <span>{words.token}</span>
          <input name="token" type="password" autocomplete="off" maxLength={500} />
        </label>
      )}
      <fieldset class="checks">
        <legend>{words.verdicts}</legend>
        {DISPOSITIONS.map((disposition) => (
          <label key={disposition}>
            <input
              type="checkbox"
              checked={chosen.includes(disposition)}
              onChange={({ currentTarget: { checked } }) => {
                const next = checked ? [...chosen, disposition] : chosen.filter((each) => each !== disposition);
                // Without any there would be nothing to tell; the server refuses it too.
                if (next.length > 0) setChosen(next);
              }}
            />
            {all.disposition[disposition]}
          </label>
        ))}
      </fieldset>
      {chosen.some((each) => NOISY.includes(each)) && <p class="banner warning">{words.noisy}</p>}
      {chat ? (
        <p class="quiet">{words.chatOnly}</p>
      ) : (
        <label class="check">
          <input type="checkbox" checked={moves} onChange={(event) => setMoves(event.currentTarget.checked)} />
          {words.moves}
        </label>
      )}
      <button type="submit">{words.add}</button>
    </form>
  );
}
