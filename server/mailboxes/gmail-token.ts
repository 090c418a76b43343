/** Access tokens of a service account that acts as one user each (RFC 7523, domain-wide delegation). */
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { PermanentError, TemporaryError } from '../../shared/errors.ts';
import { retryAfterMs } from './answer.ts';
import { checkedUrl, type Effects } from './effects.ts';
import { exchange, jsonOf } from './exchange.ts';
import type { GmailSettings } from './gmail-settings.ts';
import { Recent } from './recent.ts';

/**
 * What a token may do. Asked for apart, because Google refuses a token whose scopes are not all delegated: without the
 * mail log or the right to delete for good, everything else still works.
 */
export type Scope = 'mail' | 'purge' | 'directory' | 'reports';

export const SCOPES: Record<Scope, string> = {
  mail: 'https://www.googleapis.com/auth/gmail.modify',
  purge: 'https://mail.google.com/',
  directory:
    'https://www.googleapis.com/auth/admin.directory.user.readonly https://www.googleapis.com/auth/admin.directory.group.member.readonly',
  reports: 'https://www.googleapis.com/auth/admin.reports.audit.readonly',
};

const LIFETIME_S = 3_600;
const RENEW_BEFORE_MS = 300_000;
/** A token of a service account is about 1 KB: 50 MB at most, and a sweep of more mailboxes signs again. */
const KEPT_MOST = 50_000;
const AT_A_TIME = 64;
/** How long the administrator's own standing is believed while other subjects are refused. */
const STANDING_MS = 60_000;

export class GmailTokens {
  readonly #key: KeyObject;
  readonly #url: string;
  readonly #kept: Recent<string, { token: string; until: number }>;
  readonly #asking = new Map<string, Promise<string>>();
  readonly #waiting: (() => void)[] = [];
  #busy = 0;
  #standingAt = Number.NEGATIVE_INFINITY;

  /** @throws PermanentError `bad_service_account`, `insecure_url` */
  constructor(
    private readonly settings: Pick<GmailSettings, 'serviceAccount' | 'admin' | 'timeoutMs'>,
    private readonly effects: Effects,
  ) {
    this.#key = keyOf(settings.serviceAccount.privateKey);
    this.#url = checkedUrl(settings.serviceAccount.tokenUri);
    this.#kept = new Recent(LIFETIME_S * 1000, KEPT_MOST, effects.now);
  }

  /**
   * @param options.fresh asks even when a kept one has time left
   * @throws PermanentError `no_mailbox`, `not_authorized` (this subject or scope), `consent-revoked` (nobody is let in)
   * @throws TemporaryError when the endpoint cannot be reached
   */
  tokenFor(subject: string, scope: Scope, options: { fresh?: boolean } = {}): Promise<string> {
    const key = `${scope} ${subject}`;
    const kept = options.fresh ? undefined : this.#kept.get(key);
    if (kept && kept.until - this.effects.now() > RENEW_BEFORE_MS) return Promise.resolve(kept.token);
    const asked = this.#asking.get(key);
    if (asked) return asked;
    const asking = this.#ask(subject, scope, key).finally(() => this.#asking.delete(key));
    this.#asking.set(key, asking);
    return asking;
  }

  async #ask(subject: string, scope: Scope, key: string): Promise<string> {
    const answer = await this.#inTurn(() => this.#post(subject, scope));
    if (!('refused' in answer)) {
      this.#kept.set(key, answer);
      return answer.token;
    }
    throw await this.#meaningOf(answer.refused, subject, scope);
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    while (this.#busy >= AT_A_TIME) await new Promise<void>((go) => this.#waiting.push(go));
    this.#busy++;
    try {
      return await work();
    } finally {
      this.#busy--;
      this.#waiting.shift()?.();
    }
  }

  async #post(subject: string, scope: Scope): Promise<{ token: string; until: number } | { refused: string }> {
    const { fetch, now } = this.effects;
    const body = new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: await this.#assertion(subject, scope),
    });
    const how = { fetch, timeoutMs: this.settings.timeoutMs ?? 20_000, who: 'google login', purpose: 'read' as const };
    const { status, headers, bytes } = await exchange(how, this.#url, { method: 'POST', body });
    const said = fieldsOf(jsonOf(bytes));
    if (status === 429 || status >= 500) {
      const answer = { status, headers: Object.fromEntries(headers), body: null };
      throw new TemporaryError(`google login: ${status}`, { retryAfterMs: retryAfterMs(answer, now()) });
    }
    if (status === 200 && typeof said.access_token === 'string') {
      const seconds = typeof said.expires_in === 'number' ? said.expires_in : LIFETIME_S;
      return { token: said.access_token, until: now() + seconds * 1000 };
    }
    if (typeof said.error !== 'string') throw new TemporaryError(`google login: ${status}`);
    return { refused: said.error.slice(0, 100) };
  }

  #assertion(subject: string, scope: Scope): Promise<string> {
    const { clientEmail, privateKeyId, tokenUri } = this.settings.serviceAccount;
    const seconds = Math.floor(this.effects.now() / 1000);
    return new SignJWT({ scope: SCOPES[scope] })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', ...(privateKeyId ? { kid: privateKeyId } : {}) })
      .setIssuer(clientEmail)
      .setSubject(subject)
      .setAudience(tokenUri)
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + LIFETIME_S)
      .sign(this.#key);
  }

  /**
   * Google refuses a user it does not know, a scope that was not delegated and a deleted key in much the same words, so
   * a refusal speaks for everybody only when the administrator is refused as well.
   */
  async #meaningOf(error: string, subject: string, scope: Scope): Promise<PermanentError> {
    const said = `google login: ${error}`;
    const { admin } = this.settings;
    if (scope === 'reports') return new PermanentError('not_authorized', said);
    if (scope === 'purge') {
      await this.tokenFor(subject, 'mail');
      return new PermanentError('not_authorized', said);
    }
    if (subject === admin) {
      this.#standingAt = Number.NEGATIVE_INFINITY;
      return new PermanentError('consent-revoked', said);
    }
    if (this.effects.now() - this.#standingAt > STANDING_MS) {
      await this.tokenFor(admin, scope, { fresh: true });
      this.#standingAt = this.effects.now();
    }
    return new PermanentError(error === 'invalid_grant' ? 'no_mailbox' : 'not_authorized', said);
  }
}

function keyOf(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    // The parser's own message may quote the key.
    throw new PermanentError('bad_service_account', 'private_key of the service account is no private key');
  }
}

function fieldsOf(body: unknown): Record<string, unknown> {
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
}
