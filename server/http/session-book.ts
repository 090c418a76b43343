import { createHash, randomBytes } from 'node:crypto';
import { audit } from '../store/audit.ts';
import type { Store } from '../store/database.ts';
import {
  deleteSession,
  deleteSessionsOf,
  insertAttempt,
  insertSession,
  type Living,
  livingSession,
  livingSessions,
  personOfSubject,
  type SessionRow,
  seeSession,
  takeAttempt,
} from '../store/sessions.ts';
import { ATTEMPT_SECONDS, IDLE_SECONDS, SESSION_SECONDS, type Session, type SessionBook } from './session.ts';

export interface SessionBookWorld {
  tenant: string;
  store: Store;
  now: () => Date;
  /** What each way of signing in rests on, as a text that changes when sessions have to end; null: the way is closed. */
  grounds: { token: string | null; oidc: string | null };
}

/** A session is written as seen at most this often: the dashboard asks every few seconds. */
const SEEN_EVERY_MS = 60_000;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Sessions in the database: every server knows them, and one that is ended is ended everywhere at once. */
export function openSessionBook({ tenant, store, now, grounds }: SessionBookWorld): SessionBook {
  const groundOf = { token: sha256(`token ${grounds.token}`), oidc: sha256(`oidc ${grounds.oidc}`) };
  const standing = (['token', 'oidc'] as const).filter((way) => grounds[way] !== null).map((way) => groundOf[way]);
  const idleSince = (at: Date) => new Date(at.getTime() - IDLE_SECONDS * 1_000);
  const living = (at: Date): Living => ({ tenant, now: at, idleSince: idleSince(at), grounds: standing });

  return {
    async open(proved) {
      const at = now();
      const word = randomBytes(32).toString('base64url');
      const row = await store.inTransaction(async (trx) => {
        const person = proved.subject ? await personOfSubject(trx, tenant, proved.subject, proved.name) : proved.name;
        const fresh: SessionRow = {
          cookie_sha256: sha256(word),
          tenant,
          person,
          role: proved.role,
          signed_in_with: proved.with,
          rests_on: groundOf[proved.with],
          signed_in_at: at,
          seen_at: at,
          expires_at: new Date(at.getTime() + SESSION_SECONDS * 1_000),
        };
        await insertSession(trx, fresh, idleSince(at));
        const detail = { role: proved.role, with: proved.with };
        await audit(trx, { tenant, actor: person, action: 'session.signed_in', subjectId: 'dashboard', detail });
        return fresh;
      });
      return { word, session: sessionOf(row) };
    },

    async find(word) {
      const at = now();
      const row = await livingSession(store.db, sha256(word), living(at));
      if (!row) return null;
      if (at.getTime() - row.seen_at.getTime() > SEEN_EVERY_MS) await seeSession(store.db, row.cookie_sha256, at);
      return sessionOf(row);
    },

    close: (word) =>
      store.inTransaction(async (trx) => {
        const person = await deleteSession(trx, tenant, sha256(word));
        if (person !== null)
          await audit(trx, { tenant, actor: person, action: 'session.signed_out', subjectId: 'dashboard' });
      }),

    closeAll: (person, by) =>
      store.inTransaction(async (trx) => {
        const sessions = await deleteSessionsOf(trx, tenant, person);
        const detail = { sessions };
        if (sessions > 0) await audit(trx, { tenant, actor: by, action: 'session.revoked', subjectId: person, detail });
        return sessions;
      }),

    list: async () => (await livingSessions(store.db, living(now()))).map(sessionOf),

    async begin(state, browser, { nonce, codeVerifier, returnTo }) {
      const at = now();
      const attempt = {
        state_sha256: sha256(state),
        tenant,
        browser_sha256: sha256(browser),
        nonce,
        code_verifier: codeVerifier,
        return_to: returnTo,
        expires_at: new Date(at.getTime() + ATTEMPT_SECONDS * 1_000),
      };
      await insertAttempt(store.db, attempt, at);
    },

    async take(state, browser) {
      const found = await takeAttempt(store.db, tenant, { state: sha256(state), browser: sha256(browser), now: now() });
      return found && { nonce: found.nonce, codeVerifier: found.code_verifier, returnTo: found.return_to };
    },

    refused: (name, reason) =>
      store.inTransaction((trx) =>
        audit(trx, { tenant, actor: name, action: 'session.refused', subjectId: 'dashboard', detail: { reason } }),
      ),
  };
}

function sessionOf(row: SessionRow): Session {
  return {
    id: row.person,
    role: row.role,
    signedInWith: row.signed_in_with,
    signedInAt: row.signed_in_at,
    seenAt: row.seen_at,
    expiresAt: row.expires_at,
  };
}
