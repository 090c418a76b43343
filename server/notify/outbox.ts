/** Mail to people, written in the transaction of what it tells; a job sends it. */
import type { Language } from '../../shared/i18n/language.ts';
import type { MailKind } from '../../shared/mail.ts';
import type { Jobs } from '../jobs/queue.ts';
import type { Db } from '../store/database.ts';
import { insertMailToOwners, insertOutgoingMail } from '../store/outgoing-mail.ts';
import type { Letter } from './letter.ts';

export interface Post {
  kind: MailKind;
  /** The submission or retraction it is about. */
  subjectId: string;
  /** One mail a person and occasion: the second one is not written. */
  occasion: string;
  language: Language;
  letter: Letter;
}

export interface Outbox {
  /** @param inReplyTo Message-ID with <> of the mail it answers. @returns false when this person has been told already */
  post(trx: Db, mail: Post & { to: string; inReplyTo: string | null }): Promise<boolean>;
  /** One mail to everybody whose copies of a retraction are in one of the states. @returns how many were written */
  postToOwners(
    trx: Db,
    mail: Post,
    copies: { retractionId: string; states: readonly string[]; besides: readonly string[] },
  ): Promise<number>;
}

interface OutboxOptions {
  tenant: string;
  jobs: Pick<Jobs, 'enqueue'>;
  now(): Date;
  randomId(prefix: string): string;
}

export function openOutbox({ tenant, jobs, now, randomId }: OutboxOptions): Outbox {
  const rowOf = ({ kind, subjectId, occasion, language, letter }: Post) => ({
    tenant,
    kind,
    subject_id: subjectId,
    occasion,
    language,
    letter,
  });
  return {
    async post(trx, mail) {
      if (!isPostable(mail.to)) return false;
      const row = {
        ...rowOf(mail),
        id: randomId('oml'),
        recipient: mail.to.toLowerCase(),
        in_reply_to: mail.inReplyTo,
      };
      const written = await insertOutgoingMail(trx, row, now());
      if (written) await jobs.enqueue(trx, 'mail', {});
      return written;
    },
    async postToOwners(trx, mail, copies) {
      const written = await insertMailToOwners(trx, rowOf(mail), copies, now());
      if (written > 0) await jobs.enqueue(trx, 'mail', {});
      return written;
    },
  };
}

/** One bare address: no display name, no list, no white space, nothing that could start another header field. */
export const isPostable = (address: string) =>
  address.length <= 320 && /^[^\s@<>(),;:"\\[\]\p{Cc}]+@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u.test(address);
