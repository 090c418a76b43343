/** The pretend organisation: its directory, mailboxes and message trace. */
import { type Address, headerOf } from '../mime/header.ts';
import { guidOf } from './ids.ts';
import { type Delivery, type Item, Mailbox, type MailboxChange } from './mailbox.ts';
import { type Group, languageOf, type Person } from './person.ts';

/** One line of message trace: one recipient of one mail. */
export interface TraceRow {
  id: string;
  at: number;
  messageId: string;
  senderAddress: string;
  recipientAddress: string;
  subject: string;
  size: number;
}

export interface MailboxOptions {
  displayName?: string;
  jobTitle?: string;
  department?: string;
  /** `en` or `de`, with or without a region. */
  language?: string;
  aliases?: string[];
  kind?: Person['kind'];
  userPrincipalName?: string;
  accountEnabled?: boolean;
  userType?: Person['userType'];
  /** False: a directory entry without a cloud mailbox (MailboxNotEnabledForRESTAPI). */
  mailbox?: boolean;
}

export class Tenant {
  readonly id: string;
  readonly people: Person[] = [];
  readonly groups: Group[] = [];
  readonly trace: TraceRow[] = [];
  /** Directory changes in order, for `/users/delta()`: object ids. */
  readonly directoryChanges: string[] = [];
  readonly now: () => number;
  private readonly idSalt: string;
  private readonly mailboxes = new Map<string, Mailbox>();
  private readonly peopleByKey = new Map<string, Person>();
  private readonly groupsById = new Map<string, Group>();
  private readonly listeners = new Set<(change: MailboxChange) => void>();

  /** @param idSalt makes other item and folder ids of the same names */
  constructor(id: string, now: () => number, idSalt = '') {
    this.id = id;
    this.idSalt = idSalt;
    this.now = now;
  }

  addPerson(address: string, options: MailboxOptions = {}): Person {
    const mail = address.toLowerCase();
    if (this.peopleByKey.has(mail)) throw new Error(`${mail} exists already`);
    const displayName = options.displayName ?? mail;
    const [givenName = null, ...rest] = options.displayName?.split(' ') ?? [];
    const person: Person = {
      id: guidOf(`user|${mail}`),
      mail,
      userPrincipalName: (options.userPrincipalName ?? mail).toLowerCase(),
      displayName,
      givenName,
      surname: rest.length > 0 ? rest.join(' ') : null,
      jobTitle: options.jobTitle ?? null,
      department: options.department ?? null,
      preferredLanguage: options.language ?? 'en-US',
      aliases: (options.aliases ?? []).map((alias) => alias.toLowerCase()),
      userType: options.userType ?? 'Member',
      accountEnabled: options.accountEnabled ?? (options.kind ?? 'user') === 'user',
      kind: options.kind ?? 'user',
    };
    this.people.push(person);
    for (const key of [person.id, mail, person.userPrincipalName, ...person.aliases]) this.peopleByKey.set(key, person);
    if (options.mailbox !== false && person.userType === 'Member')
      this.mailboxes.set(
        person.id,
        new Mailbox(mail, languageOf(person), this.now, (change) => this.emit(change), this.idSalt),
      );
    this.directoryChanges.push(person.id);
    return person;
  }

  removePerson(address: string): void {
    const person = this.peopleByKey.get(address.toLowerCase());
    if (!person) return;
    this.people.splice(this.people.indexOf(person), 1);
    for (const key of [person.id, person.mail ?? '', person.userPrincipalName, ...person.aliases])
      this.peopleByKey.delete(key);
    this.mailboxes.delete(person.id);
    this.directoryChanges.push(person.id);
  }

  addGroup(address: string, displayName: string, members: readonly string[]): Group {
    const mail = address.toLowerCase();
    const ids = members.map(
      (member) => this.person(member)?.id ?? this.group(member)?.id ?? guidOf(`unknown|${member}`),
    );
    const group: Group = { id: guidOf(`group|${mail}`), mail, displayName, members: ids };
    this.groups.push(group);
    this.groupsById.set(group.id, group);
    return group;
  }

  /** By object id, user principal name, mail or alias, any case. */
  person(key: string): Person | undefined {
    return this.peopleByKey.get(key) ?? this.peopleByKey.get(key.toLowerCase());
  }

  /** By object id or mail. */
  group(key: string): Group | undefined {
    return this.groupsById.get(key.toLowerCase()) ?? this.groups.find((group) => group.mail === key.toLowerCase());
  }

  mailbox(key: string): Mailbox | undefined {
    const person = this.person(key);
    return person && this.mailboxes.get(person.id);
  }

  mailboxOrThrow(key: string): Mailbox {
    const mailbox = this.mailbox(key);
    if (!mailbox) throw new Error(`no mailbox ${key} in the simulator`);
    return mailbox;
  }

  allMailboxes(): IterableIterator<Mailbox> {
    return this.mailboxes.values();
  }

  /** Ids of a group's members, groups inside it included, each once. */
  membersOf(group: Group, transitive: boolean): string[] {
    const seen = new Set<string>();
    const walk = (one: Group) => {
      for (const id of one.members) {
        if (seen.has(id)) continue;
        seen.add(id);
        const inner = this.groupsById.get(id);
        if (transitive && inner) walk(inner);
      }
    };
    walk(group);
    return [...seen];
  }

  deliver(address: string, eml: Buffer, delivery: Delivery = {}): Item {
    const mailbox = this.mailboxOrThrow(address);
    const item = mailbox.deliver(eml, delivery);
    const from: Address | null = headerOf(eml).from;
    this.trace.push({
      id: guidOf(`trace|${item.internetMessageId}`),
      at: item.receivedAt,
      messageId: item.internetMessageId,
      senderAddress: from?.address ?? '',
      recipientAddress: mailbox.address,
      subject: item.subject,
      size: eml.length,
    });
    return item;
  }

  /** Nobody, nothing; listeners stay. */
  clear(): void {
    this.people.length = 0;
    this.groups.length = 0;
    this.trace.length = 0;
    this.directoryChanges.length = 0;
    this.mailboxes.clear();
    this.peopleByKey.clear();
    this.groupsById.clear();
  }

  /** @returns a function that ends it */
  onChange(listener: (change: MailboxChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private emit(change: MailboxChange): void {
    for (const listener of this.listeners) listener(change);
  }
}
