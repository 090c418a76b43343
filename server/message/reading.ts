/** A mail read with everything that can be seen of it, codes in its pictures included, and told what was not. */
import { hash } from 'node:crypto';
import { codeImages } from './code-images.ts';
import { LinkList } from './links.ts';
import type { Link, Message } from './message.ts';
import { readMessage } from './parse.ts';

/** The texts of the codes (QR and its like) in a picture (PNG, JPEG, GIF, BMP); [] when there is none. */
export type ReadCodes = (image: Uint8Array) => Promise<readonly string[]>;

export interface Reading {
  message: Message;
  /** Words for `coverage_missing`: `qr`; `message_contents` and which budget broke (`time_budget`, `memory_budget`, `crash`) when only the head was read. */
  unread: string[];
}

/** How long codes are looked for in one mail (ms), pictures already begun included once. */
const CODES_WITHIN_MS = 500;
const MAX_HEAD = 128 * 1024;

/** Never throws for the mail's sake. @param readCodes null: nobody can; @param now a clock in ms */
export async function readMail(raw: Uint8Array, readCodes: ReadCodes | null, now: () => number): Promise<Reading> {
  const message = readMessage(raw);
  const { images, skipped } = codeImages(raw, message);
  const unread = new Set<string>(skipped ? ['qr'] : []);
  const texts: string[] = [];
  const until = now() + CODES_WITHIN_MS;
  for (const image of images) {
    if (readCodes === null || now() > until) unread.add('qr');
    else
      try {
        texts.push(...(await readCodes(image)));
      } catch {
        // A picture that no decoder likes, or a decoder that cannot be loaded.
        unread.add('qr');
      }
  }
  return { message: withCodes(message, texts), unread: [...unread] };
}

/** What can be known of a mail that broke a budget while it was read: its head. */
export function readHead(raw: Uint8Array, over: 'time' | 'memory' | 'crash'): Reading {
  const buffer = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const ends = ['\r\n\r\n', '\n\n'].map((gap) => ({ at: buffer.indexOf(gap), gap })).filter(({ at }) => at >= 0);
  const end = Math.min(MAX_HEAD, buffer.length, ...ends.map(({ at, gap }) => at + gap.length));
  const message = readMessage(buffer.subarray(0, end));
  const sha256 = hash('sha256', raw, 'hex');
  return {
    message: { ...message, sha256, size: raw.byteLength, defects: [...message.defects, 'body_limit'] },
    unread: ['message_contents', over === 'crash' ? 'crash' : `${over}_budget`],
  };
}

/** Links that stand in codes, after the others. */
export function withCodes(message: Message, texts: readonly string[]): Message {
  if (texts.length === 0) return message;
  const codes = new LinkList();
  for (const text of texts) {
    const url = text.trim();
    if (/^(?:https?|mailto|tel|sms|smsto|bitcoin|ethereum|wifi|upi):/i.test(url)) codes.add(url, '', 'qr', true);
    else if (/^www\.|^[a-z0-9-]+(?:\.[a-z0-9-]+)+\/\S*$/i.test(url)) codes.add(`http://${url}`, '', 'qr', true);
  }
  const known = new Set<string>(message.links.map((link: Link) => link.url));
  const fresh = codes.links.filter((link) => !known.has(link.url));
  return fresh.length === 0 ? message : { ...message, links: [...message.links, ...fresh] };
}
