/** Signing in to the dashboard with the admin token, who one is, and signing out. */
import Type from 'typebox';
import { ROLES } from './access.ts';
import type { App } from './app.ts';
import { addressKey, requireOwnPage, scriptOf } from './authenticate.ts';
import type { HttpDeps, Limits } from './options.ts';
import { notFound, unauthorized } from './problem.ts';
import { limitBy } from './rate-limits.ts';
import type { Sessions } from './session.ts';

const Session = Type.Object({ name: Type.String(), role: Type.Enum([...ROLES]) });

/** @param sessions null when no way to sign in is configured: then signing in is 404. */
export function sessionRoutes(app: App, deps: HttpDeps, sessions: Sessions | null, limits: Limits): void {
  const signIns = limitBy(app, addressKey, limits.signInsOfAddress);

  app.post(
    '/session',
    {
      config: { access: { open: true } },
      bodyLimit: 4_096,
      onRequest: signIns,
      schema: {
        operationId: 'signIn',
        tags: ['session'],
        summary: 'Sign in to the dashboard',
        body: Type.Object({ token: Type.String({ minLength: 1, maxLength: 1_000 }) }, { additionalProperties: false }),
        response: { 200: Session },
      },
    },
    async (request, reply) => {
      if (!sessions) throw notFound();
      requireOwnPage(request, deps.options.publicUrl);
      const actor = scriptOf(request.body.token, deps.options.adminToken);
      if (!actor) throw unauthorized('sign_in_refused', 'This is not the admin token.');
      reply.header('set-cookie', sessions.issue(actor)).header('cache-control', 'no-store');
      return { name: actor.id, role: actor.role };
    },
  );

  app.get(
    '/session',
    {
      config: { access: { role: 'viewer' } },
      schema: { operationId: 'session', tags: ['session'], summary: 'Who is signed in', response: { 200: Session } },
    },
    async (request) => ({ name: request.actor!.id, role: request.actor!.role }),
  );

  app.delete(
    '/session',
    {
      config: { access: { role: 'viewer' } },
      schema: { operationId: 'signOut', tags: ['session'], summary: 'Sign out', response: { 204: Type.Null() } },
    },
    async (_request, reply) => {
      if (sessions) reply.header('set-cookie', sessions.clear());
      return reply.code(204).send(null);
    },
  );
}
