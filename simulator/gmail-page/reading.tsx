import { useEffect, useRef } from 'preact/hooks';
import { documentUrl } from './client.ts';
import type { Letter } from './wire.ts';
import type { Language, Words } from './words.ts';

/** One open mail. */
export function Reading({
  mailbox,
  letter,
  where,
  language,
  words,
  onBack,
}: {
  mailbox: string;
  letter: Letter;
  /** Said when it is not where it was opened. */
  where: string | null;
  language: Language;
  words: Words;
  onBack: () => void;
}) {
  const when = new Date(letter.receivedAt).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' });
  const { name, address } = letter.from;
  return (
    <article class="reading">
      <button type="button" class="back" onClick={onBack}>
        ‹ {words.back}
      </button>
      {where !== null && (
        <p class="moved" role="status">
          {where}
        </p>
      )}
      <h1>{letter.subject}</h1>
      <div class="from">
        <span class="avatar" aria-hidden="true">
          {(name || address).slice(0, 1).toUpperCase()}
        </span>
        <p>
          <strong>{name || address}</strong> <small>&lt;{address}&gt;</small>
          <br />
          <small>
            {words.to} {letter.to.map((one) => one.name || one.address).join(', ') || mailbox} · {when}
          </small>
        </p>
      </div>
      <Paper mailbox={mailbox} letter={letter} />
    </article>
  );
}

const LONGEST = 20_000;

/** The mail's HTML in a frame without scripts and without network; its links lead nowhere. */
function Paper({ mailbox, letter }: { mailbox: string; letter: Letter }) {
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    const element = frame.current;
    const onLoad = () => {
      const page = element?.contentDocument;
      if (!element || !page?.body) return;
      element.style.height = `${Math.min(LONGEST, page.documentElement.scrollHeight)}px`;
      page.addEventListener('click', (event) => {
        if ((event.target as Element | null)?.closest('a, area')) event.preventDefault();
      });
    };
    element?.addEventListener('load', onLoad);
    return () => element?.removeEventListener('load', onLoad);
  }, [letter.id]);
  return (
    <iframe ref={frame} title={letter.subject} sandbox="allow-same-origin" src={documentUrl(mailbox, letter.id)} />
  );
}
