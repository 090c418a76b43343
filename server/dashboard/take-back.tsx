/** Taking judged mail back by hand: one message, or several that were chosen. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { MoveAnswer, RetractionView } from '../../shared/api.ts';
import type { ChoosableDestination } from '../../shared/retraction.ts';
import { ApiProblem, ask } from './api.ts';
import { Confirm } from './confirm.tsx';
import { useWords } from './context.ts';
import { DestinationChoice, EffectList, useEffects } from './effects.tsx';
import { sentenceOf } from './trouble.tsx';

interface TakeBackProps {
  /** Ids of judged messages. */
  ids: readonly string[];
  button: string;
  /** Of mail that the verdict does not call for taking back: possible, not suggested. */
  quiet?: boolean;
  onStarted: (retractions: RetractionView[]) => void;
}

export function TakeBack({ ids, button, quiet = false, onStarted }: TakeBackProps) {
  const words = useWords();
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const wasAsking = useRef(false);
  useLayoutEffect(() => {
    if (!asking && wasAsking.current) opener.current?.focus();
    wasAsking.current = asking;
  }, [asking]);

  const move = async (destination: ChoosableDestination) => {
    try {
      const answer = await ask<MoveAnswer>('POST', '/messages/move', { ids, destination });
      setAsking(false);
      onStarted(answer.items);
    } catch (error) {
      setProblem(error instanceof ApiProblem ? sentenceOf(error, words) : words.trouble.failed);
      setAsking(false);
    }
  };
  return (
    <div class="take-back">
      <div role="alert">{problem && <p class="banner danger">{problem}</p>}</div>
      {asking && ids.length > 0 ? (
        <Ask ids={ids} onConfirm={move} onCancel={() => setAsking(false)} />
      ) : (
        <div class="buttons">
          <button
            type="button"
            class={quiet ? '' : 'primary'}
            ref={opener}
            disabled={ids.length === 0}
            onClick={() => {
              setProblem(null);
              setAsking(true);
            }}
          >
            {button}
          </button>
        </div>
      )}
    </div>
  );
}

interface AskProps {
  ids: readonly string[];
  onConfirm: (destination: ChoosableDestination) => Promise<void>;
  onCancel: () => void;
}

function Ask({ ids, onConfirm, onCancel }: AskProps) {
  const words = useWords();
  const [destination, setDestination] = useState<ChoosableDestination>('Quarantine');
  const [busy, setBusy] = useState(false);
  const { effects, problem } = useEffects(`/messages/effects?ids=${ids.join(',')}&destination=${destination}`);
  const { title, many, text, confirm } = words.decide.takeBack;
  return (
    <Confirm
      title={ids.length === 1 ? title : many(ids.length)}
      text={text}
      confirm={confirm}
      disabled={busy || !effects?.allowed}
      onConfirm={() => {
        setBusy(true);
        void onConfirm(destination).finally(() => setBusy(false));
      }}
      onCancel={onCancel}
    >
      <DestinationChoice value={destination} onChoose={setDestination} />
      <EffectList effects={effects} problem={problem} />
    </Confirm>
  );
}
