/** Messages that fit a filter: a few mailboxes by single requests, many by batches. */
import { PermanentError, TemporaryError } from '../../shared/errors.ts';
import { type BatchTask, runBatches } from './graph-batch.ts';
import { call, pageOf } from './graph-call.ts';
import { copyOf, findPath } from './graph-copy.ts';
import type { Meaning } from './graph-errors.ts';
import type { GraphTenant } from './graph-tenant.ts';
import { normalMessageId } from './message-id.ts';
import { pauseMs } from './pause.ts';
import type { Copy, Outcome } from './port.ts';

export interface FindOptions {
  /** Look into the recoverable items as well where the mailbox itself shows nothing. Default false: it doubles a sweep. */
  dumpster?: boolean;
}

/** A batch is handed to Exchange four at a time, so up to here single requests answer sooner. */
const SINGLES = 4;
const PAGE = 50;
/** After a 504 the page was too big, or the mailbox is slow. */
const SMALL_PAGE = 10;
/** Nobody owns 5,000 copies of one mail; a mailbox that claims so is not asked on for ever. */
const MOST_PAGES = 100;
const DUMPSTER = 'recoverableitemsdeletions';

/** One outcome a mailbox, in input order; copies newest first. */
export async function findCopies(
  tenant: GraphTenant,
  mailboxes: readonly string[],
  messageId: string,
  options: FindOptions = {},
): Promise<Outcome<Copy[]>[]> {
  const wanted = normalMessageId(messageId);
  if (wanted === '<>') {
    const error = new PermanentError('bad_message_id', 'a Message-ID is needed');
    return mailboxes.map(() => ({ ok: false, error }));
  }
  const path: Sought['path'] = (top, folder) => findPath(wanted, top, folder);
  return find(tenant, mailboxes, { path, dumpster: options.dumpster ?? false });
}

/** What is looked for in a mailbox. */
export interface Sought {
  /** Below the mailbox. @param folder a well-known name; without it the whole mailbox */
  path: (top: number, folder?: string) => string;
  dumpster?: boolean;
  /** Rows that do not fit are passed over. */
  fits?: (copy: Copy) => boolean;
  /** Beyond these it is given up with `too_many_candidates`: pages read, copies that fit. */
  most?: { pages: number; copies: number };
}

/** One outcome a mailbox, in input order; copies newest first. */
export async function find(
  tenant: GraphTenant,
  mailboxes: readonly string[],
  sought: Sought,
): Promise<Outcome<Copy[]>[]> {
  if (mailboxes.length <= SINGLES) return Promise.all(mailboxes.map((mailbox) => findInOne(tenant, mailbox, sought)));
  return sweep(tenant, mailboxes, sought);
}

async function findInOne(tenant: GraphTenant, mailbox: string, sought: Sought) {
  return outcomeOf(async () => {
    const found = await listCopies(tenant, mailbox, sought);
    return found.length > 0 || !sought.dumpster ? found : listCopies(tenant, mailbox, sought, DUMPSTER);
  });
}

async function listCopies(tenant: GraphTenant, mailbox: string, sought: Sought, folder?: string) {
  const called = await call(tenant, mailbox, (attempt) => ({
    method: 'GET',
    url: sought.path(attempt === 0 ? PAGE : SMALL_PAGE, folder),
  }));
  if (called.is === 'done') return allRows(tenant, mailbox, sought, called.answer.body);
  // A mailbox that never had a soft delete may have no such folder.
  if (folder) return [];
  throw new PermanentError('unexpected_answer', `graph: ${called.is}`);
}

/** The rows of a first page and of those that its nextLink leads to. */
async function allRows(tenant: GraphTenant, mailbox: string, sought: Sought, body: unknown): Promise<Copy[]> {
  const { fits, most } = sought;
  const copies: Copy[] = [];
  let page = pageOf(body);
  for (let count = 1; ; count++) {
    for (const row of page.rows) {
      const copy = copyOf(mailbox, row);
      if (copy && (!fits || fits(copy))) copies.push(copy);
    }
    if (most && copies.length > most.copies) throw new PermanentError('too_many_candidates');
    if (page.next === null) break;
    if (count === (most?.pages ?? MOST_PAGES)) {
      throw new PermanentError(most ? 'too_many_candidates' : 'too_many_copies');
    }
    const called = await call(tenant, mailbox, { method: 'GET', url: page.next });
    if (called.is !== 'done') throw new TemporaryError(`graph: the list ended with ${called.is}`);
    page = pageOf(called.answer.body);
  }
  return copies.sort((a, b) => (b.receivedAt ?? '').localeCompare(a.receivedAt ?? ''));
}

async function sweep(tenant: GraphTenant, mailboxes: readonly string[], sought: Sought): Promise<Outcome<Copy[]>[]> {
  const searches = mailboxes.map((mailbox) => new Search(tenant, mailbox, sought));
  const askable = searches.filter((search) => search.outcome === null);
  await runBatches(tenant, askable, 'read');
  return searches.map((search) => search.outcome ?? { ok: false, error: new TemporaryError('graph: not asked') });
}

/** The find of one mailbox on its way through the batches. */
class Search implements BatchTask {
  notBefore = 0;
  outcome: Outcome<Copy[]> | null = null;
  #attempt = 0;
  #deadline: number | null = null;
  #folder: string | undefined;

  constructor(
    private readonly tenant: GraphTenant,
    readonly mailbox: string,
    private readonly sought: Sought,
  ) {
    if (tenant.absent.get(mailbox.toLowerCase())) this.outcome = { ok: false, error: new PermanentError('no_mailbox') };
  }

  request(): { method: 'GET'; url: string } {
    // The clock of the retries starts with the first attempt, however long the queue before it was.
    this.#deadline ??= this.tenant.effects.now() + this.tenant.retryForMs;
    const top = this.#attempt === 0 ? PAGE : SMALL_PAGE;
    return { method: 'GET', url: this.sought.path(top, this.#folder) };
  }

  async settle(meaning: Meaning, lost: boolean): Promise<number | null> {
    if (meaning.is === 'refused') return this.#again(meaning.error, lost);
    if (meaning.is === 'unknown') {
      this.outcome = await findInOne(this.tenant, this.mailbox, this.sought);
      return null;
    }
    this.outcome = await outcomeOf(async () => {
      if (meaning.is === 'done') return allRows(this.tenant, this.mailbox, this.sought, meaning.answer.body);
      if (this.#folder) return [];
      throw new PermanentError('unexpected_answer', `graph: ${meaning.is}`);
    });
    if (!this.sought.dumpster || this.#folder || !this.outcome.ok || this.outcome.value.length > 0) return null;
    this.#folder = DUMPSTER;
    this.#attempt = 0;
    return this.tenant.effects.now();
  }

  async #again(error: TemporaryError | PermanentError, lost: boolean): Promise<number | null> {
    const { now, random } = this.tenant.effects;
    this.outcome = { ok: false, error };
    if (error instanceof PermanentError) return null;
    const at = now() + pauseMs(this.#attempt++, error.retryAfterMs, random);
    if (at > (this.#deadline ?? 0)) return null;
    if (!lost || error.retryAfterMs) return at;
    // One slow mailbox takes nineteen others with it, so after silence each is asked on its own.
    this.outcome = await findInOne(this.tenant, this.mailbox, this.sought);
    return null;
  }
}

async function outcomeOf(find: () => Promise<Copy[]>): Promise<Outcome<Copy[]>> {
  try {
    return { ok: true, value: await find() };
  } catch (error) {
    if (error instanceof TemporaryError || error instanceof PermanentError) return { ok: false, error };
    throw error;
  }
}
