/** One action over everything a search finds, or over chosen messages: what it would do is shown before it begins. */
import { useEffect, useState } from 'preact/hooks';
import type { BulkJob, BulkJobRequest, BulkPreview } from '../../shared/bulk-job.ts';
import type { ChoosableDestination } from '../../shared/retraction.ts';
import { BULK_ACTIONS, type BulkAction } from '../../shared/vendor-words.ts';
import type { Disposition } from '../../shared/verdict.ts';
import { ApiProblem, ask } from './api.ts';
import { Confirm } from './confirm.tsx';
import { useWords } from './context.ts';
import { Dialog } from './dialog.tsx';
import { CommentField, DispositionChoice } from './disposition-choice.tsx';
import { DestinationChoice } from './effects.tsx';
import { go } from './router.tsx';
import { Loading, Trouble } from './trouble.tsx';

/** Counting ten thousand messages takes its time. */
const TIMEOUT_MS = 60_000;

/** What the job is about: the parameters of a search, or messages. */
export type BulkTarget = Pick<BulkJobRequest, 'ids' | 'search_params'>;

/** The question of a search screen as a job takes it. */
export function targetOf(question: URLSearchParams): BulkTarget {
  const params: Record<string, unknown> = Object.fromEntries(question);
  for (const name of ['detections_only', 'submissions']) if (name in params) params[name] = params[name] === 'true';
  return { search_params: params as NonNullable<BulkJobRequest['search_params']> };
}

export function BulkStart({ target, button }: { target: BulkTarget; button?: string }) {
  const words = useWords();
  return (
    <Dialog button={button ?? words.bulk.button}>
      {({ run, close }) => (
        <Ask
          target={target}
          onCancel={close}
          onConfirm={(request) =>
            run(async () => {
              const job = await ask<BulkJob>('POST', '/bulk-jobs', request);
              go(`/bulk-jobs/${job.job_id}`);
            })
          }
        />
      )}
    </Dialog>
  );
}

interface AskProps {
  target: BulkTarget;
  onConfirm: (request: BulkJobRequest) => Promise<void>;
  onCancel: () => void;
}

function Ask({ target, onConfirm, onCancel }: AskProps) {
  const { bulk, reclassify } = useWords();
  const [action, setAction] = useState<BulkAction>('MOVE');
  const [destination, setDestination] = useState<ChoosableDestination>('Quarantine');
  const [disposition, setDisposition] = useState<Disposition>('MALICIOUS');
  const [comment, setComment] = useState('');
  const [busy, setBusy] = useState(false);
  const { preview, problem } = usePreview(target);
  const request: BulkJobRequest = {
    ...target,
    action,
    ...(action === 'MOVE' ? { destination } : {}),
    ...(action === 'RECLASSIFY' ? { disposition } : {}),
    ...(comment ? { comment } : {}),
  };
  const nothing = preview?.messages === 0;
  return (
    <Confirm
      title={target.ids ? bulk.chosenTitle(target.ids.length) : bulk.startTitle}
      text={bulk.startText}
      confirm={preview ? (nothing ? null : bulk.confirm(preview.messages, preview.complete)) : bulk.counting}
      disabled={busy || !preview}
      onConfirm={() => {
        setBusy(true);
        void onConfirm(request);
      }}
      onCancel={onCancel}
    >
      <label class="field">
        <span>{bulk.action}</span>
        <select value={action} onChange={(event) => setAction(event.currentTarget.value as BulkAction)}>
          {BULK_ACTIONS.map((one) => (
            <option key={one} value={one}>
              {bulk.actions[one]}
            </option>
          ))}
        </select>
      </label>
      {action === 'MOVE' && <DestinationChoice value={destination} onChoose={setDestination} />}
      {action === 'RECLASSIFY' && (
        <DispositionChoice
          label={reclassify.disposition}
          value={disposition}
          onChoose={(chosen) => chosen && setDisposition(chosen)}
        />
      )}
      <CommentField label={bulk.comment} onComment={setComment} />
      <Trouble problem={problem} />
      {!preview && !problem && <Loading rows={2} />}
      {preview && <Preview preview={preview} />}
    </Confirm>
  );
}

function usePreview(target: BulkTarget): { preview: BulkPreview | null; problem: ApiProblem | null } {
  const [state, setState] = useState<{ preview: BulkPreview | null; problem: ApiProblem | null }>({
    preview: null,
    problem: null,
  });
  useEffect(() => {
    let left = false;
    // How far it reaches does not depend on what is done.
    ask<BulkPreview>('POST', '/bulk-jobs/preview', { ...target, action: 'RELEASE' }, TIMEOUT_MS).then(
      (preview) => !left && setState({ preview, problem: null }),
      (error) =>
        !left &&
        setState({ preview: null, problem: error instanceof ApiProblem ? error : new ApiProblem(0, 'broken', '') }),
    );
    return () => {
      left = true;
    };
  }, [JSON.stringify(target)]);
  return state;
}

function Preview({ preview }: { preview: BulkPreview }) {
  const { bulk, effects } = useWords();
  if (preview.messages === 0) return <p>{bulk.nothing}</p>;
  return (
    <div class="bulk-preview">
      <p>
        <strong>{bulk.preview(preview.messages, preview.complete)}</strong>
      </p>
      <ul class="effects" aria-label={effects.title}>
        {preview.skipped > 0 && <li>{bulk.skipped(preview.skipped)}</li>}
        {preview.retracted > 0 && <li>{bulk.retracted(preview.retracted)}</li>}
        {preview.providers.map(({ provider, mailboxes, copies }) => (
          <li key={provider}>
            <strong>{effects.provider[provider]}</strong> {bulk.known(copies, mailboxes)}
          </li>
        ))}
        {preview.providers.length === 0 && <li>{bulk.unknownReach}</li>}
      </ul>
      {preview.mailboxes.length > 0 && (
        <details>
          <summary>{bulk.mailboxes}</summary>
          <ul class="plain-list small">
            {preview.mailboxes.map(({ mailbox, copies }) => (
              <li key={mailbox}>
                {mailbox} <span class="quiet">{copies}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
