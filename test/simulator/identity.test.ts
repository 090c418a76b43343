import { X509Certificate } from 'node:crypto';
import { ConfidentialClientApplication, type INetworkModule, type NetworkRequestOptions } from '@azure/msal-node';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { generate } from 'selfsigned';
import type { TokenForgery } from '../../simulator/identity/forgery.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { startSimulator } from '../../simulator/start.ts';
import { appToken, graphCaller } from './caller.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
  simulator.addMailbox('ana@example.org', { displayName: 'Ana Lind' });
});
afterAll(() => simulator.stop());

/** msal-node speaks https only: http on the way out, https in what comes back. */
const plainHttp: INetworkModule = {
  sendGetRequestAsync: (url, options) => send('GET', url, options),
  sendPostRequestAsync: (url, options) => send('POST', url, options),
};
async function send<T>(method: string, url: string, options?: NetworkRequestOptions) {
  const response = await fetch(url.replace('https://127', 'http://127'), {
    method,
    headers: options?.headers,
    body: options?.body,
  });
  const text = (await response.text()).replaceAll('http://127', 'https://127');
  return { status: response.status, headers: Object.fromEntries(response.headers), body: JSON.parse(text) as T };
}

function msal(of: Simulator, credential: object) {
  const authority = `${of.loginUrl}/${of.tenantId}`.replace('http:', 'https:');
  const host = new URL(authority).host;
  return new ConfidentialClientApplication({
    auth: { clientId: of.app.clientId, authority, knownAuthorities: [host], ...credential },
    system: { networkClient: plainHttp },
  });
}
const request = { scopes: ['https://graph.microsoft.com/.default'] };

test('msal-node gets an app token with a secret, and Graph takes it', async () => {
  const result = await msal(simulator, { clientSecret: simulator.app.clientSecret }).acquireTokenByClientCredential(
    request,
  );
  const response = await fetch(`${simulator.graphUrl}/v1.0/users`, {
    headers: { authorization: `Bearer ${result?.accessToken}` },
  });
  expect(response.status).toBe(200);
});

test('msal-node gets one with a certificate, and not with a certificate that is not registered', async () => {
  const [own, other] = await Promise.all([
    generate([{ name: 'commonName', value: 'app' }]),
    generate([{ name: 'commonName', value: 'other' }]),
  ]);
  const certified = await startSimulator({ certificate: own.cert });
  try {
    const credential = (pair: { cert: string; private: string }) => ({
      clientCertificate: {
        privateKey: pair.private,
        x5c: pair.cert,
        thumbprintSha256: new X509Certificate(pair.cert).fingerprint256.replace(/:/g, ''),
      },
    });
    const result = await msal(certified, credential(own)).acquireTokenByClientCredential(request);
    expect(result?.accessToken).toEqual(expect.any(String));
    await expect(msal(certified, credential(other)).acquireTokenByClientCredential(request)).rejects.toThrow(
      /AADSTS700027/,
    );
  } finally {
    await certified.stop();
  }
});

test.each([
  [{ client_secret: 'wrong' }, 401, 'invalid_client'],
  [{ client_id: 'wrong' }, 400, 'unauthorized_client'],
  [{ grant_type: 'password' }, 400, 'unsupported_grant_type'],
  [{ scope: 'User.Read' }, 400, 'invalid_scope'],
])('the token endpoint refuses %j', async (form, status, error) => {
  const response = await appToken(simulator, form);
  expect([response.status, ((await response.json()) as { error: string }).error]).toEqual([status, error]);
});

test('Graph refuses no token, a token it did not sign, a delegated token, and one that ran out', async () => {
  let clock = Date.now();
  const aging = await startSimulator({ now: () => clock });
  try {
    aging.addMailbox('ana@example.org');
    const call = await graphCaller(aging);
    const codeWith = async (authorization: string) =>
      (await call('GET', '/users', undefined, { authorization })).body.error?.code;
    expect(await codeWith('')).toBe('InvalidAuthenticationToken');
    expect(await codeWith('Bearer a.b.c')).toBe('InvalidAuthenticationToken');
    expect(await codeWith(`Bearer ${aging.accessToken('ana@example.org')}`)).toBe('InvalidAuthenticationToken');
    expect((await call('GET', '/users')).status).toBe(200);
    clock += 3_601_000;
    expect((await call('GET', '/users')).status).toBe(401);
  } finally {
    await aging.stop();
  }
});

test('without the role a mailbox and the directory are closed', async () => {
  const poor = await startSimulator({ roles: ['Mail.Read'] });
  try {
    poor.addMailbox('ana@example.org');
    const call = await graphCaller(poor);
    expect((await call('GET', '/users')).body.error.code).toBe('Authorization_RequestDenied');
    expect((await call('GET', '/users/ana@example.org/messages')).status).toBe(200);
    expect(
      (await call('POST', '/users/ana@example.org/messages/x/move', { destinationId: 'inbox' })).body.error.code,
    ).toBe('ErrorAccessDenied');
  } finally {
    await poor.stop();
  }
});

function check(token: string) {
  const { loginUrl, tenantId, app } = simulator;
  const keys = createRemoteJWKSet(new URL(`${loginUrl}/${tenantId}/discovery/v2.0/keys`));
  const issuer = `${loginUrl}/${tenantId}/v2.0`;
  return jwtVerify(token, keys, {
    audience: app.apiAudience,
    issuer,
    algorithms: ['RS256'],
    requiredClaims: ['oid', 'tid', 'scp'],
  });
}

test('a delegated token verifies against the published keys and names the person', async () => {
  const { payload } = await check(simulator.accessToken('ana@example.org'));
  expect(payload).toMatchObject({
    ver: '2.0',
    scp: 'report.submit',
    azp: simulator.app.clientId,
    tid: simulator.tenantId,
    oid: simulator.tenant.person('ana@example.org')?.id,
  });
});

test.each<TokenForgery>([
  { forge: 'foreign-key' },
  { forge: 'alg-none' },
  { forge: 'tampered' },
  { forge: 'hs256-with-public-key' },
  { claims: { exp: 1 } },
  { claims: { aud: 'somebody-else' } },
  { claims: { iss: 'https://login.example.net/v2.0' } },
  { claims: { oid: undefined } },
])('a token forged by %j does not verify', async (forgery) => {
  await expect(check(simulator.accessToken('ana@example.org', forgery))).rejects.toThrow();
});
