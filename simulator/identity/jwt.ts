/** JSON Web Tokens by hand (RFC 7515, 7518), so that forged ones can be made as easily as good ones. */
import { constants, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';

export interface SigningKey {
  kid: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
}

let made: { own: SigningKey; foreign: SigningKey } | null = null;

/** The issuer's key, and one of somebody else under the same kid. Made once a process: RSA keys cost about 0.1 s each. */
export function signingKeys(): { own: SigningKey; foreign: SigningKey } {
  made ??= { own: newKey('simulator-1'), foreign: newKey('simulator-1') };
  return made;
}

function newKey(kid: string): SigningKey {
  return { kid, ...generateKeyPairSync('rsa', { modulusLength: 2048 }) };
}

export type Claims = Record<string, unknown>;

export function signJwt(claims: Claims, key: SigningKey, header: Claims = {}): string {
  const head = encode({ typ: 'JWT', alg: 'RS256', kid: key.kid, ...header });
  const body = `${head}.${encode(claims)}`;
  const signature =
    header.alg === 'none' ? '' : sign('sha256', Buffer.from(body), key.privateKey).toString('base64url');
  return `${body}.${signature}`;
}

/** Header and claims when the signature (RS256 or PS256) is good; null otherwise. Claims are the caller's to judge. */
export function verifyJwt(token: string, key: KeyObject): { header: Claims; claims: Claims } | null {
  const decoded = decodeJwt(token);
  if (!decoded) return null;
  const [head, body, signature] = token.split('.') as [string, string, string];
  const padding = paddings.get(String(decoded.header.alg));
  if (!padding) return null;
  const signed = Buffer.from(`${head}.${body}`);
  const options = { key, padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  return verify('sha256', signed, options, Buffer.from(signature, 'base64url')) ? decoded : null;
}

const paddings = new Map([
  ['RS256', constants.RSA_PKCS1_PADDING],
  ['PS256', constants.RSA_PKCS1_PSS_PADDING],
]);

/** Without any check. */
export function decodeJwt(token: string): { header: Claims; claims: Claims } | null {
  const parts = token.split('.');
  if (parts.length !== 3) return null;
  try {
    return { header: decode(parts[0]!), claims: decode(parts[1]!) };
  } catch {
    return null;
  }
}

function encode(value: Claims): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decode(part: string): Claims {
  const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  if (typeof value !== 'object' || value === null) throw new Error('not an object');
  return value as Claims;
}
