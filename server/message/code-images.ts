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
/** Codes are square, and so are pictures of nothing else than a code. */
const SQUARE = Math.log(1.15);
const SMALL = 320 * 320;
/** A mail with more links than these offers its victim something to click; a code stands where links would be. */
const MANY_LINKS = 3;
/** Characters; a mail of fewer is a picture of a letter, the code somewhere in it. */
const LITTLE_TEXT = 200;
const PICTURES = new Set(['png', 'jpg', 'gif', 'bmp']);
const SPEAKS_OF_CODES =
  /\bqr\b|\bqr-?code|\bscan(?:n|ne|nen|née|ner|nez|ear|ee|eie|sione|nare)?\b|二维码|扫|扫码|スキャン/i;

export interface CodeImages {
  images: Buffer[];
  /** Some picture was too large, or there were too many. */
  skipped: boolean;
}

const NONE: CodeImages = { images: [], skipped: false };

interface Candidate {
  bytes: Buffer;
  /** Logarithm of the longer side over the shorter: 0 for a square. */
  oblong: number;
  shorter: number;
  pixels: number;
}

/**
 * Squares first. Looking takes ten to fifty times as long as reading the mail, so that only those are chosen that stand
 * where a code would: any picture when the words speak of scanning; else, in a mail of few links, squares and, where
 * there is hardly any text, whole letters as a picture (of GIFs only small squares: letters as GIF were the fashion of
 * other days).
 * @param raw the bytes of that message
 */
export function codeImages(raw: Uint8Array, message: Message): CodeImages {
  const attached = message.attachments.some((file) => PICTURES.has(file.fileType));
  const written = message.html.includes('data:image/');
  if (!attached && !written) return NONE;
  const speaks = SPEAKS_OF_CODES.test(`${message.subject} ${message.visibleText.slice(0, 5_000)}`);
  if (!speaks && countLinks(message) > MANY_LINKS) return NONE;
  const silent = message.visibleText.length < LITTLE_TEXT;
  const stands = ({ bytes, oblong, pixels }: Candidate) =>
    speaks || (bytes[0] === GIF_BEGINS ? silent && oblong <= SQUARE && pixels <= SMALL : silent || oblong <= SQUARE);
  const fitting = [...(attached ? attachedImages(raw) : []), ...(written ? writtenImages(message.html) : [])]
    .map(candidate)
    .filter((one) => one !== null)
    .filter((one) => one.shorter >= MIN_SIDE && one.oblong <= Math.log(MAX_ASPECT) && stands(one));
  const readable = fitting
    .filter((one) => one.bytes.length <= MAX_BYTES && one.pixels <= MAX_PIXELS)
    .sort((a, b) => a.oblong - b.oblong);
  return {
    images: readable.slice(0, MAX_IMAGES).map(({ bytes }) => bytes),
    skipped: readable.length < fitting.length || readable.length > MAX_IMAGES,
  };
}

const GIF_BEGINS = 'G'.charCodeAt(0);

function candidate(bytes: Buffer): Candidate | null {
  const size = imageSize(bytes);
  if (size === null || size.width === 0 || size.height === 0) return null;
  const { width, height } = size;
  return {
    bytes,
    oblong: Math.abs(Math.log(width / height)),
    shorter: Math.min(width, height),
    pixels: width * height,
  };
}

function countLinks(message: Message): number {
  let links = 0;
  for (const link of message.links) if (link.host !== '' && link.source !== 'image') links++;
  return links;
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
