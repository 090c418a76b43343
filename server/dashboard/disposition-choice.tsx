/** One of the six dispositions, and a word for those who come after. */
import { DISPOSITIONS, type Disposition } from '../../shared/verdict.ts';
import { useWords } from './context.ts';

interface DispositionChoiceProps {
  label: string;
  value: Disposition | '';
  /** What the empty choice says; absent: one must be chosen. */
  none?: string;
  onChoose: (disposition: Disposition | '') => void;
}

export function DispositionChoice({ label, value, none, onChoose }: DispositionChoiceProps) {
  const words = useWords();
  return (
    <label class="field">
      <span>{label}</span>
      <select value={value} onChange={(event) => onChoose(event.currentTarget.value as Disposition | '')}>
        {none !== undefined && <option value="">{none}</option>}
        {DISPOSITIONS.map((disposition) => (
          <option key={disposition} value={disposition}>
            {words.disposition[disposition]}
          </option>
        ))}
      </select>
    </label>
  );
}

export function CommentField({ label, onComment }: { label: string; onComment: (text: string) => void }) {
  return (
    <label class="field">
      <span>{label}</span>
      <textarea rows={2} maxLength={2000} onInput={(event) => onComment(event.currentTarget.value)} />
    </label>
  );
}
