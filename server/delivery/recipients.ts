import { PermanentError, TemporaryError } from '../../shared/errors.ts';
import type { Message } from '../message/message.ts';
import type { SeenCopy } from '../store/deliveries.ts';
import { mailboxCount, mailboxesByAddress } from '../store/directory.ts';
import { type Arrival, namedIn } from './envelope.ts';
import type { Envelope } from './face.ts';
import type { DeliveryWorld } from './world.ts';

export interface Recipients {
  copies: SeenCopy[];
  /** Addresses that are the mailbox's own, for what is personal in the mail. */
  own: string[];
}

/** Groups that one mail may name beyond mailboxes, and how long their members are remembered. */
const MOST_GROUPS = 20;
const REMEMBERED_MS = 10 * 60_000;
const MOST_REMEMBERED = 5_000;

type Members = { at: number; copies: SeenCopy[] };

/** Which mailboxes have a mail. One a process: it remembers groups. */
export function recipientsIn(world: DeliveryWorld) {
  const groups = new Map<string, Members>();

  const membersOf = async (address: string): Promise<SeenCopy[]> => {
    const now = world.now().getTime();
    const known = groups.get(address);
    if (known && now - known.at < REMEMBERED_MS) return known.copies;
    const copies: SeenCopy[] = [];
    for (const provider of world.providers.values()) {
      try {
        for (const one of await provider.resolve(address)) {
          copies.push({ mailbox: one.address, provider: one.provider, providerMessageId: null });
        }
      } catch (error) {
        // A retraction asks again when it needs them; until then the sweep of every mailbox finds their copies.
        if (!(error instanceof TemporaryError || error instanceof PermanentError)) throw error;
      }
    }
    if (groups.size >= MOST_REMEMBERED) groups.clear();
    groups.set(address, { at: now, copies });
    return copies;
  };

  /** null: nobody of ours. */
  return async (arrival: Arrival, envelope: Envelope, message: Message): Promise<Recipients | null> => {
    const { db } = world.store;
    const { copy } = envelope;
    const named = arrival.complete ? arrival.recipients : [...arrival.recipients, ...namedIn(message)];
    if (copy) {
      const [owner] = await mailboxesByAddress(db, world.tenant, [copy.mailbox]);
      const mailbox = owner?.address ?? copy.mailbox.toLowerCase();
      return { copies: [{ ...copy, mailbox }], own: [mailbox, ...(owner?.aliases ?? [])] };
    }
    const wanted = [...new Set(named)];
    const found = await mailboxesByAddress(db, world.tenant, wanted);
    const copies: SeenCopy[] = found.map((one) => ({
      mailbox: one.address,
      provider: one.provider,
      providerMessageId: null,
    }));
    const known = new Set(found.flatMap((one) => [one.address, ...one.aliases]));
    const domains = new Set(await world.ownDomains());
    const unresolved = wanted.filter((address) => !known.has(address) && domains.has(address.split('@')[1] ?? ''));
    for (const address of unresolved.slice(0, MOST_GROUPS)) copies.push(...(await membersOf(address)));
    const once = [...new Map(copies.map((one) => [one.mailbox, one])).values()];
    // Before the directory has been listed nobody is known; the mail is kept, and its copies are found by a sweep.
    if (once.length === 0 && (await mailboxCount(db, world.tenant)) > 0) return null;
    const [first] = found;
    return { copies: once, own: first ? [first.address, ...first.aliases] : [] };
  };
}
