/** A retraction: how far it is, what may be decided, and its copies. */
import type { RetractionView } from '../../shared/api.ts';
import { ask } from './api.ts';
import { ProgressBar, RetractionChip } from './chips.tsx';
import { mayDecide, useSurroundings } from './context.ts';
import { Decisions } from './decisions.tsx';
import { useLive } from './live.ts';
import { Loading, Trouble } from './trouble.tsx';
import { When } from './when.tsx';

const BUSY_MS = 1_500;

/** @param onDecided told when somebody has approved, stopped or restored here. */
export function RetractionPanel({ id, onDecided }: { id: string; onDecided: () => void }) {
  const surroundings = useSurroundings();
  return mayDecide(surroundings) ? <Panel id={id} onDecided={onDecided} /> : null;
}

function Panel({ id, onDecided }: { id: string; onDecided: () => void }) {
  const { words } = useSurroundings();
  const { data, problem, reload } = useLive(
    `retraction ${id}`,
    () => ask<RetractionView>('GET', `/retractions/${id}`),
    BUSY_MS,
  );
  if (!data) return problem ? <Trouble problem={problem} /> : <Loading rows={3} />;
  const decided = () => {
    void reload();
    onDecided();
  };
  return (
    <section class="card" aria-labelledby="retraction">
      <div class="panel-head">
        <h2 id="retraction">{words.submission.retraction}</h2>
        <RetractionChip state={data.state} />
      </div>
      <RetractionBody retraction={data} onDecided={decided} />
    </section>
  );
}

export function RetractionBody({ retraction, onDecided }: { retraction: RetractionView; onDecided: () => void }) {
  const { words } = useSurroundings();
  const { mailboxes, copies, preview } = retraction;
  const counts = (['retracted', 'already_there', 'restored', 'purged', 'gone', 'review', 'failed'] as const).filter(
    (name) => (copies[name] ?? 0) > 0,
  );
  return (
    <>
      {retraction.reason && <p>{words.psrReason[retraction.reason]}</p>}
      {retraction.expires_at && (
        <p>
          {words.guardMore.expires} <When at={retraction.expires_at} />
        </p>
      )}
      {preview && <p>{words.psr.preview}</p>}
      <ProgressBar retraction={retraction} />
      <p class="quiet small">{words.copies.searching(mailboxes.searched, mailboxes.total)}</p>
      <MailboxTroubles retraction={retraction} />
      {counts.length > 0 && (
        <ul class="counts">
          {counts.map((name) => (
            <li key={name} class={name}>
              <strong>{copies[name]}</strong> <span>{words.retraction.counts[name]}</span>
            </li>
          ))}
          {copies.retracted > 0 && copies.unread > 0 && (
            <li class="unread">
              <strong>{copies.unread}</strong> <span>{words.retraction.counts.unread}</span>
            </li>
          )}
        </ul>
      )}
      <Decisions retraction={retraction} onDecided={onDecided} />
    </>
  );
}

/** Where nobody has looked, or not for everything. */
function MailboxTroubles({ retraction }: { retraction: RetractionView }) {
  const { words } = useSurroundings();
  const { failed = 0, message_only: messageOnly = 0 } = retraction.mailboxes;
  const { mailbox_troubles: troubles = [] } = retraction;
  if (failed + messageOnly === 0) return null;
  return (
    <div class="small">
      {failed > 0 && <p>{words.retraction.mailboxesFailed(failed)}</p>}
      {messageOnly > 0 && <p>{words.retraction.messageOnly(messageOnly)}</p>}
      <details>
        <summary>{words.retraction.which}</summary>
        <ul>
          {troubles.map(({ mailbox, reason }) => (
            <li key={mailbox}>
              {mailbox} <span class="quiet">{words.copyReason[reason] ?? reason}</span>
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}
