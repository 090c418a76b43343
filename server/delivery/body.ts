import { PermanentError, TemporaryError } from '../../shared/errors.ts';
import type { Copy } from '../mailboxes/port.ts';
import { type Fingerprint, fingerprintOf, sameMail } from '../message/fingerprint.ts';
import { parseMessage } from '../message/parse.ts';
import { getBlob } from '../store/blobs.ts';
import { type CopyRow, copiesOfMessage } from '../store/deliveries.ts';
import type { MessageRow } from '../store/messages.ts';
import type { DeliveryWorld } from './world.ts';

/** Mailboxes that are asked for a body: owners delete, and one of them still has it. */
const MOST_ASKED = 5;

/**
 * The bytes of a seen mail: those that are kept, or read again from a mailbox that has a copy; null when there are none.
 * @throws TemporaryError when a mailbox that may have it cannot be asked now
 */
export async function bodyOf(world: DeliveryWorld, message: MessageRow): Promise<Uint8Array | null> {
  const kept = await getBlob(world.store.db, message.sha256);
  if (kept) return kept;
  let later: TemporaryError | null = null;
  for (const copy of await copiesOfMessage(world.store.db, message.id, MOST_ASKED)) {
    try {
      const raw = await readFrom(world, message, copy);
      if (raw) return raw;
    } catch (error) {
      if (error instanceof TemporaryError) later ??= error;
      else if (!(error instanceof PermanentError)) throw error;
    }
  }
  if (later) throw later;
  return null;
}

async function readFrom(world: DeliveryWorld, message: MessageRow, copy: CopyRow): Promise<Uint8Array | null> {
  const provider = copy.provider && world.providers.get(copy.provider);
  if (!provider) return null;
  for (const id of await idsIn(provider, message, copy)) {
    const raw = await provider.readRaw(copy.mailbox, id);
    // A Message-ID is chosen by the sender: what is judged again must be what was seen.
    if (raw && sameMail(message.fingerprint as Fingerprint, fingerprintOf(await parseMessage(raw))).same) return raw;
  }
  return null;
}

/** Of a copy that was seen on its way only the Message-ID is known. */
async function idsIn(
  provider: NonNullable<ReturnType<DeliveryWorld['providers']['get']>>,
  message: MessageRow,
  copy: CopyRow,
): Promise<string[]> {
  if (copy.provider_message_id !== null) return [copy.provider_message_id];
  if (message.internet_message_id === null) return [];
  const [found] = await provider.findCopies([copy.mailbox], message.internet_message_id);
  if (!found) return [];
  if (!found.ok) throw found.error;
  return found.value.slice(0, 3).map((each: Copy) => each.providerMessageId);
}
