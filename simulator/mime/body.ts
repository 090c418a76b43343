/** The body of a message as Graph shows it: HTML where there is one, else text. */
import { headerOf } from './header.ts';

export interface Body {
  contentType: 'html' | 'text';
  content: string;
}

/** Depth-first; the first HTML part wins, then the first text part. */
export function bodyOf(eml: Buffer): Body {
  const parts = leaves(eml, 0);
  const html = parts.find((part) => part.type === 'text/html');
  const text = parts.find((part) => part.type === 'text/plain');
  if (html) return { contentType: 'html', content: html.content };
  return { contentType: 'text', content: text?.content ?? '' };
}

/** The first 255 characters of the text, white space collapsed, as Graph does. */
export function previewOf(body: Body): string {
  const text =
    body.contentType === 'text'
      ? body.content
      : body.content
          .replace(/<(style|script|title)\b.*?<\/\1>/gis, ' ')
          .replace(/<[^>]*>/g, ' ')
          .replace(/&nbsp;/g, ' ')
          .replace(/&lt;/g, '<')
          .replace(/&gt;/g, '>')
          .replace(/&quot;/g, '"')
          .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Math.min(Number(code), 0x10ffff)))
          .replace(/&amp;/g, '&');
  return text.replace(/\s+/g, ' ').trim().slice(0, 255);
}

function leaves(part: Buffer, depth: number): { type: string; content: string }[] {
  const header = headerOf(part);
  const first = (name: string) => header.fields.find((field) => field.name.toLowerCase() === name)?.value ?? '';
  const type = first('content-type') || 'text/plain';
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
  const body = part.subarray(header.bodyStart);
  if (/^multipart\//i.test(type) && boundary && depth < 10)
    return splitMultipart(body, boundary).flatMap((inner) => leaves(inner, depth + 1));
  if (!/^text\//i.test(type) || /^attachment/i.test(first('content-disposition'))) return [];
  const bytes = decodeTransfer(body, first('content-transfer-encoding'));
  return [{ type: type.split(';')[0]!.trim().toLowerCase(), content: decodeCharset(bytes, type) }];
}

export function splitMultipart(body: Buffer, boundary: string): Buffer[] {
  const pieces = body
    .toString('latin1')
    .split(new RegExp(`(?:^|\\r?\\n)--${literal(boundary)}(?:--)?[ \\t]*(?:\\r?\\n|$)`));
  return pieces.slice(1, -1).map((piece) => Buffer.from(piece, 'latin1'));
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

export function decodeTransfer(body: Buffer, encoding: string): Buffer {
  switch (encoding.trim().toLowerCase()) {
    case 'base64':
      return Buffer.from(body.toString('latin1'), 'base64');
    case 'quoted-printable':
      return Buffer.from(
        body
          .toString('latin1')
          .replace(/=\r?\n/g, '')
          .replace(/=([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16))),
        'latin1',
      );
    default:
      return body;
  }
}

function decodeCharset(bytes: Buffer, type: string): string {
  const charset = /charset="?([^";\s]+)"?/i.exec(type)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}
