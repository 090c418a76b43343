/** Signing in with a provider: the real client against the simulated provider, over HTTP. */
import { type OpenIdSettings, openId } from '../../server/http/open-id.ts';
import { returnPath } from '../../server/http/return-path.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { startSimulator } from '../../simulator/start.ts';
import { type Doors, openDoors, PUBLIC_URL } from './doors.ts';

const CALLBACK = `${PUBLIC_URL}/api/v1/session/oidc/callback`;
const [KIM, LEE] = ['kim@example.org', 'lee@example.org'] as const;
let simulator: Simulator;
let doors: Doors;
let settings: OpenIdSettings;

beforeAll(async () => {
  const people = { [KIM]: ['soc_analyst'], [LEE]: [] };
  simulator = await startSimulator({ seed: 'none', signIn: { redirectUris: [CALLBACK], people } });
  for (const address of [KIM, LEE]) simulator.addMailbox(address);
  settings = {
    issuer: `${simulator.loginUrl}/${simulator.tenantId}/v2.0`,
    clientId: simulator.app.clientId,
    clientSecret: simulator.app.clientSecret,
    name: 'Example',
    roleClaim: 'roles',
    roles: [
      { value: 'super_admin', role: 'super_admin' },
      { value: 'soc_analyst', role: 'soc_analyst' },
      { value: 'dora@example.org', role: 'viewer' },
    ],
    domains: [],
  };
});
afterAll(async () => {
  await Promise.all([...doorsOf.values()].map((opened) => opened.app.close()));
  await simulator.stop();
});

/** Doors are opened once for each way they are set. */
const doorsOf = new Map<string, Doors>();
async function openWith(change: Partial<OpenIdSettings> = {}): Promise<Doors> {
  const key = JSON.stringify(change);
  const opened =
    doorsOf.get(key) ??
    (await openDoors(null, {
      options: { limits: { signInsOfAddress: 1_000 } },
      deps: { openId: openId({ ...settings, ...change }, { fetch, now: () => new Date() }) },
    }));
  doorsOf.set(key, opened);
  return opened;
}
beforeEach(async () => {
  simulator.signIn.forgery = null;
  doors = await openWith();
  doors.sessions.refusals.length = 0;
});

const cookieIn = (headers: Record<string, unknown>, name: string) =>
  [headers['set-cookie']]
    .flat()
    .map((value) => String(value).split(';')[0]!)
    .find((pair) => pair.startsWith(`${name}=`) && !pair.endsWith('='));

/** The browser is led to the provider. */
async function begin(returnTo = '/retractions') {
  const query = new URLSearchParams({ return_to: returnTo });
  const response = await doors.app.inject(`/api/v1/session/oidc?${query}`);
  expect(response.statusCode).toBe(302);
  const browser = cookieIn(response.headers, '__Host-reelback-sign-in');
  return { url: new URL(String(response.headers.location)), browser: browser! };
}

/** A person chooses who they are, and is led back. */
async function choose(url: URL, address: string): Promise<URL> {
  const asked = new URL(url);
  asked.searchParams.set('login_as', address);
  const response = await fetch(asked, { redirect: 'manual' });
  return new URL(response.headers.get('location')!);
}

const comeBack = (url: URL, browser: string | undefined) =>
  doors.app.inject({ url: `${url.pathname}${url.search}`, headers: browser ? { cookie: browser } : {} });

async function signIn(address: string, returnTo?: string) {
  const { url, browser } = await begin(returnTo);
  return comeBack(await choose(url, address), browser);
}

test('a person with a role comes in, where they wanted to go', async () => {
  expect((await doors.app.inject('/api/v1/session/ways')).json()).toEqual({ token: true, oidc: { name: 'Example' } });
  const response = await signIn(KIM, '/submissions?status=concluded');
  expect([response.statusCode, response.headers.location]).toEqual([302, '/dashboard/submissions?status=concluded']);
  const cookie = cookieIn(response.headers, '__Host-reelback');
  const session = await doors.app.inject({ url: '/api/v1/session', headers: { cookie: cookie! } });
  expect(session.json()).toMatchObject({ name: KIM, role: 'soc_analyst', signed_in_with: 'oidc' });
});

