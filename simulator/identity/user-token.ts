/** Delegated Entra v2 tokens for the add-ins' API, good and forged. */
import { randomUUID } from 'node:crypto';
import type { Person } from '../tenant/person.ts';
import { signForged, type TokenForgery } from './forgery.ts';
import { type Claims, signingKeys, signJwt } from './jwt.ts';

export interface TokenSetting {
  issuer: string;
  tenantId: string;
  audience: string;
  clientId: string;
  /** ms since the epoch */
  now: number;
}

/** An access token as Entra issues it for `report.submit`, `ver` 2.0. */
export function userAccessToken(person: Person, setting: TokenSetting, forgery: TokenForgery = {}): string {
  const claims: Claims = {
    ...commonClaims(person, setting),
    aud: setting.audience,
    azp: setting.clientId,
    azpacr: '0',
    scp: 'report.submit',
  };
  return signForged(claims, signingKeys(), { oid: '00000000-0000-4000-a000-000000000000' }, forgery);
}

/** An ID token for the same person, as nested app authentication hands it over. */
export function userIdToken(person: Person, setting: TokenSetting): string {
  return signJwt({ ...commonClaims(person, setting), aud: setting.clientId }, signingKeys().own);
}

/** An ID token of the authorization-code grant, with the person's app roles. */
export function webIdToken(
  person: Person,
  setting: TokenSetting,
  { nonce, roles }: { nonce: string | null; roles: readonly string[] },
  forgery: TokenForgery,
): string {
  const claims: Claims = {
    ...commonClaims(person, setting),
    aud: setting.audience,
    ...(nonce === null ? {} : { nonce }),
    // Entra leaves the claim out where nobody assigned a role.
    ...(roles.length === 0 ? {} : { roles: [...roles] }),
  };
  return signForged(claims, signingKeys(), { roles: ['super_admin'] }, forgery);
}

function commonClaims(person: Person, setting: TokenSetting): Claims {
  const seconds = Math.floor(setting.now / 1000);
  return {
    iss: setting.issuer,
    iat: seconds,
    nbf: seconds,
    exp: seconds + 4500,
    name: person.displayName,
    oid: person.id,
    preferred_username: person.userPrincipalName,
    sub: Buffer.from(`${person.id}${setting.clientId}`.replace(/-/g, ''), 'hex').toString('base64url').slice(0, 43),
    tid: setting.tenantId,
    uti: randomUUID().replace(/-/g, '').slice(0, 22),
    ver: '2.0',
  };
}
