/** App-only access tokens of one tenant, through msal-node. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { AuthError, ConfidentialClientApplication, type Configuration, type INetworkModule } from '@azure/msal-node';
import { PermanentError, TemporaryError } from '../../shared/errors.ts';
import { checkedUrl, type Effects } from './effects.ts';
import type { GraphSettings } from './graph-settings.ts';

/** A bearer token; `fresh` asks the issuer even when a kept one has time left. */
export type TokenSource = (options?: { fresh?: boolean }) => Promise<string>;

/** A token is renewed when less than this is left of it. */
const RENEW_BEFORE_MS = 300_000;
/** msal's own client waits for ever on a POST. */
const TIMEOUT_MS = 20_000;
const DEFAULT_LOGIN = 'https://login.microsoftonline.com';
/** Hosts whose metadata msal-node carries itself, so that no discovery request is needed. */
const MICROSOFT_LOGIN = /^https:\/\/login\.(microsoftonline\.(com|us)|partner\.microsoftonline\.cn|chinacloudapi\.cn)$/;
const MICROSOFT_GRAPH = /^https:\/\/((dod-)?graph\.microsoft\.(com|us)|microsoftgraph\.chinacloudapi\.cn)$/;

/**
 * @param graphUrl the resource: its `.default` scope is asked for
 * @throws (the returned function) PermanentError `consent-revoked` when the issuer refuses the credential or the app;
 *   TemporaryError when it cannot be reached
 */
export function tokenSource(settings: GraphSettings, graphUrl: string, effects: Effects): TokenSource {
  const application = new ConfidentialClientApplication({
    auth: { clientId: settings.clientId, ...credentialOf(settings), ...authorityOf(settings) },
    system: { networkClient: networkOf(settings, effects), disableInternalRetries: true },
  });
  // A test double or proxy stands in for the global cloud, whose name the issuer knows.
  const resource = MICROSOFT_GRAPH.test(graphUrl) ? graphUrl : 'https://graph.microsoft.com';
  const scopes = [`${resource}/.default`];
  let kept: { token: string; until: number } | null = null;
  let asking: Promise<string> | null = null;

  async function ask(): Promise<string> {
    try {
      const answer = await application.acquireTokenByClientCredential({ scopes, skipCache: true });
      if (!answer) throw new TemporaryError('login: no token in the answer');
      kept = { token: answer.accessToken, until: answer.expiresOn?.getTime() ?? effects.now() + RENEW_BEFORE_MS };
      return kept.token;
    } catch (error) {
      throw asOurError(error);
    }
  }

  return (options = {}) => {
    if (!options.fresh && kept && kept.until - effects.now() > RENEW_BEFORE_MS) return Promise.resolve(kept.token);
    asking ??= ask().finally(() => {
      asking = null;
    });
    return asking;
  };
}

function credentialOf(settings: GraphSettings): Pick<Configuration['auth'], 'clientSecret' | 'clientCertificate'> {
  if ('clientSecret' in settings.credential) return { clientSecret: settings.credential.clientSecret };
  const pem = settings.credential.certificatePem;
  try {
    const privateKey = createPrivateKey(pem).export({ type: 'pkcs8', format: 'pem' }).toString();
    const thumbprintSha256 = new X509Certificate(pem).fingerprint256.replaceAll(':', '');
    const x5c = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g)?.join('\n');
    return { clientCertificate: { thumbprintSha256, privateKey, x5c } };
  } catch {
    // The parser's own message may quote the key.
    throw new PermanentError('bad_certificate', 'the PEM file needs a certificate and its unencrypted private key');
  }
}

function authorityOf(settings: GraphSettings): Omit<Configuration['auth'], 'clientId'> {
  const login = checkedUrl(settings.loginUrl ?? DEFAULT_LOGIN);
  const tenant = encodeURIComponent(settings.tenantId);
  if (MICROSOFT_LOGIN.test(login)) return { authority: `${login}/${tenant}` };
  // Any other issuer is named by its addresses; msal insists on https, networkOf undoes that for this machine.
  const authority = `${login.replace(/^http:/, 'https:')}/${tenant}`;
  return {
    authority,
    knownAuthorities: [new URL(authority).host],
    authorityMetadata: JSON.stringify({
      issuer: `${authority}/v2.0`,
      authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
      token_endpoint: `${authority}/oauth2/v2.0/token`,
      jwks_uri: `${authority}/discovery/v2.0/keys`,
    }),
  };
}

/** Our fetch and our timeout in place of msal's own client. */
function networkOf(settings: GraphSettings, effects: Effects): INetworkModule {
  const plain = settings.loginUrl?.startsWith('http:') ? new URL(settings.loginUrl).host : null;
  const reach = (url: string) => (plain ? url.replace(`https://${plain}/`, `http://${plain}/`) : url);
  const send = async (method: 'GET' | 'POST', url: string, headers?: Record<string, string>, body?: string) => {
    const response = await effects.fetch(reach(url), {
      method,
      headers,
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.status === 429 || response.status >= 500) throw new TemporaryError(`login: ${response.status}`);
    return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.json() };
  };
  return {
    sendGetRequestAsync: (url, options) => send('GET', url, options?.headers),
    sendPostRequestAsync: (url, options) => send('POST', url, options?.headers, options?.body),
  };
}

/** AADSTS90033, 90006, 50196: the service itself is in trouble, in the clothes of an OAuth error. */
const TROUBLE_OF_THEIRS = /AADSTS(90033|90006|50196|90025)\b/;

function asOurError(error: unknown): TemporaryError | PermanentError {
  if (error instanceof TemporaryError || error instanceof PermanentError) return error;
  if (error instanceof AuthError && error.name === 'ServerError' && !TROUBLE_OF_THEIRS.test(error.errorMessage)) {
    const reason = /AADSTS\d+/.exec(error.errorMessage)?.[0] ?? error.errorCode;
    return new PermanentError('consent-revoked', `login: ${reason}`, { cause: error });
  }
  return new TemporaryError('login: no token', { cause: error });
}
