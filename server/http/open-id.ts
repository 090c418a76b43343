/**
 * Signing in with an OpenID provider: authorization code with PKCE, state and nonce.
 * @see https://openid.net/specs/openid-connect-core-1_0.html#CodeFlowAuth
 */
import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  type IDToken,
  ResponseBodyError,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { PermanentError, TemporaryError } from '../../shared/errors.ts';
import type { Role } from './access.ts';
import type { Attempt, Proved } from './session.ts';

export interface OpenIdSettings {
  /** As the provider names itself, without trailing slash. */
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Of the button: `Microsoft`, `Google`, or what the operator calls it. */
  name: string;
  /** Claim that holds roles or groups; dots lead into objects. */
  roleClaim: string;
  /** What counts for which role, the first that fits; a value with an @ is a verified address. */
  roles: readonly { value: string; role: Role }[];
  /** Accepted `hd`, lower case; [] where the provider knows no such thing. */
  domains: readonly string[];
}

export interface OpenId {
  name: string;
  /** Where the browser is sent, and what has to be remembered until it is back. */
  begin(redirectUri: string): Promise<{ url: string; state: string; nonce: string; codeVerifier: string }>;
  /**
   * Who came back.
   * @param url the address the provider led to, below `redirectUri`
   * @throws SignInRefused; TemporaryError when the provider does not answer
   */
  finish(url: URL, state: string, attempt: Pick<Attempt, 'nonce' | 'codeVerifier'>): Promise<Proved>;
  /** Resolves when the provider's discovery document can be read and names it. @throws TemporaryError, PermanentError */
  check(): Promise<void>;
}

/** `denied` at the provider; `no_role` here; `foreign` organisation; `failed`: what came back proves nothing. */
export type SignInRefusal = 'denied' | 'no_role' | 'foreign' | 'failed';

export class SignInRefused extends PermanentError {
  constructor(
    readonly reason: SignInRefusal,
    /** Who was refused, where the provider has proved it. */
    readonly person: string | null = null,
    options?: ErrorOptions,
  ) {
    super(`sign_in_${reason}`, `the sign-in was refused: ${reason}`, options);
  }
}

const TIMEOUT_SECONDS = 10;
const DISCOVERY_KEPT_MS = 3_600_000;

export function openId(settings: OpenIdSettings, world: { fetch: typeof fetch; now: () => Date }): OpenId {
  let found: { at: number; configuration: Promise<Configuration> } | null = null;

  /** Kept for an hour; a failure is not kept. */
  const configured = (): Promise<Configuration> => {
    const at = world.now().getTime();
    if (!found || at - found.at > DISCOVERY_KEPT_MS) {
      const configuration = discover(settings, world.fetch);
      found = { at, configuration };
      configuration.catch(() => {
        found = null;
      });
    }
    return found.configuration;
  };

  return {
    name: settings.name,
    async begin(redirectUri) {
      const configuration = await configured();
      const [state, nonce, codeVerifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()];
      const url = buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope: 'openid profile email',
        response_type: 'code',
        code_challenge: await calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        state,
        nonce,
        // Shared machines: whoever is signed in at the provider need not be whoever sits here.
        prompt: 'select_account',
        // One domain is a hint for Google's chooser; what counts is the claim.
        ...(settings.domains.length === 1 ? { hd: settings.domains[0]! } : {}),
      });
      return { url: url.href, state, nonce, codeVerifier };
    },
    async finish(url, state, { nonce, codeVerifier }) {
      const configuration = await configured();
      const claims = await claimsOf(configuration, url, { state, nonce, codeVerifier });
      return provedBy(settings, claims);
    },
    check: async () => void (await discover(settings, world.fetch)),
  };
}

