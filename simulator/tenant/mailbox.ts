/** One mailbox: folders and items. What it does is what Exchange does to items; HTTP is elsewhere. */
import { headerOf } from '../mime/header.ts';
import { displayNameOf, type Folder, isDumpster, type Language, wellKnownFolders } from './folder.ts';
import { folderId, immutableId, mutableId, restSpelling } from './ids.ts';

/** One copy of a mail. */
export interface Item {
  number: number;
  /** Changes with every move made without the immutable id. */
  id: string;
  immutableId: string;
  folder: string;
  /** The bytes as received; shared between the copies of one mail. */
  eml: Buffer;
  internetMessageId: string;
  subject: string;
  isRead: boolean;
  flag: 'notFlagged' | 'flagged' | 'complete';
  categories: string[];
  importance: 'low' | 'normal' | 'high';
  receivedAt: number;
  modifiedAt: number;
  generation: number;
  /** A name of the deliverer's own, such as a file name. */
  label: string | null;
  /** The user has moved it: the next move by immutable id may leave a duplicate (msgraph-sdk-python#1042). */
  movedByUser: boolean;
  /** It has left, or is, a duplicate: the bug strikes an item once. */
  hasTwin: boolean;
  /** A Teams chat row: `/messages` lists it, its folder cannot be read. */
  teams: boolean;
  /** Where it was before the user deleted it (LAPFID). */
  lastFolder: string | null;
  /** How it was before each change, oldest first: what a stale find shows. */
  past: { until: number; id: string; folder: string; isRead: boolean }[];
  removedAt: number | null;
}

export interface Delivery {
  /** Well-known name, display name or id; `inbox` unless told. */
  folder?: string;
  isRead?: boolean;
  flag?: Item['flag'];
  categories?: string[];
  /** Shown instead of the header's, as Exchange sometimes does. */
  internetMessageId?: string;
  receivedAt?: number;
  label?: string;
  teams?: boolean;
}

export type MailboxChange = {
  mailbox: Mailbox;
  kind: 'delivered' | 'moved' | 'changed' | 'removed' | 'folder';
  item?: Item;
};

/** What happened to an item, for delta queries: where it was and where it is; null is nowhere. */
export interface ItemChange {
  number: number;
  item: Item;
  from: string | null;
  to: string | null;
}

export class Mailbox {
  readonly address: string;
  readonly language: Language;
  private readonly idRoot: string;
  /** Requests in flight and in the window: Exchange's own limits, kept by throttle.ts. */
  readonly load = { inFlight: 0, windowStart: 0, inWindow: 0, moves: 0, lastMoveAt: 0 };
  private readonly onChange: (change: MailboxChange) => void;
  private readonly now: () => number;
  private folderMap: Map<string, Folder> | null = null;
  private readonly items = new Map<string, Item>();
  private count = 0;
  private readonly removed: Item[] = [];
  private readonly changes: ItemChange[] = [];

  constructor(
    address: string,
    language: Language,
    now: () => number,
    onChange: (change: MailboxChange) => void,
    idSalt = '',
  ) {
    this.address = address;
    this.idRoot = `${address}${idSalt}`;
    this.language = language;
    this.now = now;
    this.onChange = onChange;
  }

  /** Folder id to folder; made at first use, because a bench has a hundred thousand mailboxes nobody opens. */
  get folders(): Map<string, Folder> {
    if (this.folderMap === null) {
      this.folderMap = new Map();
      for (const { name, dumpster } of wellKnownFolders) {
        const id = folderId(this.idRoot, name);
        const displayName = displayNameOf(name, this.language);
        this.folderMap.set(id, {
          id,
          displayName,
          wellKnown: name,
          parent: dumpster ? 'dumpster' : null,
          isHidden: false,
        });
      }
    }
    return this.folderMap;
  }

  /** By id, well-known name (any case) or display name. */
  folder(name: string): Folder | undefined {
    const byId = this.folders.get(name);
    if (byId) return byId;
    const wanted = name.toLowerCase();
    for (const folder of this.folders.values())
      if (folder.wellKnown === wanted || folder.displayName.toLowerCase() === wanted) return folder;
    return undefined;
  }

  createFolder(displayName: string, isHidden: boolean, parent: string | null = null): Folder {
    const id = folderId(this.idRoot, `${displayName}|${parent}|${this.folders.size}|${this.count}`);
    const folder: Folder = { id, displayName, parent, isHidden };
    this.folders.set(id, folder);
    this.onChange({ mailbox: this, kind: 'folder' });
    return folder;
  }

  /** Its items go with it, as they do when a user empties the folder out of Deleted Items. */
  deleteFolder(id: string): void {
    for (const item of [...this.items.values()]) if (item.folder === id) this.remove(item);
    this.folders.delete(id);
    this.onChange({ mailbox: this, kind: 'folder' });
  }

