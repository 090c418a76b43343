/** What the doors may ask of the delivery room. Implemented by deliveries.ts. */
import type { WatchStatus } from '../../shared/delivery.ts';
import type { Provider } from '../../shared/retraction.ts';
import type { Disposition } from '../../shared/verdict.ts';

/** How a delivered mail came to be seen: a journal report, a blind copy, or read out of a mailbox. */
export type SeenMode = 'BCC' | 'JOURNAL' | 'API' | 'RETRO_SCAN';

export interface Envelope {
  mode: SeenMode;
  /**
   * Addresses that the mail was delivered to, as far as the envelope tells; a service address among them is passed over. A
   * journal report and the header name more. [] when it tells nothing.
   */
  recipients: readonly string[];
  /** When the provider took it in; null: as the outermost Received field or the journal report says. */
  deliveredAt: Date | null;
  /** The very copy that was read, where it was read out of a mailbox. */
  copy?: {
    provider: Provider;
    mailbox: string;
    providerMessageId: string;
    /** As the provider shows it, which may be another than the mail says. */
    internetMessageId?: string | null;
  };
}

export type Seen =
  /** `known`: seen or reported before, so that only the copies were added. `copies`: mailboxes known to have it. */
  | { state: 'kept'; messageId: string; disposition: Disposition | null; copies: number; known: boolean }
  /** `unreadable`: no mail at all. `nobody_here`: none of its recipients has a mailbox of ours, such as mail sent outwards. */
  | { state: 'ignored'; reason: 'unreadable' | 'nobody_here' };

export interface Deliveries {
  /**
   * A mail that was delivered: judged, remembered by its metadata with the mailboxes that have it, and taken back where its
   * verdict and the settings say so. Its body is kept only when it was detected. Everything has committed when it resolves;
   * the same mail again adds its copies and nothing else.
   * @param raw RFC 5322 bytes; with mode JOURNAL a journal report of Exchange, which is unwrapped here
   * @throws TemporaryError when it should be handed in again later
   */
  seen(raw: Uint8Array, envelope: Envelope): Promise<Seen>;
  /** How the watching of mailboxes goes. */
  watching(): Promise<WatchStatus>;
}