test('the provider is asked with PKCE, state and nonce, each new every time', async () => {
  const [one, two] = [(await begin()).url.searchParams, (await begin()).url.searchParams];
  expect(one.get('code_challenge_method')).toBe('S256');
  expect(one.get('redirect_uri')).toBe(CALLBACK);
  for (const name of ['state', 'nonce', 'code_challenge']) {
    expect(one.get(name)).toMatch(/^[\w-]{43}$/);
    expect(one.get(name)).not.toBe(two.get(name));
  }
  expect(one.toString()).not.toContain(simulator.app.clientSecret);
});

const refusal = (response: { headers: Record<string, unknown> }) => {
  expect(cookieIn(response.headers, '__Host-reelback')).toBeUndefined();
  return new URL(String(response.headers.location), PUBLIC_URL).searchParams.get('sign_in');
};

test('a person without a role is refused, told so where they wanted to go, and written down', async () => {
  const response = await signIn(LEE, '/retractions');
  expect(response.headers.location).toBe('/dashboard/retractions?sign_in=no_role');
  expect(refusal(response)).toBe('no_role');
  expect(doors.sessions.refusals).toEqual(['no_role']);
});

test('whoever cancels at the provider is back at the sign-in', async () => {
  const { url, browser } = await begin();
  url.searchParams.set('login_cancel', '1');
  const back = new URL((await fetch(url, { redirect: 'manual' })).headers.get('location')!);
  expect(refusal(await comeBack(back, browser))).toBe('denied');
});

describe('an address that leads back', () => {
  test('works once', async () => {
    const { url, browser } = await begin();
    const back = await choose(url, KIM);
    expect((await comeBack(back, browser)).headers.location).toBe('/dashboard/retractions');
    expect(refusal(await comeBack(back, browser))).toBe('expired');
  });

  test('signs nobody in in another browser: a link sent by somebody else is worth nothing', async () => {
    const { url } = await begin();
    const back = await choose(url, KIM);
    expect(refusal(await comeBack(back, undefined))).toBe('expired');
    const victim = (await begin()).browser;
    expect(refusal(await comeBack(back, victim))).toBe('expired');
  });

  test('with another state, without one, or with the code of another attempt is refused', async () => {
    const mine = await begin();
    const back = await choose(mine.url, KIM);
    const other = new URL(back);
    other.searchParams.set('state', 'x'.repeat(43));
    expect(refusal(await comeBack(other, mine.browser))).toBe('expired');
    other.searchParams.delete('state');
    expect(refusal(await comeBack(other, mine.browser))).toBe('expired');
    // A code that was injected: its verifier is another's, and the provider refuses it.
    const foreign = await choose((await begin()).url, KIM);
    back.searchParams.set('code', foreign.searchParams.get('code')!);
    expect(refusal(await comeBack(back, mine.browser))).toBe('failed');
  });

  test('that says it comes from another issuer is refused', async () => {
    const { url, browser } = await begin();
    const back = await choose(url, KIM);
    back.searchParams.set('iss', 'https://evil.example');
    expect(refusal(await comeBack(back, browser))).toBe('failed');
  });
});

describe('an ID token', () => {
  const seconds = () => Math.floor(Date.now() / 1_000);
  test.each([
    ['of another issuer', { claims: { iss: 'https://evil.example/v2.0' } }, 'failed'],
    ['for another application', { claims: { aud: 'another' } }, 'failed'],
    ['for several applications', { claims: { aud: ['another', 'CLIENT'] } }, 'failed'],
    ['of another sign-in (nonce)', { claims: { nonce: 'another' } }, 'failed'],
    ['without a nonce', { claims: { nonce: undefined } }, 'failed'],
    ['that has expired', { claims: { exp: seconds() - 3_600, iat: seconds() - 7_200 } }, 'failed'],
    ['of another tenant', { claims: { tid: '99999999-0000-4000-8000-000000000000' } }, 'foreign'],
    ['without a tenant', { claims: { tid: undefined } }, 'foreign'],
    ['signed by somebody else', { forge: 'foreign-key' }, 'failed'],
    ['signed by nobody', { forge: 'alg-none' }, 'failed'],
    ['changed after it was signed', { forge: 'tampered' }, 'failed'],
    ['signed with the public key as a secret', { forge: 'hs256-with-public-key' }, 'failed'],
  ] as const)('%s is refused', async (_what, forgery, reason) => {
    const { claims, ...rest } = forgery as { claims?: Record<string, unknown>; forge?: 'alg-none' };
    const aud = Array.isArray(claims?.aud) ? { aud: ['another', simulator.app.clientId] } : {};
    simulator.signIn.forgery = { ...rest, claims: { ...claims, ...aud } };
    expect(refusal(await signIn(KIM))).toBe(reason);
  });
});

