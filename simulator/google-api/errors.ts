/** Refusals in Google's words and shape. */
import type { Answer } from '../wire.ts';

export interface GoogleErrorMore {
  domain?: string;
  /** google.rpc.Code by name; from the HTTP status unless told, null for APIs that name none. */
  status?: string | null;
  headers?: Record<string, string>;
  location?: string;
}

/** Thrown inside a route; becomes Google's error body. */
export class GoogleRefusal extends Error {
  readonly code: number;
  readonly reason: string;
  readonly more: GoogleErrorMore;

  constructor(code: number, reason: string, message: string, more: GoogleErrorMore = {}) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.more = more;
  }
}

const statusOf = new Map([
  [400, 'INVALID_ARGUMENT'],
  [401, 'UNAUTHENTICATED'],
  [403, 'PERMISSION_DENIED'],
  [404, 'NOT_FOUND'],
  [409, 'ABORTED'],
  [412, 'FAILED_PRECONDITION'],
  [429, 'RESOURCE_EXHAUSTED'],
  [500, 'INTERNAL'],
  [503, 'UNAVAILABLE'],
  [504, 'DEADLINE_EXCEEDED'],
]);

/** `{error: {code, message, errors: [{message, domain, reason}], status}}`. */
export function refusalAnswer({ code, reason, message, more }: GoogleRefusal): Answer {
  const status = more.status === undefined ? statusOf.get(code) : (more.status ?? undefined);
  const place = more.location === undefined ? {} : { location: more.location, locationType: 'parameter' };
  const errors = [{ message, domain: more.domain ?? 'global', reason, ...place }];
  return {
    status: code,
    headers: { ...more.headers },
    body: { error: { code, message, errors, ...(status !== undefined && { status }) } },
  };
}

export const invalidArgument = (message: string) => new GoogleRefusal(400, 'invalidArgument', message);
export const failedPrecondition = (message: string) =>
  new GoogleRefusal(400, 'failedPrecondition', message, { status: 'FAILED_PRECONDITION' });
export const notFound = () => new GoogleRefusal(404, 'notFound', 'Requested entity was not found.');
export const noSuchRoute = () => new GoogleRefusal(404, 'notFound', 'Not Found');
export const forbidden = (message: string) => new GoogleRefusal(403, 'forbidden', message);
export const insufficientScopes = () =>
  new GoogleRefusal(403, 'insufficientPermissions', 'Request had insufficient authentication scopes.', {
    headers: { 'www-authenticate': 'Bearer realm="https://accounts.google.com/", error="insufficient_scope"' },
  });
export const badToken = () =>
  new GoogleRefusal(
    401,
    'authError',
    'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.',
    {
      location: 'Authorization',
      headers: { 'www-authenticate': 'Bearer realm="https://accounts.google.com/", error="invalid_token"' },
    },
  );
export const parseError = () => new GoogleRefusal(400, 'parseError', 'Parse Error');
/** Of the Admin SDK, whose older errors name no status. */
export const adminError = (code: number, reason: string, message: string) =>
  new GoogleRefusal(code, reason, message, { status: null });
