/** Who one is, and signing out: here and everywhere. How one signs in is in sign-in-routes.ts. */
import Type from 'typebox';
import { DashboardSession, OpenSession } from '../../shared/session.ts';
import type { App } from './app.ts';
import type { HttpDeps } from './options.ts';
import { notFound } from './problem.ts';
import type { Cookies, Session } from './session.ts';

export function sessionRoutes(app: App, { sessions }: HttpDeps, cookies: Cookies): void {
  app.get(
    '/session',
    {
      config: { access: { role: 'viewer' } },
      schema: {
        operationId: 'session',
        tags: ['session'],
        summary: 'Who is signed in',
        response: { 200: DashboardSession },
      },
    },
    async ({ actor, session }) => (session ? viewOf(session) : { name: actor!.id, role: actor!.role }),
  );

  app.delete(
    '/session',
    {
      config: { access: { role: 'viewer' } },
      schema: {
        operationId: 'signOut',
        tags: ['session'],
        summary: 'Sign out, here or everywhere',
        querystring: Type.Object({ everywhere: Type.Optional(Type.Boolean()) }),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const word = cookies.wordOf(request.headers.cookie);
      if (request.query.everywhere) await sessions.closeAll(request.actor!.id, request.actor!.id);
      else if (word) await sessions.close(word);
      return reply.header('set-cookie', cookies.signedOut()).code(204).send(null);
    },
  );

  app.get(
    '/sessions',
    {
      config: { access: { role: 'super_admin' } },
      schema: {
        operationId: 'sessions',
        tags: ['session'],
        summary: 'Who is signed in to the dashboard',
        response: { 200: Type.Object({ items: Type.Array(OpenSession) }) },
      },
    },
    async () => ({
      items: (await sessions.list()).map((session) => ({
        ...viewOf(session),
        signed_in_at: session.signedInAt.toISOString(),
        seen_at: session.seenAt.toISOString(),
      })),
    }),
  );

  app.post(
    '/sessions/revoke',
    {
      config: { access: { role: 'super_admin' } },
      schema: {
        operationId: 'revokeSessions',
        tags: ['session'],
        summary: 'Ends every session of a person, whose role then counts anew',
        body: Type.Object({ name: Type.String({ minLength: 1, maxLength: 300 }) }, { additionalProperties: false }),
        response: { 200: Type.Object({ revoked: Type.Integer() }) },
      },
    },
    async (request) => {
      const revoked = await sessions.closeAll(request.body.name, request.actor!.id);
      if (revoked === 0) throw notFound();
      return { revoked };
    },
  );
}

export const viewOf = ({ id, role, signedInWith, expiresAt }: Session) => ({
  name: id,
  role,
  signed_in_with: signedInWith,
  expires_at: expiresAt.toISOString(),
});
