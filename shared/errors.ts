/** Try again: it spends no attempt. */
export class TemporaryError extends Error {
  override name = 'TemporaryError';
  /** Milliseconds to wait at least, when the other side said so. */
  readonly retryAfterMs: number | undefined;
  /** True when the other side may have acted although no answer arrived (timeout, reset, 5xx on a write). */
  readonly outcomeUnknown: boolean;
  constructor(message: string, options: { retryAfterMs?: number; outcomeUnknown?: boolean; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.retryAfterMs = options.retryAfterMs;
    this.outcomeUnknown = options.outcomeUnknown ?? false;
  }
}

/** Never again; the code is shown to a person. */
export class PermanentError extends Error {
  override name = 'PermanentError';
  constructor(
    /** Stable word, such as `consent-revoked`, `no_mailbox`, `not_authorized`. */
    readonly code: string,
    message: string = code,
    options: { cause?: unknown } = {},
  ) {
    super(message, options);
  }
}
