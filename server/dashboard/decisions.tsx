/** The three decisions about a retraction. Each asks once more, in the page, and says what it will do. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { RetractionView } from '../../shared/api.ts';
import { ApiProblem, ask } from './api.ts';
import { useWords } from './context.ts';
import { sentenceOf } from './trouble.tsx';

export type Decision = 'approve' | 'cancel' | 'restore';

/** What makes sense to offer now; the server has the last word (409). */
export function offered({ state, preview, reason, copies }: RetractionView): Decision[] {
  if (preview) return state === 'planned' || state === 'running' ? ['cancel'] : [];
  const open = state === 'planned' || state === 'held' || state === 'running' || state === 'confirming';
  // Copies in protected mailboxes wait alone while the rest has moved on.
  const waits = state === 'held' || (reason === 'protected_mailbox' && state !== 'planned' && state !== 'cancelled');
  const over = state === 'restoring' || state === 'restored';
  return [
    ...(waits && !over ? (['approve'] as const) : []),
    ...(copies.retracted > 0 && !over && state !== 'planned' ? (['restore'] as const) : []),
    ...(open ? (['cancel'] as const) : []),
  ];
}

export function Decisions({ retraction, onDecided }: { retraction: RetractionView; onDecided: () => void }) {
  const words = useWords();
  const [asking, setAsking] = useState<Decision | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const place = useRef<HTMLDivElement>(null);
  const asked = useRef<Decision | null>(null);
  const decisions = offered(retraction);

  useLayoutEffect(() => {
    // The keyboard goes on where it was; the button may be gone with the decision.
    if (asking === null && asked.current !== null) {
      const button = place.current?.querySelector<HTMLElement>(`[data-decision=${asked.current}]`);
      (button ?? place.current)?.focus();
    }
    asked.current = asking;
  }, [asking]);

  const decide = async (decision: Decision) => {
    setBusy(true);
    setProblem(null);
    try {
      await ask('POST', `/retractions/${retraction.id}/${decision}`);
    } catch (error) {
      setProblem(error instanceof ApiProblem ? sentenceOf(error, words) : words.trouble.failed);
    }
    setBusy(false);
    setAsking(null);
    onDecided();
  };

  return (
    <div class="decisions" ref={place} tabIndex={-1}>
      <div role="alert">{problem && <p class="banner danger">{problem}</p>}</div>
      {asking && decisions.includes(asking) ? (
        <Confirm
          decision={asking}
          retraction={retraction}
          busy={busy}
          onConfirm={() => decide(asking)}
          onCancel={() => setAsking(null)}
        />
      ) : (
        <div class="buttons">
          {decisions.map((decision) => (
            <button
              type="button"
              key={decision}
              data-decision={decision}
              class={decision === 'approve' ? 'primary' : ''}
              onClick={() => {
                setProblem(null);
                setAsking(decision);
              }}
            >
              {words.decide[decision].button}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

interface ConfirmProps {
  decision: Decision;
  retraction: RetractionView;
  busy: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}

function Confirm({ decision, retraction, busy, onConfirm, onCancel }: ConfirmProps) {
  const words = useWords();
  const box = useRef<HTMLFieldSetElement>(null);
  useLayoutEffect(() => box.current?.focus(), []);
  const { title, text, confirm } = words.decide[decision];
  const n = decision === 'approve' ? retraction.mailboxes.total : retraction.copies.retracted;
  return (
    <fieldset
      class="confirm"
      aria-labelledby="confirm-title"
      aria-describedby="confirm-text"
      tabIndex={-1}
      ref={box}
      onKeyDown={(event) => event.key === 'Escape' && onCancel()}
    >
      <h3 id="confirm-title">{title}</h3>
      <p id="confirm-text">{text(n)}</p>
      <div class="buttons">
        <button type="button" class="primary" disabled={busy} onClick={onConfirm}>
          {confirm}
        </button>
        <button type="button" disabled={busy} onClick={onCancel}>
          {words.cancel}
        </button>
      </div>
    </fieldset>
  );
}
