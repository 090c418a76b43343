/** The few verbs in which the house speaks to a mail provider. Two adapters: graph.ts and gmail.ts. */
import type { PermanentError, TemporaryError } from '../../shared/errors.ts';
import type { Destination, Provider } from '../../shared/retraction.ts';
import type { DestinationEffect } from './destination-effect.ts';

export interface Mailbox {
  provider: Provider;
  /** Primary SMTP address, lower case: the name under which the house knows the mailbox. */
  address: string;
  /** Every other address that delivers here, lower case. */
  aliases: string[];
  /** The provider's own id of the user (Entra object id). */
  userId: string;
  kind: 'user' | 'shared';
}

/** One copy as the provider shows it now. */
export interface Copy {
  mailbox: string;
  /** Immutable inside the mailbox; compared byte for byte. */
  providerMessageId: string;
  /** As the provider shows it, with <>. */
  internetMessageId: string;
  subject: string;
  /** Provider's folder id (Graph parentFolderId); '' on Gmail. */
  folder: string;
  /** Gmail label ids; [] on Microsoft 365. */
  labels: string[];
  isRead: boolean;
  /** What a restore must leave unchanged, provider's words. */
  flag: string;
  importance: string;
  categories: string[];
  receivedAt: string | null;
}

/** Mails of one sender in a time window: where a campaign is looked for. Attacker-chosen; whatever is found is compared. */
export interface SimilarQuery {
  /** One address of RFC 5322.From. */
  headerFrom: string;
  /** Words that all stand in the subject, letters only, lower case; [] asks for any subject. */
  subjectWords: readonly string[];
  since: Date;
  until: Date;
}

/** More mails than this in one mailbox fit no campaign: nobody gets so many copies. */
export const MOST_SIMILAR = 200;

/** The part of an answer that is not the hoped-for one. Expected, so a value. */
export type Refusal = { ok: false; error: TemporaryError | PermanentError };
export type Outcome<T> = { ok: true; value: T } | Refusal;

/** What has come into one mailbox since a cursor. */
export interface NewMail {
  /** In the order in which the provider tells them; one may be told again, or be gone by now. */
  arrivals: Arrival[];
  /** Where to go on: text of the adapter's own, to be kept once all arrivals are in rows. */
  cursor: string;
  /** There is more now. */
  more: boolean;
}

export interface Arrival {
  /** Immutable inside the mailbox. */
  providerMessageId: string;
  /** RFC 3339, and Message-ID, as the provider shows them; null where the list does not tell: readCopy() does. */
  receivedAt: string | null;
  internetMessageId: string | null;
}

/** Where a move put the copy. `gone` is an outcome (404 on move), not a failure; it is judged only after a re-find. */
export type MoveResult =
  | {
      state: 'moved';
      copy: MovedCopy;
      requestId: string | null;
      /**
       * Labels at the moment of the move, where the provider tells them (Gmail): a later pre-image than the find's.
       * Absent when the copy lay at its destination already: they are no pre-image then.
       */
      labelsBefore?: string[];
    }
  | { state: 'gone' };

/** What the answer to a move says of the copy. */
export type MovedCopy = Pick<Copy, 'mailbox' | 'providerMessageId' | 'folder' | 'labels' | 'isRead'>;

export interface MailProvider {
  readonly provider: Provider;

  /** Mailboxes that one round trip of `findCopies` looks into; several calls may be under way. */
  readonly findsAtOnce: number;

  /** Every mailbox of the tenant that can hold mail, page by page; memory stays flat. @throws TemporaryError | PermanentError */
  listMailboxes(): AsyncIterable<Mailbox[]>;

  /**
   * Who stands behind an address: the mailbox itself, the members of a group (transitively), or [] when it is not ours.
   * @throws TemporaryError | PermanentError
   */
  resolve(address: string): Promise<Mailbox[]>;

  /** The mailbox that a signed-in user owns (Entra object id or Google subject); null when there is none. */
  mailboxOfUser(userId: string): Promise<Mailbox | null>;

  /** Whether the user is in the group (transitively); used for the admin's mapping of shared mailboxes. */
  isMember(userId: string, group: string): Promise<boolean>;

