/** Asks once more, in the page, and says what will be done. */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useWords } from './context.ts';

interface ConfirmProps {
  title: string;
  text: string;
  /** null: there is nothing that this person could confirm now. */
  confirm: string | null;
  /** What cannot be undone looks so. */
  danger?: boolean;
  disabled: boolean;
  onConfirm: () => void;
  onCancel: () => void;
  children?: ComponentChildren;
}

export function Confirm({
  title,
  text,
  confirm,
  danger = false,
  disabled,
  onConfirm,
  onCancel,
  children,
}: ConfirmProps) {
  const words = useWords();
  const box = useRef<HTMLFieldSetElement>(null);
  useLayoutEffect(() => box.current?.focus(), []);
  return (
    <fieldset
      class={`confirm${danger ? ' danger' : ''}`}
      aria-labelledby="confirm-title"
      aria-describedby="confirm-text"
      tabIndex={-1}
      ref={box}
      onKeyDown={(event) => event.key === 'Escape' && onCancel()}
    >
      <h3 id="confirm-title">{title}</h3>
      <p id="confirm-text">{text}</p>
      {children}
      <div class="buttons">
        {confirm !== null && (
          <button type="button" class={danger ? 'primary danger' : 'primary'} disabled={disabled} onClick={onConfirm}>
            {confirm}
          </button>
        )}
        <button type="button" onClick={onCancel}>
          {words.cancel}
        </button>
      </div>
    </fieldset>
  );
}
