/** Refusals in Graph's words and shape. */
import { randomUUID } from 'node:crypto';
import type { Answer } from '../wire.ts';

/** Thrown inside a route; becomes an OData error. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;

  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** `{error: {code, message, innerError}}`, as every Graph error body is. */
export function errorAnswer(refusal: Refusal, clientRequestId: string | undefined, now: number): Answer {
  const requestId = randomUUID();
  return {
    status: refusal.status,
    headers: { 'request-id': requestId, ...refusal.headers },
    body: {
      error: {
        code: refusal.code,
        message: refusal.message,
        innerError: {
          date: new Date(now).toISOString().slice(0, 19),
          'request-id': requestId,
          'client-request-id': clientRequestId ?? requestId,
        },
      },
    },
  };
}

export const badRequest = (message: string) => new Refusal(400, 'BadRequest', message);
export const itemNotFound = () =>
  new Refusal(
    404,
    'ErrorItemNotFound',
    'The specified object was not found in the store., The process failed to get the correct properties.',
  );
export const folderNotFound = () =>
  new Refusal(404, 'ErrorFolderNotFound', 'The specified folder could not be found in the store.');
export const noMailbox = () =>
  new Refusal(
    404,
    'MailboxNotEnabledForRESTAPI',
    'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
  );
export const noSuchUser = (key: string) =>
  new Refusal(404, 'ErrorInvalidUser', `The requested user '${key}' is invalid.`);
export const noSuchResource = (key: string) =>
  new Refusal(
    404,
    'Request_ResourceNotFound',
    `Resource '${key}' does not exist or one of its queried reference-property objects are not present.`,
  );
export const accessDenied = () =>
  new Refusal(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.');
export const directoryDenied = () =>
  new Refusal(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
export const badToken = (message: string) =>
  new Refusal(401, 'InvalidAuthenticationToken', message, {
    'www-authenticate':
      'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"',
  });
