/** What the rest of the house knows of one mail. Made by parse.ts from any bytes; never thrown at, only `defects` grow. */
export interface Message {
  /** SHA-256 of the raw bytes, lower-case hex. */
  sha256: string;
  /** Length of the raw bytes. */
  size: number;
  /** Top-level header fields in order of appearance, unfolded, name as written, value decoded to Unicode (RFC 2047). */
  headers: HeaderField[];
  /**
   * RFC 5322.From: every address of every From field, [] when none could be read. A field without any address gives its
   * text as `address` with domain ''. A name that stands alone before an address is joined to it (`bad_from`).
   */
  headerFrom: Address[];
  /** RFC 5322.Sender, Reply-To, To, Cc. */
  sender: Address | null;
  replyTo: Address[];
  to: Address[];
  cc: Address[];
  /** RFC 5321.MailFrom as the receiver noted it in Return-Path; null when unknown, `''` for the null sender `<>`. */
  envelopeFrom: string | null;
  /** With its <>; null when absent. Chosen by the sender, so never a key. */
  messageId: string | null;
  subject: string;
  /** Date field; null when absent or unreadable. */
  date: Date | null;
  /** Received fields, newest first. */
  received: ReceivedHop[];
  /** All text/plain bodies that are shown, joined. At most 1,000,000 characters. */
  text: string;
  /** All text/html bodies that are shown, joined, as written. At most 2,000,000 characters. */
  html: string;
  /** What a reader sees: the HTML without hidden parts (or the text when there is no HTML), white space folded. */
  visibleText: string;
  /** Text a reader does not see: display:none, zero size, same colour as background. */
  hiddenText: string;
  /** Links of HTML and text bodies, in order, duplicates kept once; at most 2,000. */
  links: Link[];
  /** Images the HTML refers to, remote or cid. */
  images: { src: string; alt: string; linked: boolean }[];
  /** Forms in the HTML: where they post to and whether they ask for a password. */
  forms: { action: string; password: boolean }[];
  attachments: Attachment[];
  /** List-Id, List-Unsubscribe(-Post), Precedence, Feedback-ID, Auto-Submitted as written; absent fields are null. */
  list: ListHeaders;
  /** S/MIME or PGP on the message itself. Signed is not encrypted. */
  encryption: 'none' | 'smime' | 'pgp' | 'rpmsg';
  signed: boolean;
  /** MIME structure, such as `multipart/alternative(text/plain,text/html)`, at most 500 characters. */
  structure: string;
  /** What was wrong with the bytes, such as `no_from`, `duplicate_from`, `nesting_limit`, `truncated_text`, `bad_encoding`. */
  defects: string[];
}

export interface HeaderField {
  name: string;
  value: string;
}

export interface Address {
  /** Display name, decoded; '' when none. */
  name: string;
  /** local@domain, domain lower-case (A-label form kept as written); the raw token when it does not parse. */
  address: string;
  /** Part after the last @, lower case; '' when there is none. */
  domain: string;
}

export interface ReceivedHop {
  /** Host in `from`, `by`; null when not given. */
  from: string | null;
  by: string | null;
  /** Client address literal, when one is given. */
  ip: string | null;
  date: Date | null;
  raw: string;
}

export interface Link {
  /** Absolute URL as written, entities decoded, trimmed; after unwrapping of rewriters in `target`. */
  url: string;
  /** The real target when a known rewriter (Safe Links, URL Defense, Google redirect ...) wraps it, else the same as url. */
  target: string;
  /** Host of the target, lower case, punycode; '' when there is none (mailto:, tel:, broken). */
  host: string;
  /** What the reader sees as the link; '' for an image link without alt. */
  text: string;
  /** Where it stood. */
  source: 'html' | 'text' | 'image' | 'form' | 'attachment' | 'qr';
  visible: boolean;
}

export interface Attachment {
  /** Decoded file name; '' when none. */
  filename: string;
  /** Content-Type as declared, lower case, without parameters. */
  contentType: string;
  /** True type: a file-type or own sniffer word such as `pdf`, `zip`, `exe`, `lnk`, `html`, `svg`, `ics`, `eml`, `docm`, `unknown`. */
  fileType: string;
  size: number;
  sha256: string;
  inline: boolean;
  contentId: string | null;
  /** Runs when opened: program, script, shortcut, installer, disk image (by bytes or by name). */
  executable: boolean;
  /** Office document with macros. */
  macros: boolean;
  /** The file itself, or an entry of it, cannot be opened without a password. */
  encrypted: boolean;
  /** Names of what is inside an archive, nested ones as `outer.zip/inner.exe`; at most 1,000. */
  entries: string[];
  /** Something in the archive is executable by bytes or name. */
  containsExecutable: boolean;
  /** Text of html, svg, ics, eml and text attachments, at most 200,000 characters; '' otherwise. */
  text: string;
  /** Why a look inside ended early, such as `too_large`, `too_deep`, `broken`. */
  limits: string[];
}

export interface ListHeaders {
  id: string | null;
  unsubscribe: string | null;
  unsubscribePost: string | null;
  precedence: string | null;
  feedbackId: string | null;
  autoSubmitted: string | null;
}
