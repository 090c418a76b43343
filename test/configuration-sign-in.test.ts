import { readConfiguration } from '../server/configuration.ts';
import { checkSignIn } from '../server/doctor-sign-in.ts';
import type { Environment } from '../server/environment.ts';
import { groundsOf } from '../server/sign-in-configuration.ts';
import { PermanentError, TemporaryError } from '../shared/errors.ts';

const PREFIX = 'REELBACK_DASHBOARD_OIDC';
const entra: Environment = {
  [`${PREFIX}_ISSUER`]: 'https://login.microsoftonline.com/11111111-2222-4333-8444-555555555555/v2.0',
  [`${PREFIX}_CLIENT_ID`]: '66666666-7777-4888-9999-000000000000',
  [`${PREFIX}_CLIENT_SECRET`]: 'correct-horse',
};
const google: Environment = { ...entra, [`${PREFIX}_ISSUER`]: 'https://accounts.google.com' };

function failure(env: Environment): string {
  try {
    readConfiguration(env);
  } catch (error) {
    expect(error).toMatchObject({ code: 'configuration' });
    return (error as PermanentError).message;
  }
  throw new Error('accepted');
}

test('Entra ID needs issuer, client and secret; roles are app roles of the same names', () => {
  const { signIn, warnings } = readConfiguration(entra);
  expect(signIn).toEqual({
    token: true,
    oidc: {
      issuer: 'https://login.microsoftonline.com/11111111-2222-4333-8444-555555555555/v2.0',
      clientId: '66666666-7777-4888-9999-000000000000',
      clientSecret: 'correct-horse',
      name: 'Microsoft',
      roleClaim: 'roles',
      roles: ['super_admin', 'config_admin', 'soc_analyst', 'viewer'].map((role) => ({ value: role, role })),
      domains: [],
    },
  });
  expect(warnings).toEqual([]);
});

test('Google needs a domain, and takes addresses for roles', () => {
  const roles = { [`${PREFIX}_ROLES`]: 'kim@example.org=soc_analyst, lee@example.org=super_admin' };
  expect(failure({ ...google, ...roles })).toMatch(/^REELBACK_DASHBOARD_OIDC_DOMAINS: /);
  const { oidc } = readConfiguration({ ...google, ...roles, [`${PREFIX}_DOMAINS`]: 'Example.org' }).signIn;
  expect(oidc).toMatchObject({
    name: 'Google',
    domains: ['example.org'],
    roles: [
      { value: 'kim@example.org', role: 'soc_analyst' },
      { value: 'lee@example.org', role: 'super_admin' },
    ],
  });
});

test('any other provider has its host as its name unless it is told another, and any claim', () => {
  const env = {
    ...entra,
    [`${PREFIX}_ISSUER`]: 'https://id.example.net/realms/one/',
    [`${PREFIX}_ROLE_CLAIM`]: 'realm_access.roles',
    [`${PREFIX}_ROLES`]: 'cn=soc,dc=example=soc_analyst',
  };
  expect(readConfiguration({ ...env, [`${PREFIX}_ROLES`]: 'soc=soc_analyst' }).signIn.oidc).toMatchObject({
    issuer: 'https://id.example.net/realms/one',
    name: 'id.example.net',
    roleClaim: 'realm_access.roles',
  });
  expect(failure(env)).toMatch(/^REELBACK_DASHBOARD_OIDC_ROLES: /);
});

test.each<[string, Environment]>([
  ['ISSUER', { [`${PREFIX}_CLIENT_ID`]: 'x' }],
  ['ISSUER', { ...entra, [`${PREFIX}_ISSUER`]: 'https://login.microsoftonline.com/common/v2.0' }],
  ['ISSUER', { ...entra, [`${PREFIX}_ISSUER`]: 'https://login.microsoftonline.com/organizations/v2.0' }],
  ['ISSUER', { ...entra, [`${PREFIX}_ISSUER`]: 'http://id.example.net' }],
  ['CLIENT_ID', { ...entra, [`${PREFIX}_CLIENT_ID`]: '' }],
  ['CLIENT_SECRET', { ...entra, [`${PREFIX}_CLIENT_SECRET`]: '' }],
  ['ROLES', { ...entra, [`${PREFIX}_ROLES`]: 'kim@example.org=root' }],
  ['ROLES', { ...entra, [`${PREFIX}_ROLES`]: 'soc_analyst' }],
  ['ROLE_CLAIM', { ...entra, [`${PREFIX}_ROLE_CLAIM`]: 'two words' }],
  ['DOMAINS', { ...google, [`${PREFIX}_DOMAINS`]: 'exa mple' }],
])('a wrong %s stops the start with its name', (name, env) => {
  expect(failure(env)).toMatch(new RegExp(`^${PREFIX}_${name}: `));
  expect(failure(env)).not.toContain('correct-horse');
});

test('the token may be for scripts alone, where there is another way to sign in', () => {
  const off = { REELBACK_DASHBOARD_TOKEN_SIGN_IN: '0' };
  expect(readConfiguration({ ...entra, ...off }).signIn.token).toBe(false);
  expect(failure(off)).toMatch(/^REELBACK_DASHBOARD_TOKEN_SIGN_IN: nobody could sign in/);
});

test('sessions rest on token, provider and mapping, and not on the client secret', () => {
  const of = (env: Environment) => groundsOf(readConfiguration({ REELBACK_ADMIN_TOKEN: 'a'.repeat(24), ...env }));
  expect(of({})).toEqual({ token: 'a'.repeat(24), oidc: null });
  expect(of(entra).oidc).toBe(of({ ...entra, [`${PREFIX}_CLIENT_SECRET`]: 'another' }).oidc);
  expect(of(entra).oidc).not.toBe(of({ ...entra, [`${PREFIX}_ROLES`]: 'soc=soc_analyst' }).oidc);
});

describe('the doctor', () => {
  const configured = readConfiguration(entra);
  const check = (answer: () => Promise<void>) => checkSignIn(configured, { check: answer });
  test('says whether the provider answers, and what to register there', async () => {
    expect(await check(async () => {})).toMatchObject({
      state: 'ok',
      text: expect.stringContaining('http://localhost:8080/api/v1/session/oidc/callback'),
    });
    const silent = async () => {
      throw new TemporaryError('x');
    };
    expect(await check(silent)).toMatchObject({ state: 'fail', text: expect.stringContaining('cannot be read') });
    const foreign = async () => {
      throw new PermanentError('oidc-discovery');
    };
    expect(await check(foreign)).toMatchObject({ state: 'fail', text: expect.stringContaining('another issuer') });
  });

  test('warns where nobody can sign in', async () => {
    expect(await checkSignIn(readConfiguration({}))).toMatchObject({ state: 'warn' });
    expect(await checkSignIn(readConfiguration({ REELBACK_ADMIN_TOKEN: 'a'.repeat(24) }))).toMatchObject({
      state: 'ok',
    });
  });
});
