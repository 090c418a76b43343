/** Signing in to the dashboard: with the OpenID provider, there and back, or with the admin token. */
import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { TemporaryError } from '../../shared/errors.ts';
import { DashboardSession, SignInWays } from '../../shared/session.ts';
import type { SignInRefusalWord } from '../../shared/sign-in-refusal.ts';
import type { App } from './app.ts';
import { addressKey, requireOwnPage, scriptOf } from './authenticate.ts';
import { errorForLog } from './log.ts';
import { type OpenId, SignInRefused } from './open-id.ts';
import type { HttpDeps, Limits } from './options.ts';
import { notFound, unauthorized } from './problem.ts';
import { limitBy } from './rate-limits.ts';
import { returnPath } from './return-path.ts';
import type { Attempt, Cookies } from './session.ts';
import { viewOf } from './session-routes.ts';

/** Below /api/v1; what is registered at the provider. */
export const CALLBACK = '/session/oidc/callback';

export function signInRoutes(app: App, deps: HttpDeps, cookies: Cookies, limits: Limits): void {
  const { sessions, openId, options } = deps;
  const withToken = options.adminToken !== null && options.tokenSignIn;
  const open = { config: { access: { open: true } } } as const;
  const signIns = limitBy(app, addressKey, limits.signInsOfAddress);

  app.get(
    '/session/ways',
    {
      ...open,
      schema: {
        operationId: 'signInWays',
        tags: ['session'],
        summary: 'How one can sign in to the dashboard',
        response: { 200: SignInWays },
      },
    },
    async () => ({ token: withToken, oidc: openId && { name: openId.name } }),
  );

  app.post(
    '/session',
    {
      ...open,
      bodyLimit: 4_096,
      onRequest: signIns,
      schema: {
        operationId: 'signIn',
        tags: ['session'],
        summary: 'Sign in to the dashboard with the admin token',
        body: Type.Object({ token: Type.String({ minLength: 1, maxLength: 1_000 }) }, { additionalProperties: false }),
        response: { 200: DashboardSession },
      },
    },
    async (request, reply) => {
      if (!withToken) throw notFound();
      requireOwnPage(request, options.publicUrl);
      const actor = scriptOf(request.body.token, options.adminToken);
      if (!actor) throw unauthorized('sign_in_refused', 'This is not the admin token.');
      await endEarlier(request);
      const { word, session } = await sessions.open({
        name: actor.id,
        role: actor.role,
        with: 'token',
        subject: null,
      });
      reply.header('set-cookie', cookies.session(word)).header('cache-control', 'no-store');
      return viewOf(session);
    },
  );

  app.get(
    '/session/oidc',
    {
      ...open,
      onRequest: signIns,
      schema: {
        operationId: 'signInWithProvider',
        tags: ['session'],
        summary: 'Leads a browser to the OpenID provider',
        querystring: Type.Object({
          return_to: Type.Optional(Type.String({ maxLength: 2_000, description: 'Screen below /dashboard.' })),
        }),
      },
    },
    async (request, reply) => {
      if (!openId) throw notFound();
      const returnTo = returnPath(request.query.return_to);
      try {
        const { url, state, nonce, codeVerifier } = await openId.begin(`${options.publicUrl}/api/v1${CALLBACK}`);
        const browser = randomBytes(32).toString('base64url');
        await sessions.begin(state, browser, { nonce, codeVerifier, returnTo });
        return lead(reply.header('set-cookie', cookies.browser(browser)), url);
      } catch (error) {
        request.log.warn({ error: errorForLog(error) }, 'sign-in: the provider cannot be asked');
        return refuse(reply, 'unavailable', returnTo);
      }
    },
  );

  app.get(
    CALLBACK,
    {
      ...open,
      onRequest: signIns,
      schema: { hide: true, querystring: Type.Object({ state: Type.Optional(Type.String({ maxLength: 200 })) }) },
    },
    async (request, reply) => {
      if (!openId) throw notFound();
      const { state } = request.query;
      const browser = cookies.browserOf(request.headers.cookie);
      const attempt = state && browser ? await sessions.take(state, browser) : null;
      if (!state || !attempt) return refuse(reply, 'expired', '/');
      reply.header('set-cookie', cookies.browserDone());
      const refusal = await finish(openId, request, reply, state, attempt);
      return refusal ? refuse(reply, refusal, attempt.returnTo) : lead(reply, `/dashboard${attempt.returnTo}`);
    },
  );

  /** Signs in, or says why not. */
  async function finish(
    provider: OpenId,
    request: FastifyRequest,
    reply: FastifyReply,
    state: string,
    attempt: Attempt,
  ): Promise<SignInRefusalWord | null> {
    try {
      // Behind a proxy the request names another host: what counts is the address that was registered.
      const proved = await provider.finish(new URL(request.url, options.publicUrl), state, attempt);
      await endEarlier(request);
      const { word } = await sessions.open(proved);
      reply.header('set-cookie', cookies.session(word));
      return null;
    } catch (error) {
      if (error instanceof TemporaryError) return 'unavailable';
      if (!(error instanceof SignInRefused)) throw error;
      request.log.warn({ reason: error.reason, error: errorForLog(error.cause) }, 'sign-in refused');
      if (error.person !== null) await sessions.refused(error.person, error.reason);
      return error.reason;
    }
  }

  /** Whoever signs in anew is not the one who was here before. */
  async function endEarlier(request: FastifyRequest): Promise<void> {
    const word = cookies.wordOf(request.headers.cookie);
    if (word) await sessions.close(word);
  }
}

const lead = (reply: FastifyReply, url: string) => reply.header('cache-control', 'no-store').redirect(url, 302);

function refuse(reply: FastifyReply, why: SignInRefusalWord, returnTo: string) {
  const url = new URL(`/dashboard${returnTo}`, 'https://dashboard.invalid');
  url.searchParams.set('sign_in', why);
  return lead(reply, `${url.pathname}${url.search}`);
}
