import { PermanentError, TemporaryError } from '../../shared/errors.ts';
import type { Arrival, MailProvider, NewMail } from '../mailboxes/port.ts';
import { patientIfShutOut } from '../mailboxes/shut-out.ts';
import { messageOfCopy } from '../store/deliveries.ts';
import { directoryListedAt } from '../store/directory.ts';
import {
  advanceWatched,
  chooseWatched,
  claimWatched,
  keepWatched,
  postponeWatched,
  type WatchedRow,
} from '../store/watched-mailboxes.ts';
import type { Deliveries } from './face.ts';
import type { DeliveryWorld } from './world.ts';

/** Mailboxes that one process reads at a time; each provider's throttle holds what it allows. */
const AT_A_TIME = 16;
const MOST_WAIT_MS = 15 * 60_000;
/** A mailbox that cannot be opened at all is tried once in a while: somebody may give us the right to. */
const REFUSED_WAIT_MS = 10 * 60_000;
/** A mail that fails so often for reasons of our own is passed over, with a line in the log: the rest must not wait for it. */
const MOST_ATTEMPTS = 5;
/** Where the provider lost the place, what came in shortly before the last look is read again: once is enough in rows. */
const OVERLAP_MS = 10 * 60_000;

/**
 * The rows of the watched mailboxes follow the setting and the directory.
 * @param followed what this process followed last; null: nothing yet
 * @returns what it follows now
 */
export async function followSetting(world: DeliveryWorld, followed: string | null): Promise<string> {
  const setting = await world.settings.get('watch');
  const { mailboxes, every_seconds, look_back_hours } = setting;
  const listed = await Promise.all(
    [...world.providers.keys()].map((provider) => directoryListedAt(world.store.db, world.tenant, provider)),
  );
  const following = JSON.stringify([setting, listed]);
  if (following === followed) return following;
  const now = world.now();
  await world.store.inTransaction((trx) =>
    chooseWatched(trx, world.tenant, {
      addresses: mailboxes.includes('*') ? null : mailboxes.map((address) => address.toLowerCase()),
      since: new Date(now.getTime() - look_back_hours * 3_600_000),
      now,
      // Named mailboxes begin at once; a whole directory must not ask all at the same moment.
      spreadMs: mailboxes.includes('*') ? every_seconds * 1000 : 0,
      providers: [...world.providers.keys()],
    }),
  );
  return following;
}

/** Reads new mail out of mailboxes whose time has come. @returns false when none was due */
export async function readDue(world: DeliveryWorld, seen: Deliveries['seen']): Promise<boolean> {
  const { tenant, leaseMs } = world;
  const owner = world.randomId('own');
  const due = await claimWatched(world.store.db, { tenant, owner, now: world.now(), leaseMs, limit: AT_A_TIME });
  if (due.length === 0) return false;
  const { every_seconds } = await world.settings.get('watch');
  await Promise.all(due.map((row) => readMailbox(world, seen, row, owner, every_seconds * 1000)));
  return true;
}

async function readMailbox(
  world: DeliveryWorld,
  seen: Deliveries['seen'],
  row: WatchedRow,
  owner: string,
  everyMs: number,
): Promise<void> {
  const { tenant, store } = world;
  const provider = world.providers.get(row.provider);
  try {
    if (!provider) throw new PermanentError('provider_not_configured');
    const answer = await provider.newMail(row.mailbox, row.cursor, row.since);
    const now = world.now();
    if (answer === 'lost') {
      const since = new Date(Math.max(row.since.getTime(), (row.looked_at ?? row.since).getTime() - OVERLAP_MS));
      world.log.warn(
        { provider: row.provider },
        'the provider lost the place in a watched mailbox: read again from a time',
      );
      await advanceWatched(store.db, tenant, row.mailbox, owner, { cursor: null, since, dueAt: now, now });
      return;
    }
    if (!(await readArrivals(world, seen, provider, row, owner, answer))) return;
    // Only now: what the cursor passes is in rows, so a worker that dies before reads it again, and once is enough.
    const dueAt = answer.more ? world.now() : new Date(world.now().getTime() + everyMs * (0.9 + 0.2 * Math.random()));
    await advanceWatched(store.db, tenant, row.mailbox, owner, { cursor: answer.cursor, since: null, dueAt, now });
  } catch (error) {
    await postpone(world, row, owner, everyMs, error);
  }
}

/** @returns false when the lease was lost: another worker reads the same page. */
async function readArrivals(
  world: DeliveryWorld,
  seen: Deliveries['seen'],
  provider: MailProvider,
  row: WatchedRow,
  owner: string,
  { arrivals }: NewMail,
): Promise<boolean> {
  for (const arrival of arrivals) {
    try {
      await readOne(world, seen, provider, row.mailbox, arrival);
    } catch (error) {
      const ours = !(error instanceof TemporaryError || error instanceof PermanentError);
      if (!ours || row.attempts < MOST_ATTEMPTS) throw error;
      const text = error instanceof Error ? error.message : String(error);
      world.log.error({ provider: row.provider, error: text }, 'a delivered mail could not be read and is passed over');
    }
    const until = new Date(world.now().getTime() + world.leaseMs);
    if (!(await keepWatched(world.store.db, world.tenant, row.mailbox, owner, until))) return false;
  }
  return true;
}

async function readOne(
  world: DeliveryWorld,
  seen: Deliveries['seen'],
  provider: MailProvider,
  mailbox: string,
  arrival: Arrival,
): Promise<void> {
  const { providerMessageId } = arrival;
  if ((await messageOfCopy(world.store.db, world.tenant, mailbox, providerMessageId)) !== null) return;
  const raw = await provider.readRaw(mailbox, providerMessageId);
  if (!raw) return;
  const told = arrival.receivedAt === null ? await provider.readCopy(mailbox, providerMessageId) : arrival;
  const receivedAt = told?.receivedAt ? new Date(told.receivedAt) : null;
  await seen(raw, {
    mode: 'API',
    recipients: [],
    deliveredAt: receivedAt,
    copy: {
      provider: provider.provider,
      mailbox,
      providerMessageId,
      internetMessageId: told?.internetMessageId || null,
    },
  });
}

async function postpone(
  world: DeliveryWorld,
  row: WatchedRow,
  owner: string,
  everyMs: number,
  thrown: unknown,
): Promise<void> {
  const error = patientIfShutOut(thrown);
  const now = world.now();
  const refused = error instanceof PermanentError;
  const asked = error instanceof TemporaryError ? (error.retryAfterMs ?? 0) : 0;
  const backoffMs = Math.min(everyMs * 2 ** Math.min(row.attempts, 10), MOST_WAIT_MS);
  const waitMs = Math.max(asked, backoffMs, refused ? REFUSED_WAIT_MS : 0);
  const text = refused ? error.code : error instanceof Error ? error.message : String(error);
  world.log.warn({ provider: row.provider, error: text }, 'a watched mailbox could not be read');
  await postponeWatched(world.store.db, world.tenant, row.mailbox, owner, {
    dueAt: new Date(now.getTime() + waitMs),
    error: text,
    now,
  });
}
