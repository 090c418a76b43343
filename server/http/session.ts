/** The dashboard's sessions as the doors see them: a random word in a cookie, everything else on the server. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Actor } from '../retraction/face.ts';

/** A working day with overtime. */
export const SESSION_SECONDS = 12 * 3_600;
/** Nobody has asked for anything: the tab is closed, the machine asleep. */
export const IDLE_SECONDS = 2 * 3_600;

export type SignedInWith = 'token' | 'oidc';

export interface Session extends Actor {
  signedInWith: SignedInWith;
  signedInAt: Date;
  seenAt: Date;
  expiresAt: Date;
}

/** Who is called what, and with which role, as a way of signing in has proved. */
export interface Proved {
  /** As the person is known here, such as an address. */
  name: string;
  role: Actor['role'];
  with: SignedInWith;
  /** Issuer and subject of the OpenID provider; null for the admin token. */
  subject: string | null;
}

/** What a sign-in on its way remembers. */
export interface Attempt {
  nonce: string;
  codeVerifier: string;
  /** Below /dashboard. */
  returnTo: string;
}

/** Sessions of all servers of a deployment. Implemented by session-book.ts. */
export interface SessionBook {
  /** @returns the word of the cookie, told only here. */
  open(proved: Proved): Promise<{ word: string; session: Session }>;
  /** null: there is none, it has ended, or what it rests on has changed. */
  find(word: string): Promise<Session | null>;
  close(word: string): Promise<void>;
  /** Ends all sessions of a person. @param by who wants it @returns how many there were */
  closeAll(person: string, by: string): Promise<number>;
  list(): Promise<Session[]>;
  /** @param browser the word of the browser's own cookie */
  begin(state: string, browser: string, attempt: Attempt): Promise<void>;
  /** Once: whoever comes again, late, or from another browser gets null. */
  take(state: string, browser: string): Promise<Attempt | null>;
  /** The provider proved who somebody is, and that is not enough. */
  refused(name: string, reason: string): Promise<void>;
}

export interface Cookies {
  /** Set-Cookie value with the word of a session. */
  session(word: string): string;
  signedOut(): string;
  wordOf(cookieField: string | undefined): string | null;
  /** The browser that began to sign in: the provider leads back from another site, so it is Lax. */
  browser(word: string): string;
  browserDone(): string;
  browserOf(cookieField: string | undefined): string | null;
}

/** How long somebody may take at the provider. */
export const ATTEMPT_SECONDS = 600;

/** @param secure true when people come over https: the cookies then carry __Host- and Secure. */
export function cookiesOf(secure: boolean): Cookies {
  const name = secure ? '__Host-reelback' : 'reelback';
  const browserName = `${name}-sign-in`;
  const attributes = (sameSite: string) => `Path=/; HttpOnly; SameSite=${sameSite}${secure ? '; Secure' : ''}`;
  return {
    session: (word) => `${name}=${word}; Max-Age=${SESSION_SECONDS}; ${attributes('Strict')}`,
    signedOut: () => `${name}=; Max-Age=0; ${attributes('Strict')}`,
    wordOf: (field) => cookieOf(field, name),
    browser: (word) => `${browserName}=${word}; Max-Age=${ATTEMPT_SECONDS}; ${attributes('Lax')}`,
    browserDone: () => `${browserName}=; Max-Age=0; ${attributes('Lax')}`,
    browserOf: (field) => cookieOf(field, browserName),
  };
}

/** RFC 6265 section 4.2.1; of two cookies of one name neither counts, because one of them was planted. */
function cookieOf(field: string | undefined, name: string): string | null {
  if (!field || field.length > 8_192) return null;
  const values = field
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  return values.length === 1 && WORD.test(values[0]!) ? values[0]! : null;
}

/** 256 random bits in base64url. */
const WORD = /^[A-Za-z0-9_-]{43}$/;

/** Compares secrets of any length without telling by time where or whether their lengths differ. */
export function sameSecret(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
