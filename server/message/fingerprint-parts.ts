/** Links and attachments as a fingerprint holds them. */
import { hashOf, lettersOf } from './fingerprint-text.ts';
import { unwrapLink } from './link-targets.ts';
import type { Attachment, Message } from './message.ts';
import { normalUrl } from './normal-url.ts';

/** Hashes of what the shown body points to or loads, sorted, each once. */
export function linkKeys(message: Message): string[] {
  const keys = new Set<string>();
  for (const link of message.links) {
    // Links of a text alternative that nobody is shown come and go with it.
    if (link.source === 'attachment' || (link.source === 'text' && !link.visible)) continue;
    addUrl(keys, link.target);
  }
  for (const image of message.images) {
    if (!/^cid:/i.test(image.src)) addUrl(keys, unwrapLink(image.src));
  }
  return [...keys].sort();
}

function addUrl(keys: Set<string>, url: string): void {
  const normal = normalUrl(url);
  if (normal !== '') keys.add(hashOf(normal));
}

/** Kind letter and hash of every attachment, sorted. */
export function attachmentKeys(message: Message): string[] {
  return message.attachments
    .filter((attachment) => attachment.size > 0)
    .map(attachmentKey)
    .sort();
}

const IMAGES = new Set('png jpg gif bmp tif webp ico'.split(' '));

function attachmentKey(attachment: Attachment): string {
  const { fileType, contentType } = attachment;
  if (/pkcs7-signature|pgp-signature/.test(contentType)) return `s${hashOf(attachment.sha256)}`;
  // Line ends and charsets of text, and all headers of messages, are rewritten on the way.
  if (fileType === 'eml')
    return `o${hashOf(`${lettersOf(attachment.text)} ${[...attachment.entries].sort().join(' ')}`)}`;
  const { text } = attachment;
  if (text !== '' && text.length < 200_000) {
    return fileType === 'txt' ? `t${hashOf(lettersOf(text))}` : `o${hashOf(text.replace(/\r\n?/g, '\n').trimEnd())}`;
  }
  return `${IMAGES.has(fileType) && attachment.inline ? 'i' : 'o'}${hashOf(attachment.sha256)}`;
}

export function setHash(keys: readonly string[]): string {
  return hashOf(keys.join(','));
}

/** Both sorted or not; duplicates count. */
export function isSubset(part: readonly string[], whole: readonly string[]): boolean {
  const counts = new Map<string, number>();
  for (const key of whole) counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const key of part) {
    const left = counts.get(key) ?? 0;
    if (left === 0) return false;
    counts.set(key, left - 1);
  }
  return true;
}
