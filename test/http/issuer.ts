/** A token issuer on 127.0.0.1: its keys over HTTP, and tokens good and bad. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export const TENANT = '11111111-2222-4333-8444-555555555555';
export const CLIENT = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
export const ANA = '0a0a0a0a-0000-4000-8000-000000000001';
export const BEN = '0b0b0b0b-0000-4000-8000-000000000002';

export interface Issuer {
  loginUrl: string;
  /** Claims of a good token for a user, with overrides; `undefined` removes a claim. */
  claims(oid?: string, overrides?: Record<string, unknown>): Record<string, unknown>;
  /** A token signed with the published key, unless told otherwise. */
  token(overrides?: Record<string, unknown>, header?: Record<string, unknown>, key?: CryptoKey): Promise<string>;
  publicJwk: Record<string, unknown>;
  privateKey: CryptoKey;
  kid: string;
  /** Times the keys were asked for. */
  asked: number;
  /** What the key endpoint does: answers, refuses with 500, or is silent. */
  mode: 'up' | 'down' | 'silent' | 'garbage';
  stop(): Promise<void>;
}

export async function startIssuer(): Promise<Issuer> {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  const kid = 'key-1';
  const publicJwk = { ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'RS256' };
  const issuer = { asked: 0, mode: 'up' } as Issuer;
  const server = createServer((request, response) => {
    if (!request.url?.endsWith('/discovery/v2.0/keys')) {
      response.writeHead(404).end();
      return;
    }
    issuer.asked += 1;
    if (issuer.mode === 'silent') return;
    if (issuer.mode === 'down') response.writeHead(500).end();
    else if (issuer.mode === 'garbage') response.writeHead(200).end('<html>');
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: [publicJwk] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const loginUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return Object.assign(issuer, {
    loginUrl,
    publicJwk,
    privateKey,
    kid,
    claims(oid = ANA, overrides: Record<string, unknown> = {}) {
      const now = Math.floor(Date.now() / 1000);
      const claims: Record<string, unknown> = {
        iss: `${loginUrl}/${TENANT}/v2.0`,
        aud: CLIENT,
        tid: TENANT,
        oid,
        sub: `pairwise-${oid}`,
        scp: 'report.submit',
        azp: CLIENT,
        ver: '2.0',
        iat: now - 5,
        nbf: now - 5,
        exp: now + 3600,
        preferred_username: 'ana@example.org',
        ...overrides,
      };
      for (const [name, value] of Object.entries(overrides)) if (value === undefined) delete claims[name];
      return claims;
    },
    async token(overrides: Record<string, unknown> = {}, header: Record<string, unknown> = {}, key = privateKey) {
      const { oid, ...rest } = overrides;
      const claims = issuer.claims(ANA, 'oid' in overrides ? { ...rest, oid } : rest);
      return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid, ...header }).sign(key);
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  });
}
