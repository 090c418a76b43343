/**
 * Whether two copies are the same mail, although hosts, gateways and receivers rewrote headers, encodings, links and
 * footers. Safe by construction: the judged mail is the attacker's, the other one may be a legitimate mail whose
 * Message-ID, sender, date, subject and words they borrowed. So likeness never counts; what a reader is told, where it
 * points and what is attached must be equal, and only additions that gateways make may differ.
 */
import { attachmentKeys, isSubset, linkKeys, setHash } from './fingerprint-parts.ts';
import {
  type BodyText,
  hashOf,
  type Line,
  lettersOf,
  printText,
  readHtmlLines,
  readTextLines,
} from './fingerprint-text.ts';
import { readHtml } from './html-reading.ts';
import type { Message } from './message.ts';
import { packMinHash, shinglesOf, similarity } from './min-hash.ts';
import { normalise } from './normalise.ts';

const MAX_LISTED_LINKS = 100;
const MAX_LISTED_ATTACHMENTS = 20;
/** Logos, pixels and unsubscribe links of a footer. */
const MAX_ADDED_LINKS = 10;
const MAX_ADDED_ATTACHMENTS = 3;
const UNREAD = new Set(['truncated_text', 'part_limit', 'nesting_limit', 'message_limit', 'attachment_too_large']);

const MAX_UNREAD_TEXT = 100_000;

/** JSON, below 4 KB. Hashes are 72 bits in 12 characters of base64url. */
export interface Fingerprint {
  version: 1;
  messageId: string | null;
  /** Seconds since 1970. */
  date: number | null;
  /** Addresses, sorted, hashed. */
  from: string;
  /** '' when there is none. */
  replyTo: string;
  subject: string;
  /** All letters of the shown body. */
  text: string;
  length: number;
  /** Bodies without lines that somebody may have added, concatenated hashes. */
  cores: string;
  /** The same, where what is removed is certainly a gateway's. */
  ownCores: string;
  /** A plain-text alternative that does not say what the HTML says; '' when there is none. */
  oddText: string;
  /** Links and remote images, concatenated hashes: at most 100, sorted; longer sets have only `linkSet`. */
  links: string;
  linkSet: string;
  linkCount: number;
  /** Kind and hash: `i` image, `t` text, `s` signature, `o` other; at most 20, sorted. */
  attachments: string[];
  attachmentSet: string;
  attachmentCount: number;
  /** 64 values of 16 bits over shingles of 5 words, base64; '' for an empty text. */
  minHash: string;
}

/**
 * Pure and cheap: a few passes over the text.
 * @param foldLine what a line of the body counts as; campaign.ts leaves out what is personal to a recipient
 */
export function fingerprintOf(message: Message, foldLine?: (text: string) => string): Fingerprint {
  const unread = message.defects.some((defect) => UNREAD.has(defect));
  // Of what cannot be compared anyway, the beginning is enough for likeness.
  const read = unread ? readTextLines(message.visibleText.slice(0, MAX_UNREAD_TEXT)) : readBody(message);
  const body = foldLine ? { ...read, lines: read.lines.map((line) => folded(line, foldLine)) } : read;
  const { lines } = body;
  const print = printText(body);

  const links = linkKeys(message);
  const attachments = attachmentKeys(message);
  return {
    version: 1,
    messageId: message.messageId,
    date: message.date === null ? null : Math.floor(message.date.getTime() / 1000),
    from: addressesHash(message.headerFrom),
    replyTo: message.replyTo.length === 0 ? '' : addressesHash(message.replyTo),
    subject: hashOf(lettersOf(withoutTags(message.subject))),
    // What could not be read to its end is the same only byte for byte.
    text: unread ? hashOf(message.sha256) : print.full,
    length: print.length,
    cores: unread ? '' : print.cores.join(''),
    ownCores: unread ? '' : print.ownCores.join(''),
    oddText: oddTextHash(message, read.lines, foldLine),
    links: links.length > MAX_LISTED_LINKS ? '' : links.join(''),
    linkSet: setHash(links),
    linkCount: links.length,
    attachments: attachments.length > MAX_LISTED_ATTACHMENTS ? [] : attachments,
    attachmentSet: setHash(attachments),
    attachmentCount: attachments.length,
    minHash: packMinHash(shinglesOf(lines.map((line) => line.text).join('\n'))),
  };
}

export type Difference =
  | 'version'
  | 'empty'
  | 'from'
  | 'date'
  | 'message_id'
  | 'reply_to'
  | 'subject'
  | 'text'
  | 'text_alternative'
  | 'links'
  | 'attachments';

export type Sameness = { same: true; reason: 'identical' | 'rewritten' } | { same: false; reason: Difference };

/**
 * @param judged the mail the verdict was given on: everything harmful in it must also be in the other
 * @param other a copy somebody has; it may carry a gateway's additions
 */
