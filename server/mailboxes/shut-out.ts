import { PermanentError, TemporaryError } from '../../shared/errors.ts';

/** A tenant that has shut us out is asked again this often: an administrator can open it any time. */
const ASK_AGAIN_MS = 60_000;

/**
 * An expired secret or withdrawn consent (`consent-revoked`) says nothing about one copy, mailbox or report: what it
 * met stays as it is and is tried again, until a person has acted. Every other error stays what it is.
 */
export function patientIfShutOut(error: unknown): unknown {
  if (!(error instanceof PermanentError) || error.code !== 'consent-revoked') return error;
  return new TemporaryError(`shut out of the tenant: ${error.message}`, { retryAfterMs: ASK_AGAIN_MS, cause: error });
}
