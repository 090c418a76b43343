/** RFC 9457 problems: every answer that is not the hoped-for one is one of these, and only error-handler.ts sends them. */
import { STATUS_CODES } from 'node:http';
import type { Problem as ProblemBody } from '../../shared/api.ts';

export interface ProblemOptions {
  /** JSON pointer of the culprit in the request body. */
  pointer?: string;
  /** The id of the invalid submission that was kept. */
  submissionId?: string;
  /** Further members of the body (RFC 9457 section 3.2). */
  more?: Pick<ProblemBody, 'confirmation' | 'retraction_id' | 'lines'>;
  /** Seconds; becomes Retry-After, at least 1. */
  retryAfterSeconds?: number;
  /** Becomes WWW-Authenticate on a 401. */
  challenge?: string;
  cause?: unknown;
}

/** Thrown by routes and hooks. `detail` reaches a stranger: one sentence without internals, addresses or secrets. */
export class Problem extends Error {
  override name = 'Problem';
  constructor(
    readonly status: number,
    /** Stable word for programs, such as `mailbox_not_allowed`. */
    readonly code: string,
    readonly detail: string,
    readonly options: ProblemOptions = {},
  ) {
    super(`${status} ${code}`, { cause: options.cause });
  }

  /** The body. `type` is about:blank, so the title is the status phrase (RFC 9457 section 4.2.1). */
  toBody(): ProblemBody {
    return {
      type: 'about:blank',
      title: STATUS_CODES[this.status] ?? 'Error',
      status: this.status,
      detail: this.detail,
      code: this.code,
      ...(this.options.pointer === undefined ? {} : { pointer: this.options.pointer }),
      ...(this.options.submissionId === undefined ? {} : { submission_id: this.options.submissionId }),
      ...this.options.more,
    };
  }

  /** Lower-case header names and values that go with it. */
  headers(): Record<string, string> {
    const headers: Record<string, string> = {};
    if (this.options.retryAfterSeconds !== undefined)
      headers['retry-after'] = String(Math.max(1, Math.ceil(this.options.retryAfterSeconds)));
    if (this.status === 401) headers['www-authenticate'] = this.options.challenge ?? 'Bearer';
    return headers;
  }
}

export const notFound = () => new Problem(404, 'not_found', 'There is nothing here, or it is not yours to see.');

/** 401: who you are is not proven. RFC 6750 section 3.1 names the error in the challenge. */
export const unauthorized = (code: string, detail: string) =>
  new Problem(401, code, detail, { challenge: code === 'token_missing' ? 'Bearer' : 'Bearer error="invalid_token"' });

/** 403: who you are is proven (or beside the point) and it is not enough. */
export const forbidden = (code: string, detail: string) => new Problem(403, code, detail);

export const invalid = (code: string, detail: string, pointer?: string) => new Problem(400, code, detail, { pointer });
