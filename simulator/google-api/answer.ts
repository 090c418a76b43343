/** The pretend Google APIs: a request in, an answer out, with scopes, quota, faults and delay in between. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Fault, Faults, RouteName } from '../faults.ts';
import { gmailMagicFault, isGmailMagic } from '../gmail/magic.ts';
import type { Grant, TokenDesk } from '../google-identity/token-desk.ts';
import { retryAfter } from '../graph/throttle.ts';
import type { RequestLog } from '../log.ts';
import type { Answer, Lost } from '../wire.ts';
import type { GmailMailbox } from '../workspace/mailbox.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { type GoogleCall, type GoogleRoute, scope, staleMsOf } from './call.ts';
import * as refuse from './errors.ts';
import { GoogleRefusal, refusalAnswer } from './errors.ts';
import { selectFields } from './fields.ts';
import type { Quota } from './quota.ts';
import type { GoogleSettings } from './settings.ts';

export interface GoogleWorld {
  workspace: Workspace;
  settings: GoogleSettings;
  faults: Faults;
  log: RequestLog;
  desk: TokenDesk;
  quota: Quota;
  /** 0..1 */
  random: () => number;
}

export interface GoogleRequest {
  method: string;
  /** Below the service's root, with its query: `/gmail/v1/users/me/labels`. */
  url: string;
  /** Lower-case names. */
  headers: Record<string, string | undefined>;
  /** JSON, or `malformed`. */
  body: unknown;
  /** Number of the batch it is a part of. */
  batch: number | null;
}

/** Stands for a body that is no JSON. */
export const malformed = Symbol('malformed');

/** Parameters that every method takes. */
const common = new Set(['alt', 'fields', 'key', 'prettyPrint', 'quotaUser', 'oauth_token', '$.xgafv', 'uploadType']);

/** One request, alone or as a part of a batch. Never throws for anything a client did. */
export async function answerGoogle(
  world: GoogleWorld,
  routes: readonly GoogleRoute[],
  request: GoogleRequest,
): Promise<Answer | Lost> {
  const arrived = world.workspace.now();
  const started = performance.now();
  const trail: Trail = { route: 'unknown', mailbox: null };
  let answer: Answer | Lost;
  try {
    answer = await carryOut(world, routes, request, trail);
  } catch (error) {
    if (!(error instanceof GoogleRefusal)) throw error;
    answer = refusalAnswer(error);
  }
  note(world, request, trail, answer, arrived, performance.now() - started);
  return answer;
}

interface Trail {
  route: string;
  mailbox: string | null;
}

async function carryOut(
  world: GoogleWorld,
  routes: readonly GoogleRoute[],
  request: GoogleRequest,
  trail: Trail,
): Promise<Answer | Lost> {
  const { workspace, settings, faults } = world;
  const [path = '', rawQuery = ''] = splitUrl(request.url);
  const segments = path.split('/').slice(1).map(decodeSegment);
  const route = routes.find((one) => one.method === request.method && fits(one.pattern, segments));
  if (!route) throw refuse.noSuchRoute();
  trail.route = route.name;
  const grant = authorize(world, request);
  const inMailbox = route.pattern.startsWith('gmail/');
  const asked = inMailbox ? mailboxAsked(world, grant, segments[3]!) : null;
  trail.mailbox = asked;
  const mailbox = asked === null ? undefined : workspace.mailbox(asked);

  const fault = faults.take(route.name, asked) ?? (asked === null ? null : magicOf(world, asked, route.name));
  const delay = settings.latencyMs + (fault && 'delayMs' in fault ? fault.delayMs : 0);
  if (delay > 0) await wait(delay, undefined, { ref: false });
  if (fault && !('afterEffect' in fault && fault.afterEffect)) {
    const early = faultAnswer(fault, workspace.now());
    if (early) return early;
  }
  const query = new URLSearchParams(rawQuery);
  admit(world, route, grant, query, request);
  if (inMailbox && !mailbox) throw refuse.failedPrecondition('Mail service not enabled');
  if (fault && 'ownerDeletes' in fault && mailbox) ownerDeletes(mailbox, segments[5] ?? '');
  const call: GoogleCall = {
    workspace,
    settings,
    grant,
    segments,
    query,
    body: request.body,
    // Routes outside of Gmail never look.
    mailbox: mailbox as GmailMailbox,
    staleMs: staleMsOf(fault),
  };
  const answer = route.answer(call);
  const fields = query.get('fields');
  if (fields !== null && answer.body !== undefined) answer.body = selectFields(answer.body, fields);
  faults.runHooks(route.name, asked);
  return (fault && faultAnswer(fault, workspace.now())) ?? answer;
}

/** @throws GoogleRefusal 401 */
function authorize(world: GoogleWorld, request: GoogleRequest): Grant {
  const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const grant = token === undefined ? null : world.desk.grantOf(token);
  if (!grant) throw refuse.badToken();
  return grant;
}

/**
 * Address of the mailbox that the path means, `me` or by name. A token opens the mailbox of its own subject only.
 * @throws GoogleRefusal 400, 403
 */
