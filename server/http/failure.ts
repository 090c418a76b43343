/** Any thrown thing to a Problem: the one table. */
import { isNativeError } from 'node:util/types';
import { PermanentError, TemporaryError } from '../../shared/errors.ts';
import { InvalidCsv } from '../policies/invalid-csv.ts';
import { invalid, Problem } from './problem.ts';

/** What a validation error of our compiler carries (schema-compiler.ts). */
interface SchemaFault {
  instancePath: string;
  keyword: string;
  params: Record<string, unknown>;
  message?: string;
}

const PERMANENT: Record<string, { status: number; detail: string }> = {
  mailbox_not_allowed: {
    status: 403,
    detail: 'This mailbox is not yours, and no mapping of shared mailboxes gives it to you.',
  },
  provider_not_configured: { status: 403, detail: 'This mail provider is not connected here.' },
  tenant_not_allowed: { status: 403, detail: 'Your organisation is not connected here.' },
  destination_fixed: {
    status: 409,
    detail: 'Copies have been moved to the first destination already: put them back first, then choose another.',
  },
  standing_retraction: {
    status: 409,
    detail:
      'This mail is taken back to another place already: put it back first, or approve the retraction that stands.',
  },
  nothing_to_restore: { status: 409, detail: 'Nothing of this mail has been taken away.' },
  not_searchable: { status: 409, detail: 'This mail has no Message-ID, so its copies cannot be searched for.' },
  simulation: { status: 409, detail: 'This is one of your own phishing simulations: it is left where it is.' },
  one_at_a_time: { status: 400, detail: 'Permanent deletion takes one message at a time.' },
  nothing_to_purge: { status: 409, detail: 'There is no copy of it that could be deleted for good.' },
  confirmation_invalid: {
    status: 409,
    detail: 'This confirmation was used, has expired or belongs to something else: ask again without one.',
  },
  second_person_required: {
    status: 409,
    detail: 'Permanent deletion wants two people here: somebody else must confirm what you asked for.',
  },
  not_escalatable: { status: 409, detail: 'Only a judged report of a user can be escalated.' },
  not_reclassifiable: { status: 409, detail: 'This mail has not been judged yet.' },
  wrong_report: { status: 409, detail: 'escalated_submission_id names no report of this mail.' },
  nothing_to_undo: { status: 409, detail: 'This job has moved nothing that could be brought back.' },
  undone_already: { status: 409, detail: 'This job has been undone already.' },
  confirmation_outdated: {
    status: 409,
    detail: 'Something has changed since this was shown: look again, and confirm what is there now.',
  },
  training_runs: { status: 409, detail: 'A training is under way already.' },
  model_not_better: {
    status: 409,
    detail: 'This version was measured and is not better than what judged then, so it does not judge.',
  },
  model_of_another_base: {
    status: 409,
    detail: 'This version was trained beside another shipped model: train a new one.',
  },
  model_judges_already: { status: 409, detail: 'This version judges already.' },
  model_is_shipped: { status: 409, detail: 'The shipped model judges alone: there is nothing to go back from.' },
  invalid_span: { status: 400, detail: 'start has to lie before end, and at most 400 days before it.' },
  wrong_state: { status: 409, detail: 'That is not possible in the state it is in now.' },
};

const FRAMEWORK: Record<string, { status: number; code: string; detail: string }> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    status: 413,
    code: 'too_large',
    detail: 'The request is larger than this server takes.',
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { status: 415, code: 'unsupported_media_type', detail: 'Send application/json.' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    status: 400,
    code: 'bad_request',
    detail: 'The body does not have the announced length.',
  },
  FST_ERR_CTP_EMPTY_JSON_BODY: { status: 400, code: 'invalid_json', detail: 'The body is empty.' },
  FST_ERR_BAD_URL: { status: 400, code: 'bad_request', detail: 'The address cannot be read.' },
  FST_ERR_ASYNC_CONSTRAINT: { status: 400, code: 'bad_request', detail: 'The request cannot be read.' },
};

/**
 * Turns what was thrown into the problem to answer with. What is not known is a 500 whose text says nothing.
 * @param closing true while the server stops: what fails then is worth another try elsewhere.
 */
