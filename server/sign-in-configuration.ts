/** How people sign in to the dashboard: with an OpenID provider, with the admin token, or with either. */
import { type Environment, listOf, switchOf, textOf, urlOf, wordOf, wrong } from './environment.ts';
import { ROLES, type Role } from './http/access.ts';
import type { OpenIdSettings } from './http/open-id.ts';

export interface SignInConfiguration {
  /** null: nobody signs in with a provider. */
  oidc: OpenIdSettings | null;
  /** Whether the admin token opens the dashboard; scripts may use it as bearer either way. */
  token: boolean;
}

const PREFIX = 'REELBACK_DASHBOARD_OIDC';
export const SIGN_IN_VARIABLES = [
  'DASHBOARD_OIDC_ISSUER',
  'DASHBOARD_OIDC_CLIENT_ID',
  'DASHBOARD_OIDC_CLIENT_SECRET',
  'DASHBOARD_OIDC_NAME',
  'DASHBOARD_OIDC_ROLE_CLAIM',
  'DASHBOARD_OIDC_ROLES',
  'DASHBOARD_OIDC_DOMAINS',
  'DASHBOARD_TOKEN_SIGN_IN',
];

/** @param googleDomains of the Workspace that is served: what Google accounts belong to unless it is said otherwise. */
export function readSignIn(env: Environment, googleDomains: readonly string[]): SignInConfiguration {
  const oidc = readOidc(env, googleDomains);
  const token = switchOf(
    { REELBACK_DASHBOARD_TOKEN_SIGN_IN: '1', ...setOnly(env) },
    'REELBACK_DASHBOARD_TOKEN_SIGN_IN',
  );
  if (!token && oidc === null)
    throw wrong('REELBACK_DASHBOARD_TOKEN_SIGN_IN', `nobody could sign in: set ${PREFIX}_ISSUER first`);
  return { oidc, token };
}

const setOnly = (env: Environment): Environment =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));

function readOidc(env: Environment, googleDomains: readonly string[]): OpenIdSettings | null {
  const issuer = urlOf(env, `${PREFIX}_ISSUER`, { path: true });
  const clientId = wordOf(env, `${PREFIX}_CLIENT_ID`, /^[\x21-\x7e]{1,256}$/, 'the client id of the provider');
  const clientSecret = textOf(env, `${PREFIX}_CLIENT_SECRET`);
  if (issuer === null) {
    const set = ['CLIENT_ID', 'CLIENT_SECRET', 'ROLES'].find((name) => textOf(env, `${PREFIX}_${name}`) !== null);
    if (set) throw wrong(`${PREFIX}_ISSUER`, `must be set, because ${PREFIX}_${set} is`);
    return null;
  }
  if (clientId === null) throw wrong(`${PREFIX}_CLIENT_ID`, 'must be the client id that the provider gave');
  if (clientSecret === null) throw wrong(`${PREFIX}_CLIENT_SECRET`, 'must be the secret that the provider gave');
  if (/\/(common|organizations|consumers)(\/|$)/.test(new URL(issuer).pathname)) {
    throw wrong(`${PREFIX}_ISSUER`, 'must name one tenant: https://login.microsoftonline.com/<directory id>/v2.0');
  }
  const google = issuer === 'https://accounts.google.com';
  const named = listOf(
    env,
    `${PREFIX}_DOMAINS`,
    (entry) => /^[A-Za-z0-9.-]{1,253}$/.test(entry),
    'domains of a Google Workspace such as example.org',
  ).map((domain) => domain.toLowerCase());
  const domains = named.length > 0 ? named : google ? [...googleDomains] : [];
  if (google && domains.length === 0) {
    throw wrong(`${PREFIX}_DOMAINS`, 'must name your Workspace domain, or everybody with a Google account could try');
  }
  return {
    issuer,
    clientId,
    clientSecret,
    name: textOf(env, `${PREFIX}_NAME`)?.slice(0, 60) ?? nameOf(issuer),
    roleClaim:
      wordOf(env, `${PREFIX}_ROLE_CLAIM`, /^[\x21-\x7e]{1,200}$/, 'the name of a claim such as roles') ?? 'roles',
    roles: rolesOf(env),
    domains,
  };
}

function nameOf(issuer: string): string {
  const { hostname } = new URL(issuer);
  if (hostname === 'login.microsoftonline.com') return 'Microsoft';
  return hostname === 'accounts.google.com' ? 'Google' : hostname;
}

/** `value=role`, in the order in which they count; the roles' own names unless told. */
function rolesOf(env: Environment): OpenIdSettings['roles'] {
  const name = `${PREFIX}_ROLES`;
  const parse = (entry: string) => {
    const at = entry.lastIndexOf('=');
    return { value: entry.slice(0, at).trim(), role: entry.slice(at + 1).trim() as Role };
  };
  const fits = (entry: string) => {
    const { value, role } = parse(entry);
    return entry.includes('=') && value !== '' && ROLES.includes(role);
  };
  const expected = `value=role with a role of ${ROLES.join(', ')}, such as kim@example.org=soc_analyst`;
  const listed = listOf(env, name, fits, expected).map(parse);
  return listed.length > 0 ? listed : [...ROLES].reverse().map((role) => ({ value: role, role }));
}

/** What sessions rest on: whoever changes the token, the provider or who has which role ends them. */
export function groundsOf({ adminToken, signIn }: { adminToken: string | null; signIn: SignInConfiguration }): {
  token: string | null;
  oidc: string | null;
} {
  const { oidc, token } = signIn;
  return {
    token: token ? adminToken : null,
    oidc: oidc && JSON.stringify([oidc.issuer, oidc.clientId, oidc.roleClaim, oidc.roles, oidc.domains]),
  };
}
