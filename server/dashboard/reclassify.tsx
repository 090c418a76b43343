/** The team says what a mail is: one message, or several; where the body is not kept, with an upload. */
import { useState } from 'preact/hooks';
import type { ReclassifyAnswer, ReclassifyRequest } from '../../shared/reclassify.ts';
import type { ChoosableDestination } from '../../shared/retraction.ts';
import type { Disposition } from '../../shared/verdict.ts';
import { ask } from './api.ts';
import { base64Of } from './base64-of.ts';
import { Confirm } from './confirm.tsx';
import { useWords } from './context.ts';
import { Dialog } from './dialog.tsx';
import { CommentField, DispositionChoice } from './disposition-choice.tsx';
import { DestinationChoice } from './effects.tsx';

/** Judging an upload, or saying it of many, takes its time. */
const TIMEOUT_MS = 120_000;

interface ReclassifyProps {
  /** Ids of judged messages. */
  ids: readonly string[];
  /** The verdict of now; null: they differ, or there is none. */
  current: Disposition | null;
  /** Copies are taken away: saying that it is harmless offers to put them back. */
  retracted: boolean;
  /** The report that it answers. */
  escalated?: string;
  /** The body is not kept: the mail may be uploaded, so that there is more to learn from. */
  upload?: boolean;
  onDone: () => void;
}

export function Reclassify(props: ReclassifyProps) {
  const words = useWords();
  const [said, setSaid] = useState<string | null>(null);
  const send = async (request: ReclassifyRequest) => {
    const { items } = await ask<ReclassifyAnswer>('POST', '/messages/reclassify', request, TIMEOUT_MS);
    const well = items.filter(({ success }) => success).length;
    const refused = items.find(({ move_refused }) => move_refused)?.move_refused;
    setSaid(
      [
        well > 0 ? words.reclassify.done(well) : '',
        well < items.length ? words.reclassify.partly(items.length - well) : '',
        refused ? `${words.reclassify.notMoved} ${words.refusal[refused] ?? refused}` : '',
      ]
        .filter(Boolean)
        .join(' '),
    );
    props.onDone();
  };
  return (
    <>
      <div role="status">{said && <p class="banner info">{said}</p>}</div>
      <Dialog button={words.reclassify.button} disabled={props.ids.length === 0}>
        {({ run, close }) => <Ask {...props} onConfirm={(request) => run(() => send(request))} onCancel={close} />}
      </Dialog>
    </>
  );
}

interface AskProps extends ReclassifyProps {
  onConfirm: (request: ReclassifyRequest) => Promise<void>;
  onCancel: () => void;
}

function Ask({ ids, current, retracted, escalated, upload = false, onConfirm, onCancel }: AskProps) {
  const { reclassify } = useWords();
  const [disposition, setDisposition] = useState<Disposition>(current === 'NONE' ? 'MALICIOUS' : 'NONE');
  const [comment, setComment] = useState('');
  const [also, setAlso] = useState(false);
  const [destination, setDestination] = useState<ChoosableDestination>('Quarantine');
  const [file, setFile] = useState<File | null>(null);
  const [busy, setBusy] = useState(false);
  const restores = retracted && disposition !== 'MALICIOUS';
  // Of an upload nobody knows what else is a copy of it.
  const retracts = !retracted && !file && disposition === 'MALICIOUS';
  const confirm = async () => {
    setBusy(true);
    const eml = upload && file ? await base64Of(file) : null;
    await onConfirm({
      ...(eml ? { eml } : { ids: [...ids] }),
      disposition,
      ...(comment ? { comment } : {}),
      ...(escalated ? { escalated_submission_id: escalated } : {}),
      ...(also && restores ? { restore: true } : {}),
      ...(also && retracts ? { destination } : {}),
    });
  };
  return (
    <Confirm
      title={reclassify.title(ids.length || 1)}
      text={reclassify.text}
      confirm={reclassify.confirm}
      disabled={busy}
      onConfirm={() => void confirm()}
      onCancel={onCancel}
    >
      <DispositionChoice
        label={reclassify.disposition}
        value={disposition}
        onChoose={(chosen) => chosen && setDisposition(chosen)}
      />
      {disposition === current && <p class="quiet small">{reclassify.hint}</p>}
      {(restores || retracts) && (
        <label class="check">
          <input type="checkbox" checked={also} onChange={(event) => setAlso(event.currentTarget.checked)} />
          {restores ? reclassify.restore : reclassify.retract}
        </label>
      )}
      {also && retracts && <DestinationChoice value={destination} onChoose={setDestination} />}
      {upload && (
        <label class="field">
          <span>{reclassify.upload}</span>
          <input
            type="file"
            accept=".eml,message/rfc822"
            onChange={(event) => setFile(event.currentTarget.files?.[0] ?? null)}
          />
        </label>
      )}
      <CommentField label={reclassify.comment} onComment={setComment} />
    </Confirm>
  );
}
