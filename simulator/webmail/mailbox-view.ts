import { bodyOf, previewOf } from '../mime/body.ts';
import { headerOf } from '../mime/header.ts';
import type { Folder } from '../tenant/folder.ts';
import { ewsSpelling, guidOf } from '../tenant/ids.ts';
import type { Item, Mailbox } from '../tenant/mailbox.ts';
import { languageOf } from '../tenant/person.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { readMail } from './mail-reading.ts';
import type { FolderEntry, MailboxEntry, MailboxView, MessageDetail, MessageRow } from './wire.ts';

/** A demo mailbox has dozens; a bench's may have more, and nobody looks at those. */
const MOST_ROWS = 500;

/** The order people know; folders of their own follow, hidden ones last. */
const order = ['inbox', 'drafts', 'sentitems', 'archive', 'junkemail', 'deleteditems'];

/** Everyone whose mailbox can be opened, by name. */
export function mailboxEntries(tenant: Tenant): MailboxEntry[] {
  return tenant.people
    .flatMap((person): MailboxEntry[] => {
      const mailbox = person.mail === null ? undefined : tenant.mailbox(person.mail);
      if (!mailbox) return [];
      return [
        {
          address: mailbox.address,
          displayName: person.displayName,
          jobTitle: person.jobTitle,
          department: person.department,
          kind: person.kind,
          language: languageOf(person),
          objectId: person.id,
          unread: unreadIn(mailbox, mailbox.folderOrThrow('inbox')),
        },
      ];
    })
    .sort((a, b) => a.displayName.localeCompare(b.displayName));
}

/** What the owner's mail client shows; with `hidden`, also what only an administrator can see. */
export function mailboxView(mailbox: Mailbox, hidden: boolean): MailboxView {
  const folders = foldersOf(mailbox, hidden);
  const shown = new Set(folders.map((folder) => folder.id));
  const items = mailbox.list().filter((item) => shown.has(item.folder) && !item.teams);
  return { folders, messages: items.slice(0, MOST_ROWS).map(rowOf) };
}

export async function messageDetail(mailbox: Mailbox, item: Item): Promise<MessageDetail> {
  const header = headerOf(item.eml);
  const reading = await readMail(item.eml);
  return {
    ...rowOf(item),
    mailbox: mailbox.address,
    ewsId: ewsSpelling(item.immutableId),
    internetMessageId: item.internetMessageId || null,
    conversationId: guidOf(`conversation|${item.subject.replace(/^((re|fw|aw|wg):\s*)+/i, '')}`),
    to: header.to,
    cc: header.cc,
    attachments: reading.attachments.map(({ content: _, contentId: __, ...entry }) => entry),
  };
}

function foldersOf(mailbox: Mailbox, hidden: boolean): FolderEntry[] {
  const items = mailbox.list();
  return [...mailbox.folders.values()]
    .filter((folder) => folder.parent !== 'dumpster' || hidden)
    .filter((folder) => !folder.isHidden || hidden)
    .map((folder) => {
      const inside = items.filter((item) => item.folder === folder.id && !item.teams);
      return {
        id: folder.id,
        name: folder.displayName,
        wellKnown: folder.wellKnown ?? null,
        hidden: folder.isHidden || folder.parent === 'dumpster',
        unread: inside.filter((item) => !item.isRead).length,
        total: inside.length,
      };
    })
    .filter((folder) => folder.total > 0 || folder.hidden || order.includes(folder.wellKnown ?? ''))
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

function rank(folder: FolderEntry): number {
  if (folder.hidden) return folder.wellKnown === null ? 100 : 101;
  const place = order.indexOf(folder.wellKnown ?? '');
  return place < 0 ? 50 : place;
}

function rowOf(item: Item): MessageRow {
  const header = headerOf(item.eml);
  return {
    id: item.immutableId,
    folderId: item.folder,
    from: header.from ?? { name: '', address: '' },
    subject: item.subject,
    preview: preview(item.eml),
    receivedAt: new Date(item.receivedAt).toISOString(),
    isRead: item.isRead,
    flagged: item.flag === 'flagged',
    important: item.importance === 'high',
    hasAttachments: header.hasAttachments,
  };
}

const previews = new WeakMap<Buffer, string>();

function preview(eml: Buffer): string {
  const cached = previews.get(eml);
  if (cached !== undefined) return cached;
  const text = previewOf(bodyOf(eml)).slice(0, 140);
  previews.set(eml, text);
  return text;
}

function unreadIn(mailbox: Mailbox, folder: Folder): number {
  return mailbox.list().filter((item) => item.folder === folder.id && !item.isRead).length;
}
