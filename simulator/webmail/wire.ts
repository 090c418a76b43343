/** What the web mail's page and its routes say to each other. */

export interface MailAddress {
  name: string;
  address: string;
}

export interface MailboxEntry {
  address: string;
  displayName: string;
  jobTitle: string | null;
  department: string | null;
  kind: 'user' | 'shared' | 'room';
  language: 'en' | 'de';
  objectId: string;
  unread: number;
}

export interface Tenant {
  name: string;
  tenantId: string;
  /** Origin of the add-in's pages, '' when no add-in is installed. */
  addinOrigin: string;
  mailboxes: MailboxEntry[];
  /** Page of those who have Gmail. */
  gmailHref?: string;
  /** Address that a message is forwarded to as an attachment; absent: there is none. */
  reportsTo?: string;
}

export interface FolderEntry {
  id: string;
  name: string;
  wellKnown: string | null;
  hidden: boolean;
  unread: number;
  total: number;
}

export interface MessageRow {
  /** Immutable id in this mailbox. */
  id: string;
  folderId: string;
  from: MailAddress;
  subject: string;
  preview: string;
  receivedAt: string;
  isRead: boolean;
  flagged: boolean;
  important: boolean;
  hasAttachments: boolean;
}

export interface AttachmentEntry {
  id: string;
  name: string;
  contentType: string;
  /** Bytes. */
  size: number;
  inline: boolean;
}

export interface MessageDetail extends MessageRow {
  mailbox: string;
  /** The id as EWS spells it, which office.js hands to add-ins. */
  ewsId: string;
  internetMessageId: string | null;
  conversationId: string;
  to: MailAddress[];
  cc: MailAddress[];
  attachments: AttachmentEntry[];
}

export interface MailboxView {
  folders: FolderEntry[];
  messages: MessageRow[];
}

/** A message with the same Message-ID, somewhere in the tenant: what no mail client shows, but the simulator knows. */
export interface CopyEntry {
  address: string;
  displayName: string;
  folder: string;
  wellKnown: string | null;
  hidden: boolean;
  isRead: boolean;
  /** False for another mail that borrows the Message-ID. */
  sameMail: boolean;
}
