/** The HTTP API as the dashboard asks it: same origin, session cookie, problems as exceptions. */
import type { Problem } from '../../shared/api.ts';
import type { DashboardSession } from '../../shared/session.ts';
import { chosenLanguage } from './language.ts';

/** What the server said instead of the hoped-for answer. `offline` when it said nothing. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    /** The whole problem, for its further members. */
    readonly body: Partial<Problem> = {},
  ) {
    super(detail);
  }
}

export type Session = DashboardSession;

export interface Page<T> {
  items: T[];
  next_cursor?: string;
}

const TIMEOUT_MS = 15_000;

/** @throws ApiProblem */
export function ask<T>(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  timeoutMs = TIMEOUT_MS,
): Promise<T> {
  return send<T>(
    method,
    path,
    body === undefined ? null : { type: 'application/json', text: JSON.stringify(body) },
    timeoutMs,
  );
}

/** Posts a text that is no JSON, such as a CSV. @throws ApiProblem */
export function askWithText<T>(path: string, type: string, text: string): Promise<T> {
  return send<T>('POST', path, { type, text }, TIMEOUT_MS);
}

async function send<T>(
  method: string,
  path: string,
  body: { type: string; text: string } | null,
  timeoutMs: number,
): Promise<T> {
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, {
      method,
      credentials: 'same-origin',
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        'accept-language': chosenLanguage(),
        // Tells our own page from a foreign one that can only send forms.
        'x-reelback': '1',
        ...(body ? { 'content-type': body.type } : {}),
      },
      ...(body ? { body: body.text } : {}),
    });
  } catch {
    throw new ApiProblem(0, 'offline', '');
  }
  if (response.status === 204) return undefined as T;
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) {
    // app.tsx shows the sign-in when a session has ended.
    if (response.status === 401 && path !== '/session') dispatchEvent(new Event('reelback:signed-out'));
    const problem = (answer ?? {}) as Partial<Problem>;
    throw new ApiProblem(response.status, problem.code ?? 'unknown', problem.detail ?? '', problem);
  }
  return answer as T;
}
