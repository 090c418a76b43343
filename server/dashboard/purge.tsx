/** Deleting for good: what would be destroyed comes from the server, with the token that does it. */
import { useState } from 'preact/hooks';
import type { PurgeConfirmation } from '../../shared/effects.ts';
import { ApiProblem, ask } from './api.ts';
import { Confirm } from './confirm.tsx';
import { useSurroundings } from './context.ts';
import { sentenceOf } from './trouble.tsx';

interface PurgeProps {
  retractionId: string;
  asked: PurgeConfirmation;
  onDone: (problem: string | null) => void;
}

/** @returns what must be confirmed, or why that is not possible now */
export async function askToPurge(retractionId: string): Promise<PurgeConfirmation> {
  try {
    await ask('POST', `/retractions/${retractionId}/purge`, {});
  } catch (error) {
    if (error instanceof ApiProblem && error.body.confirmation) return error.body.confirmation;
    throw error;
  }
  throw new ApiProblem(0, 'broken', '');
}

export function Purge({ retractionId, asked, onDone }: PurgeProps) {
  const { words, language, session } = useSurroundings();
  const [confirmation, setConfirmation] = useState(asked);
  const [outdated, setOutdated] = useState(false);
  const [busy, setBusy] = useState(false);
  const { token, copies, mailboxes, providers, second_person, requested_by, expires_at } = confirmation;
  const mine = requested_by === session?.name;

  const destroy = async () => {
    setBusy(true);
    try {
      await ask('POST', `/retractions/${retractionId}/purge`, { confirmation: token });
      onDone(null);
    } catch (error) {
      if (error instanceof ApiProblem && error.body.confirmation) {
        setConfirmation(error.body.confirmation);
        setOutdated(true);
        setBusy(false);
      } else onDone(error instanceof ApiProblem ? sentenceOf(error, words) : words.trouble.failed);
    }
  };
  const until = new Date(expires_at).toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' });
  return (
    <Confirm
      title={words.purge.title}
      text={words.purge.text(copies, mailboxes)}
      confirm={second_person && mine ? null : words.purge.confirm(copies)}
      danger
      disabled={busy}
      onConfirm={destroy}
      onCancel={() => onDone(null)}
    >
      {outdated && <p class="banner warning">{words.purge.outdated}</p>}
      {second_person && <p>{mine ? words.purge.waits(until) : words.purge.askedBy(requested_by)}</p>}
      <ul class="effects" aria-label={words.effects.title}>
        {providers.map((provider) => (
          <li key={provider.provider}>
            <span class="suite">
              <strong>{words.effects.provider[provider.provider]}</strong>{' '}
              <span class="quiet small">{words.effects.copies(provider.copies, provider.mailboxes)}</span>
            </span>
            <span>{provider.text}</span>
          </li>
        ))}
      </ul>
    </Confirm>
  );
}