describe('roles', () => {
  const roleWith = async (change: Partial<OpenIdSettings>, claims: Record<string, unknown>) => {
    doors = await openWith(change);
    simulator.signIn.forgery = { claims };
    const response = await signIn(LEE);
    const cookie = cookieIn(response.headers, '__Host-reelback');
    if (!cookie) return refusal(response);
    const { name, role } = (await doors.app.inject({ url: '/api/v1/session', headers: { cookie } })).json();
    return `${name} ${role}`;
  };

  test('come from the claim that is named, also inside of another', async () => {
    expect(await roleWith({ roleClaim: 'groups' }, { groups: ['x', 'soc_analyst'] })).toBe(`${LEE} soc_analyst`);
    const nested = { realm_access: { roles: ['soc_analyst'] } };
    expect(await roleWith({ roleClaim: 'realm_access.roles' }, nested)).toBe(`${LEE} soc_analyst`);
    expect(await roleWith({}, { roles: 'soc_analyst' })).toBe(`${LEE} soc_analyst`);
  });

  test('are the first of the list that fits', async () => {
    expect(await roleWith({}, { roles: ['soc_analyst', 'super_admin'] })).toBe(`${LEE} super_admin`);
  });

  test('are never guessed from what is only like them', async () => {
    for (const roles of [['SUPER_ADMIN'], ['super_admin '], [{ super_admin: true }], 7, null, ['dora@example.org']])
      expect(await roleWith({}, { roles })).toBe('no_role');
  });

  test('of an address count only where the provider has verified it', async () => {
    const email = 'Dora@example.org';
    expect(await roleWith({}, { email, email_verified: true })).toBe('dora@example.org viewer');
    expect(await roleWith({}, { email, email_verified: false })).toBe('no_role');
    expect(await roleWith({}, { email })).toBe('no_role');
    expect(await roleWith({}, { preferred_username: 'dora@example.org' })).toBe('no_role');
  });

  test('need an account of the domains that are named, as Google proves it', async () => {
    const domains = ['example.org'];
    const person = { email: 'dora@example.org', email_verified: true };
    expect(await roleWith({ domains }, { ...person, hd: 'Example.org' })).toBe('dora@example.org viewer');
    expect(await roleWith({ domains }, person)).toBe('foreign');
    expect(await roleWith({ domains }, { ...person, hd: 'example.com' })).toBe('foreign');
  });

  test('a name that is no address says where it comes from, without what could break a page', async () => {
    expect(await roleWith({}, { roles: ['soc_analyst'], preferred_username: 'kim <b>\u202e' })).toBe(
      'oidc/kimb soc_analyst',
    );
  });
});

test('a provider that does not answer is said so, and asked again the next time', async () => {
  doors = await openWith({ issuer: 'http://127.0.0.1:9/nobody' });
  const response = await doors.app.inject('/api/v1/session/oidc?return_to=/model');
  expect(response.headers.location).toBe('/dashboard/model?sign_in=unavailable');
});

test('a discovery document of somebody else is not believed', async () => {
  const issuer = `${simulator.loginUrl}/organizations/v2.0`;
  await expect(openId({ ...settings, issuer }, { fetch, now: () => new Date() }).check()).rejects.toThrow();
  await expect(openId(settings, { fetch, now: () => new Date() }).check()).resolves.toBeUndefined();
});

test('the way back leads below /dashboard only', () => {
  for (const own of ['/', '/submissions/sub_1', '/submissions?query=a+b&status=invalid'])
    expect(returnPath(own)).toBe(own);
  for (const foreign of [
    undefined,
    '',
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/../../api/v1/session',
    '/%2e%2e/%2e%2e/addins/',
    'javascript:alert(1)',
    `/${'x'.repeat(2_000)}`,
  ]) {
    const path = returnPath(foreign);
    expect(new URL(`/dashboard${path}`, PUBLIC_URL).href).toMatch(/^https:\/\/reelback\.example\.org\/dashboard\//);
    if (!foreign?.startsWith('//')) expect(path).toBe('/');
  }
  expect(returnPath('/retractions?sign_in=failed&x=1')).toBe('/retractions?x=1');
});
