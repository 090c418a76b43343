/** A letter's body as MIME: text and HTML in quoted-printable, pictures and files around them. */
import { digits } from './chance.ts';
import { htmlOf, textOf } from './html.ts';
import type { Attached, Letter } from './letter.ts';

export interface Part {
  headers: string[];
  /** CRLF lines. */
  body: string;
}

/** The smallest structure that holds what the letter has. */
export function bodyPart(letter: Letter): Part {
  const { name } = letter;
  const inline = (letter.attachments ?? []).filter((file) => file.contentId !== undefined);
  const files = (letter.attachments ?? []).filter((file) => file.contentId === undefined);
  const texts = [textPart('plain', textOf(letter))];
  if (!letter.textOnly) texts.push(textPart('html', htmlOf(letter)));
  if (letter.calendar) texts.push(textPart('calendar', letter.calendar, '; method=REQUEST'));
  let part = texts.length === 1 ? texts[0]! : multipart('alternative', texts, `${name}|a`);
  if (inline.length > 0) part = multipart('related', [part, ...inline.map(filePart)], `${name}|r`);
  return files.length > 0 ? multipart('mixed', [part, ...files.map(filePart)], `${name}|m`) : part;
}

function multipart(kind: string, parts: readonly Part[], salt: string): Part {
  const boundary = `_000_${digits(salt, 32)}_`;
  const inner = parts.map((part) => `--${boundary}\r\n${part.headers.join('\r\n')}\r\n\r\n${part.body}\r\n`);
  return {
    headers: [`Content-Type: multipart/${kind};\r\n\tboundary="${boundary}"`],
    body: `${inner.join('')}--${boundary}--\r\n`,
  };
}

function textPart(subtype: string, text: string, more = ''): Part {
  return {
    headers: [`Content-Type: text/${subtype}; charset="utf-8"${more}`, 'Content-Transfer-Encoding: quoted-printable'],
    body: quotedPrintable(text),
  };
}

function filePart({ name, type, content, contentId }: Attached): Part {
  const place = contentId ? 'inline' : 'attachment';
  return {
    headers: [
      `Content-Type: ${type}; name="${name}"`,
      `Content-Disposition: ${place}; filename="${name}"; size=${content.length}`,
      ...(contentId ? [`Content-ID: <${contentId}>`] : []),
      'Content-Transfer-Encoding: base64',
    ],
    body: (content.toString('base64').match(/.{1,76}/g) ?? []).join('\r\n'),
  };
}

/** RFC 2045 section 6.7; lines of at most 76 characters. */
export function quotedPrintable(text: string): string {
  return text.split(/\r?\n/).map(encodeLine).join('\r\n');
}

function encodeLine(line: string): string {
  const bytes = [...Buffer.from(line)];
  const tokens = bytes.map((byte, i) => {
    const last = i === bytes.length - 1;
    const literal = (byte >= 33 && byte <= 126 && byte !== 61) || ((byte === 32 || byte === 9) && !last);
    return literal ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  });
  let [out, length] = ['', 0];
  for (const token of tokens) {
    if (length + token.length > 75) {
      out += '=\r\n';
      length = 0;
    }
    out += token;
    length += token.length;
  }
  return out;
}