function mailboxAsked({ workspace }: GoogleWorld, grant: Grant, key: string): string {
  if (grant.subject === null) throw refuse.failedPrecondition('Precondition check failed.');
  if (key === 'me') return grant.subject;
  const user = workspace.user(key);
  if (user?.primaryEmail !== grant.subject) throw refuse.forbidden(`Delegation denied for ${grant.subject}`);
  return grant.subject;
}

/** Parameters, scopes, body, quota. @throws GoogleRefusal 400, 403, 429 */
function admit(
  world: GoogleWorld,
  route: GoogleRoute,
  grant: Grant,
  query: URLSearchParams,
  request: GoogleRequest,
): void {
  for (const name of query.keys())
    if (!common.has(name) && !route.parameters.includes(name))
      throw refuse.invalidArgument(
        `Invalid JSON payload received. Unknown name "${name}": Cannot bind query parameter. Field '${name}' could not be found in request message.`,
      );
  if (!route.scopes.some((name) => grant.scopes.has(scope(name)))) throw refuse.insufficientScopes();
  const { settings, quota, workspace } = world;
  if (route.units > 0) quota.spend(grant.subject ?? '', route.units, settings, workspace.now());
  else {
    quota.query(grant.subject ?? '', settings, workspace.now());
    if (!workspace.user(grant.subject ?? '')?.isAdmin)
      throw refuse.adminError(403, 'forbidden', 'Not Authorized to access this resource/api');
  }
  if (request.body === malformed) throw refuse.parseError();
}

const magicCounts = new WeakMap<GmailMailbox, Map<RouteName, number>>();

function magicOf({ workspace }: GoogleWorld, address: string, route: RouteName): Fault | null {
  const mailbox = workspace.mailbox(address);
  if (!mailbox || !isGmailMagic(address)) return null;
  const counts = magicCounts.get(mailbox) ?? new Map<RouteName, number>();
  magicCounts.set(mailbox, counts);
  const count = counts.get(route) ?? 0;
  counts.set(route, count + 1);
  return gmailMagicFault(address, route, count);
}

const usual = new Map<number, [reason: string, message: string]>([
  [400, ['failedPrecondition', 'Precondition check failed.']],
  [401, ['authError', 'Invalid Credentials']],
  [403, ['userRateLimitExceeded', 'User-rate limit exceeded.']],
  [404, ['notFound', 'Requested entity was not found.']],
  [429, ['rateLimitExceeded', 'Too many concurrent requests for user.']],
  [500, ['backendError', 'Internal error encountered.']],
  [503, ['backendError', 'The service is currently unavailable.']],
  [504, ['backendError', 'Deadline exceeded.']],
]);

/** The answer a fault puts in place of the right one; null when it only changes what the request does. */
export function faultAnswer(fault: Fault, now: number): Answer | Lost | null {
  if ('lost' in fault) return { lost: fault.lost };
  if (!('status' in fault)) return null;
  const [reason, message] = usual.get(fault.status) ?? ['backendError', 'Backend Error'];
  const given = fault.code ?? reason;
  const headers: Record<string, string> =
    fault.retryAfter === undefined ? {} : { 'retry-after': retryAfter(fault.retryAfter, now) };
  return refusalAnswer(
    new GoogleRefusal(fault.status, given, fault.message ?? message, {
      headers,
      ...(given === 'failedPrecondition' && { status: 'FAILED_PRECONDITION' }),
      ...(/limit|quota/i.test(given) && { domain: 'usageLimits' }),
    }),
  );
}

function ownerDeletes(mailbox: GmailMailbox, id: string): void {
  const message = mailbox.message(id);
  if (message) mailbox.remove(message);
}

const patterns = new Map<string, string[]>();

function fits(pattern: string, segments: readonly string[]): boolean {
  const parts = patterns.get(pattern) ?? pattern.split('/');
  patterns.set(pattern, parts);
  return parts.length === segments.length && parts.every((part, i) => part === '*' || part === segments[i]);
}

function splitUrl(url: string): [string, string] {
  const question = url.indexOf('?');
  return question < 0 ? [url, ''] : [url.slice(0, question), url.slice(question + 1)];
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw refuse.invalidArgument('Malformed escape sequence in the path.');
  }
}

/** Keeps the exchange in the log. Never a token. */
export function note(
  world: GoogleWorld,
  request: GoogleRequest,
  trail: Trail,
  answer: Answer | Lost,
  at: number,
  ms: number,
): void {
  if (!world.log.on) return;
  const lost = 'lost' in answer;
  const { authorization: _, ...requestHeaders } = request.headers;
  world.log.add({
    at,
    ms,
    method: request.method,
    url: request.url,
    ...trail,
    batch: request.batch,
    status: lost ? answer.lost : answer.status,
    requestHeaders,
    requestBody: request.body === malformed ? undefined : request.body,
    responseHeaders: lost ? {} : (answer.headers ?? {}),
    responseBody: lost ? undefined : answer.body,
  });
}
