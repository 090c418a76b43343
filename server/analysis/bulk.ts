import type { Message } from '../message/message.ts';
import { Lookout, type Sightings } from './evidence/phrases.ts';
import { PROMOTION, UNSUBSCRIBE } from './evidence/vocabulary.ts';

/** Points of bulk mail, one each, from what the sender wrote: they choose BULK over NONE and never lower the margin. */
export function bulkPoints(message: Message, said: Sightings): number {
  const list = message.list;
  let points = 0;
  if (list.unsubscribe !== null) points++;
  if (list.unsubscribePost !== null) points++;
  if (list.id !== null) points++;
  if (list.precedence !== null && /^(?:bulk|list|junk)/i.test(list.precedence)) points++;
  if (list.feedbackId !== null || message.headers.some(({ name }) => MAILER.test(name))) points++;
  if (said.first(UNSUBSCRIBE) !== null || saysWayOut(message.visibleText.slice(-1500))) points++;
  if (said.first(PROMOTION) !== null) points++;
  return points;
}

/** A way out: a header, or words a reader sees with something to press. Asking for an answer is none, it confirms the address. */
export function offersUnsubscribe(message: Message): boolean {
  if (message.list.unsubscribe !== null) return true;
  return message.links.length > 0 && saysWayOut(message.visibleText);
}

const WAY_OUT = new Lookout([UNSUBSCRIBE]);

function saysWayOut(text: string): boolean {
  return WAY_OUT.watch(text.toLowerCase()).first(UNSUBSCRIBE) !== null;
}

/** Headers that mailing services add (RFC 8058 and their own). */
const MAILER =
  /^(?:x-campaign(?:id|-id)?|x-mailgun-(?:sid|tag)|x-sg-e?id|x-mc-user|x-ses-outgoing|x-sfmc-stack|x-csa-complaints|x-report-abuse(?:-to)?|x-feedback-id|x-mailer-lid|x-binding|x-job|x-mandrill-user|x-klaviyo.*|x-hs-cid|x-acs-.*)$/i;
