/** What a destination means in each suite, before anybody confirms. The sentences are the server's. */
import { useEffect, useState } from 'preact/hooks';
import type { Effects, ProviderEffect } from '../../shared/effects.ts';
import { CHOOSABLE_DESTINATIONS, type ChoosableDestination, type Destination } from '../../shared/retraction.ts';
import { ApiProblem, ask } from './api.ts';
import { useWords } from './context.ts';
import { Loading, Trouble } from './trouble.tsx';

/** @param path of the API, with the destination in its query; read anew when it changes */
export function useEffects(path: string): { effects: Effects | null; problem: ApiProblem | null } {
  const [state, setState] = useState<{ path: string; effects: Effects | null; problem: ApiProblem | null } | null>(
    null,
  );
  useEffect(() => {
    let left = false;
    const keep = (effects: Effects | null, problem: ApiProblem | null) => !left && setState({ path, effects, problem });
    ask<Effects>('GET', path).then(
      (effects) => keep(effects, null),
      (error) => keep(null, error instanceof ApiProblem ? error : new ApiProblem(0, 'broken', '')),
    );
    return () => {
      left = true;
    };
  }, [path]);
  // What another destination does is never shown under this one.
  return state?.path === path ? state : { effects: null, problem: null };
}

export function EffectList({ effects, problem }: { effects: Effects | null; problem: ApiProblem | null }) {
  const words = useWords();
  if (!effects) return problem ? <Trouble problem={problem} /> : <Loading rows={2} />;
  return (
    <>
      <ul class="effects" aria-label={words.effects.title}>
        {effects.providers.map((effect) => (
          <li key={effect.provider} class={effect.supported ? '' : 'unsupported'}>
            <span class="suite">
              <strong>{words.effects.provider[effect.provider]}</strong> <Reach effect={effect} />
            </span>
            <span>{effect.text}</span>
          </li>
        ))}
      </ul>
      {effects.refusal && <p class="banner warning">{effects.refusal}</p>}
    </>
  );
}

function Reach({ effect: { copies, mailboxes, protected: guarded } }: { effect: ProviderEffect }) {
  const words = useWords();
  const { with_copies, searched, total } = mailboxes;
  const parts = [
    ...(copies > 0 ? [words.effects.copies(copies, with_copies)] : []),
    ...(guarded > 0 ? [words.effects.protectedOnes(guarded)] : []),
    ...(searched === 0 ? [words.effects.unsearched(total)] : []),
    ...(searched > 0 && (searched < total || copies === 0) ? [words.effects.searched(searched, total)] : []),
  ];
  return <span class="quiet small">{parts.join(' · ')}</span>;
}

interface DestinationChoiceProps {
  /** Another one than those to choose from is kept as long as nobody chooses. */
  value: Destination;
  onChoose: (destination: ChoosableDestination) => void;
}

export function DestinationChoice({ value, onChoose }: DestinationChoiceProps) {
  const words = useWords();
  return (
    <label class="field destination">
      <span>{words.effects.destination}</span>
      <select value={value} onChange={(event) => onChoose(event.currentTarget.value as ChoosableDestination)}>
        {[...new Set<Destination>([value, ...CHOOSABLE_DESTINATIONS])].map((destination) => (
          <option key={destination} value={destination}>
            {words.destination[destination]}
          </option>
        ))}
      </select>
    </label>
  );
}
