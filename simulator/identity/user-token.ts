/** Delegated Entra v2 tokens for the add-ins' API, good and forged. */
import { createHmac, randomUUID } from 'node:crypto';
import type { Person } from '../tenant/person.ts';
import { type Claims, signingKeys, signJwt } from './jwt.ts';

export interface TokenForgery {
  /** Signed with somebody else's key under our kid; or not signed at all; or with a changed payload. */
  forge?: 'foreign-key' | 'alg-none' | 'tampered' | 'hs256-with-public-key';
  /** Merged over the good claims; undefined removes one. */
  claims?: Claims;
  /** Merged over the good header. */
  header?: Claims;
}

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
  const { own, foreign } = signingKeys();
  const claims: Claims = {
    ...commonClaims(person, setting),
    aud: setting.audience,
    azp: setting.clientId,
    azpacr: '0',
    scp: 'report.submit',
    ...forgery.claims,
  };
  for (const [name, value] of Object.entries(claims)) if (value === undefined) delete claims[name];
  const header = { ...forgery.header, ...(forgery.forge === 'alg-none' && { alg: 'none' }) };
  if (forgery.forge === 'hs256-with-public-key') return hmacWithPublicKey(claims);
  const token = signJwt(claims, forgery.forge === 'foreign-key' ? foreign : own, header);
  return forgery.forge === 'tampered' ? tamper(token) : token;
}

/** An ID token for the same person, as nested app authentication hands it over. */
export function userIdToken(person: Person, setting: TokenSetting): string {
  return signJwt({ ...commonClaims(person, setting), aud: setting.clientId }, signingKeys().own);
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

function tamper(token: string): string {
  const [head, body, signature] = token.split('.') as [string, string, string];
  const claims: Claims = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
  const changed = Buffer.from(JSON.stringify({ ...claims, oid: '00000000-0000-4000-a000-000000000000' }));
  return [head, changed.toString('base64url'), signature].join('.');
}

/** The classic confusion: the public key's PEM used as an HMAC secret. */
function hmacWithPublicKey(claims: Claims): string {
  const { own } = signingKeys();
  const encode = (value: Claims) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${encode({ typ: 'JWT', alg: 'HS256', kid: own.kid })}.${encode(claims)}`;
  const secret = own.publicKey.export({ type: 'spki', format: 'pem' });
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}