/** @throws TemporaryError; PermanentError `oidc-discovery` when somebody else answers */
async function discover(settings: OpenIdSettings, fetch: typeof globalThis.fetch): Promise<Configuration> {
  const { issuer, clientId, clientSecret } = settings;
  // The address of a test double on this very machine; environment.ts refuses plain http to any other.
  const plain = issuer.startsWith('http:');
  let configuration: Configuration;
  try {
    configuration = await discovery(new URL(issuer), clientId, clientSecret, undefined, {
      timeout: TIMEOUT_SECONDS,
      [customFetch]: (url, options) => fetch(url, options as RequestInit),
      execute: [enableNonRepudiationChecks, ...(plain ? [allowInsecureRequests] : [])],
    });
  } catch (error) {
    throw new TemporaryError('sign-in: the discovery document of the provider cannot be read', {
      retryAfterMs: 10_000,
      cause: error,
    });
  }
  const metadata = configuration.serverMetadata();
  const named = metadata.issuer.replace(/\/$/, '');
  // Over plain http every endpoint has to stand on this machine too.
  const elsewhere = [metadata.authorization_endpoint, metadata.token_endpoint, metadata.jwks_uri].some(
    (endpoint) => typeof endpoint !== 'string' || (plain && new URL(endpoint).host !== new URL(issuer).host),
  );
  if (named !== issuer || elsewhere)
    throw new PermanentError('oidc-discovery', 'sign-in: the discovery document belongs to another issuer');
  return configuration;
}

/** @throws SignInRefused; TemporaryError */
async function claimsOf(
  configuration: Configuration,
  url: URL,
  { state, nonce, codeVerifier }: { state: string; nonce: string; codeVerifier: string },
): Promise<IDToken> {
  try {
    const tokens = await authorizationCodeGrant(configuration, url, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: codeVerifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims) throw new SignInRefused('failed');
    return claims;
  } catch (error) {
    if (error instanceof SignInRefused) throw error;
    if (error instanceof AuthorizationResponseError)
      throw new SignInRefused(error.error === 'access_denied' ? 'denied' : 'failed', null, { cause: error });
    if (isSilence(error))
      throw new TemporaryError('sign-in: the provider does not answer', { retryAfterMs: 5_000, cause: error });
    throw new SignInRefused('failed', null, { cause: error });
  }
}

/** The provider could not be asked, which says nothing about the person. */
function isSilence(error: unknown): boolean {
  if (error instanceof ResponseBodyError) return error.status >= 500;
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  if (code === 'OAUTH_TIMEOUT' || code === 'OAUTH_ABORT') return true;
  // fetch says TypeError when nobody answers.
  const lost = error instanceof TypeError && error.message === 'fetch failed';
  return lost || (cause instanceof Response && cause.status >= 500);
}

const GUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

/** @throws SignInRefused `foreign` | `no_role` | `failed` */
function provedBy({ issuer, domains, roleClaim, roles }: OpenIdSettings, claims: IDToken): Proved {
  // A token that several parties accept may have been given to any of them.
  if (Array.isArray(claims.aud) && claims.aud.length !== 1) throw new SignInRefused('failed');
  const tenant = GUID.exec(new URL(issuer).pathname)?.[0].toLowerCase();
  const foreign =
    (tenant !== undefined && String(claims.tid).toLowerCase() !== tenant) ||
    (domains.length > 0 && !(typeof claims.hd === 'string' && domains.includes(claims.hd.toLowerCase())));
  if (foreign) throw new SignInRefused('foreign');
  const name = nameOf(claims);
  const address = verifiedAddress(claims);
  const held = new Set(valuesAt(claims, roleClaim));
  const fit = roles.find(({ value }) => (value.includes('@') ? value.toLowerCase() === address : held.has(value)));
  if (!fit) throw new SignInRefused('no_role', name);
  return { name, role: fit.role, with: 'oidc', subject: `${issuer} ${claims.sub}` };
}

function verifiedAddress({ email, email_verified: verified }: IDToken): string | null {
  return verified === true && typeof email === 'string' && email.includes('@') ? email.toLowerCase() : null;
}

/** For people to read. It proves nothing: roles rest on claims, and session-book.ts keeps two people of one name apart. */
function nameOf(claims: IDToken): string {
  const { preferred_username: username, sub } = claims;
  const given = verifiedAddress(claims) ?? (typeof username === 'string' && username !== '' ? username : sub);
  const clean = given.replace(/[^\p{L}\p{N}@._+-]/gu, '').slice(0, 200);
  return clean.includes('@') ? clean.toLowerCase() : `oidc/${clean}`;
}

/** `roles`, or `realm_access.roles`: texts of a claim, one or several. A claim whose own name has dots comes first. */
function valuesAt(claims: Record<string, unknown>, path: string): string[] {
  const inside = (value: unknown, key: string) =>
    typeof value === 'object' && value !== null && Object.hasOwn(value, key)
      ? (value as Record<string, unknown>)[key]
      : undefined;
  const value = Object.hasOwn(claims, path) ? claims[path] : path.split('.').reduce(inside, claims as unknown);
  return [value].flat().filter((entry) => typeof entry === 'string');
}
