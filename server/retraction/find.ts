import { PermanentError, type TemporaryError } from '../../shared/errors.ts';
import type { Provider } from '../../shared/retraction.ts';
import type { Copy, MailProvider, Outcome } from '../mailboxes/port.ts';
import { patientIfShutOut } from '../mailboxes/shut-out.ts';
import { listEntries } from '../store/lists.ts';
import type { NewCopy } from '../store/retraction-copies.ts';
import {
  claimMailboxes,
  type DueMailbox,
  type FindRecord,
  failMailbox,
  postponeMailboxes,
  recordFinds,
} from '../store/retraction-mailboxes.ts';
import type { RetractionRow } from '../store/retractions.ts';
import { campaignIn, queryOf } from './campaign.ts';
import { readLedger } from './ledger.ts';
import { LedgerWriter } from './ledger-writer.ts';
import { backoffMs, CLEAN_FINDS, type RetractionWorld } from './world.ts';

/**
 * Looks into the next due mailboxes of a retraction. @returns false when none was due.
 * @param except providers whose mailboxes are left to other waves, so that no suite waits for the other one
 */
export async function findWave(
  world: RetractionWorld,
  retraction: RetractionRow,
  except: readonly Provider[] = [],
): Promise<boolean> {
  const owner = world.randomId('own');
  const due = await claimMailboxes(world.store.db, {
    retractionId: retraction.id,
    owner,
    now: world.now(),
    leaseMs: world.tuning.leaseMs,
    limit: world.tuning.waveSize,
    firstFindOnly: retraction.state === 'held',
    except,
  });
  if (due.length === 0) return false;
  const protectedMailboxes = await protectedOf(world, retraction);
  const writer = new LedgerWriter(world, retraction.id, owner);
  const wave: Wave = { world, retraction, owner, protectedMailboxes, writer, crowded: new Set(), clean: [], later: [] };
  const chunks: Promise<void>[] = [];
  for (const [provider, mailboxes] of byProvider(world, due)) {
    for (let at = 0; at < mailboxes.length; at += provider.findsAtOnce) {
      chunks.push(findChunk(wave, provider, mailboxes.slice(at, at + provider.findsAtOnce)));
    }
  }
  const results = await Promise.allSettled(chunks);
  await recordFinds(world.store.db, retraction.id, owner, wave.clean, world.now());
  await postponeMailboxes(world.store.db, retraction.id, owner, wave.later);
  const failed = results.find((r) => r.status === 'rejected');
  if (failed) throw failed.reason;
  return true;
}

interface Wave {
  world: RetractionWorld;
  retraction: RetractionRow;
  owner: string;
  protectedMailboxes: ReadonlySet<string>;
  writer: LedgerWriter;
  /** Mailboxes with too many mails of the sender to look for the campaign in. */
  crowded: Set<string>;
  clean: FindRecord[];
  later: { mailbox: string; dueAt: Date }[];
}

function byProvider(world: RetractionWorld, due: readonly DueMailbox[]): Map<MailProvider, DueMailbox[]> {
  const groups = new Map<MailProvider, DueMailbox[]>();
  for (const mailbox of due) {
    const provider = world.providers.get(mailbox.provider);
    if (provider) groups.set(provider, [...(groups.get(provider) ?? []), mailbox]);
  }
  return groups;
}

async function findChunk(wave: Wave, provider: MailProvider, mailboxes: readonly DueMailbox[]): Promise<void> {
  const askedAt = wave.world.now();
  const addresses = mailboxes.map((m) => m.mailbox);
  const found: Outcome<Copy[]>[] = addresses.map(() => ({ ok: true, value: [] }));
  for (const messageId of wave.retraction.internet_message_ids) {
    const outcomes = await provider.findCopies(addresses, messageId);
    for (const [i, outcome] of outcomes.entries()) found[i] = merge(found[i]!, outcome);
  }
  const campaign = campaignIn(wave.retraction);
  if (campaign) {
    const outcomes = await provider.findSimilar(addresses, queryOf(campaign));
    for (const [i, outcome] of outcomes.entries())
      found[i] = merge(found[i]!, unlessCrowded(wave, addresses[i]!, outcome));
  }
  const withCopies: Promise<void>[] = [];
  for (const [i, mailbox] of mailboxes.entries()) {
    const outcome = found[i]!;
    if (!outcome.ok) withCopies.push(refused(wave, mailbox, outcome.error));
    else if (outcome.value.length === 0) wave.clean.push(recordOf(wave, mailbox, !mailbox.pending));
    else withCopies.push(recordCopies(wave, provider, mailbox, outcome.value, askedAt));
  }
  await Promise.all(withCopies);
}

