/** The one way to the server. */
import type { Problem, SubmissionView, WithdrawAnswer } from '../shared/api.ts';
import { troubleOfStatus } from '../shared/trouble.ts';
import { ORIGIN, WAIT_SECONDS } from './configuration.ts';
import type { Answer, Backend } from './outside.ts';
import type { GmailTrouble } from './trouble.ts';

type Options = GoogleAppsScript.URL_Fetch.URLFetchRequestOptions;

/** @param language BCP 47 tag; in it the server words its answers */
export function createBackend(language: string): Backend {
  const submissions = `${ORIGIN}/api/v1/submissions`;

  function call<T>(
    url: string,
    token: string,
    { headers, ...options }: Options & { headers?: Record<string, string> },
    isRight: (body: unknown) => body is T,
  ): Answer<T> {
    let response: GoogleAppsScript.URL_Fetch.HTTPResponse;
    try {
      response = UrlFetchApp.fetch(url, {
        ...options,
        headers: { ...headers, Authorization: `Bearer ${token}`, 'Accept-Language': language },
        muteHttpExceptions: true,
        // A redirect must not carry the person's token to another place.
        followRedirects: false,
      });
    } catch (error) {
      return failure(troubleOfFetch(String(error)));
    }
    const status = response.getResponseCode();
    const body = parse(response.getContentText('UTF-8'));
    if (status < 300 && isRight(body)) return { ok: true, status, value: body };
    // A proxy's sign-in page with status 200 is no answer of ours.
    if (status < 300) return failure('server', status);
    // Nothing of ours redirects: this address belongs to something else.
    if (status < 400) return failure('not_configured', status);
    const problem = isProblem(body) ? body : null;
    return {
      ok: false,
      trouble: troubleOfStatus(status, problem?.code ?? ''),
      status,
      retryAfterMs: retryAfterMs(response.getHeaders()),
      submissionId: problem?.submission_id ?? '',
    };
  }

  return {
    submit(request, token, key) {
      const answer = call(
        `${submissions}?wait=${WAIT_SECONDS}`,
        token,
        {
          method: 'post',
          contentType: 'application/json',
          payload: JSON.stringify(request),
          headers: { 'Idempotency-Key': key },
        },
        isView,
      );
      // There is no report yet that could be missing: the route itself is.
      return !answer.ok && answer.trouble === 'not_found' ? { ...answer, trouble: 'not_configured' } : answer;
    },
    view(id, token) {
      return call(`${submissions}/${encodeURIComponent(id)}`, token, { method: 'get' }, isView);
    },
    withdraw(id, token) {
      const url = `${submissions}/${encodeURIComponent(id)}/withdraw`;
      return call(url, token, { method: 'post' }, isWithdrawAnswer);
    },
  };
}

function failure(trouble: GmailTrouble, status = 0): Answer<never> {
  return { ok: false, trouble, status, retryAfterMs: null, submissionId: '' };
}

/** Apps Script says what went wrong in words only; what we do not know may have arrived. */
function troubleOfFetch(text: string): GmailTrouble {
  if (/too many times|quota|rate limit|bandwidth/i.test(text)) return 'quota';
  if (/time.?out|timed out|deadline/i.test(text)) return 'timeout';
  if (/DNS error|address unavailable|unreachable|refused/i.test(text)) return 'offline';
  if (/whitelist|allowlist|permission|not (allowed|permitted)|blocked|invalid argument|SSL/i.test(text)) {
    return 'not_configured';
  }
  return 'answer_lost';
}

/** Seconds or an HTTP date (RFC 9110 section 10.2.3). */
function retryAfterMs(headers: object): number | null {
  const entry = Object.entries(headers).find(([name]) => name.toLowerCase() === 'retry-after');
  const field = String(entry?.[1] ?? '').trim();
  if (!field) return null;
  const ms = /^\d+$/.test(field) ? Number(field) * 1000 : Date.parse(field) - Date.now();
  return Number.isFinite(ms) && ms > 0 ? ms : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isView(body: unknown): body is SubmissionView {
  const view = body as Partial<SubmissionView> | null;
  return (
    typeof view?.id === 'string' &&
    typeof view.status === 'string' &&
    typeof view.pane?.title === 'string' &&
    Array.isArray(view.pane.lines) &&
    Array.isArray(view.reasons)
  );
}

function isWithdrawAnswer(body: unknown): body is WithdrawAnswer {
  return typeof (body as Partial<WithdrawAnswer> | null)?.withdrawn === 'boolean';
}

function isProblem(body: unknown): body is Problem {
  return typeof (body as Partial<Problem> | null)?.code === 'string';
}
