/** What stands below the issuer's URL: OpenID discovery and the keys of identity tokens. */
import { type Answer, json } from '../wire.ts';
import { identityKeys } from './keys.ts';

/** @param path below the issuer's prefix */
export function answerIssuer(issuerUrl: string, tokenUrl: string, method: string, path: string): Answer {
  if (method === 'GET' && path === '/.well-known/openid-configuration')
    return json(200, configuration(issuerUrl, tokenUrl));
  if (method === 'GET' && path === '/oauth2/v3/certs') {
    const { n, e } = identityKeys.own.publicKey.export({ format: 'jwk' });
    return json(200, { keys: [{ kid: identityKeys.own.kid, e, alg: 'RS256', kty: 'RSA', n, use: 'sig' }] });
  }
  return { status: 404 };
}

function configuration(issuer: string, tokenUrl: string) {
  return {
    issuer,
    authorization_endpoint: `${issuer}/o/oauth2/v2/auth`,
    token_endpoint: tokenUrl,
    userinfo_endpoint: `${issuer}/v1/userinfo`,
    revocation_endpoint: `${issuer}/revoke`,
    jwks_uri: `${issuer}/oauth2/v3/certs`,
    response_types_supported: ['code', 'token', 'id_token', 'code token', 'code id_token', 'token id_token', 'none'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'email', 'profile'],
    claims_supported: ['aud', 'email', 'email_verified', 'exp', 'iat', 'iss', 'name', 'sub'],
  };
}
