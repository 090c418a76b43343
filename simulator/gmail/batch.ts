/** `POST /batch/gmail/v1`: up to 100 requests as multipart/mixed, each with an Authorization of its own, answered in any order. */
import { randomUUID } from 'node:crypto';
import { answerGoogle, type GoogleRequest, type GoogleWorld, malformed } from '../google-api/answer.ts';
import { badToken, GoogleRefusal, invalidArgument, refusalAnswer } from '../google-api/errors.ts';
import type { Answer, Lost } from '../wire.ts';
import { gmailRoutes } from './routes.ts';

const largest = 100;
const atATime = 8;
let batches = 0;

interface Part {
  contentId: string | null;
  request: GoogleRequest;
}

/**
 * The outer status is 200 even when parts failed. A part whose answer is lost loses the answer of the whole batch, after
 * the other parts were carried out.
 * @param outer headers of the batch; its Authorization goes for the parts that have none
 * @throws GoogleRefusal 400
 */
export async function answerBatch(
  world: GoogleWorld,
  outer: Record<string, string | undefined>,
  body: Buffer,
): Promise<Answer | Lost> {
  const number = ++batches;
  const parts = readParts(outer, body, number);
  const answers: { contentId: string | null; answer: Answer }[] = [];
  let lost: Lost | null = null;
  let next = 0;
  const lane = async () => {
    while (next < parts.length) {
      const { contentId, request } = parts[next++]!;
      const answer = mayCross(world, outer, request)
        ? await answerGoogle(world, gmailRoutes, request)
        : refusalAnswer(badToken());
      if ('lost' in answer) lost ??= answer;
      else answers.push({ contentId, answer });
    }
  };
  await Promise.all(Array.from({ length: Math.min(atATime, parts.length) }, lane));
  if (lost) return lost;
  const boundary = `batch_${randomUUID().replaceAll('-', '')}`;
  const text = shuffled(answers, world.random).map(({ contentId, answer }) => partText(contentId, answer));
  const bytes = Buffer.from(`${text.map((part) => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--\r\n`);
  return { status: 200, headers: { 'content-type': `multipart/mixed; boundary=${boundary}` }, bytes };
}

function mayCross(world: GoogleWorld, outer: Record<string, string | undefined>, request: GoogleRequest): boolean {
  return world.settings.batchAcrossUsers || request.headers.authorization === outer.authorization;
}

function readParts(outer: Record<string, string | undefined>, body: Buffer, batch: number): Part[] {
  const type = outer['content-type'] ?? '';
  const boundary = /^multipart\/mixed\s*;.*?boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(type);
  const mark = boundary?.[1] ?? boundary?.[2];
  if (mark === undefined) throw failed('missing boundary in multipart content type');
  const pieces = body.toString('utf8').split(new RegExp(`(?:^|\\r?\\n)--${escaped(mark)}(?:--)?[ \\t]*(?=\\r?\\n|$)`));
  const texts = pieces.slice(1, -1).map((piece) => piece.replace(/^\r?\n/, ''));
  if (texts.length === 0) throw failed('no parts');
  if (texts.length > largest)
    throw new GoogleRefusal(400, 'badRequest', `The batch request has ${texts.length} calls, the limit is ${largest}.`);
  return texts.map((text) => readPart(text, outer, batch));
}

function readPart(text: string, outer: Record<string, string | undefined>, batch: number): Part {
  const [envelope, inner] = halves(text);
  const headers = headersOf(envelope.split(/\r?\n/));
  if (!/^application\/http\b/i.test(headers['content-type'] ?? ''))
    throw failed('a part is not of type application/http');
  const [head, content] = halves(inner);
  const [line = '', ...fields] = head.split(/\r?\n/);
  const [, method, url] = /^([A-Z]+) (\/\S*)(?: HTTP\/1\.[01])?\s*$/.exec(line) ?? [];
  if (method === undefined || url === undefined) throw failed('a part has no request line with a path');
  const own = headersOf(fields);
  const request = {
    method,
    url,
    headers: { ...own, authorization: own.authorization ?? outer.authorization },
    body: content.trim() === '' ? undefined : parse(content),
    batch,
  };
  return { contentId: headers['content-id'] ?? null, request };
}

/** What stands before and after the first empty line. */
function halves(text: string): [string, string] {
  const empty = /(?:^|\r?\n)\r?\n/.exec(text);
  return empty ? [text.slice(0, empty.index), text.slice(empty.index + empty[0].length)] : [text, ''];
}

function headersOf(lines: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    lines.flatMap((line) => {
      const colon = line.indexOf(':');
      return colon > 0 ? [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]] : [];
    }),
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return malformed;
  }
}

const phrases = new Map([
  [200, 'OK'],
  [204, 'No Content'],
  [400, 'Bad Request'],
  [401, 'Unauthorized'],
  [403, 'Forbidden'],
  [404, 'Not Found'],
  [409, 'Conflict'],
  [429, 'Too Many Requests'],
  [500, 'Internal Server Error'],
  [503, 'Service Unavailable'],
  [504, 'Gateway Timeout'],
]);

/** `Content-ID: <response-…>` is the request's with a prefix. */
function partText(contentId: string | null, answer: Answer): string {
  const body = answer.body === undefined ? '' : JSON.stringify(answer.body);
  const id = contentId === null ? [] : [`Content-ID: ${contentId.replace(/^<?/, '<response-').replace(/>?$/, '>')}`];
  const more = Object.entries(answer.headers ?? {}).map(([name, value]) => `${titled(name)}: ${value}`);
  return [
    'Content-Type: application/http',
    ...id,
    '',
    `HTTP/1.1 ${answer.status} ${phrases.get(answer.status) ?? 'Status'}`,
    'Content-Type: application/json; charset=UTF-8',
    ...more,
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
}

function titled(name: string): string {
  return name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}

function failed(why: string): GoogleRefusal {
  return invalidArgument(`Failed to parse batch request, error: ${why}`);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Fisher and Yates; a client must go by the Content-ID. */
function shuffled<T>(rows: T[], random: () => number): T[] {
  for (let i = rows.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [rows[i], rows[j]] = [rows[j]!, rows[i]!];
  }
  return rows;
}
