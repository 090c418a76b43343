/** HTTP to the pretend Gmail and Admin SDK, and back. */
import type { IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { answerBatch } from '../gmail/batch.ts';
import { gmailRoutes } from '../gmail/routes.ts';
import { adminRoutes } from '../google-admin/routes.ts';
import type { Handler } from '../simulator.ts';
import { type Answer, type Lost, readBody, writeAnswer } from '../wire.ts';
import { answerGoogle, faultAnswer, type GoogleRequest, type GoogleWorld, malformed, note } from './answer.ts';
import type { GoogleRoute } from './call.ts';
import { GoogleRefusal, noSuchRoute, refusalAnswer } from './errors.ts';

export const createGmailDoor = (world: GoogleWorld): Handler => createRoutesDoor(world, gmailRoutes);
export const createAdminDoor = (world: GoogleWorld): Handler => createRoutesDoor(world, adminRoutes);

export function createBatchDoor(world: GoogleWorld): Handler {
  return async (request, response, url) => {
    const isBatch = request.method === 'POST' && url.pathname === '/batch/gmail/v1';
    const answer = isBatch
      ? await batchWithFaults(world, request, await readBody(request))
      : refusalAnswer(noSuchRoute());
    if (!response.destroyed) writeAnswer(response, answer);
  };
}

function createRoutesDoor(world: GoogleWorld, routes: readonly GoogleRoute[]): Handler {
  return async (request, response) => {
    const answer = await answerGoogle(world, routes, await readRequest(request));
    if (!response.destroyed) writeAnswer(response, answer);
  };
}

async function batchWithFaults(world: GoogleWorld, request: IncomingMessage, body: Buffer): Promise<Answer | Lost> {
  const at = world.workspace.now();
  const started = performance.now();
  const headers = request.headers as Record<string, string | undefined>;
  const fault = world.faults.take('gmailBatch', null);
  if (fault && 'delayMs' in fault) await wait(fault.delayMs, undefined, { ref: false });
  const instead = () => fault && faultAnswer(fault, world.workspace.now());
  const before = fault && !('afterEffect' in fault && fault.afterEffect) ? instead() : null;
  const answer = before ?? (await answered(world, headers, body, instead));
  const outer: GoogleRequest = { method: 'POST', url: '/batch/gmail/v1', headers, body: undefined, batch: null };
  note(world, outer, { route: 'gmailBatch', mailbox: null }, answer, at, performance.now() - started);
  return answer;
}

async function answered(
  world: GoogleWorld,
  headers: Record<string, string | undefined>,
  body: Buffer,
  instead: () => Answer | Lost | null,
): Promise<Answer | Lost> {
  try {
    const answer = await answerBatch(world, headers, body);
    return instead() ?? answer;
  } catch (error) {
    if (!(error instanceof GoogleRefusal)) throw error;
    return refusalAnswer(error);
  }
}

async function readRequest(request: IncomingMessage): Promise<GoogleRequest> {
  const bytes = request.method === 'GET' ? null : await readBody(request);
  return {
    method: request.method ?? 'GET',
    url: request.url ?? '',
    headers: request.headers as Record<string, string | undefined>,
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
