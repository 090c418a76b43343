/** Google identity tokens of the Gmail add-on (`ScriptApp.getIdentityToken()`) to a Reporter; only `sub` names a person. */
import { errors, type JWTPayload, jwtVerify } from 'jose';
import { TemporaryError } from '../../shared/errors.ts';
import type { Reporter } from '../submission/face.ts';
import type { IssuerVerifier } from './either-identity.ts';
import { forbidden, unauthorized } from './problem.ts';
import { isKeyTrouble, type SigningKeys, signingKeys } from './signing-keys.ts';
import { peek, refused } from './token-peek.ts';

export interface GoogleWorkspace {
  /** Accepted `hd`, lower case. */
  domains: string[];
  /** Accepted `aud`: the client ids of the add-on, two when it is installed from the Marketplace. */
  audiences: string[];
  /** `https://accounts.google.com`, or a test double; its discovery document names the keys. */
  issuer: string;
}

const GOOGLE = 'https://accounts.google.com';
const CLOCK_LEEWAY_SECONDS = 60;

/**
 * @param effects `fetch` reads discovery document and keys; `now` is the clock of exp.
 * @see https://developers.google.com/identity/openid-connect/openid-connect#validatinganidtoken
 */
export function googleIdentity(
  workspaces: readonly GoogleWorkspace[],
  effects: { fetch: typeof fetch; now: () => Date },
): IssuerVerifier {
  const byIssuer = new Map<string, { workspaces: GoogleWorkspace[]; keys: SigningKeys }>();
  for (const workspace of workspaces) {
    const known = byIssuer.get(workspace.issuer);
    if (known) known.workspaces.push(workspace);
    else byIssuer.set(workspace.issuer, { workspaces: [workspace], keys: keysOf(workspace.issuer, effects) });
  }
  const entryOf = (iss: string) =>
    byIssuer.get(iss) ?? (iss === 'accounts.google.com' ? byIssuer.get(GOOGLE) : undefined);

  return {
    speaksFor: (issuer) => entryOf(issuer) !== undefined,
    async verify(token) {
      const { header, payload } = peek(token);
      const entry = entryOf(payload.iss);
      if (header.alg !== 'RS256' || !entry) throw refused();
      const audiences = entry.workspaces.flatMap((workspace) => workspace.audiences);
      const claims = await verifyWith(payload.iss, audiences, entry.keys, token, effects.now());
      return reporterOf(entry.workspaces, claims);
    },
  };
}

/** The discovery document is read together with the keys: Google may move them, and names where to. */
function keysOf(issuer: string, { fetch, now }: { fetch: typeof globalThis.fetch; now: () => Date }): SigningKeys {
  const discovery = new URL(`${issuer}/.well-known/openid-configuration`);
  return signingKeys(discovery, {
    now,
    fetch: async (_url, options) => {
      const found = await fetch(discovery, options);
      if (found.status !== 200) return found;
      const { issuer: named, jwks_uri: uri } = (await found.json()) as { issuer?: unknown; jwks_uri?: unknown };
      if (named !== issuer || typeof uri !== 'string') throw new TypeError('keys: the discovery document is not ours');
      // Keys may lie on another host of Google's; over plain http only on a test double's own.
      const url = new URL(uri);
      if (url.protocol !== 'https:' && url.origin !== discovery.origin) throw new TypeError('keys: not over https');
      return fetch(url, options);
    },
  });
}

async function verifyWith(
  issuer: string,
  audience: string[],
  keys: SigningKeys,
  token: string,
  now: Date,
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ['RS256'],
      issuer,
      audience,
      requiredClaims: ['sub', 'email', 'exp'],
      clockTolerance: CLOCK_LEEWAY_SECONDS,
      currentDate: now,
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw unauthorized('token_expired', 'The token has expired.');
    if (isKeyTrouble(error))
      throw new TemporaryError('identity: signing keys cannot be read', { retryAfterMs: 10_000, cause: error });
    throw refused();
  }
}

/** @throws Problem 401, 403 */
function reporterOf(workspaces: readonly GoogleWorkspace[], claims: JWTPayload): Reporter {
  const { sub, aud, hd, email, email_verified: verified } = claims;
  // One audience, as Google writes it: a token that several parties accept may have been given to any of them.
  if (typeof aud !== 'string' || typeof sub !== 'string' || !/^\d{1,30}$/.test(sub)) throw refused();
  if (typeof email !== 'string' || !email.includes('@')) throw refused();
  if (verified !== true) throw forbidden('email_not_verified', 'Google has not verified the address of this account.');
  // Accounts outside of any Workspace have no hd at all.
  const domain = typeof hd === 'string' ? hd.toLowerCase() : '';
  const allowed = workspaces.some(({ domains, audiences }) => domains.includes(domain) && audiences.includes(aud));
  if (!allowed) throw forbidden('tenant_not_allowed', 'Your organisation is not connected here.');
  return { provider: 'google', tenant: domain, userId: sub };
}
