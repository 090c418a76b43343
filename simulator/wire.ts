/** What goes over the wire: a request read, an answer to be written. */
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  /** JSON. */
  body?: unknown;
  /** Bytes as they are, instead of JSON; `content-type` is among the headers. */
  bytes?: Buffer;
}

/** The answer that never arrives: the connection is reset, or nothing is said at all. */
export interface Lost {
  lost: 'reset' | 'silence';
}

/** Whole request body. Bounded, because a client under test may loop. @throws RangeError above the limit */
export async function readBody(request: IncomingMessage, limitBytes = 64 * 1024 * 1024): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limitBytes) throw new RangeError('request body too large');
    chunks.push(chunk);
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}

/** @param response whose connection is destroyed, or left open without a word, when the answer is lost */
export function writeAnswer(response: ServerResponse, answer: Answer | Lost): void {
  if ('lost' in answer) {
    if (answer.lost === 'reset') response.socket?.resetAndDestroy();
    return;
  }
  const bytes = answer.bytes ?? (answer.body === undefined ? null : Buffer.from(JSON.stringify(answer.body)));
  const headers: Record<string, string | number> = { 'cache-control': 'no-store', ...answer.headers };
  if (bytes !== null) {
    headers['content-type'] ??= 'application/json; charset=utf-8';
    headers['content-length'] = bytes.length;
  }
  response.writeHead(answer.status, headers);
  response.end(bytes ?? undefined);
}

export function json(status: number, body: unknown): Answer {
  return { status, body };
}
