import { useEffect, useRef } from 'preact/hooks';
import { documentUrl } from '../mail-client.ts';
import type { MessageDetail } from '../wire.ts';

const LONGEST = 20_000;

/** The mail's HTML in a frame without scripts and without network. Clicks on links are told, not followed. */
export function MailFrame({
  message,
  theme,
  onLink,
}: {
  message: MessageDetail;
  theme: 'light' | 'dark';
  onLink: (address: string) => void;
}) {
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    let observer: ResizeObserver | null = null;
    const onLoad = () => {
      const page = element.contentDocument;
      if (!page?.body) return;
      const measure = () => {
        element.style.height = `${Math.min(LONGEST, page.documentElement.scrollHeight)}px`;
      };
      observer = new ResizeObserver(measure);
      observer.observe(page.body);
      measure();
      const follow = (event: Event) => {
        const link = (event.target as Element | null)?.closest?.('a, area');
        if (!link) return;
        event.preventDefault();
        onLink(link.getAttribute('href') ?? '');
      };
      page.addEventListener('click', follow);
      page.addEventListener('auxclick', follow);
    };
    element.addEventListener('load', onLoad);
    return () => {
      element.removeEventListener('load', onLoad);
      observer?.disconnect();
    };
  }, [message.id, theme]);
  return (
    <iframe
      ref={frame}
      class="mail-frame"
      title={message.subject}
      sandbox="allow-same-origin"
      src={documentUrl(message.mailbox, message.id, theme)}
    />
  );
}
