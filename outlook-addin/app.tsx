import { useEffect, useState } from 'preact/hooks';
import { clientWords } from '../shared/i18n/client-words.ts';
import type { Language } from '../shared/i18n/language.ts';
import { Form } from './form.tsx';
import { Result } from './result.tsx';
import type { Session } from './session.ts';
import { TroubleNotice } from './trouble-notice.tsx';

export function App({ session, language, host }: { session: Session; language: Language; host: string }) {
  const [, redraw] = useState(0);
  useEffect(() => {
    const run = () => redraw((n) => n + 1);
    session.subscribe(run);
    // What happened between the first paint and now.
    run();
  }, [session]);
  const words = clientWords(language);
  const waiting = session.waiting();
  return (
    <>
      <Screen session={session} language={language} host={host} />
      {waiting > 0 && (
        <p class="note waiting" role="status">
          {words.keptCount(waiting)}
        </p>
      )}
    </>
  );
}

function Screen({ session, language, host }: { session: Session; language: Language; host: string }) {
  const words = clientWords(language);
  const screen = session.screen();
  switch (screen.at) {
    case 'starting':
      return <Busy title={words.starting} />;
    case 'form':
      return <Form key={screen.item.restId} item={screen.item} host={host} words={words} onReport={session.report} />;
    case 'sending':
      return <Busy title={words.sending.title} detail={words.sending[screen.step]} hint={words.sending.patience} />;
    case 'trouble':
      return <TroubleNotice screen={screen} words={words} onRetry={session.retry} />;
    case 'result':
      return (
        <Result
          screen={screen}
          language={language}
          words={words}
          actions={{ ask: session.askToWithdraw, withdraw: session.withdraw }}
        />
      );
  }
}

function Busy({ title, detail, hint }: { title: string; detail?: string; hint?: string }) {
  return (
    <section class="busy" role="status">
      <span class="spinner" aria-hidden="true" />
      <h1>{title}</h1>
      {detail && <p>{detail}</p>}
      {hint && <p class="quiet">{hint}</p>}
    </section>
  );
}
