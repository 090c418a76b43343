/** A user's report goes to the team, once it is confirmed. */
import { useState } from 'preact/hooks';
import type { SubmissionRecord } from '../../shared/submission-record.ts';
import type { Disposition } from '../../shared/verdict.ts';
import { ask } from './api.ts';
import { Confirm } from './confirm.tsx';
import { useWords } from './context.ts';
import { Dialog } from './dialog.tsx';
import { CommentField, DispositionChoice } from './disposition-choice.tsx';

export function Escalate({ id, onDone }: { id: string; onDone: () => void }) {
  const words = useWords();
  return (
    <Dialog button={words.escalate.button}>
      {({ run, close }) => (
        <Ask
          onCancel={close}
          onConfirm={(request) =>
            run(async () => {
              await ask<SubmissionRecord>('POST', `/submissions/${id}/escalate`, request);
              onDone();
            })
          }
        />
      )}
    </Dialog>
  );
}

interface AskProps {
  onConfirm: (request: { as?: Disposition; comment?: string }) => Promise<void>;
  onCancel: () => void;
}

function Ask({ onConfirm, onCancel }: AskProps) {
  const { escalate } = useWords();
  const [as, setAs] = useState<Disposition | ''>('');
  const [comment, setComment] = useState('');
  const [busy, setBusy] = useState(false);
  return (
    <Confirm
      title={escalate.title}
      text={escalate.text}
      confirm={escalate.confirm}
      disabled={busy}
      onConfirm={() => {
        setBusy(true);
        void onConfirm({ ...(as ? { as } : {}), ...(comment ? { comment } : {}) });
      }}
      onCancel={onCancel}
    >
      <DispositionChoice label={escalate.as} value={as} none={escalate.asReported} onChoose={setAs} />
      <CommentField label={escalate.comment} onComment={setComment} />
    </Confirm>
  );
}
