/** HTTP to the pretend Graph and back. */
import type { IncomingMessage } from 'node:http';
import type { Handler } from '../simulator.ts';
import { type Answer, type Lost, readBody, writeAnswer } from '../wire.ts';
import { answerBatch } from './batch.ts';
import { badRequest, errorAnswer, Refusal } from './errors.ts';
import { answerGraph, authorize, type GraphRequest, type GraphWorld } from './graph.ts';

const version = '/graph/v1.0';

export function createGraphDoor(world: GraphWorld): Handler {
  return async (request, response) => {
    const graphRequest = await readRequest(request);
    let answer: Answer | Lost;
    try {
      answer = await answerOuter(world, graphRequest);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      answer = errorAnswer(error, graphRequest.header('client-request-id'), world.tenant.now());
    }
    if (!response.destroyed) writeAnswer(response, answer);
  };
}

async function answerOuter(world: GraphWorld, request: GraphRequest): Promise<Answer | Lost> {
  if (request.body === malformed)
    throw badRequest(
      'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
    );
  if (request.url === '') throw badRequest("Invalid version. Use 'v1.0'.");
  const roles = authorize(world, request);
  if (request.method !== 'POST' || request.url !== '/$batch') return answerGraph(world, request, roles);
  const fault = world.faults.take('batch', null);
  if (fault && 'status' in fault && !fault.afterEffect)
    throw new Refusal(fault.status, fault.code ?? 'ServiceUnavailable', fault.message ?? '');
  if (fault && 'lost' in fault && !fault.afterEffect) return { lost: fault.lost };
  const answer = await answerBatch(world, request.body, roles);
  if (fault && 'lost' in fault) return { lost: fault.lost };
  if (fault && 'status' in fault) throw new Refusal(fault.status, fault.code ?? 'UnknownError', fault.message ?? '');
  return answer;
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
