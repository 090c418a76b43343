/** Sessions of the door tests, without a database; they last as the real ones do. */
import { randomBytes } from 'node:crypto';
import {
  type Attempt,
  IDLE_SECONDS,
  type Proved,
  SESSION_SECONDS,
  type Session,
  type SessionBook,
} from '../../server/http/session.ts';
import type { Actor } from '../../server/retraction/face.ts';

/** Sessions that tests made before any doors were open: every book knows them. */
const given = new Map<string, Session>();

function sessionOf({ id, role }: Actor, at = new Date(), signedInWith: Proved['with'] = 'oidc'): Session {
  const expiresAt = new Date(at.getTime() + SESSION_SECONDS * 1_000);
  return { id, role, signedInWith, signedInAt: at, seenAt: at, expiresAt };
}

/** The Cookie field of somebody who signed in `at`; for doors whose address is https unless told otherwise. */
export function cookieFor(actor: Actor, { secure = true, at = new Date() } = {}): string {
  const word = randomBytes(32).toString('base64url');
  given.set(word, sessionOf(actor, at));
  return `${secure ? '__Host-' : ''}reelback=${word}`;
}

/** The same for `<role>@example.org`. */
export const cookieOf = (role: Actor['role']): string => cookieFor({ id: `${role}@example.org`, role });

export class SessionsInMemory implements SessionBook {
  readonly sessions = new Map<string, Session>();
  readonly refusals: string[] = [];
  #attempts = new Map<string, Attempt>();

  async open({ name, role, with: signedInWith }: Proved) {
    const word = randomBytes(32).toString('base64url');
    const session = sessionOf({ id: name, role }, new Date(), signedInWith);
    this.sessions.set(word, session);
    return { word, session };
  }
  async find(word: string) {
    const session = this.sessions.get(word) ?? given.get(word);
    const idle = session && Date.now() - session.seenAt.getTime() >= IDLE_SECONDS * 1_000;
    return session && !idle && session.expiresAt.getTime() > Date.now() ? session : null;
  }
  async close(word: string) {
    this.sessions.delete(word);
    given.delete(word);
  }
  async closeAll(person: string) {
    let closed = 0;
    for (const book of [this.sessions, given])
      for (const [word, { id }] of book) if (id === person && book.delete(word)) closed += 1;
    return closed;
  }
  async list() {
    return [...this.sessions.values()];
  }
  async begin(state: string, browser: string, attempt: Attempt) {
    this.#attempts.set(`${state} ${browser}`, attempt);
  }
  async take(state: string, browser: string) {
    const attempt = this.#attempts.get(`${state} ${browser}`) ?? null;
    this.#attempts.delete(`${state} ${browser}`);
    return attempt;
  }
  async refused(_name: string, reason: string) {
    this.refusals.push(reason);
  }
}
