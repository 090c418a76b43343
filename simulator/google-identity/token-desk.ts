/** The token endpoint: the JWT bearer grant of a service account with domain-wide delegation (RFC 7523). */
import { randomBytes } from 'node:crypto';
import { decodeJwt, verifyJwt } from '../identity/jwt.ts';
import { type Answer, json } from '../wire.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { serviceAccountKey } from './keys.ts';
import { serviceAccountEmail } from './service-account.ts';

/** What an access token stands for. */
export interface Grant {
  /** Primary address of the user it acts as; null: the service account itself, which has no mailbox. */
  subject: string | null;
  scopes: ReadonlySet<string>;
  /** ms since the epoch */
  expires: number;
}

export interface TokenDeskSetting {
  workspace: Workspace;
  tokenUrl: string;
  now: () => number;
}

/** Sheet retraction.md section 2, and the one for permanent deletion. */
export const delegatedScopes: readonly string[] = [
  'https://mail.google.com/',
  'https://www.googleapis.com/auth/gmail.modify',
  'https://www.googleapis.com/auth/gmail.readonly',
  'https://www.googleapis.com/auth/gmail.metadata',
  'https://www.googleapis.com/auth/gmail.labels',
  'https://www.googleapis.com/auth/admin.directory.user.readonly',
  'https://www.googleapis.com/auth/admin.directory.group.readonly',
  'https://www.googleapis.com/auth/admin.directory.group.member.readonly',
  'https://www.googleapis.com/auth/admin.reports.audit.readonly',
];

/** Clients write Google's own endpoint into `aud` whatever URL they call. */
const officialUrls = ['https://oauth2.googleapis.com/token', 'https://www.googleapis.com/oauth2/v4/token'];
const grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const lifetimeSeconds = 3599;
const skewSeconds = 300;

export class TokenDesk {
  /** Scopes that the administrator has delegated to the service account. */
  readonly delegated = new Set<string>(delegatedScopes);
  /** Grants made, for tests that count token calls. */
  issued = 0;
  private readonly grants = new Map<string, Grant>();
  private readonly setting: TokenDeskSetting;

  constructor(setting: TokenDeskSetting) {
    this.setting = setting;
  }

  answer(form: URLSearchParams): Answer {
    if (form.get('grant_type') !== grantType)
      return failure(400, 'unsupported_grant_type', `Invalid grant_type: ${form.get('grant_type') ?? ''}`);
    const assertion = form.get('assertion') ?? '';
    const claims = decodeJwt(assertion)?.claims;
    if (!claims) return failure(400, 'invalid_grant', 'Invalid JWT: Failed to parse.');
    if (claims.iss !== serviceAccountEmail) return failure(400, 'invalid_grant', 'Invalid grant: account not found');
    const key = serviceAccountKey();
    const verified = verifyJwt(assertion, key.publicKey);
    const { alg, kid } = verified?.header ?? {};
    if (!verified || alg !== 'RS256' || (kid !== undefined && kid !== key.kid))
      return failure(400, 'invalid_grant', 'Invalid JWT Signature.');
    if (![this.setting.tokenUrl, ...officialUrls].includes(String(claims.aud)))
      return failure(400, 'invalid_grant', 'Invalid JWT: Failed audience check.');
    const late = this.refuseTimes(claims.iat, claims.exp);
    if (late) return late;
    const scopes = String(claims.scope ?? '')
      .split(' ')
      .filter(Boolean);
    if (scopes.length === 0) return failure(400, 'invalid_scope', 'Empty or missing scope not allowed.');
    if (claims.sub === undefined || claims.sub === serviceAccountEmail) return this.grant(null, scopes);
    const user = this.setting.workspace.user(String(claims.sub));
    if (!user) return failure(400, 'invalid_grant', 'Invalid email or User ID');
    if (scopes.some((scope) => !this.delegated.has(scope)))
      return failure(
        401,
        'unauthorized_client',
        'Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.',
      );
    if (user.suspended) return failure(400, 'invalid_grant', 'Account has been suspended');
    return this.grant(user.primaryEmail, scopes);
  }

  /** null: unknown, expired, or of a user who was suspended or removed since. */
  grantOf(token: string): Grant | null {
    const grant = this.grants.get(token);
    if (!grant || grant.expires <= this.setting.now()) return null;
    const user = grant.subject === null ? null : this.setting.workspace.user(grant.subject);
    return grant.subject !== null && (!user || user.suspended) ? null : grant;
  }

  /** Tokens handed out so far are worth nothing any more. */
  forget(): void {
    this.grants.clear();
  }

  private refuseTimes(iat: unknown, exp: unknown): Answer | null {
    const seconds = this.setting.now() / 1000;
    const sound =
      typeof iat === 'number' &&
      typeof exp === 'number' &&
      exp - iat <= 3600 &&
      exp > seconds - skewSeconds &&
      iat <= seconds + skewSeconds;
    if (sound) return null;
    return failure(
      400,
      'invalid_grant',
      'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.',
    );
  }

  private grant(subject: string | null, scopes: readonly string[]): Answer {
    this.issued += 1;
    const token = `ya29.c.${randomBytes(32).toString('base64url')}`;
    const expires = this.setting.now() + lifetimeSeconds * 1000;
    this.grants.set(token, { subject, scopes: new Set(scopes), expires });
    return json(200, { access_token: token, expires_in: lifetimeSeconds, token_type: 'Bearer' });
  }
}

function failure(status: number, error: string, description: string): Answer {
  return json(status, { error, error_description: description });
}
