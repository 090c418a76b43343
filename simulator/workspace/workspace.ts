/** The pretend Google Workspace: its directory, mailboxes and mail log. */
import { headerOf } from '../mime/header.ts';
import { customerId, groupId, userId } from './ids.ts';
import { type GmailChange, type GmailDelivery, GmailMailbox, type GmailMessage } from './mailbox.ts';

export interface WorkspaceUser {
  /** 21 digits; `sub` of the user's tokens. */
  id: string;
  primaryEmail: string;
  aliases: string[];
  fullName: string;
  isAdmin: boolean;
  suspended: boolean;
  archived: boolean;
  /** False: a directory entry without Gmail. */
  isMailboxSetup: boolean;
  title: string | null;
  department: string | null;
  language: string;
  createdAt: number;
}

export interface WorkspaceGroup {
  id: string;
  email: string;
  name: string;
  /** Addresses of users, of groups, and of strangers. */
  members: string[];
}

/** One line of Gmail's log: one mail for one recipient. */
export interface MailLogRow {
  at: number;
  messageId: string;
  subject: string;
  from: string;
  recipient: string;
  size: number;
}

export interface WorkspaceUserOptions {
  displayName?: string;
  title?: string;
  department?: string;
  language?: string;
  aliases?: string[];
  isAdmin?: boolean;
  suspended?: boolean;
  archived?: boolean;
  /** False: no Gmail (400 failedPrecondition). */
  mailbox?: boolean;
}

export interface WorkspaceSetting {
  domain: string;
  now: () => number;
  idSalt?: string;
  keepDiscardedDays: () => number;
}

export class Workspace {
  readonly domain: string;
  readonly customerId: string;
  readonly users: WorkspaceUser[] = [];
  readonly groups: WorkspaceGroup[] = [];
  readonly mailLog: MailLogRow[] = [];
  readonly now: () => number;
  private readonly setting: WorkspaceSetting;
  private readonly byKey = new Map<string, WorkspaceUser>();
  private readonly mailboxes = new Map<string, GmailMailbox>();
  private readonly listeners = new Set<(change: GmailChange) => void>();

  constructor(setting: WorkspaceSetting) {
    this.setting = setting;
    this.domain = setting.domain;
    this.now = setting.now;
    this.customerId = customerId(setting.domain);
  }

  addUser(address: string, options: WorkspaceUserOptions = {}): WorkspaceUser {
    const primaryEmail = address.toLowerCase();
    if (this.byKey.has(primaryEmail)) throw new Error(`${primaryEmail} exists already`);
    const user: WorkspaceUser = {
      id: userId(primaryEmail),
      primaryEmail,
      aliases: (options.aliases ?? []).map((alias) => alias.toLowerCase()),
      fullName: options.displayName ?? primaryEmail.split('@')[0]!,
      isAdmin: options.isAdmin ?? false,
      suspended: options.suspended ?? false,
      archived: options.archived ?? false,
      isMailboxSetup: options.mailbox ?? true,
      title: options.title ?? null,
      department: options.department ?? null,
      language: options.language ?? 'en-GB',
      createdAt: this.now(),
    };
    this.users.push(user);
    for (const key of [user.id, primaryEmail, ...user.aliases]) this.byKey.set(key, user);
    if (user.isMailboxSetup)
      this.mailboxes.set(
        user.id,
        new GmailMailbox(primaryEmail, { ...this.setting, onChange: (change) => this.emit(change) }),
      );
    return user;
  }

  removeUser(address: string): void {
    const user = this.user(address);
    if (!user) return;
    this.users.splice(this.users.indexOf(user), 1);
    for (const key of [user.id, user.primaryEmail, ...user.aliases]) this.byKey.delete(key);
    this.mailboxes.delete(user.id);
  }

  addGroup(address: string, name: string, members: readonly string[]): WorkspaceGroup {
    const email = address.toLowerCase();
    const group = { id: groupId(email), email, name, members: members.map((member) => member.toLowerCase()) };
    this.groups.push(group);
    return group;
  }

  /** By id, primary address or alias, any case. */
  user(key: string): WorkspaceUser | undefined {
    return this.byKey.get(key.toLowerCase());
  }

  /** By id or address. */
  group(key: string): WorkspaceGroup | undefined {
    const wanted = key.toLowerCase();
    return this.groups.find((group) => group.id === wanted || group.email === wanted);
  }

  mailbox(key: string): GmailMailbox | undefined {
    const user = this.user(key);
    return user && this.mailboxes.get(user.id);
  }

  mailboxOrThrow(key: string): GmailMailbox {
    const mailbox = this.mailbox(key);
    if (!mailbox) throw new Error(`no Gmail mailbox ${key} in the simulator`);
    return mailbox;
  }

  allMailboxes(): IterableIterator<GmailMailbox> {
    return this.mailboxes.values();
  }

  /** Addresses of a group's members, each once; members of groups inside it as well when `derived`. */
  membersOf(group: WorkspaceGroup, derived: boolean): string[] {
    const seen = new Set<string>();
    const walk = (one: WorkspaceGroup) => {
      for (const address of one.members) {
        if (seen.has(address)) continue;
        seen.add(address);
        const inner = this.group(address);
        if (derived && inner) walk(inner);
      }
    };
    walk(group);
    return [...seen];
  }

  deliver(address: string, eml: Buffer, delivery: GmailDelivery = {}): GmailMessage {
    const mailbox = this.mailboxOrThrow(address);
    const message = mailbox.deliver(eml, delivery);
    this.mailLog.push({
      at: message.internalDate,
      messageId: message.internetMessageId,
      subject: message.subject,
      from: headerOf(eml).from?.address ?? '',
      recipient: mailbox.address,
      size: eml.length,
    });
    return message;
  }

  clear(): void {
    this.users.length = 0;
    this.groups.length = 0;
    this.mailLog.length = 0;
    this.byKey.clear();
    this.mailboxes.clear();
  }

  /** @returns a function that ends it */
  onChange(listener: (change: GmailChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private emit(change: GmailChange): void {
    for (const listener of this.listeners) listener(change);
  }
}
