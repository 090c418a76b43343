/** One Gmail mailbox: messages, labels, threads, history. What it does is what Gmail does to messages; HTTP is elsewhere. */
import { headerOf } from '../mime/header.ts';
import { decimal, messageId } from './ids.ts';
import { isDiscarded, type Label, systemLabel, systemLabels } from './label.ts';

/** One copy of a mail. */
export interface GmailMessage {
  /** 16 hex digits; never changes. */
  id: string;
  threadId: string;
  labelIds: Set<string>;
  /** As received. */
  eml: Buffer;
  internetMessageId: string;
  subject: string;
  internalDate: number;
  historyId: number;
  /** A name of the deliverer's own, such as a file name. */
  label: string | null;
  /** Since when it lies in TRASH or SPAM. */
  discardedAt: number | null;
  /** Labels before each change, oldest first: what a stale find shows. */
  past: { until: number; labelIds: Set<string> }[];
  removedAt: number | null;
}

export interface GmailDelivery {
  /** Ids of system labels, names or ids of own ones (made when new). INBOX unless told. */
  labels?: string[];
  isRead?: boolean;
  receivedAt?: number;
  label?: string;
}

export type HistoryKind = 'messagesAdded' | 'messagesDeleted' | 'labelsAdded' | 'labelsRemoved';

export interface HistoryEntry {
  id: number;
  kind: HistoryKind;
  message: { id: string; threadId: string; labelIds: string[] };
  /** Of a change of labels. */
  labelIds: string[];
}

export type GmailChange = { mailbox: GmailMailbox; kind: HistoryKind | 'label'; message?: GmailMessage };

export interface GmailMailboxOptions {
  now: () => number;
  onChange: (change: GmailChange) => void;
  idSalt?: string;
  /** Days until TRASH and SPAM are purged. */
  keepDiscardedDays: () => number;
}

const dayMs = 86_400_000;

export class GmailMailbox {
  readonly address: string;
  readonly history: HistoryEntry[] = [];
  private readonly options: GmailMailboxOptions;
  private readonly idRoot: string;
  private readonly own = new Map<string, Label>();
  private readonly messages = new Map<string, GmailMessage>();
  private readonly removed: GmailMessage[] = [];
  private count = 0;
  private labelCount = 0;
  private historyCount: number;

  constructor(address: string, options: GmailMailboxOptions) {
    this.address = address;
    this.options = options;
    this.idRoot = `${address}${options.idSalt ?? ''}`;
    this.historyCount = Number(decimal(`history|${address}`, 6));
  }

  get historyId(): number {
    return this.historyCount;
  }

  labels(): Label[] {
    return [...systemLabels, ...this.own.values()];
  }

  /** By id, or by name in any case. */
  label(key: string): Label | undefined {
    const name = key.toLowerCase();
    return (
      systemLabel(key) ?? this.own.get(key) ?? [...this.own.values()].find((label) => label.name.toLowerCase() === name)
    );
  }

  createLabel(name: string, more: Omit<Partial<Label>, 'id' | 'name' | 'type'> = {}): Label {
    const label: Label = {
      id: `Label_${++this.labelCount}`,
      name,
      messageListVisibility: 'show',
      labelListVisibility: 'labelShow',
      ...more,
      type: 'user',
    };
    this.own.set(label.id, label);
    this.options.onChange({ mailbox: this, kind: 'label' });
    return label;
  }

  /** The label goes; its messages stay. */
  deleteLabel(id: string): void {
    if (!this.own.has(id)) return;
    for (const message of this.messages.values()) if (message.labelIds.has(id)) this.change(message, [], [id]);
    this.own.delete(id);
    this.options.onChange({ mailbox: this, kind: 'label' });
  }

