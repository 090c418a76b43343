/** `POST /$batch`: up to 20 requests in one, 4 of them at a time, answered in any order. */
import type { Answer, Lost } from '../wire.ts';
import { badRequest } from './errors.ts';
import { answerGraph, type GraphRequest, type GraphWorld } from './graph.ts';

const largest = 20;
const atATime = 4;
let batches = 0;

interface Item {
  id: string;
  method: string;
  url: string;
  headers: Record<string, string>;
  body: unknown;
  dependsOn: string[];
}

interface ItemAnswer {
  id: string;
  status: number;
  headers: Record<string, string>;
  body?: unknown;
}

/**
 * The outer status is 200 even when items failed. An item whose answer is lost loses the answer of the whole batch, after
 * the other items were carried out.
 * @throws Refusal 400
 */
export async function answerBatch(
  world: GraphWorld,
  body: unknown,
  roles: ReadonlySet<string>,
): Promise<Answer | Lost> {
  const items = readItems(body);
  const number = ++batches;
  const answers = new Map<string, ItemAnswer>();
  let lost: Lost | null = null;

  async function run(item: Item): Promise<void> {
    const failed = item.dependsOn.some((id) => (answers.get(id)?.status ?? 500) >= 400);
    if (failed) {
      const error = { code: 'FailedDependency', message: 'Failed dependency.' };
      answers.set(item.id, { id: item.id, status: 424, headers: {}, body: { error } });
      return;
    }
    const answer = await answerGraph(world, requestOf(item, number), roles);
    if ('lost' in answer) lost ??= answer;
    else answers.set(item.id, itemAnswer(item.id, answer));
  }

  if (items.some((item) => item.dependsOn.length > 0)) for (const item of items) await run(item);
  else await inLanes(items, run);
  return lost ?? { status: 200, body: { responses: shuffled([...answers.values()], world.random) } };
}

async function inLanes(items: readonly Item[], run: (item: Item) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < items.length) await run(items[next++]!);
  };
  await Promise.all(Array.from({ length: Math.min(atATime, items.length) }, lane));
}

function readItems(body: unknown): Item[] {
  const requests = (body as { requests?: unknown } | null)?.requests;
  if (!Array.isArray(requests) || requests.length === 0)
    throw badRequest('Batch request must contain at least one request.');
  if (requests.length > largest)
    throw badRequest(`Number of batch request steps exceeds the maximum value of ${largest}.`);
  const seen = new Set<string>();
  return requests.map((raw: unknown) => {
    const { id, method, url, headers, body: inner, dependsOn } = (raw ?? {}) as Record<string, unknown>;
    if (typeof id !== 'string' || id === '' || seen.has(id))
      throw badRequest('Every batch request needs an id of its own.');
    if (typeof method !== 'string') throw badRequest(`Request '${id}' has no method.`);
    if (typeof url !== 'string' || /^https?:/i.test(url))
      throw badRequest(`The url of request '${id}' must be relative.`);
    if (/^\/?\$batch/.test(url)) throw badRequest('Batch requests must not be nested.');
    if (inner !== undefined && !hasContentType(headers))
      throw badRequest(`Write request id : ${id} does not contain Content-Type header or body.`);
    if (Array.isArray(dependsOn) && !dependsOn.every((other) => seen.has(String(other))))
      throw badRequest(`Request '${id}' depends on a later one.`);
    seen.add(id);
    return {
      id,
      method: method.toUpperCase(),
      url: url.startsWith('/') ? url : `/${url}`,
      headers: lowerCased(headers),
      body: inner,
      dependsOn: Array.isArray(dependsOn) ? dependsOn.map(String) : [],
    };
  });
}

function requestOf(item: Item, batch: number): GraphRequest {
  const { method, url, headers, body } = item;
  return { method, url, headers, header: (name) => headers[name], body, batch };
}

function itemAnswer(id: string, answer: Answer): ItemAnswer {
  const headers: Record<string, string> = { ...answer.headers };
  // Retry-After and Location keep their usual spelling inside a batch.
  if (headers['retry-after'] !== undefined) {
    headers['Retry-After'] = headers['retry-after'];
    delete headers['retry-after'];
  }
  if (answer.bytes) return { id, status: answer.status, headers, body: answer.bytes.toString('base64') };
  if (answer.body === undefined) return { id, status: answer.status, headers };
  headers['Content-Type'] ??= 'application/json';
  return { id, status: answer.status, headers, body: answer.body };
}

function hasContentType(headers: unknown): boolean {
  return Object.keys((headers as Record<string, string> | undefined) ?? {}).some(
    (name) => name.toLowerCase() === 'content-type',
  );
}

function lowerCased(headers: unknown): Record<string, string> {
  const entries = Object.entries((headers as Record<string, string> | undefined) ?? {});
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), String(value)]));
}

/** Fisher and Yates; a client must go by the id. */
function shuffled<T>(rows: T[], random: () => number): T[] {
  for (let i = rows.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [rows[i], rows[j]] = [rows[j]!, rows[i]!];
  }
  return rows;
}
