/**
 * Copies of one Message-ID. A list (5 units) answers ids alone, so a hit costs one metadata get more (20 units in any
 * format, so the smallest): a find may not claim, which would tell the labels for 5, because a preview changes nothing.
 */
import { PermanentError, TemporaryError } from '../../shared/errors.ts';
import { type BatchTask, runBatches } from './gmail-batch.ts';
import { call, pageOf } from './gmail-call.ts';
import { copyOf } from './gmail-copy.ts';
import type { Meaning } from './gmail-errors.ts';
import { type GmailRequest, getCopy, listMessages } from './gmail-requests.ts';
import type { GmailTenant } from './gmail-tenant.ts';
import { normalMessageId } from './message-id.ts';
import { pauseMs } from './pause.ts';
import type { Copy, Outcome } from './port.ts';

/** Up to here single requests answer sooner than a batch. */
const SINGLES = 4;
/** Of 500 ids each. */
const MOST_PAGES = 20;
/**
 * Metadata of one mailbox in one find. A user's quota gives 3,000 units at once and 50 a second after that, and a read
 * takes 20: a find of 300 copies would outlast its caller's lease, and the next one would begin again.
 */
const READS_A_FIND = 100;
const READ_AGAIN_MS = 20_000;

/** One outcome a mailbox, in input order; copies newest first. */
export async function findCopies(
  tenant: GmailTenant,
  mailboxes: readonly string[],
  messageId: string,
): Promise<Outcome<Copy[]>[]> {
  const wanted = normalMessageId(messageId);
  if (wanted === '<>') {
    const error = new PermanentError('bad_message_id', 'a Message-ID is needed');
    return mailboxes.map(() => ({ ok: false, error }));
  }
  return find(tenant, mailboxes, {
    query: queryOf(wanted),
    messageId: wanted,
    fits: (copy) => isSame(copy.internetMessageId, wanted),
  });
}

/** What is looked for in a mailbox. */
export interface Sought {
  /** In Gmail's search language. */
  query: string;
  /** For answers without the header. */
  messageId?: string;
  /** The search compares words, so what it finds is looked at again. */
  fits: (copy: Copy) => boolean;
  /** Beyond so many hits none is read and it is given up with `too_many_candidates`. */
  most?: number;
}

/** One outcome a mailbox, in input order; copies newest first. */
export async function find(
  tenant: GmailTenant,
  mailboxes: readonly string[],
  sought: Sought,
): Promise<Outcome<Copy[]>[]> {
  const list = await listMessages(sought.query);
  const lists = await readAll(
    tenant,
    mailboxes.map((mailbox) => ({ mailbox, request: list })),
  );
  const ids = await Promise.all(
    lists.map((outcome, at) => andThen(outcome, (body) => allIds(tenant, mailboxes[at] as string, sought, body))),
  );
  // Of a mail bomb each find reads on where the one before stopped.
  const read = mailboxes.map(
    (mailbox) => tenant.readSoFar.get(mailbox)?.get(sought.query) ?? new Map<string, unknown>(),
  );
  const missing = ids.map((outcome, at) => (outcome.ok ? outcome.value.filter((id) => !read[at]?.has(id)) : []));
  const hits = missing.flatMap((some, at) => some.slice(0, READS_A_FIND).map((id) => ({ at, id })));
  const asked = await Promise.all(
    hits.map(async ({ at, id }) => ({ mailbox: mailboxes[at] as string, request: await getCopy(id) })),
  );
  const bodies = await readAll(tenant, asked);
  const stopped = new Map<number, TemporaryError | PermanentError>();
  for (const [index, { at, id }] of hits.entries()) {
    const body = bodies[index] as Outcome<unknown>;
    if (body.ok) read[at]?.set(id, body.value);
    else if (!stopped.has(at)) stopped.set(at, body.error);
  }
  for (const [at, { length }] of missing.entries()) {
    if (length <= READS_A_FIND || stopped.has(at)) continue;
    stopped.set(at, new TemporaryError('gmail: more copies than one find reads', { retryAfterMs: READ_AGAIN_MS }));
  }
  return Promise.all(
    ids.map((outcome, at) =>
      andThen(outcome, async (found) => {
        const [mailbox, bodies] = [mailboxes[at] as string, read[at] ?? new Map<string, unknown>()];
        const error = stopped.get(at);
        const soFar = tenant.readSoFar.get(mailbox) ?? new Map<string, Map<string, unknown>>();
        if (error === undefined) soFar.delete(sought.query);
        else tenant.readSoFar.set(mailbox, soFar.set(sought.query, bodies));
        // Half a list would pass for the whole one.
        if (error !== undefined) throw error;
        const copies = found.map((id) => bodies.get(id));
        return copiesIn(mailbox, sought, copies);
      }),
    ),
  );
}

