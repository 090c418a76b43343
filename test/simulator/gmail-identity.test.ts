import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import type { TokenForgery } from '../../simulator/identity/forgery.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { startSimulator } from '../../simulator/start.ts';
import { ask, askToken, assertion, scopes, tokenFor } from './gmail-caller.ts';

let simulator: Simulator;
const ana = 'ana@lab.example.org';

beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.stop());
beforeEach(() => {
  simulator.reset();
  simulator.google.addMailbox(ana, { aliases: ['al@lab.example.org'] });
});

describe('the token endpoint', () => {
  const seconds = () => Math.floor(Date.now() / 1000);
  const refusal = async (sub: string, scope: string, changes = {}, header = {}) => {
    const { status, body } = await askToken(simulator, assertion(simulator, sub, scope, changes, header));
    return [status, body.error, body.access_token];
  };

  test('grants a token for the subject, by address or alias, to clients that name either endpoint', async () => {
    expect(await tokenFor(simulator, ana)).toMatch(/^ya29\./);
    expect(await tokenFor(simulator, 'al@lab.example.org')).toMatch(/^ya29\./);
    const official = { aud: 'https://oauth2.googleapis.com/token' };
    expect((await askToken(simulator, assertion(simulator, ana, scopes.modify, official))).status).toBe(200);
  });

  test.each<[string, string, string, object, object, number, string]>([
    ['a stranger as subject', 'nobody@lab.example.org', scopes.modify, {}, {}, 400, 'invalid_grant'],
    ['a scope that nobody delegated', ana, 'https://www.googleapis.com/auth/drive', {}, {}, 401, 'unauthorized_client'],
    ['no scope', ana, '', {}, {}, 400, 'invalid_scope'],
    ['another issuer', ana, scopes.modify, { iss: 'x@y.example' }, {}, 400, 'invalid_grant'],
    ['another audience', ana, scopes.modify, { aud: 'https://login.example.net' }, {}, 400, 'invalid_grant'],
    ['a long life', ana, scopes.modify, { exp: seconds() + 7200 }, {}, 400, 'invalid_grant'],
    [
      'an old assertion',
      ana,
      scopes.modify,
      { iat: seconds() - 7200, exp: seconds() - 3700 },
      {},
      400,
      'invalid_grant',
    ],
    [
      'one from the future',
      ana,
      scopes.modify,
      { iat: seconds() + 900, exp: seconds() + 1800 },
      {},
      400,
      'invalid_grant',
    ],
    ['no expiry', ana, scopes.modify, { exp: undefined }, {}, 400, 'invalid_grant'],
    ['another key id', ana, scopes.modify, {}, { kid: 'x' }, 400, 'invalid_grant'],
    ['alg none', ana, scopes.modify, {}, { alg: 'none' }, 400, 'invalid_grant'],
    ['PS256', ana, scopes.modify, {}, { alg: 'PS256' }, 400, 'invalid_grant'],
  ])('refuses %s', async (_, sub, scope, changes, header, status, error) => {
    expect(await refusal(sub, scope, changes, header)).toEqual([status, error, undefined]);
  });

  test('refuses a changed signature, no assertion, and other grants', async () => {
    const good = assertion(simulator, ana, scopes.modify);
    const [head, body] = good.split('.');
    for (const jwt of [`${head}.${body}.AAAA`, '', 'x.y.z', `${good}.x`])
      expect((await askToken(simulator, jwt)).status).toBe(400);
    expect((await askToken(simulator, good, 'client_credentials')).body.error).toBe('unsupported_grant_type');
  });

  test('a suspended user gets no token, and the old one stops working', async () => {
    const token = await tokenFor(simulator, ana);
    const profile = () => ask(`${simulator.google.gmailUrl}/gmail/v1/users/me/profile`, 'GET', token);
    expect((await profile()).status).toBe(200);
    simulator.google.suspend(ana);
    expect((await profile()).status).toBe(401);
    expect(await refusal(ana, scopes.modify)).toEqual([400, 'invalid_grant', undefined]);
  });

  test('revoked delegation: tokens die, new ones are refused; granted again, all is well', async () => {
    const token = await tokenFor(simulator, ana);
    simulator.google.revokeDelegation();
    expect((await ask(`${simulator.google.gmailUrl}/gmail/v1/users/me/profile`, 'GET', token)).status).toBe(401);
    expect(await refusal(ana, scopes.modify)).toEqual([401, 'unauthorized_client', undefined]);
    simulator.google.grantDelegation();
    expect(await tokenFor(simulator, ana)).toMatch(/^ya29\./);
  });

  test('without a subject the service account acts as itself, and has no mailbox', async () => {
    const { body } = await askToken(simulator, assertion(simulator, ana, scopes.modify, { sub: undefined }));
    const answer = await ask(`${simulator.google.gmailUrl}/gmail/v1/users/me/messages`, 'GET', body.access_token);
    expect(answer.body.error).toMatchObject({ code: 400, status: 'FAILED_PRECONDITION' });
  });

  test('fails in every way a test asks for', async () => {
    simulator.faults.add({ route: 'googleToken', mailbox: ana, times: 1, fault: { status: 503 } });
    expect(await refusal(ana, scopes.modify)).toEqual([503, 'internal_failure', undefined]);
    simulator.faults.add({ route: 'googleToken', times: 1, fault: { lost: 'reset' } });
    await expect(tokenFor(simulator, ana)).rejects.toThrow();
    expect(await tokenFor(simulator, ana)).toMatch(/^ya29\./);
  });
});

