/** Other programs that are told: each with how it does, its key shown once. */
import { useState } from 'preact/hooks';
import type { NewWebhook, Webhook, WebhookTest, WebhookWithSecret } from '../../shared/webhook.ts';
import { ApiProblem, ask, type Page } from './api.ts';
import { Confirm } from './confirm.tsx';
import { useWords } from './context.ts';
import { useLive } from './live.ts';
import { sentenceOf, Trouble } from './trouble.tsx';
import { WebhookForm } from './webhook-form.tsx';
import { When } from './when.tsx';

const REFRESH_MS = 15_000;
const PATH = '/settings/webhooks';

export function WebhooksCard() {
  const all = useWords();
  const words = all.webhooks;
  const { data, problem, reload } = useLive('webhooks', () => ask<Page<Webhook>>('GET', PATH), REFRESH_MS);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [news, setNews] = useState<string | null>(null);
  const [secret, setSecret] = useState<{ name: string; key: string } | null>(null);
  const [removing, setRemoving] = useState<Webhook | null>(null);

  const attempt = async (work: () => Promise<string | null>): Promise<boolean> => {
    setNews(null);
    try {
      setNews(await work());
      setRefusal(null);
      return true;
    } catch (error) {
      setRefusal(error instanceof ApiProblem ? sentenceOf(error, all) : all.trouble.failed);
      return false;
    } finally {
      await reload();
    }
  };
  const add = (draft: NewWebhook) =>
    attempt(async () => {
      const { name, secret: key } = await ask<WebhookWithSecret>('POST', PATH, draft);
      setSecret({ name, key });
      return null;
    });
  const test = ({ id }: Webhook) =>
    attempt(async () => {
      const answer = await ask<WebhookTest>('POST', `${PATH}/${id}/test`, {});
      return answer.delivered ? words.tested : words.testFailed(errorText(answer.error, words));
    });
  const rotate = ({ id }: Webhook) =>
    attempt(async () => {
      const { name, secret: key } = await ask<WebhookWithSecret>('POST', `${PATH}/${id}/secret`, {});
      setSecret({ name, key });
      return null;
    });
  const turn = ({ id, enabled }: Webhook) =>
    attempt(async () => {
      await ask('PATCH', `${PATH}/${id}`, { enabled: !enabled });
      return null;
    });
  const remove = ({ id }: Webhook) =>
    attempt(async () => {
      await ask('DELETE', `${PATH}/${id}`);
      setRemoving(null);
      return null;
    });

  return (
    <section class="card setting" aria-labelledby="webhooks-title">
      <h2 id="webhooks-title">{words.title}</h2>
      <p class="quiet">{words.lead}</p>
      <Trouble problem={problem} />
      {secret && (
        <div class="banner info secret" role="status">
          <p>{words.secretOnce(secret.name)}</p>
          <code>{secret.key}</code>
          <button type="button" onClick={() => setSecret(null)}>
            {words.secretKept}
          </button>
        </div>
      )}
      {data && data.items.length === 0 && <p class="quiet">{words.empty}</p>}
      <ul class="entries webhooks">
        {data?.items.map((webhook) => (
          <li key={webhook.id}>
            <span>
              <strong>{webhook.name}</strong>
              <span class="quiet">{toldOf(webhook, words, all.disposition)}</span>
              <Health webhook={webhook} />
            </span>
            <span class="webhook-acts">
              <button type="button" onClick={() => test(webhook)}>
                {words.test}
              </button>
              <button type="button" onClick={() => turn(webhook)}>
                {webhook.enabled ? words.turnOff : words.turnOn}
              </button>
              <button type="button" onClick={() => rotate(webhook)}>
                {words.rotate}
              </button>
              <button type="button" aria-label={words.remove(webhook.name)} onClick={() => setRemoving(webhook)}>
                <span aria-hidden="true">✕</span>
              </button>
            </span>
          </li>
        ))}
      </ul>
      {removing && (
        <Confirm
          title={words.remove(removing.name)}
          text={words.removeText}
          confirm={words.removeIt}
          disabled={false}
          onConfirm={() => remove(removing)}
          onCancel={() => setRemoving(null)}
        />
      )}
      <WebhookForm onAdd={add} />
      <div role="alert">{refusal && <p class="banner danger">{refusal}</p>}</div>
      <div role="status">{news && <p class="quiet">{news}</p>}</div>
    </section>
  );
}

type WebhookWords = ReturnType<typeof useWords>['webhooks'];

function Health({ webhook }: { webhook: Webhook }) {
  const words = useWords().webhooks;
  const { enabled, failing_since: since, last_error: error, last_delivered_at: at, waiting, given_up: lost } = webhook;
  if (!enabled) return <span class="quiet">{words.off}</span>;
  return (
    <>
      {since !== null ? (
        <span class="refused">
          {words.failing(errorText(error, words))} <When at={since} />
        </span>
      ) : at !== null ? (
        <span class="quiet">
          {words.works} <When at={at} />
        </span>
      ) : (
        <span class="quiet">{words.never}</span>
      )}
      {waiting > 0 && <span class="quiet">{words.waiting(waiting)}</span>}
      {lost > 0 && <span class="refused">{words.givenUp(lost)}</span>}
    </>
  );
}

function errorText(error: string | null, words: WebhookWords): string {
  const status = /^http_(\d{3})$/.exec(error ?? '')?.[1];
  if (status !== undefined) return words.answered(status);
  return words.errors[error ?? ''] ?? words.errors.unreachable!;
}

function toldOf(
  { format, url, events, dispositions }: Webhook,
  words: WebhookWords,
  names: Record<string, string>,
): string {
  return [
    words.formats[format],
    new URL(url).host,
    events.map((event) => words.events[event]).join(', '),
    events.includes('alerts') ? dispositions.map((disposition) => names[disposition]).join(', ') : '',
  ]
    .filter(Boolean)
    .join(' · ');
}
