/** Giving back what was taken away of one mail, or of several. */
import { useState } from 'preact/hooks';
import type { ReleaseAnswer } from '../../shared/reclassify.ts';
import { ask } from './api.ts';
import { Confirm } from './confirm.tsx';
import { useWords } from './context.ts';
import { Dialog } from './dialog.tsx';

const TIMEOUT_MS = 60_000;

export function Release({ ids, onDone }: { ids: readonly string[]; onDone: () => void }) {
  const { release } = useWords();
  const [said, setSaid] = useState<string | null>(null);
  const send = async () => {
    const { items } = await ask<ReleaseAnswer>('POST', '/messages/release', { ids }, TIMEOUT_MS);
    const given = items.reduce((sum, { delivered, undelivered }) => sum + delivered.length + undelivered.length, 0);
    setSaid(items.every(({ reason }) => reason) ? release.nothing : release.done(given));
    onDone();
  };
  return (
    <>
      <div role="status">{said && <p class="banner info">{said}</p>}</div>
      <Dialog button={release.button} disabled={ids.length === 0}>
        {({ run, close }) => (
          <Confirm
            title={release.title(ids.length)}
            text={release.text}
            confirm={release.confirm}
            disabled={false}
            onConfirm={() => void run(send)}
            onCancel={close}
          />
        )}
      </Dialog>
    </>
  );
}
