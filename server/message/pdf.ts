/** PDF: whether it is encrypted and where its links lead; objects are searched, not interpreted. */
import { constants, inflateSync } from 'node:zlib';
import type { UnpackBudget } from './unpack-budget.ts';

const MAX_STREAMS = 100;
const MAX_STREAM_BYTES = 2 * 1024 * 1024;
const MAX_LINKS = 200;

export interface PdfReading {
  encrypted: boolean;
  links: string[];
}

export function readPdf(bytes: Buffer, budget: UnpackBudget): PdfReading {
  const text = bytes.toString('latin1');
  const encrypted = /\/Encrypt\s{0,5}(?:\d{1,9}\s{1,5}\d{1,5}\s{1,5}R|<<)/.test(text);
  const links: string[] = [];
  collectLinks(text, links);
  // Links of newer files stand in compressed object streams; with encryption nothing can be read.
  if (!encrypted) for (const stream of objectStreams(bytes, text, budget)) collectLinks(stream, links);
  return { encrypted, links };
}

function collectLinks(text: string, links: string[]): void {
  for (const match of text.matchAll(/\/URI\s{0,5}(?:\(((?:[^()\\]|\\.){1,2000})\)|<([0-9A-Fa-f\s]{2,4000})>)/gs)) {
    if (links.length >= MAX_LINKS) return;
    const url =
      match[2] === undefined
        ? unescaped(match[1] as string)
        : Buffer.from(match[2].replace(/\s+/g, ''), 'hex').toString('latin1');
    if (/^(?:https?|mailto|ftp):/i.test(url)) links.push(url);
  }
}

function unescaped(text: string): string {
  return text.replace(/\\(\r\n|[\s\S])/g, (_, char: string) => (char === '\n' || char === '\r\n' ? '' : char));
}

function* objectStreams(bytes: Buffer, text: string, budget: UnpackBudget): Generator<string> {
  let streams = 0;
  let at = text.indexOf('/ObjStm');
  while (at >= 0 && streams++ < MAX_STREAMS) {
    const start = text.indexOf('stream', at);
    if (start < 0) return;
    const data = start + 6 + (text[start + 6] === '\r' ? 2 : 1);
    const end = text.indexOf('endstream', data);
    const packed = bytes.subarray(data, end < 0 ? bytes.length : end);
    const finishFlush = constants.Z_SYNC_FLUSH;
    // Another filter, a broken stream or one too large: its links stay unknown.
    const out = budget.unpack(MAX_STREAM_BYTES, (maxOutputLength) =>
      inflateSync(packed, { maxOutputLength, finishFlush }),
    );
    if (out !== null) yield out.toString('latin1');
    at = text.indexOf('/ObjStm', data);
  }
}