function copiesIn(mailbox: string, { messageId, fits }: Sought, bodies: readonly unknown[]): Copy[] {
  const copies: Copy[] = [];
  for (const body of bodies) {
    // Gone since it was listed.
    if (body === null) continue;
    const copy = copyOf(mailbox, body, messageId);
    if (fits(copy)) copies.push(copy);
  }
  return copies.sort((a, b) => (b.receivedAt ?? '').localeCompare(a.receivedAt ?? ''));
}

/**
 * The sender writes the Message-ID: quoted when it holds what means something to the search, so that `<x OR in:anywhere>`
 * finds no other mail. Quotes cannot be escaped, so they are left out; whatever is found is compared afterwards.
 */
export function queryOf(messageId: string): string {
  const bare = messageId.slice(1, -1);
  return /^[^\s"(){}]+$/.test(bare) ? `rfc822msgid:${bare}` : `rfc822msgid:"${bare.replaceAll('"', '')}"`;
}

function isSame(found: string, wanted: string): boolean {
  return normalMessageId(found).toLowerCase() === wanted.toLowerCase();
}

/** Ids on a first page and on those behind it. */
async function allIds(tenant: GmailTenant, mailbox: string, { query, most }: Sought, body: unknown): Promise<string[]> {
  const ids: string[] = [];
  let page = pageOf(body, 'messages');
  for (let count = 1; ; count++) {
    for (const { id } of page.rows) if (typeof id === 'string') ids.push(id);
    if (most !== undefined && ids.length > most) throw new PermanentError('too_many_candidates');
    if (page.next === null) return ids;
    if (count === MOST_PAGES) throw new PermanentError('too_many_copies');
    const called = await call(tenant, mailbox, await listMessages(query, page.next));
    if (called.is !== 'done') throw new TemporaryError(`gmail: the list ended with ${called.is}`);
    page = pageOf(called.answer.body, 'messages');
  }
}

/** Bodies of many reads, in order; null for what is gone. A few go out alone, many in batches. */
async function readAll(
  tenant: GmailTenant,
  asked: readonly { mailbox: string; request: GmailRequest }[],
): Promise<Outcome<unknown>[]> {
  if (asked.length <= SINGLES)
    return Promise.all(asked.map(({ mailbox, request }) => readOne(tenant, mailbox, request)));
  const reads = asked.map(({ mailbox, request }) => new Read(tenant, mailbox, request));
  await runBatches(
    tenant,
    reads.filter((read) => read.outcome === null),
    'read',
  );
  return reads.map((read) => read.outcome ?? { ok: false, error: new TemporaryError('gmail: not asked') });
}

function readOne(tenant: GmailTenant, mailbox: string, request: GmailRequest): Promise<Outcome<unknown>> {
  return outcomeOf(async () => bodyOf(await call(tenant, mailbox, request)));
}

function bodyOf(meaning: Exclude<Meaning, { is: 'refused' }>): unknown {
  return meaning.is === 'done' ? meaning.answer.body : null;
}

/** One read on its way through the batches. */
class Read implements BatchTask {
  notBefore = 0;
  outcome: Outcome<unknown> | null = null;
  #attempt = 0;
  #deadline: number | null = null;

  constructor(
    private readonly tenant: GmailTenant,
    readonly mailbox: string,
    private readonly asked: GmailRequest,
  ) {
    if (tenant.absent.get(mailbox.toLowerCase())) this.outcome = { ok: false, error: new PermanentError('no_mailbox') };
  }

  request(): GmailRequest {
    return this.asked;
  }

  async settle(meaning: Meaning, lost: boolean): Promise<number | null> {
    if (meaning.is !== 'refused') {
      this.outcome = { ok: true, value: bodyOf(meaning) };
      return null;
    }
    const { error } = meaning;
    this.outcome = { ok: false, error };
    if (error instanceof PermanentError) return null;
    const { now, random } = this.tenant.effects;
    // The clock of the retries starts with the first refusal, however long the queue before it was.
    this.#deadline ??= now() + this.tenant.retryForMs;
    const at = now() + pauseMs(this.#attempt++, error.retryAfterMs, random);
    if (at > this.#deadline) return null;
    if (!lost || error.retryAfterMs) return at;
    // One slow mailbox takes forty-nine others with it, so after silence each is asked on its own.
    this.outcome = await readOne(this.tenant, this.mailbox, this.asked);
    return null;
  }
}

async function andThen<S, T>(outcome: Outcome<S>, work: (value: S) => Promise<T>): Promise<Outcome<T>> {
  return outcome.ok ? outcomeOf(() => work(outcome.value)) : outcome;
}

/** What is expected of a provider becomes a value. */
export async function outcomeOf<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (error instanceof TemporaryError || error instanceof PermanentError) return { ok: false, error };
    throw error;
  }
}
