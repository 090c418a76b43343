import { useEffect, useRef } from 'preact/hooks';
import type { ClientWords } from '../shared/i18n/client-words.ts';
import type { Withdrawal } from './screen.ts';

export interface WithdrawActions {
  ask: (asking: boolean) => void;
  withdraw: () => void;
}

/** "I was wrong", with a confirmation in the pane: office.js makes confirm() throw. */
export function Withdraw({
  withdrawal,
  words: { wrong },
  actions,
}: {
  withdrawal: Withdrawal;
  words: ClientWords;
  actions: WithdrawActions;
}) {
  const no = useRef<HTMLButtonElement>(null);
  const asking = withdrawal.at === 'asking';
  // The button that was pressed is gone: the keyboard goes on at the harmless answer.
  useEffect(() => {
    if (asking) no.current?.focus();
  }, [asking]);

  if (withdrawal.at === 'done') {
    return (
      <p class="note" role="status">
        {wrong.answers[withdrawal.answer.restore]}
      </p>
    );
  }
  if (withdrawal.at === 'sending') return <p role="status">{wrong.sending}</p>;
  if (asking) {
    return (
      <section class="card" aria-label={wrong.question}>
        <h2>{wrong.question}</h2>
        <p>{wrong.explanation}</p>
        <div class="row">
          <button type="button" ref={no} onClick={() => actions.ask(false)}>
            {wrong.no}
          </button>
          <button type="button" class="primary" onClick={actions.withdraw}>
            {wrong.yes}
          </button>
        </div>
      </section>
    );
  }
  return (
    <div>
      {withdrawal.at === 'failed' && (
        <p class="note" role="alert">
          {wrong.failed}
        </p>
      )}
      <button type="button" class="link" onClick={() => actions.ask(true)}>
        {wrong.button}
      </button>
    </div>
  );
}
