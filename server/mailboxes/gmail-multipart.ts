/**
 * Many requests as one multipart/mixed body, and the answers out of another (RFC 2046; each part is application/http).
 * @see https://developers.google.com/workspace/gmail/api/guides/batch
 */
import type { Answer } from './answer.ts';
import { jsonOf } from './exchange.ts';

export interface Part {
  method: string;
  /** Starts with `/`. */
  path: string;
  token: string;
  /** JSON. */
  body: string | null;
}

/** @param boundary characters that stand in no part */
export function multipartOf(parts: readonly Part[], boundary: string): string {
  const texts = parts.map(({ method, path, token, body }, at) => {
    const content =
      body === null ? '' : `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`;
    const head = `--${boundary}\r\nContent-Type: application/http\r\nContent-ID: <item${at}>\r\n\r\n`;
    return `${head}${method} ${path} HTTP/1.1\r\nAuthorization: Bearer ${token}\r\n${content}\r\n${body ?? ''}\r\n`;
  });
  return `${texts.join('')}--${boundary}--\r\n`;
}

/** One answer a part, in the order of the parts: they come in any order, so the Content-ID tells; null where none came. */
export function answersIn(contentType: string, bytes: Uint8Array, count: number): (Answer | null)[] {
  const answers = new Array<Answer | null>(count).fill(null);
  const [, quoted, bare] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? bare;
  if (!boundary) return answers;
  // Byte by byte, so that positions stay true whatever the encoding; each body is decoded for itself.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  for (const piece of `\r\n${text}`.split(`\r\n--${boundary}`).slice(1)) {
    const [envelope, inner] = halves(piece);
    const [, at] = /^content-id:\s*<?response-item(\d+)>?\s*$/im.exec(envelope) ?? [];
    const answer = at === undefined ? null : answerIn(inner);
    if (answer && Number(at) < count) answers[Number(at)] = answer;
  }
  return answers;
}

function answerIn(text: string): Answer | null {
  const [head, body] = halves(text);
  const [line = '', ...fields] = head.split('\r\n');
  const [, status] = /^HTTP\/\d(?:\.\d)? (\d{3})\b/.exec(line) ?? [];
  if (status === undefined) return null;
  const headers: Record<string, string> = {};
  for (const field of fields) {
    const colon = field.indexOf(':');
    if (colon > 0) headers[field.slice(0, colon).trim().toLowerCase()] = field.slice(colon + 1).trim();
  }
  return { status: Number(status), headers, body: jsonOf(Buffer.from(body, 'latin1')) };
}

/** What stands before and after the first empty line. */
function halves(text: string): [string, string] {
  const start = text.startsWith('\r\n') ? 2 : 0;
  const end = text.indexOf('\r\n\r\n', start);
  return end < 0 ? [text.slice(start), ''] : [text.slice(start, end), text.slice(end + 4)];
}
