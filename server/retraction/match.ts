import type { Copy, MailProvider } from '../mailboxes/port.ts';
import { type Fingerprint, fingerprintOf, sameMail } from '../message/fingerprint.ts';
import { parseMessage } from '../message/parse.ts';

/** A Message-ID is chosen by the attacker: every found copy is compared with the judged mail before it is touched. */
export type Match = { state: 'same' } | { state: 'different'; reason: string } | { state: 'vanished' };

/** @throws TemporaryError | PermanentError when the bytes cannot be read now */
export async function matchCopy(provider: MailProvider, copy: Copy, judged: Fingerprint): Promise<Match> {
  const raw = await provider.readRaw(copy.mailbox, copy.providerMessageId);
  if (!raw) return { state: 'vanished' };
  const { same, reason } = sameMail(judged, fingerprintOf(await parseMessage(raw)));
  return same ? { state: 'same' } : { state: 'different', reason };
}
