/** The pretend Graph: a request in, an answer out, with limits, faults and delay in between. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Fault, Faults, RouteName } from '../faults.ts';
import type { Issuer } from '../identity/issuer.ts';
import type { RequestLog } from '../log.ts';
import { isMagic, magicFault } from '../magic.ts';
import type { Mailbox } from '../tenant/mailbox.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { Answer, Lost } from '../wire.ts';
import type { Call, GraphSettings } from './call.ts';
import { badRequest, badToken, errorAnswer, Refusal } from './errors.ts';
import { parseQuery } from './query.ts';
import { routeOf } from './routes.ts';
import { countMove, enter, leave, retryAfter } from './throttle.ts';

export interface GraphWorld {
  tenant: Tenant;
  settings: GraphSettings;
  faults: Faults;
  log: RequestLog;
  issuer: Issuer;
  /** Mailboxes in which everything is refused: outside of the app's management scope. */
  denied: Set<string>;
  /** 0..1 */
  random: () => number;
  /** Absolute, with the version: `http://127.0.0.1:1234/graph/v1.0`. */
  base: string;
}

export interface GraphRequest {
  method: string;
  /** Below the version, with its query: `/users?$top=5`. */
  url: string;
  header: (name: string) => string | undefined;
  headers: Record<string, string | undefined>;
  body: unknown;
  /** Number of the batch it is an item of. */
  batch: number | null;
}

/** @returns the app's roles. @throws Refusal 401 */
export function authorize(world: GraphWorld, request: GraphRequest): ReadonlySet<string> {
  const token = /^Bearer (.+)$/i.exec(request.header('authorization') ?? '')?.[1];
  if (!token) throw badToken('Access token is empty.');
  const claims = world.issuer.appClaims(token);
  if (!claims) throw badToken('Access token validation failure.');
  return new Set(Array.isArray(claims.roles) ? claims.roles.map(String) : []);
}

/** One request, alone or as an item of a batch. Never throws for anything a client did. */
export async function answerGraph(
  world: GraphWorld,
  request: GraphRequest,
  roles: ReadonlySet<string>,
): Promise<Answer | Lost> {
  const arrived = world.tenant.now();
  const trail: Trail = { route: 'unknown', mailbox: null };
  const started = performance.now();
  let answer: Answer | Lost;
  try {
    answer = await carryOut(world, request, roles, trail);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    answer = errorAnswer(error, request.header('client-request-id'), world.tenant.now());
  }
  return finish(world, request, trail, answer, arrived, performance.now() - started);
}

/** What a request turned out to be. */
export interface Trail {
  route: string;
  mailbox: string | null;
}

async function carryOut(
  world: GraphWorld,
  request: GraphRequest,
  roles: ReadonlySet<string>,
  trail: Trail,
): Promise<Answer | Lost> {
  const { tenant, settings, faults } = world;
  const [path = '', rawQuery = ''] = splitUrl(request.url);
  const segments = path.split('/').slice(1).map(decodeSegment);
  const route = routeOf(request.method, segments);
  if (route === 'unknown') throw badRequest(`Resource not found for the segment '${segments.at(-1)}'.`);
  if (route === 'method')
    throw new Refusal(405, 'Request_BadRequest', `Specified HTTP method is not allowed for the request target.`);
  trail.route = route.name;
  const mailbox = route.inMailbox ? (tenant.mailbox(segments[1]!) ?? null) : null;
  trail.mailbox = mailbox?.address ?? (route.inMailbox ? segments[1]!.toLowerCase() : null);

  const fault = faults.take(route.name, trail.mailbox) ?? (mailbox && magicOf(mailbox, route.name));
  if (mailbox) enter(mailbox, settings, tenant.now());
  try {
    const delay = settings.latencyMs + (fault && 'delayMs' in fault ? fault.delayMs : 0);
    if (delay > 0) await wait(delay, undefined, { ref: false });
    if (fault && !('afterEffect' in fault && fault.afterEffect)) {
      const early = answerOf(fault, request, tenant.now());
      if (early) return early;
    }
    if (trail.mailbox !== null && world.denied.has(trail.mailbox)) throw denied();
    if (mailbox && route.name === 'move') countMove(mailbox, settings, tenant.now());
    if (fault && 'ownerDeletes' in fault && mailbox) ownerDeletes(mailbox, segments);
    const call: Call = {
      tenant,
      settings,
      method: request.method,
      path,
      segments,
      query: parseQuery(rawQuery),
      header: request.header,
      body: request.body,
      base: world.base,
      roles,
      fault,
    };
    const answer = route.answer(call);
    faults.runHooks(route.name, trail.mailbox);
    return (fault && answerOf(fault, request, tenant.now())) ?? answer;
  } finally {
    if (mailbox) leave(mailbox);
  }
}

