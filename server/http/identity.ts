/** Entra access tokens of the add-in to a Reporter. Whatever is odd is refused; only `(tid, oid)` names a person. */
import { errors, type JWTPayload, jwtVerify } from 'jose';
import { TemporaryError } from '../../shared/errors.ts';
import type { Reporter } from '../submission/face.ts';
import { forbidden, type Problem, unauthorized } from './problem.ts';
import { isKeyTrouble, type SigningKeys, signingKeys } from './signing-keys.ts';
import { peek, refused } from './token-peek.ts';

export interface EntraTenant {
  /** GUID. */
  tenantId: string;
  /** Accepted `aud`. */
  audiences: string[];
  /** Accepted `azp`: the client ids of the add-in. */
  clientIds: string[];
  /** Without trailing slash, such as `https://login.microsoftonline.com`; issuer and keys lie under it. */
  loginUrl: string;
}

export interface IdentityVerifier {
  /**
   * The person behind a bearer token.
   * @throws Problem 401 when it proves nothing, 403 when it proves the wrong thing; TemporaryError when the keys cannot be read.
   */
  verify(token: string): Promise<Reporter>;
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const CLOCK_LEEWAY_SECONDS = 60;

/**
 * @param effects `fetch` reads the keys; `now` is the clock of exp and nbf.
 * @see https://learn.microsoft.com/entra/identity-platform/access-tokens#validate-tokens
 */
export function entraIdentity(
  tenants: readonly EntraTenant[],
  effects: { fetch: typeof fetch; now: () => Date },
): IdentityVerifier {
  const byIssuer = new Map(
    tenants
      .map((tenant) => ({ ...tenant, tenantId: tenant.tenantId.toLowerCase() }))
      .map((tenant) => [issuerOf(tenant), { tenant, keys: signingKeys(keysUrlOf(tenant), effects) }]),
  );
  const logins = [...new Set(tenants.map((tenant) => tenant.loginUrl))];

  return {
    async verify(token) {
      const { header, payload } = peek(token);
      if (header.alg !== 'RS256') throw refused();
      const known = byIssuer.get(payload.iss);
      if (!known) throw strangerOf(payload.iss, logins);
      const claims = await verifyWith(known.tenant, known.keys, token, effects.now());
      return reporterOf(known.tenant, claims);
    },
  };
}

const keysUrlOf = ({ loginUrl, tenantId }: EntraTenant) => new URL(`${loginUrl}/${tenantId}/discovery/v2.0/keys`);
const issuerOf = (tenant: EntraTenant) => `${tenant.loginUrl}/${tenant.tenantId}/v2.0`;

/** A token of another tenant of the same cloud is told that its organisation is missing; it gets nothing either way. */
function strangerOf(issuer: string, logins: readonly string[]): Problem {
  const foreign = logins.some((login) => {
    const tenant = issuer.startsWith(`${login}/`) && issuer.endsWith('/v2.0') ? issuer.slice(login.length + 1, -5) : '';
    return GUID.test(tenant);
  });
  return foreign ? forbidden('tenant_not_allowed', 'Your organisation is not connected here.') : refused();
}

async function verifyWith(tenant: EntraTenant, keys: SigningKeys, token: string, now: Date): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ['RS256'],
      issuer: issuerOf(tenant),
      audience: tenant.audiences,
      requiredClaims: ['oid', 'tid', 'exp'],
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
function reporterOf(tenant: EntraTenant, claims: JWTPayload): Reporter {
  const { tid, oid, azp, ver, scp, idtyp } = claims;
  if (ver !== '2.0' || typeof tid !== 'string' || tid !== tenant.tenantId) throw refused();
  if (typeof oid !== 'string' || !GUID.test(oid)) throw refused();
  // App-only tokens speak for a program; a report needs a person (idtyp is optional, scp is what delegation leaves).
  if (idtyp === 'app' || typeof scp !== 'string')
    throw forbidden('user_token_required', 'A report needs the token of a person.');
  if (!scp.split(' ').includes('report.submit'))
    throw forbidden('scope_missing', 'The token does not carry the permission report.submit.');
  if (typeof azp !== 'string' || !tenant.clientIds.includes(azp))
    throw forbidden('client_not_allowed', 'The token was not issued to the add-in.');
  return { provider: 'microsoft365', tenant: tid, userId: oid };
}
