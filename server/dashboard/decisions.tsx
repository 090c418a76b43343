/** The decisions about a retraction. Each asks once more, in the page, and says what it will do. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { RetractionView } from '../../shared/api.ts';
import type { PurgeConfirmation } from '../../shared/effects.ts';
import type { ChoosableDestination } from '../../shared/retraction.ts';
import { ApiProblem, ask } from './api.ts';
import { Confirm } from './confirm.tsx';
import { useWords } from './context.ts';
import { DestinationChoice, EffectList, useEffects } from './effects.tsx';
import { askToPurge, Purge } from './purge.tsx';
import { sentenceOf } from './trouble.tsx';

export type Decision = 'approve' | 'cancel' | 'restore' | 'purge';

/** Copies that a restore would bring back, or that could be destroyed. */
const takenAway = ({ retracted, purged = 0 }: RetractionView['copies']) => retracted - purged;

/** What makes sense to offer now; the server has the last word (409). */
export function offered({ state, preview, reason, copies }: RetractionView): Decision[] {
  if (preview) {
    if (state === 'planned' || state === 'running') return ['approve', 'cancel'];
    return state === 'done' || state === 'confirming' ? ['approve'] : [];
  }
  const open = state === 'planned' || state === 'held' || state === 'running' || state === 'confirming';
  // Copies in protected mailboxes wait alone while the rest has moved on.
  const waits = state === 'held' || (reason === 'protected_mailbox' && state !== 'planned' && state !== 'cancelled');
  const over = state === 'restoring' || state === 'restored';
  const calm = state === 'held' || state === 'confirming' || state === 'done' || state === 'cancelled';
  return [
    ...(waits && !over ? (['approve'] as const) : []),
    ...(takenAway(copies) > 0 && !over && state !== 'planned' ? (['restore'] as const) : []),
    ...(open ? (['cancel'] as const) : []),
    ...(takenAway(copies) > 0 && calm ? (['purge'] as const) : []),
  ];
}

export function Decisions({ retraction, onDecided }: { retraction: RetractionView; onDecided: () => void }) {
  const words = useWords();
  const [asking, setAsking] = useState<Decision | null>(null);
  const [purging, setPurging] = useState<PurgeConfirmation | null>(null);
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

  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      setProblem(error instanceof ApiProblem ? sentenceOf(error, words) : words.trouble.failed);
      setAsking(null);
    }
    setBusy(false);
  };
  const decide = (decision: Decision, body?: object) =>
    attempt(async () => {
      await ask('POST', `/retractions/${retraction.id}/${decision}`, body);
      setAsking(null);
    }).then(onDecided);
  const begin = (decision: Decision) => {
    setProblem(null);
    if (decision !== 'purge') return setAsking(decision);
    void attempt(async () => {
      setPurging(await askToPurge(retraction.id));
      setAsking('purge');
    });
  };
  const purged = (refused: string | null) => {
    setAsking(null);
    setPurging(null);
    setProblem(refused);
    onDecided();
  };

  const open = asking !== null && decisions.includes(asking);
  return (
    <div class="decisions" ref={place} tabIndex={-1}>
      <div role="alert">{problem && <p class="banner danger">{problem}</p>}</div>
      {open && asking === 'purge' && purging && <Purge retractionId={retraction.id} asked={purging} onDone={purged} />}
      {open && asking === 'approve' && (
        <Approve retraction={retraction} busy={busy} onConfirm={decide} onCancel={() => setAsking(null)} />
      )}
      {open && (asking === 'cancel' || asking === 'restore') && (
        <Confirm
          {...words.decide[asking]}
          text={words.decide[asking].text(takenAway(retraction.copies))}
          disabled={busy}
          onConfirm={() => decide(asking)}
          onCancel={() => setAsking(null)}
        />
      )}
      {!open && (
        <div class="buttons">
          {decisions.map((decision) => (
            <button
              type="button"
              key={decision}
              data-decision={decision}
              class={decision === 'approve' ? 'primary' : decision === 'purge' ? 'plain' : ''}
              disabled={busy}
              onClick={() => begin(decision)}
            >
              {decision === 'purge'
                ? words.purge.button
                : decision === 'approve' && retraction.preview
                  ? words.decide.takeBack.button
                  : words.decide[decision].button}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

interface ApproveProps {
  retraction: RetractionView;
  busy: boolean;
  onConfirm: (decision: 'approve', body?: object) => void;
  onCancel: () => void;
}

/** Where to, and what that means in each suite; the choice is free until the first copy has moved. */
function Approve({ retraction, busy, onConfirm, onCancel }: ApproveProps) {
  const words = useWords();
  const [chosen, setChosen] = useState<ChoosableDestination | null>(null);
  const destination = chosen ?? retraction.destination;
  const { effects, problem } = useEffects(`/retractions/${retraction.id}/effects?destination=${destination}`);
  const { title, text, confirm } = words.decide.approve;
  return (
    <Confirm
      title={title}
      text={text(retraction.mailboxes.total)}
      confirm={confirm}
      disabled={busy || !effects?.allowed}
      onConfirm={() => onConfirm('approve', chosen ? { destination: chosen } : undefined)}
      onCancel={onCancel}
    >
      {retraction.copies.retracted === 0 && <DestinationChoice value={destination} onChoose={setChosen} />}
      <EffectList effects={effects} problem={problem} />
    </Confirm>
  );
}
