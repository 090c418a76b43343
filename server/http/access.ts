/** Who may call what: declared on every route, enforced by authenticate.ts, tested from the route table. */
import type { Actor } from '../retraction/face.ts';
import type { Reporter } from '../submission/face.ts';
import type { Session } from './session.ts';

export type Role = Actor['role'];
export const ROLES = ['viewer', 'soc_analyst', 'config_admin', 'super_admin'] as const satisfies readonly Role[];

/** A route is open, or names its callers: reporters with their own token, people of the dashboard from a role on. */
export type Access = { open: true } | { open?: never; reporter?: true; role?: Role };

/** The route table's row, for the role-by-route matrix. */
export interface RouteAccess {
  method: string;
  url: string;
  access: Access;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
  interface FastifyRequest {
    /** Set when the caller proved to be a reporter. */
    reporter: Reporter | null;
    /** Set when the caller proved to be a person (or script) of the dashboard. */
    actor: Actor | null;
    /** Set when the actor came with a session, and not with a token. */
    session: Session | null;
  }
  interface FastifyInstance {
    /** Every route with who may call it. */
    routeAccess: RouteAccess[];
  }
}

/**
 * viewer < soc_analyst; config_admin sees lists and settings, but neither reads nor retracts messages; super_admin may all.
 */
export function roleAllows(role: Role, needed: Role): boolean {
  if (role === 'super_admin' || role === needed) return true;
  return needed === 'viewer';
}

/** Subjects, addresses and evidence are for those who work on messages. */
export const seesContent = (role: Role) => role === 'soc_analyst' || role === 'super_admin';