export function sameMail(judged: Fingerprint, other: Fingerprint): Sameness {
  if (judged.version !== 1 || other.version !== 1) return differs('version');
  // Nothing in it: nothing by which another mail could be told to be it.
  if (judged.length === 0 && judged.linkCount === 0 && judged.attachmentCount === 0) return differs('empty');
  if (judged.from !== other.from) return differs('from');
  if (judged.date !== null && other.date !== null && judged.date !== other.date) return differs('date');
  // Some gateways replace the Message-ID; then the date has to vouch for it.
  if (judged.messageId !== other.messageId && (judged.date === null || other.date === null))
    return differs('message_id');
  // Mailing lists add a Reply-To; one that only the judged mail has is where its answers are stolen.
  if (judged.replyTo !== '' && judged.replyTo !== other.replyTo) return differs('reply_to');
  if (judged.subject !== other.subject) return differs('subject');
  const text = sameText(judged, other);
  if (!text) return differs('text');
  if (judged.oddText !== '' && judged.oddText !== other.oddText) return differs('text_alternative');
  if (!sameLinks(judged, other)) return differs('links');
  if (!sameAttachments(judged, other)) return differs('attachments');
  const identical =
    judged.text === other.text && judged.linkSet === other.linkSet && judged.attachmentSet === other.attachmentSet;
  return { same: true, reason: identical ? 'identical' : 'rewritten' };
}

/** How alike two texts are, 0 to 1 (estimated Jaccard index of 5-word shingles): for campaigns, never for sameness. */
export function campaignSimilarity(a: Fingerprint, b: Fingerprint): number {
  return similarity(a.minHash, b.minHash);
}

function differs(reason: Difference): Sameness {
  return { same: false, reason };
}

/** A few letters stand at the end of many mails. */
const MIN_LETTERS = 10;

/** The other text may have lines added at its ends; the judged one only what is certainly a gateway's. */
function sameText(judged: Fingerprint, other: Fingerprint): boolean {
  if (judged.text === other.text) return true;
  // Next to no words of its own: then only a gateway's may stand around them.
  const others = new Set(hashes(judged.length < MIN_LETTERS ? other.ownCores : other.cores));
  if (others.has(judged.text)) return true;
  return hashes(judged.ownCores).some((core) => core === other.text || others.has(core));
}

function hashes(joined: string): string[] {
  return joined.match(/.{12}/g) ?? [];
}

function sameLinks(judged: Fingerprint, other: Fingerprint): boolean {
  if (judged.linkSet === other.linkSet) return true;
  if (judged.linkCount > MAX_LISTED_LINKS || other.linkCount > MAX_LISTED_LINKS) return false;
  return isSubset(hashes(judged.links), hashes(other.links)) && other.linkCount - judged.linkCount <= MAX_ADDED_LINKS;
}

function sameAttachments(judged: Fingerprint, other: Fingerprint): boolean {
  if (judged.attachmentSet === other.attachmentSet) return true;
  if (judged.attachmentCount > MAX_LISTED_ATTACHMENTS || other.attachmentCount > MAX_LISTED_ATTACHMENTS) return false;
  if (!isSubset(judged.attachments, other.attachments)) return false;
  const known = new Set(judged.attachments);
  const added = other.attachments.filter((key) => !known.has(key));
  return added.length <= MAX_ADDED_ATTACHMENTS && added.every((key) => !key.startsWith('o'));
}

function readBody(message: Message): BodyText {
  if (message.html === '') return readTextLines(message.text);
  const body = readHtmlLines(message.html);
  const beside = message.text === '' ? '' : message.visibleText.slice(readHtml(message.html).visible.length);
  if (beside === '') return body;
  // Text parts that are shown below the HTML: what list servers append, or a whole second message.
  return { ...body, lines: [...body.lines, ...readTextLines(beside).lines] };
}

/**
 * Exchange writes the plain-text alternative anew from the HTML, so it is not compared, unless it says something else
 * and leads elsewhere: a lure could stand only there.
 */
function oddTextHash(message: Message, lines: readonly Line[], foldLine?: (text: string) => string): string {
  if (message.html === '' || message.text === '') return '';
  const words = wordsOf(message.text.slice(0, 200_000));
  const said = new Set(lines.flatMap((line) => wordsOf(line.text)));
  const foreign = words.filter((word) => !said.has(word));
  if (foreign.length <= words.length * 0.4) return '';
  const hosts = new Set(message.links.filter((link) => link.source !== 'text').map((link) => link.host));
  const leadsElsewhere =
    message.links.some((link) => link.source === 'text' && !hosts.has(link.host)) ||
    foreign.some((word) => /\d{5}/.test(word));
  if (!leadsElsewhere) return '';
  return hashOf(lettersOf(foldLine ? message.text.split('\n').map(foldLine).join('\n') : message.text));
}

function folded(line: Line, foldLine: (text: string) => string): Line {
  const text = foldLine(line.text);
  return text === line.text ? line : { ...line, text, letters: lettersOf(text) };
}

function wordsOf(text: string): string[] {
  return (
    normalise(text)
      .replace(/https?:\/\/\S+/gi, ' ')
      .toLowerCase()
      .match(/[\p{L}\p{N}]{2,}/gu) ?? []
  );
}

function addressesHash(addresses: readonly { address: string }[]): string {
  return hashOf(
    addresses
      .map((address) => address.address.toLowerCase())
      .sort()
      .join(','),
  );
}

/** `[EXTERNAL] [list] ***SPAM*** Subject`: marks that gateways and lists put in front. */
export function withoutTags(subject: string): string {
  let rest = normalise(subject).trim();
  for (let i = 0; i < 5; i++) {
    const cut = rest.replace(
      /^(?:\[[^\]]{1,40}\]|\{[^}]{1,40}\}|\*{2,5}[^*]{1,40}\*{2,5}|(?:external|extern|externe|caution|spam|suspected spam)\s{0,3}:)\s*/i,
      '',
    );
    if (cut === rest) break;
    rest = cut;
  }
  return rest;
}