  /** A mail without a Message-ID gets one, and the header line, as Gmail does it. */
  deliver(eml: Buffer, delivery: GmailDelivery = {}): GmailMessage {
    const id = messageId(this.idRoot, ++this.count);
    const given = headerOf(eml).messageId;
    const made = `<${id}.SMTPIN_ADDED_MISSING@mx.google.com>`;
    const bytes = given === null ? Buffer.concat([Buffer.from(`Message-ID: ${made}\r\n`), eml]) : eml;
    const header = headerOf(bytes);
    const at = delivery.receivedAt ?? this.options.now();
    const labels = (delivery.labels ?? ['INBOX']).map((name) => (this.label(name) ?? this.createLabel(name)).id);
    const labelIds = new Set(labels);
    if (delivery.isRead === false || (delivery.isRead === undefined && !labelIds.has('SENT'))) labelIds.add('UNREAD');
    const message: GmailMessage = {
      id,
      threadId: this.threadOf(bytes) ?? id,
      labelIds,
      eml: bytes,
      internetMessageId: given ?? made,
      subject: header.subject,
      internalDate: at,
      historyId: 0,
      label: delivery.label ?? null,
      discardedAt: isDiscarded(labelIds) ? at : null,
      past: [],
      removedAt: null,
    };
    this.messages.set(id, message);
    this.record('messagesAdded', message, []);
    return message;
  }

  message(id: string): GmailMessage | undefined {
    this.purge();
    return this.messages.get(id);
  }

  /** Newest first; as they were `agoMs` ago when finds are stale. */
  list(agoMs = 0): GmailMessage[] {
    this.purge();
    const rows = agoMs > 0 ? this.asOf(this.options.now() - agoMs) : [...this.messages.values()];
    // The sort is stable: of the same time, the last one in comes first.
    return rows.reverse().sort((a, b) => b.internalDate - a.internalDate);
  }

  /** A set operation: what is there already, or absent already, changes nothing. */
  change(message: GmailMessage, add: readonly string[], remove: readonly string[]): void {
    const added = [...new Set(add)].filter((id) => !message.labelIds.has(id) && !remove.includes(id));
    const gone = [...new Set(remove)].filter((id) => message.labelIds.has(id));
    if (added.length === 0 && gone.length === 0) return;
    message.past.push({ until: this.options.now(), labelIds: new Set(message.labelIds) });
    for (const id of added) message.labelIds.add(id);
    for (const id of gone) message.labelIds.delete(id);
    message.discardedAt = isDiscarded(message.labelIds) ? (message.discardedAt ?? this.options.now()) : null;
    if (added.length > 0) this.record('labelsAdded', message, added);
    if (gone.length > 0) this.record('labelsRemoved', message, gone);
  }

  remove(message: GmailMessage): void {
    if (!this.messages.delete(message.id)) return;
    message.removedAt = this.options.now();
    this.removed.push(message);
    this.record('messagesDeleted', message, []);
  }

  private purge(): void {
    const limit = this.options.now() - this.options.keepDiscardedDays() * dayMs;
    for (const message of this.messages.values())
      if (message.discardedAt !== null && message.discardedAt <= limit) this.remove(message);
  }

  /** An answer joins the thread of the mail it names, when both are in this mailbox. */
  private threadOf(eml: Buffer): string | null {
    const named = headerOf(eml)
      .fields.filter(({ name }) => /^(in-reply-to|references)$/i.test(name))
      .flatMap(({ value }) => value.match(/<[^<>]*>/g) ?? []);
    if (named.length === 0) return null;
    for (const message of this.messages.values())
      if (named.includes(message.internetMessageId)) return message.threadId;
    return null;
  }

  private asOf(at: number): GmailMessage[] {
    return [...this.messages.values(), ...this.removed].flatMap((message) => {
      if (message.internalDate > at || (message.removedAt !== null && message.removedAt <= at)) return [];
      const then = message.past.find((state) => state.until > at);
      return [then ? { ...message, labelIds: then.labelIds } : message];
    });
  }

  private record(kind: HistoryKind, message: GmailMessage, labelIds: string[]): void {
    this.historyCount += 1;
    message.historyId = this.historyCount;
    const { id, threadId } = message;
    this.history.push({
      id: this.historyCount,
      kind,
      message: { id, threadId, labelIds: [...message.labelIds] },
      labelIds,
    });
    this.options.onChange({ mailbox: this, kind, message });
  }
}