describe('identity tokens', () => {
  const verify = async (token: string) => {
    const { issuerUrl, addonAudiences } = simulator.google;
    const discovery = (await (await fetch(`${issuerUrl}/.well-known/openid-configuration`)).json()) as {
      jwks_uri: string;
    };
    return jwtVerify(token, createRemoteJWKSet(new URL(discovery.jwks_uri)), {
      issuer: issuerUrl,
      audience: [...addonAudiences],
      algorithms: ['RS256'],
      requiredClaims: ['sub', 'email', 'exp'],
    });
  };

  test('another library accepts a good one, and finds who it is', async () => {
    const { payload } = await verify(simulator.google.identityToken(ana));
    expect(payload).toMatchObject({ email: ana, email_verified: true, hd: 'lab.example.org' });
    expect(payload.sub).toBe(simulator.google.workspace.user(ana)!.id);
    expect(payload.sub).toMatch(/^\d{21}$/);
    expect(payload.aud).toBe(payload.azp);
  });

  test.each<TokenForgery>([
    { forge: 'foreign-key' },
    { forge: 'alg-none' },
    { forge: 'tampered' },
    { forge: 'hs256-with-public-key' },
    { claims: { aud: 'x.apps.googleusercontent.com' } },
    { claims: { iss: 'https://accounts.example.net' } },
    { claims: { exp: 1_700_000_000 } },
    { claims: { email: undefined } },
    { header: { kid: 'x' } },
  ])('and refuses %j', async (forgery) => {
    await expect(verify(simulator.google.identityToken(ana, forgery))).rejects.toThrow();
  });

  test('forgeries only its reader can see are as asked for', () => {
    const claims = decodeJwt(
      simulator.google.identityToken(ana, { claims: { hd: 'evil.example', email_verified: false } }),
    );
    expect(claims).toMatchObject({ hd: 'evil.example', email_verified: false });
  });

  test("Entra's tokens and Google's do not pass with each other's keys", async () => {
    simulator.addMailbox('ben@example.org');
    const entra = simulator.accessToken('ben@example.org', {
      claims: { iss: simulator.google.issuerUrl, aud: simulator.google.addonAudiences[0], email: 'ben@example.org' },
      header: { kid: 'google-simulator-1' },
    });
    await expect(verify(entra)).rejects.toThrow(/signature/);
  });
});
