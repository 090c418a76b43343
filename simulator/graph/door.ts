/** HTTP to the pretend Graph and back. */
import type { IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Handler } from '../simulator.ts';
import { type Answer, type Lost, readBody, writeAnswer } from '../wire.ts';
import { answerBatch } from './batch.ts';
import { badRequest, errorAnswer, Refusal } from './errors.ts';
import { answerGraph, answerOf, authorize, finish, type GraphRequest, type GraphWorld } from './graph.ts';

const version = '/graph/v1.0';

export function createGraphDoor(world: GraphWorld): Handler {
  return async (request, response) => {
    const graphRequest = await readRequest(request);
    const answer = await answerOuter(world, graphRequest);
    if (!response.destroyed) writeAnswer(response, answer);
  };
}

async function answerOuter(world: GraphWorld, request: GraphRequest): Promise<Answer | Lost> {
  const arrived = world.tenant.now();
  const started = performance.now();
  const isBatch = request.method === 'POST' && request.url === '/$batch';
  let answer: Answer | Lost;
  try {
    const roles = admit(world, request);
    if (!isBatch) return await answerGraph(world, request, roles);
    answer = await batchWithFaults(world, request, roles);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    answer = errorAnswer(error, request.header('client-request-id'), world.tenant.now());
  }
  const trail = { route: isBatch ? 'batch' : 'unknown', mailbox: null };
  return finish(world, request, trail, answer, arrived, performance.now() - started);
}

/** @throws Refusal 400, 401 */
function admit(world: GraphWorld, request: GraphRequest): ReadonlySet<string> {
  if (request.url === '') throw badRequest("Invalid version. Use 'v1.0'.");
  const roles = authorize(world, request);
  if (request.body === malformed) throw badRequest('Unable to read JSON request payload.');
  return roles;
}

async function batchWithFaults(
  world: GraphWorld,
  request: GraphRequest,
  roles: ReadonlySet<string>,
): Promise<Answer | Lost> {
  const fault = world.faults.take('batch', null);
  if (fault && 'delayMs' in fault) await wait(fault.delayMs, undefined, { ref: false });
  const instead = () => fault && answerOf(fault, request, world.tenant.now());
  if (fault && !('afterEffect' in fault && fault.afterEffect)) {
    const early = instead();
    if (early) return early;
  }
  const answer = await answerBatch(world, request.body, roles);
  return instead() ?? answer;
}

const malformed = Symbol('malformed');

async function readRequest(request: IncomingMessage): Promise<GraphRequest> {
  const bytes = request.method === 'GET' ? null : await readBody(request);
  const headers = request.headers as Record<string, string | undefined>;
  const target = request.url ?? '';
  return {
    method: request.method ?? 'GET',
    url: target.startsWith(`${version}/`) ? target.slice(version.length).replace(/^\/%24batch/i, '/$batch') : '',
    header: (name) => headers[name],
    headers,
    body: bytes === null || bytes.length === 0 ? undefined : parse(bytes),
    batch: null,
  };
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return malformed;
  }
}
