import { useEffect, useRef, useState } from 'preact/hooks';
import type { Card, Reply } from './card-shape.ts';
import { pressPanel } from './client.ts';
import type { Fault, PanelAnswer } from './wire.ts';

export interface PanelState {
  /** The card on top is shown. */
  stack: Card[];
  busy: boolean;
  notice: string;
  /** What Gmail itself shows instead of a card. */
  problem: 'consent' | 'failed' | null;
}

const empty: PanelState = { stack: [], busy: true, notice: '', problem: null };
const NOTICE_MS = 5_000;

/** The add-on beside the open message: its trigger runs whenever another message is opened. */
export function usePanel(mailbox: string, messageId: string, locale: string, fault: Fault, reloads: number) {
  const [state, setState] = useState<PanelState>(empty);
  const turn = useRef(0);

  const press = async (given: {
    function: string;
    trigger: boolean;
    parameters: Record<string, string>;
    inputs: Record<string, string[]>;
  }) => {
    const mine = turn.current;
    setState((now) => ({ ...now, busy: true, notice: '' }));
    const answer = await pressPanel({ ...given, mailbox, messageId, locale, fault });
    // Another message is open by now.
    if (mine === turn.current) setState((now) => after(now, answer));
  };

  useEffect(() => {
    turn.current += 1;
    setState(empty);
    press({ function: '', trigger: true, parameters: {}, inputs: {} });
    // Faults change what happens next, not what is shown.
  }, [mailbox, messageId, locale, reloads]);

  useEffect(() => {
    if (!state.notice) return undefined;
    const timer = setTimeout(() => setState((now) => ({ ...now, notice: '' })), NOTICE_MS);
    return () => clearTimeout(timer);
  }, [state.notice]);

  return {
    state,
    run: (name: string, parameters: Record<string, string>, inputs: Record<string, string[]>) =>
      press({ function: name, trigger: false, parameters, inputs }),
    back: () => setState((now) => ({ ...now, stack: now.stack.slice(0, -1) })),
    dismiss: () => setState((now) => ({ ...now, problem: null })),
  };
}

function after(now: PanelState, answer: PanelAnswer): PanelState {
  if ('error' in answer) {
    const problem = /^Authorization is required/.test(answer.error) ? 'consent' : 'failed';
    return { ...now, busy: false, problem };
  }
  const reply = answer.answer as Reply;
  const action = reply.action ?? reply.renderActions?.action;
  let stack = [...now.stack];
  for (const step of action?.navigations ?? []) {
    if (step.popToRoot) stack = stack.slice(0, 1);
    if (step.pop) stack.pop();
    if (step.updateCard) stack.splice(-1, 1, step.updateCard);
    if (step.pushCard) stack.push(step.pushCard);
  }
  return { stack, busy: false, notice: action?.notification?.text ?? '', problem: null };
}
