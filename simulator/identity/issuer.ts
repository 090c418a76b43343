/** The token issuer: discovery documents, keys, and the client-credentials grant with a secret or a certificate. */
import { randomUUID, X509Certificate } from 'node:crypto';
import { type Answer, json } from '../wire.ts';
import { type AppRegistration, thumbprintsOf } from './app.ts';
import { type Claims, decodeJwt, signingKeys, signJwt, verifyJwt } from './jwt.ts';
import type { SignInDesk } from './sign-in.ts';

export interface Issuer {
  /** @param path below the login prefix, such as `/<tenant>/oauth2/v2.0/token` */
  answer(method: string, path: string, form: URLSearchParams): Answer;
  /** Claims of an app token of ours that is still good; null otherwise. */
  appClaims(token: string): Claims | null;
}

export interface IssuerSetting {
  tenantId: string;
  /** Base without the tenant, as clients call it. */
  loginUrl: string;
  app: AppRegistration;
  signIn: SignInDesk;
  now: () => number;
}

const graphAudience = 'https://graph.microsoft.com';

export function createIssuer(setting: IssuerSetting): Issuer {
  const { tenantId, loginUrl, app, signIn, now } = setting;
  const good = new Map<string, Claims>();

  function answer(method: string, path: string, form: URLSearchParams): Answer {
    const [, tenant = '', ...rest] = path.split('/');
    const tail = rest.join('/');
    if (tenant === 'common' && tail === 'discovery/instance') return json(200, instanceDiscovery());
    const known = tenant.toLowerCase() === tenantId || ['common', 'organizations'].includes(tenant);
    if (!known) return failure(400, 'invalid_tenant', 90002, `Tenant '${tenant}' not found.`);
    if (method === 'GET' && tail === 'v2.0/.well-known/openid-configuration') return json(200, configuration(tenant));
    if (method === 'GET' && tail === 'discovery/v2.0/keys') return json(200, { keys: [publicJwk()] });
    if (method === 'GET' && tail === 'oauth2/v2.0/authorize') return signIn.authorize(form);
    if (method === 'POST' && tail === 'oauth2/v2.0/token') return grant(tenant, form);
    return { status: 404 };
  }

  function configuration(tenant: string) {
    const base = `${loginUrl}/${tenant}`;
    return {
      token_endpoint: `${base}/oauth2/v2.0/token`,
      token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
      jwks_uri: `${base}/discovery/v2.0/keys`,
      response_modes_supported: ['query', 'fragment', 'form_post'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
      issuer: `${loginUrl}/${tenant === tenantId ? tenantId : '{tenantid}'}/v2.0`,
      request_uri_parameter_supported: false,
      userinfo_endpoint: `${base}/oidc/userinfo`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      end_session_endpoint: `${base}/oauth2/v2.0/logout`,
      claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'name', 'oid', 'preferred_username', 'tid', 'ver'],
    };
  }

  function instanceDiscovery() {
    const host = new URL(loginUrl).host;
    return {
      tenant_discovery_endpoint: `${loginUrl}/${tenantId}/v2.0/.well-known/openid-configuration`,
      'api-version': '1.1',
      metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
    };
  }

  function grant(tenant: string, form: URLSearchParams): Answer {
    if (form.get('grant_type') === 'authorization_code') return grantForCode(form);
    if (form.get('grant_type') !== 'client_credentials')
      return failure(400, 'unsupported_grant_type', 70003, 'The app requested an unsupported grant type.');
    if (form.get('client_id') !== app.clientId)
      return failure(400, 'unauthorized_client', 700016, `Application '${form.get('client_id')}' was not found.`);
    const refusal = form.has('client_assertion') ? refuseAssertion(tenant, form) : refuseSecret(form);
    if (refusal) return refusal;
    if (form.get('scope')?.split(' ').includes(`${graphAudience}/.default`) !== true)
      return failure(400, 'invalid_scope', 1002012, `The provided value for scope ${form.get('scope')} is not valid.`);
    return json(200, { token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599, access_token: appToken() });
  }

  function grantForCode(form: URLSearchParams): Answer {
    if (form.get('client_id') !== app.clientId)
      return failure(400, 'unauthorized_client', 700016, `Application '${form.get('client_id')}' was not found.`);
    const refusal = refuseSecret(form);
    if (refusal) return refusal;
    return (
      signIn.redeem(form) ??
      failure(400, 'invalid_grant', 70008, 'The provided authorization code is invalid, used or expired.')
    );
  }

  function refuseSecret(form: URLSearchParams): Answer | null {
    if (form.get('client_secret') === app.clientSecret) return null;
    return failure(401, 'invalid_client', 7000215, 'Invalid client secret provided.');
  }

  /** RFC 7523 with Entra's certificate thumbprints. Over http, clients that only know https still write https. */
  function refuseAssertion(tenant: string, form: URLSearchParams): Answer | null {
    const refuse = (code: number, text: string) => failure(401, 'invalid_client', code, text);
    if (!app.certificate) return refuse(700027, 'No certificate is registered for the application.');
    const token = form.get('client_assertion') ?? '';
    const verified = verifyJwt(token, new X509Certificate(app.certificate).publicKey);
    if (!verified) return refuse(700027, 'Client assertion failed signature validation.');
    const { x5t, x5tS256 } = thumbprintsOf(app.certificate);
    const { header, claims } = verified;
    if (header['x5t#S256'] !== x5tS256 && header.x5t !== x5t)
      return refuse(700027, 'The certificate with identifier used to sign the client assertion is not registered.');
    const endpoints = [loginUrl, loginUrl.replace(/^http:/, 'https:')].flatMap((base) =>
      [tenant, tenantId].flatMap((id) => [`${base}/${id}/oauth2/v2.0/token`, `${base}/${id}/v2.0`]),
    );
    if (!endpoints.includes(String(claims.aud)))
      return refuse(700021, 'Client assertion audience claim does not match.');
    if (claims.iss !== app.clientId || claims.sub !== app.clientId)
      return refuse(700021, 'Client assertion application identifier does not match.');
    const seconds = now() / 1000;
    if (typeof claims.exp !== 'number' || claims.exp < seconds - 300)
      return refuse(700024, 'Client assertion is not within its valid time range.');
    return null;
  }

  function appToken(): string {
    const seconds = Math.floor(now() / 1000);
    const claims: Claims = {
      aud: graphAudience,
      iss: `https://sts.windows.net/${tenantId}/`,
      iat: seconds,
      nbf: seconds,
      exp: seconds + 3600,
      appid: app.clientId,
      idtyp: 'app',
      oid: tenantId,
      roles: [...app.roles],
      tid: tenantId,
      uti: randomUUID(),
      ver: '1.0',
    };
    return signJwt(claims, signingKeys().own);
  }

  function appClaims(token: string): Claims | null {
    const cached = good.get(token);
    const claims = cached ?? verifyJwt(token, signingKeys().own.publicKey)?.claims ?? null;
    if (claims === null || claims.aud !== graphAudience || claims.tid !== tenantId) return null;
    if (typeof claims.exp !== 'number' || claims.exp * 1000 <= now()) return null;
    if (!cached) good.set(token, claims);
    return claims;
  }

  function failure(status: number, error: string, code: number, text: string): Answer {
    const trace = randomUUID();
    const correlation = randomUUID();
    const timestamp = new Date(now()).toISOString().replace('T', ' ').slice(0, 19);
    return json(status, {
      error,
      error_description: `AADSTS${code}: ${text} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}Z`,
      error_codes: [code],
      timestamp: `${timestamp}Z`,
      trace_id: trace,
      correlation_id: correlation,
    });
  }

  function publicJwk() {
    const { own } = signingKeys();
    const { n, e } = own.publicKey.export({ format: 'jwk' });
    return { kty: 'RSA', use: 'sig', kid: own.kid, x5t: own.kid, n, e, issuer: `${loginUrl}/${tenantId}/v2.0` };
  }

  return { answer, appClaims };
}

/** Whether a token is a delegated one, for errors that say so. */
export function isDelegated(token: string): boolean {
  return typeof decodeJwt(token)?.claims.scp === 'string';
}
