import { PermanentError, TemporaryError } from '../../shared/errors.ts';
import type { MailProvider } from '../mailboxes/port.ts';
import { notify } from '../store/changes.ts';
import { mailboxesWithMail } from '../store/deliveries.ts';
import { mailboxesByAddress, ownDomains } from '../store/directory.ts';
import { messageById } from '../store/messages.ts';
import { addEveryone, addScope, type ScopeEntry } from '../store/retraction-mailboxes.ts';
import { claimPlan, finishPlan, postponePlan, type RetractionRow, startSearch } from '../store/retractions.ts';
import { submissionsOfRetraction } from '../store/submissions.ts';
import { directoryIsFresh, listDirectory } from './directory.ts';
import { backoffMs, type RetractionWorld } from './world.ts';

/** Of more the sweep of every mailbox takes care. */
const MOST_SEEN = 20_000;
// Message trace keeps names for ten days a query.
const TRACE_WINDOW_MS = 10 * 24 * 3_600_000;

/** Takes one retraction that waits and says where to look, and in which order. @returns false when none waits. */
export async function planNext(world: RetractionWorld): Promise<boolean> {
  const owner = world.randomId('own');
  const retraction = await claimPlan(world.store.db, owner, world.now(), world.tuning.leaseMs);
  if (!retraction) return false;
  try {
    await plan(world, retraction, owner);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const wait = error instanceof TemporaryError ? (error.retryAfterMs ?? 0) : 0;
    const notBefore = new Date(world.now().getTime() + Math.max(wait, backoffMs(world.tuning, 2)));
    world.log.warn({ retraction: retraction.id, error: text }, 'plan postponed');
    await postponePlan(world.store.db, retraction.id, owner, notBefore, text.slice(0, 500));
  }
  return true;
}

/**
 * Recipients first, everyone else after them. Likely mailboxes are searched as soon as they are named; asking the
 * directory and the message trace must not delay them, so the two steps commit one after the other.
 */
async function plan(world: RetractionWorld, retraction: RetractionRow, owner: string): Promise<void> {
  const named = await likelyMailboxes(world, retraction);
  await world.store.inTransaction(async (trx) => {
    if (!(await startSearch(trx, retraction.id, owner))) return;
    await addScope(trx, retraction.id, named, world.now());
    await notify(trx, retraction.id, 'retractions');
  });
  if (!(await directoryIsFresh(world))) await listDirectory(world);
  await world.store.inTransaction(async (trx) => {
    if (!(await finishPlan(trx, retraction.id, owner, world.now()))) return;
    await addEveryone(trx, retraction.id, world.tenant, world.now());
    await notify(trx, retraction.id, 'retractions');
  });
}

/** Priority 0 header recipients, 1 mailboxes of other reports and those that were seen to get it, 2 members of groups, 3 what message trace names. */
async function likelyMailboxes(world: RetractionWorld, retraction: RetractionRow): Promise<ScopeEntry[]> {
  const message = await messageById(world.store.db, retraction.message_id);
  const scope: ScopeEntry[] = [];
  const unresolved: string[] = [];
  const { canary_mailbox: canary } = await world.settings.get('guard');
  for (const m of await mailboxesByAddress(world.store.db, world.tenant, canary === null ? [] : [canary])) {
    scope.push({ mailbox: m.address, provider: m.provider, priority: 0 });
  }
  const own = await mailboxesByAddress(world.store.db, world.tenant, message?.recipients ?? []);
  for (const m of own) scope.push({ mailbox: m.address, provider: m.provider, priority: 0 });
  const domains = new Set(await ownDomains(world.store.db, world.tenant));
  for (const address of message?.recipients ?? []) {
    const known = own.some((m) => m.address === address || m.aliases.includes(address));
    // An address of ours without a mailbox is a group. Foreign addresses are nobody's here: the header can name thousands.
    if (!known && domains.has(address.split('@')[1] ?? '') && unresolved.length < 50) unresolved.push(address);
  }
  for (const s of await submissionsOfRetraction(world.store.db, retraction.id)) {
    const [known] = await mailboxesByAddress(world.store.db, world.tenant, [s.mailbox]);
    if (known) scope.push({ mailbox: known.address, provider: known.provider, priority: 1 });
  }
  const seen = { cluster: retraction.scope === 'campaign', limit: MOST_SEEN };
  for (const known of await mailboxesWithMail(world.store.db, world.tenant, retraction.message_id, seen)) {
    scope.push({ ...known, priority: 1 });
  }
  for (const provider of world.providers.values()) {
    scope.push(...(await helpful(world, () => groupMembers(provider, unresolved))));
    scope.push(...(await helpful(world, () => traced(world, provider, retraction))));
  }
  return scope;
}

/** Names that only make the search faster: the sweep of every mailbox does not depend on them. */
async function helpful(world: RetractionWorld, ask: () => Promise<ScopeEntry[]>): Promise<ScopeEntry[]> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof TemporaryError || error instanceof PermanentError)) throw error;
    world.log.warn({ error: error.message }, 'recipients could not be asked, the sweep will find them');
    return [];
  }
}

async function groupMembers(provider: MailProvider, addresses: readonly string[]): Promise<ScopeEntry[]> {
  const scope: ScopeEntry[] = [];
  for (const address of addresses) {
    for (const m of await provider.resolve(address)) {
      scope.push({ mailbox: m.address, provider: m.provider, priority: 2 });
    }
  }
  return scope;
}

async function traced(
  world: RetractionWorld,
  provider: MailProvider,
  retraction: RetractionRow,
): Promise<ScopeEntry[]> {
  const since = new Date(world.now().getTime() - TRACE_WINDOW_MS);
  const addresses = new Set<string>();
  for (const id of retraction.internet_message_ids) {
    for (const address of (await provider.recipientsOf(id, since)) ?? []) addresses.add(address);
  }
  const own = await mailboxesByAddress(world.store.db, world.tenant, [...addresses]);
  return own
    .filter((m) => m.provider === provider.provider)
    .map((m) => ({ mailbox: m.address, provider: m.provider, priority: 3 }));
}
