import { MAX_MESSAGE_BYTES } from './configuration.ts';
import type { Occasion } from './event.ts';
import type { Reading } from './outside.ts';

/**
 * The message that is open, and only that one, however long its thread is. What Gmail hands out is a string: with
 * nothing but 7-bit characters it is the message byte for byte, otherwise it only resembles it.
 */
export function readMessage({ eventMessageId, messageId, accessToken }: Occasion): Reading {
  let message: GoogleAppsScript.Gmail.GmailMessage;
  try {
    GmailApp.setCurrentMessageAccessToken(accessToken);
    message = GmailApp.getMessageById(messageId);
  } catch (error) {
    if (isGone(String(error))) return { ok: false, trouble: 'message_gone' };
    // Gmail will not open it here (another account's, a delegated mailbox). The server finds out whose it is.
    return byIds(null);
  }
  // An id that Gmail does not know answers nothing at all.
  if (!message) return { ok: false, trouble: 'message_gone' };
  const internetMessageId = headerOf(message) || null;
  let raw: string;
  try {
    raw = message.getRawContent();
  } catch (error) {
    console.warn(`the message ${eventMessageId} goes by its ids: ${String(error)}`);
    return byIds(internetMessageId);
  }
  if (!raw || raw.length > MAX_MESSAGE_BYTES) return byIds(internetMessageId);
  const sevenBit = /^[\x00-\x7f]*$/.test(raw);
  const base64 = Utilities.base64Encode(raw, Utilities.Charset.UTF_8);
  if ((base64.length / 4) * 3 - 2 > MAX_MESSAGE_BYTES) return byIds(internetMessageId);
  return { ok: true, internetMessageId, base64, fidelity: sevenBit ? 'exact' : 'text' };
}

const byIds = (internetMessageId: string | null): Reading => ({
  ok: true,
  internetMessageId,
  base64: null,
  fidelity: 'text',
});

function isGone(text: string): boolean {
  return /not found|no message|does not exist|deleted/i.test(text);
}

/** Limit of the contract: 2,000 characters. */
function headerOf(message: GoogleAppsScript.Gmail.GmailMessage): string {
  try {
    return (message.getHeader('Message-ID') ?? '').slice(0, 2000);
  } catch {
    return '';
  }
}
