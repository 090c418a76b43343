/** Before a body is read: who calls, and may they? One hook for every route. */
import { normalizeIP } from '@fastify/rate-limit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../retraction/face.ts';
import { roleAllows } from './access.ts';
import type { App } from './app.ts';
import type { HttpDeps, Limits } from './options.ts';
import { forbidden, Problem, unauthorized } from './problem.ts';
import { limitBy } from './rate-limits.ts';
import { type Cookies, sameSecret } from './session.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Adds the hook; every route below it must declare `config.access`, or the start fails. */
export function authenticate(app: App, deps: HttpDeps, cookies: Cookies, limits: Limits): void {
  app.decorateRequest('reporter', null);
  app.decorateRequest('actor', null);
  app.decorateRequest('session', null);
  app.decorate('routeAccess', []);
  app.addHook('onRoute', (route) => {
    const access = route.config?.access;
    if (!access) throw new Error(`route ${String(route.method)} ${route.url} does not say who may call it`);
    for (const method of [route.method].flat()) app.routeAccess.push({ method, url: route.url, access });
  });

  const refusals = limitBy(app, addressKey, limits.refusalsOfAddress);
  const reporterRequests = limitBy(app, callerKey, limits.requestsOfReporter);
  const actorRequests = limitBy(app, callerKey, limits.requestsOfActor);

  app.addHook('onRequest', async (request, reply) => {
    const access = request.routeOptions.config.access;
    // Unknown addresses have no route and end as 404; open routes ask nobody.
    if (!access || access.open) return;
    try {
      await identify(request, deps, cookies);
      if (request.reporter && !access.reporter)
        throw forbidden('role_missing', 'This needs a role of the dashboard, not the token of a reporter.');
      if (request.actor && !access.role)
        throw forbidden('reporter_required', 'Only a reporter with their own token may do this.');
      if (request.actor && access.role && !roleAllows(request.actor.role, access.role))
        throw forbidden('role_missing', 'Your role does not allow this.');
    } catch (error) {
      if (error instanceof Problem && error.status < 500) await refusals(request);
      throw error;
    }
    await (request.reporter ? reporterRequests : actorRequests)(request);
    noStore(reply);
  });
}

/** One key a client: a household or office gets a /64 in IPv6. */
export const addressKey = (request: FastifyRequest) => normalizeIP(request.ip, 64);

/** One key a person over all their devices; an address may stand for a whole company. */
export function callerKey(request: FastifyRequest): string {
  if (request.reporter) return `r:${request.reporter.tenant}:${request.reporter.userId}`;
  if (request.actor) return `a:${request.actor.id}`;
  return `ip:${request.ip}`;
}

/** Sets request.actor (with request.session where there is one) or request.reporter. @throws Problem 401, 403; TemporaryError */
async function identify(request: FastifyRequest, deps: HttpDeps, cookies: Cookies): Promise<void> {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const token = /^Bearer ([^\s]+)$/i.exec(authorization)?.[1];
    if (!token) throw unauthorized('invalid_token', 'Send the token as Authorization: Bearer.');
    request.actor = scriptOf(token, deps.options.adminToken);
    if (request.actor) return;
    if (!deps.identity) throw unauthorized('invalid_token', 'The token is not valid here.');
    request.reporter = await deps.identity.verify(token);
    return;
  }
  const word = cookies.wordOf(request.headers.cookie);
  const session = word ? await deps.sessions.find(word) : null;
  if (!session) throw unauthorized('token_missing', 'Sign in, or send a token.');
  if (!SAFE_METHODS.has(request.method)) requireOwnPage(request, deps.options.publicUrl);
  request.session = session;
  request.actor = { id: session.id, role: session.role };
}

/** The admin token of the configuration, for scripts and the first sign-in. */
export function scriptOf(token: string, adminToken: string | null): Actor | null {
  return adminToken !== null && sameSecret(token, adminToken) ? { id: 'admin-token', role: 'super_admin' } : null;
}

/**
 * Cross-site request forgery: a cookie alone changes nothing. The header cannot be set by a foreign page without a
 * preflight that nobody answers, and a browser that names the origin must name ours.
 * @throws Problem 403 `csrf`
 */
export function requireOwnPage(request: FastifyRequest, publicUrl: string): void {
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const ours = origin === undefined || origin === new URL(publicUrl).origin || hostOf(origin) === request.headers.host;
  const sameOrigin = site === undefined || site === 'same-origin';
  if (request.headers['x-reelback'] !== '1' || !ours || !sameOrigin)
    throw forbidden('csrf', 'This request does not come from the dashboard.');
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}

const noStore = (reply: FastifyReply) => reply.header('cache-control', 'no-store');
