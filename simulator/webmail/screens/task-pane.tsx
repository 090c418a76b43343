import { useEffect, useRef } from 'preact/hooks';
import type { PaneCommand } from '../addin-definition.ts';
import { AddinFrame } from '../host/addin-frame.ts';
import type { HostServices, Situation } from '../host/situation.ts';
import type { Words } from '../words.ts';
import { Icon } from './icons.tsx';

export interface OpenPane {
  command: PaneCommand;
  contextData: string;
  /** A new number opens the page anew. */
  opening: number;
}

/** The add-in's page at the right, with the host's own head above it. */
export function TaskPane({
  pane,
  situation,
  services,
  words,
  onClose,
}: {
  pane: OpenPane;
  situation: Situation;
  services: HostServices;
  words: Words;
  onClose: () => void;
}) {
  const place = useRef<HTMLDivElement>(null);
  const frame = useRef<AddinFrame | null>(null);
  const { addin, locale, mailboxSet, theme, message, user } = situation;

  // A page lives as long as its opening; language and generation are told only at its start.
  useEffect(() => {
    const { command, contextData } = pane;
    const page = new AddinFrame({ url: command.url, situation, services, title: command.label, contextData });
    frame.current = page;
    place.current?.append(page.element);
    return () => {
      frame.current = null;
      page.dispose();
    };
  }, [pane.opening, locale, mailboxSet, user.address]);

  useEffect(() => {
    if (frame.current && frame.current.situation.theme !== theme) frame.current.changeTheme(theme);
  }, [theme]);

  useEffect(() => {
    const page = frame.current;
    if (page?.followsItem && page.situation.message?.id !== message?.id) page.changeItem(situation);
  }, [message?.id]);

  return (
    <aside class="pane" aria-label={words.addinPane}>
      <header>
        {addin.iconUrl && <img src={addin.iconUrl} alt="" width="20" height="20" />}
        <h2>{addin.displayName}</h2>
        <button type="button" class="icon-button" aria-label={words.close} title={words.close} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <div class="pane-place" ref={place} />
    </aside>
  );
}
