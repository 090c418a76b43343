/** A question opened by a button: the keyboard goes into it and back to the button when it is over. */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { ApiProblem } from './api.ts';
import { useWords } from './context.ts';
import { sentenceOf } from './trouble.tsx';

interface DialogProps {
  button: string;
  /** Of what a person would do first. */
  primary?: boolean;
  disabled?: boolean;
  /** @param run does it, and closes the question; what goes wrong is said above the button */
  children: (ask: { run: (work: () => Promise<void>) => Promise<void>; close: () => void }) => ComponentChildren;
}

export function Dialog({ button, primary = false, disabled = false, children }: DialogProps) {
  const words = useWords();
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  useLayoutEffect(() => {
    if (!open && wasOpen.current) opener.current?.focus();
    wasOpen.current = open;
  }, [open]);
  const close = () => setOpen(false);
  const run = async (work: () => Promise<void>) => {
    setProblem(null);
    try {
      await work();
    } catch (error) {
      setProblem(error instanceof ApiProblem ? sentenceOf(error, words) : words.trouble.failed);
    }
    close();
  };
  return (
    <div class="asks">
      <div role="alert">{problem && <p class="banner danger">{problem}</p>}</div>
      {open ? (
        children({ run, close })
      ) : (
        <button
          type="button"
          class={primary ? 'primary' : ''}
          ref={opener}
          disabled={disabled}
          onClick={() => {
            setProblem(null);
            setOpen(true);
          }}
        >
          {button}
        </button>
      )}
    </div>
  );
}