/** A mailbox with too many mails of that sender is left to the find by Message-ID, which still guards it; its row says so. */
function unlessCrowded(
  { world, retraction, crowded }: Wave,
  mailbox: string,
  outcome: Outcome<Copy[]>,
): Outcome<Copy[]> {
  if (outcome.ok || !(outcome.error instanceof PermanentError) || outcome.error.code !== 'too_many_candidates') {
    return outcome;
  }
  crowded.add(mailbox);
  world.log.warn(
    { retraction: retraction.id },
    'a mailbox has too many mails of this sender to look for the campaign in',
  );
  return { ok: true, value: [] };
}

function merge(before: Outcome<Copy[]>, next: Outcome<Copy[]>): Outcome<Copy[]> {
  if (!before.ok) return before;
  if (!next.ok) return next;
  const known = new Set(before.value.map((c) => c.providerMessageId));
  return { ok: true, value: [...before.value, ...next.value.filter((c) => !known.has(c.providerMessageId))] };
}

/** A mailbox that cannot be asked now is asked later; one that never can says why. */
async function refused(wave: Wave, mailbox: DueMailbox, refusal: TemporaryError | PermanentError): Promise<void> {
  const error = patientIfShutOut(refusal) as typeof refusal;
  const { world, retraction, owner } = wave;
  if (error instanceof PermanentError) {
    return failMailbox(world.store.db, retraction.id, owner, mailbox.mailbox, error.code);
  }
  if (world.now().getTime() - retraction.requested_at.getTime() > world.tuning.giveUpMs) {
    return failMailbox(world.store.db, retraction.id, owner, mailbox.mailbox, 'unreachable');
  }
  const waitMs = Math.max(error.retryAfterMs ?? 0, backoffMs(world.tuning, mailbox.attempts + 1));
  wave.later.push({ mailbox: mailbox.mailbox, dueAt: new Date(world.now().getTime() + waitMs) });
}

/** What stands in one mailbox becomes rows of the ledger, together with the find that saw it. */
async function recordCopies(
  wave: Wave,
  provider: MailProvider,
  mailbox: DueMailbox,
  copies: Copy[],
  askedAt: Date,
): Promise<void> {
  const ledger = await readLedger(wave.world, wave.retraction, provider, mailbox.mailbox, copies, askedAt);
  const rows: NewCopy[] = ledger.rows.map((row) =>
    row.state === 'found' && wave.protectedMailboxes.has(mailbox.mailbox)
      ? { ...row, state: 'review', reason: 'protected_mailbox' }
      : row,
  );
  const find = ledger.stopped ? null : recordOf(wave, mailbox, ledger.clean && !mailbox.pending);
  await wave.writer.write({ find, rows });
  if (ledger.stopped) await refused(wave, mailbox, ledger.stopped);
}

/** Clean finds are spread in time: at once, then at the confirm delays counted from the plan. */
function recordOf(wave: Wave, mailbox: DueMailbox, clean: boolean): FindRecord {
  const { world, retraction } = wave;
  const { confirmDelaysMs } = world.tuning;
  const cleanFinds = clean ? mailbox.clean_finds + 1 : 0;
  // A copy was there a moment ago: its move is looked after soon, well before the first confirm pass.
  const soonMs = Math.min(30_000, Math.ceil((confirmDelaysMs[0] ?? 0) / 4));
  const now = world.now().getTime();
  const plannedAt = (retraction.planned_at ?? world.now()).getTime();
  const delayMs = confirmDelaysMs[Math.min(cleanFinds, confirmDelaysMs.length) - 1];
  const dueAt = delayMs === undefined ? now + soonMs : Math.max(plannedAt + delayMs, now + soonMs);
  return {
    mailbox: mailbox.mailbox,
    cleanFinds,
    dueAt: new Date(dueAt),
    closed: retraction.preview || cleanFinds >= CLEAN_FINDS,
    reason: wave.crowded.has(mailbox.mailbox) ? 'too_many_candidates' : null,
  };
}

async function protectedOf(world: RetractionWorld, retraction: RetractionRow): Promise<ReadonlySet<string>> {
  if (retraction.approved_at) return new Set();
  const entries = await listEntries(world.store.db, world.tenant, 'protected_mailboxes');
  return new Set(entries.map((e) => e.value));
}
