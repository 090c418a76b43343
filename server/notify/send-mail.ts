import { TemporaryError } from '../../shared/errors.ts';
import type { Store } from '../store/database.ts';
import {
  type ClaimedOutgoing,
  claimOutgoingMail,
  forgetMail,
  markMailFailed,
  markMailSent,
  postponeMail,
} from '../store/outgoing-mail.ts';
import { type Letter, letterAsHtml, letterAsText } from './letter.ts';

/** One mail as it goes out. */
export interface RenderedMail {
  /** With <>; the same however often it is sent. */
  messageId: string;
  fromName: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  inReplyTo: string | null;
  headers: Record<string, string>;
}

/** @throws TemporaryError to be tried again; anything else is for good */
export type SendMail = (mail: RenderedMail) => Promise<void>;

export interface MailWorld {
  tenant: string;
  store: Store;
  send: SendMail;
  /** Domain of the address that mail comes from. */
  domain: string;
  fromName(): Promise<string>;
  now(): Date;
  randomId(prefix: string): string;
  log: { warn(fields: Record<string, unknown>, text: string): void };
}

const LEASE_MS = 120_000;
const RETRY_MS = 60_000;
const MAX_RETRY_MS = 3_600_000;
const GIVE_UP_MS = 24 * 3_600_000;
/** One job sends no more; the rest is asked for again, so that a stop need not wait. */
const AT_A_TIME = 100;
const FORGET_MS = 30 * 86_400_000;

/**
 * Sends what is due, oldest first. A crash between the server's yes and our row sends it again, with the same Message-ID.
 * @returns false when more is due than one run sends
 */
export async function sendMail(world: MailWorld): Promise<boolean> {
  const { store, tenant } = world;
  const fromName = await world.fromName();
  for (let sent = 0; sent < AT_A_TIME; sent++) {
    const owner = world.randomId('own');
    const mail = await claimOutgoingMail(store.db, tenant, owner, world.now(), LEASE_MS);
    if (!mail) {
      await forgetMail(store.db, tenant, new Date(world.now().getTime() - FORGET_MS));
      return true;
    }
    await sendOne(world, mail, owner, fromName);
  }
  return false;
}

async function sendOne(world: MailWorld, mail: ClaimedOutgoing, owner: string, fromName: string): Promise<void> {
  const { db } = world.store;
  try {
    await world.send(renderMail(mail, world.domain, fromName));
  } catch (error) {
    const text = (error instanceof Error ? error.message : String(error)).slice(0, 300);
    const now = world.now();
    const tooLate = now.getTime() - mail.created_at.getTime() > GIVE_UP_MS;
    world.log.warn({ mail: mail.id, attempt: mail.attempts, error: text }, 'a mail could not be sent');
    if (!(error instanceof TemporaryError) || tooLate) return markMailFailed(db, mail.id, owner, now, text);
    const waitMs = Math.max(
      error.retryAfterMs ?? 0,
      Math.min(RETRY_MS * 2 ** Math.min(mail.attempts - 1, 10), MAX_RETRY_MS),
    );
    return postponeMail(db, mail.id, owner, new Date(now.getTime() + waitMs), text);
  }
  await markMailSent(db, mail.id, owner, world.now());
}

/** Every mail of ours says that nobody wrote it, so that no answering machine answers (RFC 3834 section 5). */
export function renderMail(
  mail: Pick<ClaimedOutgoing, 'id' | 'recipient' | 'language' | 'letter' | 'in_reply_to'>,
  domain: string,
  fromName: string,
): RenderedMail {
  const letter = mail.letter as Letter;
  return {
    messageId: `<${mail.id}@${domain}>`,
    fromName: oneLine(fromName, 80),
    to: mail.recipient,
    subject: oneLine(letter.subject, 200),
    text: letterAsText(letter),
    html: letterAsHtml(letter, mail.language),
    inReplyTo: mail.in_reply_to !== null && isMessageId(mail.in_reply_to) ? mail.in_reply_to : null,
    headers: {
      'Auto-Submitted': mail.in_reply_to === null ? 'auto-generated' : 'auto-replied',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': mail.language,
    },
  };
}

/** What a stranger wrote into a header must not begin another one. */
const oneLine = (text: string, limit: number) =>
  text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .slice(0, limit)
    .trim();

const isMessageId = (text: string) => text.length <= 500 && /^<[\x21-\x3b\x3d\x3f-\x7e]+>$/.test(text);
