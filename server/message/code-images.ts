/** The pictures of a mail that may hold a code to scan (QR and its like): few, of a size that can be looked at in time. */
import { imageSize } from './image-size.ts';
import type { Message } from './message.ts';
import { readStructure } from './structure.ts';
import { decodeTransfer } from './transfer-encoding.ts';

const MAX_IMAGES = 4;
const MAX_CANDIDATES = 40;
const MAX_BYTES = 3 * 1024 * 1024;
const MAX_PIXELS = 6_000_000;
/** A code of 21 modules with its margin, two pixels each. */
const MIN_SIDE = 58;
const MAX_ASPECT = 5;
/** A mail with more links than these offers its victim something to click; a code stands where links would be. */
const MANY_LINKS = 12;
const PICTURES = new Set(['png', 'jpg', 'gif', 'bmp']);
const SPEAKS_OF_CODES =
  /\bqr\b|\bqr-?code|\bscan(?:n|ne|nen|née|ner|nez|ear|ee|eie|sione|nare)?\b|二维码|扫|扫码|スキャン/i;

export interface CodeImages {
  images: Buffer[];
  /** Some picture was too large, or there were too many. */
  skipped: boolean;
}

const NONE: CodeImages = { images: [], skipped: false };

/** Squares first. @param raw the bytes of that message */
export function codeImages(raw: Uint8Array, message: Message): CodeImages {
  const attached = message.attachments.some((file) => PICTURES.has(file.fileType));
  const written = message.html.includes('data:image/');
  if (!(attached || written) || !maySpeakByCode(message)) return NONE;
  const candidates = [
    ...(attached ? attachedImages(raw) : []),
    ...(written ? writtenImages(message.html) : []),
  ].flatMap((bytes) => {
    const size = imageSize(bytes);
    return size === null ? [] : [{ bytes, ...size }];
  });
  const large = (one: { bytes: Buffer; width: number; height: number }) =>
    one.bytes.length > MAX_BYTES || one.width * one.height > MAX_PIXELS;
  const squareness = (one: { width: number; height: number }) => Math.abs(Math.log(one.width / one.height));
  const fitting = candidates.filter(
    (one) => Math.min(one.width, one.height) >= MIN_SIDE && squareness(one) <= Math.log(MAX_ASPECT),
  );
  const readable = fitting.filter((one) => !large(one)).sort((a, b) => squareness(a) - squareness(b));
  return {
    images: readable.slice(0, MAX_IMAGES).map(({ bytes }) => bytes),
    skipped: fitting.some(large) || readable.length > MAX_IMAGES,
  };
}

function maySpeakByCode(message: Message): boolean {
  let links = 0;
  for (const link of message.links) if (link.host !== '' && link.source !== 'image') links++;
  return links <= MANY_LINKS || SPEAKS_OF_CODES.test(`${message.subject} ${message.visibleText.slice(0, 5_000)}`);
}

function attachedImages(raw: Uint8Array): Buffer[] {
  const { parts } = readStructure(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength));
  return parts
    .filter((part) => !part.contentType.startsWith('text/') && part.contentType !== 'message/rfc822')
    .slice(0, MAX_CANDIDATES)
    .map((part) => decodeTransfer(part.body, part.encoding, MAX_BYTES + 1).bytes);
}

/** Pictures written into the HTML itself, RFC 2397. */
function writtenImages(html: string): Buffer[] {
  const images: Buffer[] = [];
  let at = html.indexOf('data:image/');
  while (at >= 0 && images.length < MAX_CANDIDATES) {
    const comma = html.indexOf(',', at);
    if (comma < 0) break;
    if (comma - at < 60 && html.slice(at, comma).toLowerCase().endsWith(';base64')) {
      let end = comma + 1;
      while (end < html.length && isDataCharacter(html.charCodeAt(end))) end++;
      images.push(Buffer.from(html.slice(comma + 1, Math.min(end, comma + MAX_BYTES * 1.4)), 'base64'));
    }
    at = html.indexOf('data:image/', comma);
  }
  return images;
}

/** Everything up to the quote, bracket or angle that ends the address. */
function isDataCharacter(code: number): boolean {
  return code !== 34 && code !== 39 && code !== 41 && code !== 60 && code !== 62;
}