const magicCounts = new WeakMap<Mailbox, Map<RouteName, number>>();

function magicOf(mailbox: Mailbox, route: RouteName): Fault | null {
  if (!isMagic(mailbox.address)) return null;
  const counts = magicCounts.get(mailbox) ?? new Map<RouteName, number>();
  magicCounts.set(mailbox, counts);
  const count = counts.get(route) ?? 0;
  counts.set(route, count + 1);
  return magicFault(mailbox.address, route, count);
}

/** The answer a fault puts in place of the right one; null when it only changes what the request does. */
export function answerOf(fault: Fault, request: GraphRequest, now: number): Answer | Lost | null {
  if ('lost' in fault) return { lost: fault.lost };
  if (!('status' in fault)) return null;
  const headers: Record<string, string> =
    fault.retryAfter === undefined ? {} : { 'retry-after': retryAfter(fault.retryAfter, now) };
  const refusal = new Refusal(fault.status, fault.code ?? codeOf(fault.status), fault.message ?? '', headers);
  return errorAnswer(refusal, request.header('client-request-id'), now);
}

function codeOf(status: number): string {
  return (
    new Map([
      [429, 'ApplicationThrottled'],
      [503, 'ServiceUnavailable'],
      [504, 'UnknownError'],
      [401, 'InvalidAuthenticationToken'],
      [403, 'ErrorAccessDenied'],
      [404, 'ErrorItemNotFound'],
    ]).get(status) ?? 'UnknownError'
  );
}

function denied(): Refusal {
  return new Refusal(
    403,
    'ErrorAccessDenied',
    'Access to OData is disabled: [RAOP] : Blocked by tenant configured AppOnly AccessPolicy settings.',
  );
}

function ownerDeletes(mailbox: Mailbox, segments: readonly string[]): void {
  const item = mailbox.item(segments[segments.indexOf('messages', 2) + 1] ?? '');
  if (item) mailbox.remove(item);
}

function splitUrl(url: string): [string, string] {
  const question = url.indexOf('?');
  return question < 0 ? [url, ''] : [url.slice(0, question), url.slice(question + 1)];
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw badRequest('The request URL has a malformed escape sequence.');
  }
}

function stamp(request: GraphRequest, headers: Record<string, string> = {}): Record<string, string> {
  headers['request-id'] ??= randomUUID();
  const own = request.header('client-request-id');
  headers['client-request-id'] = own ?? headers['request-id'];
  if (/ImmutableId/i.test(request.header('prefer') ?? '')) headers['preference-applied'] = 'IdType="ImmutableId"';
  return headers;
}

/** Stamps the answer with its ids and logs the exchange. */
export function finish(
  world: GraphWorld,
  request: GraphRequest,
  trail: Trail,
  answer: Answer | Lost,
  at: number,
  ms: number,
): Answer | Lost {
  const lost = 'lost' in answer;
  if (!lost) answer.headers = stamp(request, answer.headers);
  if (!world.log.on) return answer;
  world.log.add({
    at,
    ms,
    method: request.method,
    url: request.url,
    ...trail,
    batch: request.batch,
    status: lost ? answer.lost : answer.status,
    requestHeaders: request.headers,
    requestBody: request.body,
    responseHeaders: lost ? {} : (answer.headers ?? {}),
    responseBody: lost ? undefined : answer.body,
  });
  return answer;
}
