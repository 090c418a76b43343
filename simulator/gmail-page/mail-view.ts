/** Mailboxes and mails as the Gmail page shows them. */
import type { Google } from '../google.ts';
import { bodyOf, previewOf } from '../mime/body.ts';
import { headerOf } from '../mime/header.ts';
import type { GmailMailbox, GmailMessage } from '../workspace/mailbox.ts';
import type { Letter, MailboxEntry, MailboxView, Row } from './wire.ts';

/** A demo mailbox has dozens; a bench's may have more, and nobody looks at those. */
const MOST_ROWS = 300;

/** Everyone whose mailbox can be opened, by name. */
export function mailboxEntries({ workspace }: Google): MailboxEntry[] {
  return workspace.users
    .flatMap((user): MailboxEntry[] => {
      const mailbox = workspace.mailbox(user.primaryEmail);
      if (!mailbox || user.suspended) return [];
      const unread = mailbox.list().filter(({ labelIds }) => labelIds.has('INBOX') && labelIds.has('UNREAD')).length;
      const language = user.language.startsWith('de') ? 'de' : 'en';
      return [{ address: user.primaryEmail, displayName: user.fullName, title: user.title, language, unread }];
    })
    .sort((a, b) => a.displayName.localeCompare(b.displayName));
}

export function mailboxView(mailbox: GmailMailbox): MailboxView {
  const own = mailbox.labels().filter(({ type, labelListVisibility }) => {
    return type === 'user' && labelListVisibility !== 'labelHide';
  });
  const rows = mailbox.list().slice(0, MOST_ROWS).map(rowOf);
  return { rows, labels: Object.fromEntries(own.map(({ id, name }) => [id, name])) };
}

export function letterOf(message: GmailMessage): Letter {
  return { ...rowOf(message), to: headerOf(message.eml).to };
}

function rowOf(message: GmailMessage): Row {
  const header = headerOf(message.eml);
  return {
    id: message.id,
    labelIds: [...message.labelIds],
    from: header.from ?? { name: '', address: '' },
    subject: message.subject,
    preview: preview(message.eml),
    receivedAt: new Date(message.internalDate).toISOString(),
    isRead: !message.labelIds.has('UNREAD'),
  };
}

const previews = new WeakMap<Buffer, string>();

function preview(eml: Buffer): string {
  const known = previews.get(eml) ?? previewOf(bodyOf(eml)).slice(0, 120);
  previews.set(eml, known);
  return known;
}