  /**
   * Recipients the provider's message trace names for a Message-ID, lower case; null when trace is not available here.
   * @param messageId with <>
   */
  recipientsOf(messageId: string, since: Date): Promise<string[] | null>;

  /**
   * Copies of one Message-ID in each of the mailboxes (any number; batched inside), whole mailbox including deleted items.
   * One outcome a mailbox, in input order; an empty list is a clean find (not a proof).
   * @param options.dumpster look into the recoverable items too where the mailbox shows nothing (for a lost id); doubles the requests
   */
  findCopies(
    mailboxes: readonly string[],
    messageId: string,
    options?: { dumpster?: boolean },
  ): Promise<Outcome<Copy[]>[]>;

  /**
   * Mails of one sender in each of the mailboxes (any number; batched inside), whole mailbox including deleted items and
   * spam, at most 200 each. One outcome a mailbox, in input order. Beyond 200, or where there is more to look through than
   * is reasonable, that mailbox answers PermanentError `too_many_candidates`.
   */
  findSimilar(mailboxes: readonly string[], query: SimilarQuery): Promise<Outcome<Copy[]>[]>;

  /**
   * Mail that came into the inbox of one mailbox since a cursor, a page at a time. What a rule files elsewhere on arrival,
   * and spam, is not in it.
   * @param cursor of the answer before; null: from `since` on
   * @returns `lost`: the provider no longer knows the cursor, so that it begins anew from a time
   * @throws TemporaryError | PermanentError
   */
  newMail(mailbox: string, cursor: string | null, since: Date): Promise<NewMail | 'lost'>;

  /** Raw RFC 5322 bytes of one copy; null when it is gone. @throws TemporaryError | PermanentError */
  readRaw(mailbox: string, providerMessageId: string): Promise<Uint8Array | null>;

  /** The copy as it stands now; null when it is gone. @throws TemporaryError | PermanentError */
  readCopy(mailbox: string, providerMessageId: string): Promise<Copy | null>;

  /** Add-ins hand over ids in several spellings (EWS, REST, immutable): the immutable one, or null. */
  toImmutableId(mailbox: string, clientId: string): Promise<string | null>;

  /**
   * The folder id a destination means in this mailbox, created (hidden quarantine folder) and cached when needed; '' on Gmail.
   * @throws TemporaryError | PermanentError
   */
  destinationFolder(mailbox: string, destination: Destination): Promise<string>;

  /** What a move there does to a copy: people are told before they decide. */
  effectOf(destination: Destination): DestinationEffect;

  /**
   * Whether the copy lies where the destination means in its mailbox.
   * @throws TemporaryError | PermanentError
   */
  isIn(copy: Copy, destination: Destination): Promise<boolean>;

  /**
   * The well-known or display name of a copy's place for people to read; the id itself when it cannot be read.
   * @param labels of the copy, where they are the place
   */
  folderName(mailbox: string, folder: string, labels?: readonly string[]): Promise<string>;

  /**
   * Moves one copy; no retry inside, because a repeated move is never blind.
   * @throws TemporaryError (outcomeUnknown on timeout, reset, 5xx) | PermanentError `not_authorized`, `no_mailbox`, `unsupported`, `held`;
   *   `consent-revoked` speaks of the whole tenant: copies stay as they are, a person must act
   */
  move(mailbox: string, providerMessageId: string, destination: Destination): Promise<MoveResult>;

  /** Many moves in few requests, each sent once; one outcome a copy, in input order. Errors as of `move`. */
  moveMany?(
    copies: readonly { mailbox: string; providerMessageId: string }[],
    destination: Destination,
  ): Promise<Outcome<MoveResult>[]>;

  /**
   * Puts a copy back where it was: folder (or labels) and read state. `fallback` when the folder is gone and Inbox was used.
   * @throws TemporaryError | PermanentError
   */
  restore(
    mailbox: string,
    providerMessageId: string,
    preimage: { folder: string; labels: string[]; isRead: boolean },
  ): Promise<{ state: 'restored'; copy: Copy; fallback: boolean } | { state: 'gone' }>;
}
