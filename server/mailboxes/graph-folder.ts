/** Folders of a mailbox: where a destination lies, and the hidden one that is ours. */
import { PermanentError, TemporaryError } from '../../shared/errors.ts';
import type { Destination } from '../../shared/retraction.ts';
import { call, callForBody, pageOf } from './graph-call.ts';
import { errorCode } from './graph-errors.ts';
import type { GraphTenant } from './graph-tenant.ts';
import { Recent } from './recent.ts';

export const WELL_KNOWN: Record<Exclude<Destination, 'Quarantine'>, string> = {
  Inbox: 'inbox',
  JunkEmail: 'junkemail',
  DeletedItems: 'deleteditems',
  RecoverableItemsDeletions: 'recoverableitemsdeletions',
  RecoverableItemsPurges: 'recoverableitemspurges',
};

const KEPT_MS = 24 * 3_600_000;
/** Ids of folders weigh some 200 bytes; only mailboxes with a hit have any. */
const KEPT_MOST = 50_000;
const PAGE = 250;

export class GraphFolders {
  /** For the mailbox whose owner made a visible folder of that name: Exchange refuses a second one. */
  readonly #spareName: string;
  readonly #ids: Recent<string, Promise<string>>;
  readonly #names: Recent<string, string>;

  constructor(
    private readonly tenant: GraphTenant,
    private readonly quarantineName: string,
  ) {
    this.#spareName = `${quarantineName} (hidden)`;
    this.#ids = new Recent(KEPT_MS, KEPT_MOST, tenant.effects.now);
    this.#names = new Recent(KEPT_MS, KEPT_MOST, tenant.effects.now);
  }

  /** Asked for once however many ask at the same time; the quarantine folder is created when there is none. */
  idOf(mailbox: string, destination: Destination): Promise<string> {
    const key = `${mailbox.toLowerCase()} ${destination}`;
    const known = this.#ids.get(key);
    if (known) return known;
    const asked = destination === 'Quarantine' ? this.#quarantine(mailbox) : this.#wellKnown(mailbox, destination);
    this.#ids.set(key, asked);
    asked.catch(() => this.#ids.delete(key));
    return asked;
  }

  forget(mailbox: string, destination: Destination): void {
    this.#ids.delete(`${mailbox.toLowerCase()} ${destination}`);
  }

  async exists(mailbox: string, folder: string): Promise<boolean> {
    const url = `/mailFolders/${encodeURIComponent(folder)}?$select=id`;
    return (await call(this.tenant, mailbox, { method: 'GET', url })).is === 'done';
  }

  /** Display name; the id itself when it cannot be read. */
  async nameOf(mailbox: string, folder: string): Promise<string> {
    const key = `${mailbox.toLowerCase()} ${folder}`;
    const known = this.#names.get(key);
    if (known) return known;
    try {
      const url = `/mailFolders/${encodeURIComponent(folder)}?$select=id,displayName`;
      const called = await call(this.tenant, mailbox, { method: 'GET', url });
      const name = called.is === 'done' ? field(called.answer.body, 'displayName') : '';
      if (name) this.#names.set(key, name);
      return name || folder;
    } catch (error) {
      if (error instanceof TemporaryError || error instanceof PermanentError) return folder;
      throw error;
    }
  }

  async #wellKnown(mailbox: string, destination: Exclude<Destination, 'Quarantine'>): Promise<string> {
    const url = `/mailFolders/${WELL_KNOWN[destination]}?$select=id,displayName`;
    return idIn(await callForBody(this.tenant, mailbox, { method: 'GET', url }));
  }

  async #quarantine(mailbox: string): Promise<string> {
    const names = await this.#listed(mailbox);
    return names.ours ?? (await this.#created(mailbox, names.free));
  }

  /** Ours is the hidden one: isHidden can be set only at creation, and a visible folder would show the lure. */
  async #listed(mailbox: string): Promise<{ ours: string | null; free: string }> {
    let free = this.quarantineName;
    const fields = `includeHiddenFolders=true&$select=id,displayName,isHidden&$top=${PAGE}`;
    let url: string | null = `/mailFolders?${fields}`;
    while (url !== null) {
      const page = pageOf(await callForBody(this.tenant, mailbox, { method: 'GET', url }));
      for (const row of page.rows) {
        const name = typeof row.displayName === 'string' ? row.displayName : '';
        if (row.isHidden === true && (name === this.quarantineName || name === this.#spareName))
          return { ours: idIn(row), free };
        if (row.isHidden !== true && name.toLowerCase() === free.toLowerCase()) free = this.#spareName;
      }
      url = page.next;
    }
    return { ours: null, free };
  }

  async #created(mailbox: string, displayName: string): Promise<string> {
    const body = { displayName, isHidden: true };
    const url = '/mailFolders';
    try {
      return idIn(await callForBody(this.tenant, mailbox, { method: 'POST', url, body }));
    } catch (error) {
      if (!(error instanceof TemporaryError) || !error.outcomeUnknown) throw error;
      // 409 because another server was first, or a lost reply: either way it is there now, or it is not.
      const { ours } = await this.#listed(mailbox);
      if (ours === null) throw new TemporaryError('graph: the quarantine folder is not there yet', { cause: error });
      return ours;
    }
  }
}

function idIn(body: unknown): string {
  const id = field(body, 'id');
  if (!id) throw new TemporaryError(`graph: unreadable folder ${errorCode(body)}`);
  return id;
}

function field(body: unknown, name: string): string {
  const value = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : null;
  return typeof value === 'string' ? value : '';
}