  deliver(eml: Buffer, delivery: Delivery = {}): Item {
    const header = headerOf(eml);
    const number = ++this.count;
    const at = delivery.receivedAt ?? this.now();
    const item: Item = {
      number,
      id: mutableId(this.idRoot, number, 0),
      immutableId: immutableId(this.idRoot, number),
      folder: delivery.teams ? folderId(this.idRoot, 'teams') : this.folderOrThrow(delivery.folder ?? 'inbox').id,
      eml,
      internetMessageId: delivery.internetMessageId ?? header.messageId ?? `<${number}.${this.address}>`,
      subject: header.subject,
      isRead: delivery.isRead ?? false,
      flag: delivery.flag ?? 'notFlagged',
      categories: delivery.categories ?? [],
      importance: header.importance,
      receivedAt: at,
      modifiedAt: at,
      generation: 0,
      label: delivery.label ?? null,
      movedByUser: false,
      hasTwin: false,
      teams: delivery.teams ?? false,
      lastFolder: null,
      past: [],
      removedAt: null,
    };
    this.items.set(item.immutableId, item);
    this.changed('delivered', item, null);
    return item;
  }

  /** By mutable or immutable id, in REST or EWS spelling. */
  item(id: string): Item | undefined {
    const rest = restSpelling(id);
    const direct = this.items.get(rest);
    if (direct) return direct;
    for (const item of this.items.values()) if (item.id === rest) return item;
    return undefined;
  }

  /** Items, newest first; as they were `agoMs` ago when finds are stale. */
  list(agoMs = 0): Item[] {
    if (this.items.size === 0 && this.removed.length === 0) return [];
    const items = agoMs > 0 ? this.asOf(this.now() - agoMs) : [...this.items.values()];
    return items.sort((a, b) => b.receivedAt - a.receivedAt || b.number - a.number);
  }

  /** The item gets a new id and change key; only the immutable id stays. */
  move(item: Item, folder: Folder): void {
    this.keepPast(item);
    const from = item.folder;
    item.folder = folder.id;
    item.generation += 1;
    item.id = mutableId(this.idRoot, item.number, item.generation);
    this.changed('moved', item, from);
  }

  /** A second item with its own ids and the same content, in the same folder. */
  duplicate(item: Item): Item {
    const number = ++this.count;
    const ids = { id: mutableId(this.idRoot, number, 0), immutableId: immutableId(this.idRoot, number) };
    item.hasTwin = true;
    const twin: Item = { ...item, ...ids, number, generation: 0, movedByUser: false, past: [] };
    this.items.set(twin.immutableId, twin);
    this.changed('delivered', twin, null);
    return twin;
  }

  change(
    item: Item,
    patch: Partial<Pick<Item, 'isRead' | 'flag' | 'categories' | 'importance' | 'lastFolder' | 'movedByUser'>>,
  ): void {
    this.keepPast(item);
    Object.assign(item, patch);
    item.generation += 1;
    this.changed('changed', item);
  }

  remove(item: Item): void {
    this.items.delete(item.immutableId);
    item.removedAt = this.now();
    this.removed.push(item);
    this.changed('removed', item);
  }

  /** Whether `/messages` leaves it out: Recoverable Items and what was purged. */
  inDumpster(item: Item): boolean {
    return isDumpster(this.folders.get(item.folder)?.wellKnown);
  }

  folderOrThrow(name: string): Folder {
    const folder = this.folder(name);
    if (!folder) throw new Error(`${this.address} has no folder ${name}`);
    return folder;
  }

  private asOf(at: number): Item[] {
    const rows: Item[] = [];
    for (const item of [...this.items.values(), ...this.removed]) {
      if (item.receivedAt > at || (item.removedAt !== null && item.removedAt <= at)) continue;
      const then = item.past.find((state) => state.until > at);
      rows.push(then ? { ...item, id: then.id, folder: then.folder, isRead: then.isRead } : item);
    }
    return rows;
  }

  private keepPast({ past, id, folder, isRead }: Item): void {
    past.push({ until: this.now(), id, folder, isRead });
  }

  /** How many changes there have been: the newest one's number. */
  get changeCount(): number {
    return this.changes.length;
  }

  /** Oldest first. */
  changesAfter(number: number): ItemChange[] {
    return this.changes.slice(number);
  }

  private changed(kind: MailboxChange['kind'], item: Item, from: string | null = item.folder): void {
    if (kind !== 'delivered') item.modifiedAt = this.now();
    this.changes.push({ number: this.changes.length + 1, item, from, to: kind === 'removed' ? null : item.folder });
    this.onChange({ mailbox: this, kind, item });
  }
}
