import type { ComponentChildren } from 'preact';
import { attachmentUrl } from '../mail-client.ts';
import type { MailAddress, MessageDetail } from '../wire.ts';
import { sizeText, timeText, type Words } from '../words.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icons.tsx';
import { MailFrame } from './mail-frame.tsx';

/** The open message below its ribbon. */
export function ReadingPane({
  message,
  theme,
  language,
  words,
  ribbon,
  footer,
  onLink,
}: {
  message: MessageDetail;
  theme: 'light' | 'dark';
  language: 'en' | 'de';
  words: Words;
  ribbon: ComponentChildren;
  footer: ComponentChildren;
  onLink: (address: string) => void;
}) {
  const files = message.attachments.filter((it) => !it.inline);
  return (
    <main class="reading" aria-label={words.reading}>
      {ribbon}
      <article>
        <header>
          <h1>{message.subject || words.noSubject}</h1>
          <div class="message-people">
            <Avatar name={message.from.name} address={message.from.address} />
            <div>
              <p class="message-from">
                <b>{message.from.name || message.from.address}</b>
                {message.from.name && message.from.name !== message.from.address && (
                  <span class="address">&lt;{message.from.address}&gt;</span>
                )}
              </p>
              <People label={words.to} people={message.to} />
              <People label={words.cc} people={message.cc} />
            </div>
            <time dateTime={message.receivedAt}>{timeText(message.receivedAt, language, 'long')}</time>
          </div>
          {files.length > 0 && (
            <ul class="attachments" aria-label={words.attachments}>
              {files.map((file) => (
                <li key={file.id}>
                  <a href={attachmentUrl(message, file.id)} download={file.name}>
                    <Icon name="attachment" />
                    <span>{file.name}</span>
                    <small>{sizeText(file.size)}</small>
                  </a>
                </li>
              ))}
            </ul>
          )}
        </header>
        <MailFrame message={message} theme={theme} onLink={onLink} />
        {footer}
      </article>
    </main>
  );
}

function People({ label, people }: { label: string; people: MailAddress[] }) {
  if (people.length === 0) return null;
  return (
    <p class="message-to">
      <span>{label}:</span> {people.map((it) => it.name || it.address).join(', ')}
    </p>
  );
}
