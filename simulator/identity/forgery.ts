/** Tokens that a verifier must refuse, made as easily as good ones. */
import { createHmac } from 'node:crypto';
import { type Claims, type SigningKey, signJwt } from './jwt.ts';

export interface TokenForgery {
  /** Signed with somebody else's key under our kid; or not signed at all; or with a changed payload. */
  forge?: 'foreign-key' | 'alg-none' | 'tampered' | 'hs256-with-public-key';
  /** Merged over the good claims; undefined removes one. */
  claims?: Claims;
  /** Merged over the good header. */
  header?: Claims;
}

/** @param changed what tampering puts into the payload after it was signed */
export function signForged(
  good: Claims,
  keys: { own: SigningKey; readonly foreign: SigningKey },
  changed: Claims,
  forgery: TokenForgery = {},
): string {
  const claims: Claims = { ...good, ...forgery.claims };
  for (const [name, value] of Object.entries(claims)) if (value === undefined) delete claims[name];
  if (forgery.forge === 'hs256-with-public-key') return hmacWithPublicKey(claims, keys.own);
  const header = { ...forgery.header, ...(forgery.forge === 'alg-none' && { alg: 'none' }) };
  const token = signJwt(claims, forgery.forge === 'foreign-key' ? keys.foreign : keys.own, header);
  return forgery.forge === 'tampered' ? tamper(token, changed) : token;
}

function tamper(token: string, changed: Claims): string {
  const [head, body, signature] = token.split('.') as [string, string, string];
  const claims: Claims = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
  return [head, encode({ ...claims, ...changed }), signature].join('.');
}

/** The classic confusion: the public key's PEM used as an HMAC secret. */
function hmacWithPublicKey(claims: Claims, key: SigningKey): string {
  const signed = `${encode({ typ: 'JWT', alg: 'HS256', kid: key.kid })}.${encode(claims)}`;
  const secret = key.publicKey.export({ type: 'spki', format: 'pem' });
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

function encode(value: Claims): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