export function problemOf(error: unknown, closing = false): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof TemporaryError)
    return new Problem(503, 'temporarily_unavailable', 'This cannot be done right now. Please try again.', {
      retryAfterSeconds: (error.retryAfterMs ?? 5_000) / 1_000,
      cause: error,
    });
  if (error instanceof PermanentError) {
    // These two are written for the person who typed the entry.
    if (error.code === 'invalid_entry') return invalid(error.code, error.message, '/value');
    if (error instanceof InvalidCsv)
      return new Problem(400, error.code, error.message, { more: { lines: [...error.lines] } });
    if (error.code === 'invalid_webhook' || error.code === 'invalid_setting') return invalid(error.code, error.message);
    if (error.code === 'already_listed' || error.code === 'destination_unsupported')
      return new Problem(409, error.code, error.message);
    const known = own(PERMANENT, error.code);
    if (known) return new Problem(known.status, error.code, known.detail, { cause: error });
  }
  const { validation, validationContext, code, statusCode } = (error ?? {}) as {
    validation?: SchemaFault[];
    validationContext?: string;
    code?: string;
    statusCode?: number;
  };
  if (Array.isArray(validation))
    return validation[0]
      ? schemaProblem(validation[0], validationContext ?? 'body')
      : invalid('invalid_value', 'The request is not valid.');
  const framework = typeof code === 'string' ? own(FRAMEWORK, code) : undefined;
  if (framework) return new Problem(framework.status, framework.code, framework.detail, { cause: error });
  if (Number.isInteger(statusCode) && statusCode! >= 400 && statusCode! < 500)
    return new Problem(statusCode!, 'bad_request', 'The request cannot be answered as it is.', { cause: error });
  if (isAway(error))
    return new Problem(503, 'temporarily_unavailable', 'This cannot be done right now. Please try again.', {
      retryAfterSeconds: 5,
      cause: error,
    });
  if (closing || statusCode === 503)
    return new Problem(503, 'temporarily_unavailable', 'The server is restarting. Please try again.', {
      retryAfterSeconds: 5,
      cause: error,
    });
  return new Problem(500, 'internal', 'Something went wrong on our side. It has been noted.', { cause: error });
}

/**
 * The database is not there, is stopping or starting, or has no connection left: another try will do. Sockets' words,
 * SQLSTATE classes 08 and 57P, 53300, and serialization failures; two errors of pg carry a text only.
 */
function isAway(error: unknown): boolean {
  if (!isNativeError(error)) return false;
  const code = String((error as { code?: unknown }).code ?? '');
  return (
    /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|08...|57P0[1-5]|53300|40001|40P01)$/.test(code) ||
    /^(Connection terminated|timeout exceeded when trying to connect)/.test(error.message)
  );
}

/** An entry of the table itself, not of what every object inherits. */
const own = <T>(table: Record<string, T>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** Names the place and the rule, never the value: a value may be message content. */
function schemaProblem(fault: SchemaFault, context: string): Problem {
  const place = { body: 'body', querystring: 'query', params: 'path', headers: 'headers' }[context] ?? context;
  let pointer = fault.instancePath;
  const extra = fault.params.additionalProperties;
  const missing = fault.params.requiredProperties;
  let code = 'invalid_value';
  if (fault.keyword === 'additionalProperties' && Array.isArray(extra)) {
    code = 'unknown_field';
    pointer += `/${escapePointer(String(extra[0]))}`;
  } else if (fault.keyword === 'required' && Array.isArray(missing)) {
    code = 'missing_field';
    pointer += `/${escapePointer(String(missing[0]))}`;
  }
  const allowed = fault.params.allowedValues;
  const rule = Array.isArray(allowed)
    ? `must be one of ${allowed.map(String).join(', ')}`
    : code === 'unknown_field'
      ? 'is not a field of this request'
      : code === 'missing_field'
        ? 'is missing'
        : (fault.message ?? 'is not valid');
  const shown = pointer.length > 200 ? `${pointer.slice(0, 200)}…` : pointer;
  return invalid(code, `In the ${place}, ${shown || 'the value'} ${rule}.`, context === 'body' ? shown : undefined);
}

/** RFC 6901 section 3. */
const escapePointer = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1');
