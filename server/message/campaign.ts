/**
 * Whether two mails belong to one campaign: every recipient has a Message-ID, a greeting and a token in the links of
 * their own, and all else is equal. The same caution as for copies of one mail: likeness never counts, and beyond what
 * sameMail() asks for, links and attachments must be the same sets, for here not even the Message-ID vouches.
 */
import { campaignSimilarity, type Fingerprint, fingerprintOf, sameMail, withoutTags } from './fingerprint.ts';
import { hashOf } from './fingerprint-text.ts';
import { unwrapLink } from './link-targets.ts';
import { foldLink } from './link-tokens.ts';
import type { Message } from './message.ts';
import { MARKER, type Personal, personalOf } from './personal.ts';

/** JSON, below 4 KB. */
export interface CampaignPrint {
  version: 1;
  /** From, Reply-To and subject without what is personal: equal for all mails of a campaign, for other mails as well. */
  key: string;
  /** Fingerprint of the mail without what is personal to its recipient. */
  print: Fingerprint;
}

export type CampaignDifference = 'key' | 'too_short' | 'text' | 'links' | 'attachments';
export type CampaignSameness = { same: true } | { same: false; reason: CampaignDifference; similarity: number };

/** A few words say too little to tell two mails apart that lead nowhere. */
const MIN_LETTERS = 60;
/** A search needs no more of it. */
const MAX_SUBJECT = 500;
const MAX_TOKENS = 20;
const URL = /(?:https?:\/\/|www\.)[^\s<>"']{1,8000}/gi;

/** @param own addresses of the mailbox the mail lies in */
export function campaignPrintOf(message: Message, own: readonly string[]): CampaignPrint {
  const personal = personalOf(message, own);
  const tokens = new Set<string>();
  const links = message.links.map((link) => ({ ...link, target: foldLink(link.target, personal, tokens) }));
  const repeated = repeatedTokens(tokens);
  const print = fingerprintOf(
    {
      ...message,
      subject: foldSubject(message.subject, personal),
      date: null,
      messageId: null,
      links,
      images: message.images.map((image) => ({ ...image, src: foldLink(unwrapLink(image.src), personal) })),
    },
    (line) => foldLine(line, { ...personal, fold: (text) => personal.fold(withoutTokens(text, repeated)) }),
  );
  return { version: 1, key: hashOf(`${print.from} ${print.replyTo} ${print.subject}`), print };
}

/** @param judged the mail the verdict was given on */
export function sameCampaign(judged: CampaignPrint, other: CampaignPrint): CampaignSameness {
  const differs = (reason: CampaignDifference): CampaignSameness => ({
    same: false,
    reason,
    similarity: campaignSimilarity(judged.print, other.print),
  });
  if (judged.version !== 1 || other.version !== 1 || judged.key !== other.key) return differs('key');
  const { print } = judged;
  if (print.length < MIN_LETTERS && print.linkCount === 0 && print.attachmentCount === 0) return differs('too_short');
  if (print.linkSet !== other.print.linkSet) return differs('links');
  if (print.attachmentSet !== other.print.attachmentSet) return differs('attachments');
  return sameMail(print, other.print).same ? { same: true } : differs('text');
}

/** Words of the subject that every mail of the campaign has, at most five, the longest first: what a search may ask for. */
export function fixedSubjectWords(message: Message, own: readonly string[]): string[] {
  const subject = message.subject.slice(0, MAX_SUBJECT);
  const folded = personalOf(message, own).fold(withoutTags(subject)).normalize('NFC');
  // Whole words between blanks: what a search makes of an apostrophe or a hyphen inside is its own affair.
  const words = folded.split(/\s+/).map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''));
  const plain = words.filter((word) => /^[\p{L}\p{M}]{3,40}$/u.test(word) && !/[\u{16a0}-\u{16ff}]/u.test(word));
  return [...new Set(plain.map((word) => word.toLowerCase()))].sort((a, b) => b.length - a.length).slice(0, 5);
}

/** The number of the case that the link opens, said to the reader too; a pattern that finds it in the text, null without one. */
function repeatedTokens(tokens: ReadonlySet<string>): RegExp | null {
  const telling = [...tokens].filter(isCaseNumber).slice(0, MAX_TOKENS);
  return telling.length === 0 ? null : new RegExp(`(?<![\\w-])(?:${telling.join('|')})(?![\\w-])`, 'g');
}

/** Nothing that a pattern reads as more than itself, and no amount or year. */
function isCaseNumber(token: string): boolean {
  if (!/^[a-z\d-]{6,64}$/i.test(token)) return false;
  return /^[\d-]+$/.test(token) ? token.length >= 8 : /\d/.test(token);
}

function withoutTokens(text: string, tokens: RegExp | null): string {
  return tokens === null ? text : text.replace(tokens, MARKER);
}

/** Numbers of invoices and parcels count up. */
function foldSubject(subject: string, personal: Personal): string {
  return personal.fold(subject).replace(/[\p{L}\p{N}-]+/gu, (word) => (/\p{N}/u.test(word) ? '0' : word));
}

function foldLine(line: string, personal: Personal): string {
  if (!/:\/\/|www\./i.test(line)) return personal.fold(line);
  let out = '';
  let end = 0;
  for (const match of line.matchAll(URL)) {
    const url = withoutStops(match[0]);
    out += `${personal.fold(line.slice(end, match.index))}${foldLink(unwrapLink(url), personal)}`;
    end = match.index + url.length;
  }
  return out + personal.fold(line.slice(end));
}

/** By hand: a pattern that looks for stops at the end would try again at every stop of a hostile address. */
function withoutStops(url: string): string {
  let end = url.length;
  while (end > 0 && '.,;:!?)]'.includes(url[end - 1] as string)) end--;
  return url.slice(0, end);
}
