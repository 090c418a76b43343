/** The dashboard's session: a signed cookie, so that any server of the deployment can read it. */
import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Actor } from '../retraction/face.ts';
import { ROLES } from './access.ts';

/** A working day with overtime. */
export const SESSION_SECONDS = 12 * 3_600;

export interface Sessions {
  /** Set-Cookie value that signs the actor in. */
  issue(actor: Actor): string;
  /** Set-Cookie value that signs out. */
  clear(): string;
  /** The actor of a Cookie field; null when there is none, or it is forged, foreign or too old. */
  read(cookieField: string | undefined): Actor | null;
}

/**
 * @param secret sessions end when it changes; at least 16 characters.
 * @param secure true when people come over https: the cookie then carries __Host- and Secure.
 */
export function signedSessions(secret: string, secure: boolean, now: () => Date): Sessions {
  const name = secure ? '__Host-reelback' : 'reelback';
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'reelback dashboard session', 32));
  const sign = (text: string) => createHmac('sha256', key).update(text).digest();
  const attributes = `Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;

  return {
    issue(actor) {
      const expires = Math.floor(now().getTime() / 1_000) + SESSION_SECONDS;
      const payload = Buffer.from(JSON.stringify({ id: actor.id, role: actor.role, exp: expires })).toString(
        'base64url',
      );
      return `${name}=${payload}.${sign(payload).toString('base64url')}; Max-Age=${SESSION_SECONDS}; ${attributes}`;
    },
    clear: () => `${name}=; Max-Age=0; ${attributes}`,
    read(cookieField) {
      const value = cookieOf(cookieField, name);
      const [payload, mac, ...rest] = value?.split('.') ?? [];
      if (!payload || !mac || rest.length > 0) return null;
      const given = Buffer.from(mac, 'base64url');
      const wanted = sign(payload);
      if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null;
      const { id, role, exp } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Actor & {
        exp: number;
      };
      if (exp * 1_000 <= now().getTime() || !ROLES.includes(role)) return null;
      return { id, role };
    },
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
  return values.length === 1 ? values[0]! : null;
}

/** Compares secrets of any length without telling by time where or whether their lengths differ. */
export function sameSecret(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
