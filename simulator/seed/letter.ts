/** A mail of the demo, before it is bytes. */

/** One piece of a body. Text may hold [words](https://host/path) and **bold**. */
export type Block =
  | string
  | { heading: string }
  | { button: string; href: string }
  | { rows: readonly (readonly [string, string])[] }
  | { quote: string }
  | { small: string }
  /** Content-ID of an inline picture. */
  | { picture: string; alt: string };

export interface Brand {
  name: string;
  /** CSS colours. */
  colour: string;
  ink?: string;
  footer: string;
}

/** How a mail from outside came in. */
export interface Origin {
  /** MX-side name and address of the sending host. */
  host: string;
  ip: string;
  /** RFC 5321.MailFrom; the From address unless told. */
  envelopeFrom?: string;
  spf?: 'pass' | 'fail' | 'softfail' | 'none';
  dkim?: 'pass' | 'fail' | 'none';
  /** Signing domain; the From domain unless told. */
  dkimDomain?: string;
  dmarc?: 'pass' | 'fail' | 'none' | 'bestguesspass';
  /** What the domain asks of failing mail; shows as action. */
  dmarcAction?: 'none' | 'quarantine' | 'reject' | 'oreject';
  country?: string;
  /** Hops before it: `from … by …`, newest first. */
  hops?: readonly string[];
  mailer?: string;
}

export interface Attached {
  name: string;
  type: string;
  content: Buffer;
  /** Makes it inline. */
  contentId?: string;
}

export interface Letter {
  /** Short and unique: the label of its copies, and the root of its ids. */
  name: string;
  from: string;
  /** Local parts of our people who get a copy. */
  to: readonly string[];
  /** The To header, where it does not say who gets a copy. */
  shownTo?: string;
  cc?: string;
  replyTo?: string;
  subject: string;
  body: readonly Block[];
  /** Absent: an ordinary mail as a person types it. */
  brand?: Brand;
  /** Absent: from one of our own people. */
  origin?: Origin;
  /** Before the start of the demo. */
  hoursAgo: number;
  messageId?: string;
  /** Mixed into the Message-ID. */
  salt?: string;
  inReplyTo?: string;
  /** Every recipient gets one of their own: Message-ID, and {first} and {id} in subject and body. */
  personal?: boolean;
  /** Without an HTML part. */
  textOnly?: boolean;
  bulk?: { listId: string; unsubscribe: string };
  importance?: 'high';
  attachments?: readonly Attached[];
  /** A text/calendar part. */
  calendar?: string;
  /** Filter's opinion, in Microsoft's words. */
  filter?: 'NONE' | 'SPM' | 'BULK' | 'PHSH';
  folder?: string;
  /** Share of recipients who have opened it, 0..1; from its age unless told. */
  read?: number;
}
