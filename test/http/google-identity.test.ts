import { eitherIdentity } from '../../server/http/either-identity.ts';
import { googleIdentity } from '../../server/http/google-identity.ts';
import { entraIdentity, type IdentityVerifier } from '../../server/http/identity.ts';
import { Problem } from '../../server/http/problem.ts';
import { TemporaryError } from '../../shared/errors.ts';
import type { Google } from '../../simulator/google.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { startSimulator } from '../../simulator/start.ts';

const ANA = 'ana@lab.example.org';
const now = () => new Date();
let simulator: Simulator;
let google: Google;
let identity: IdentityVerifier;

beforeAll(async () => {
  simulator = await startSimulator({ seed: 'none' });
  google = simulator.google;
  google.addMailbox(ANA);
  simulator.addMailbox('ben@example.org');
});
afterAll(() => simulator.stop());
beforeEach(() => {
  identity = verifier();
});

function verifier(change: Partial<Parameters<typeof googleIdentity>[0][number]> = {}, effects = { fetch, now }) {
  const workspace = { domains: [google.domain], audiences: [...google.addonAudiences], issuer: google.issuerUrl };
  return googleIdentity([{ ...workspace, ...change }], effects);
}

/** `status code` of the refusal, `503` for key trouble, or `accepted`. */
async function outcome(token: string, by: IdentityVerifier = identity): Promise<string> {
  try {
    await by.verify(token);
    return 'accepted';
  } catch (error) {
    if (error instanceof Problem) return `${error.status} ${error.code}`;
    if (error instanceof TemporaryError) return '503';
    throw error;
  }
}

test('a good token names the person by subject and domain, never by address', async () => {
  const userId = google.workspace.user(ANA)?.id;
  const reporter = { provider: 'google', tenant: google.domain, userId };
  expect(await identity.verify(google.identityToken(ANA))).toEqual(reporter);
});

test('either of the two client ids of an add-on is accepted', async () => {
  for (const aud of google.addonAudiences)
    expect(await outcome(google.identityToken(ANA, { claims: { aud } }))).toBe('accepted');
});

describe('claims that are wrong although the signature is right', () => {
  const seconds = () => Math.floor(Date.now() / 1000);
  const cases: [string, () => Record<string, unknown>, string][] = [
    ['another audience', () => ({ aud: '999.apps.googleusercontent.example' }), '401 invalid_token'],
    ['our audience among others', () => ({ aud: [google.addonAudiences[0], 'x'] }), '401 invalid_token'],
    ['our audience with a blank', () => ({ aud: `${google.addonAudiences[0]} ` }), '401 invalid_token'],
    ['no audience', () => ({ aud: undefined }), '401 invalid_token'],
    ['a foreign issuer', () => ({ iss: 'https://accounts.example.net' }), '401 invalid_token'],
    ['our issuer with a slash', () => ({ iss: `${google.issuerUrl}/` }), '401 invalid_token'],
    ['our issuer as a prefix', () => ({ iss: `${google.issuerUrl}.example.net` }), '401 invalid_token'],
    [
      'Google itself, which is not our issuer here',
      () => ({ iss: 'https://accounts.google.com' }),
      '401 invalid_token',
    ],
    ['Google without scheme', () => ({ iss: 'accounts.google.com' }), '401 invalid_token'],
    ['no issuer', () => ({ iss: undefined }), '401 invalid_token'],
    ['issuer as a list', () => ({ iss: [google.issuerUrl] }), '401 invalid_token'],
    ['another domain', () => ({ hd: 'elsewhere.example' }), '403 tenant_not_allowed'],
    ['a domain below ours', () => ({ hd: `evil.${google.domain}` }), '403 tenant_not_allowed'],
    ['a domain that ends like ours', () => ({ hd: `evil${google.domain}` }), '403 tenant_not_allowed'],
    ['no domain: a private account', () => ({ hd: undefined }), '403 tenant_not_allowed'],
    ['domain as a list', () => ({ hd: [google.domain] }), '403 tenant_not_allowed'],
    ['an empty domain', () => ({ hd: '' }), '403 tenant_not_allowed'],
    ['unverified address', () => ({ email_verified: false }), '403 email_not_verified'],
    ['verified as text', () => ({ email_verified: 'true' }), '403 email_not_verified'],
    ['verified missing', () => ({ email_verified: undefined }), '403 email_not_verified'],
    ['no address', () => ({ email: undefined }), '401 invalid_token'],
    ['an address that is none', () => ({ email: 'ana' }), '401 invalid_token'],
    ['address as a list', () => ({ email: [ANA] }), '401 invalid_token'],
    ['no subject', () => ({ sub: undefined }), '401 invalid_token'],
    ['an address as subject', () => ({ sub: ANA }), '401 invalid_token'],
    ['subject with a line break', () => ({ sub: '1\n' }), '401 invalid_token'],
    ['subject as a number', () => ({ sub: 1 }), '401 invalid_token'],
    ['an empty subject', () => ({ sub: '' }), '401 invalid_token'],
    ['expired', () => ({ exp: seconds() - 61 }), '401 token_expired'],
    ['no expiry', () => ({ exp: undefined }), '401 invalid_token'],
    ['expiry as text', () => ({ exp: '9999999999' }), '401 invalid_token'],
    ['not valid yet', () => ({ nbf: seconds() + 3600 }), '401 invalid_token'],
  ];
  test.each(cases)('%s', async (_, claims, expected) => {
    expect(await outcome(google.identityToken(ANA, { claims: claims() }))).toBe(expected);
  });

  test('a domain in capitals is the same domain, and just inside the leeway is in time', async () => {
    const claims = { hd: google.domain.toUpperCase(), exp: seconds() - 30 };
    expect(await outcome(google.identityToken(ANA, { claims }))).toBe('accepted');
  });
});

describe('signatures and headers that are wrong', () => {
  test.each(['foreign-key', 'alg-none', 'tampered', 'hs256-with-public-key'] as const)('%s', async (forge) => {
    expect(await outcome(google.identityToken(ANA, { forge }))).toBe('401 invalid_token');
  });

  test.each([
    ['an unknown key id', { kid: 'other' }],
    ['another algorithm', { alg: 'RS512' }],
    ['an algorithm in other case', { alg: 'rs256' }],
    ['a critical header', { crit: ['exp'], exp: 1 }],
  ])('%s', async (_, header) => {
    expect(await outcome(google.identityToken(ANA, { header }))).toBe('401 invalid_token');
  });

  test('no token at all, halves of one, and one without signature', async () => {
    const [head, body] = google.identityToken(ANA).split('.');
    for (const token of ['', 'x', `${head}.${body}`, `${head}.${body}.`, `${head}.${body}.AAAA`, `.${body}.`])
      expect(await outcome(token)).toBe('401 invalid_token');
  });
});

test('without an audience nobody is accepted', async () => {
  expect(await outcome(google.identityToken(ANA), verifier({ audiences: [] }))).toBe('401 invalid_token');
});

test('the audience of one Workspace does not open another', async () => {
  const [first = '', second = ''] = google.addonAudiences;
  const { issuerUrl: issuer } = google;
  const both = googleIdentity(
    [
      { domains: [google.domain], audiences: [first], issuer },
      { domains: ['other.example'], audiences: [second], issuer },
    ],
    { fetch, now },
  );
  expect(await outcome(google.identityToken(ANA, { claims: { aud: first } }), both)).toBe('accepted');
  expect(await outcome(google.identityToken(ANA, { claims: { aud: second } }), both)).toBe('403 tenant_not_allowed');
});

describe('the keys', () => {
  test('are read once for many tokens', async () => {
    const asked: string[] = [];
    const listening: typeof fetch = (input, init) => {
      asked.push(String(input));
      return fetch(input, init);
    };
    const by = verifier({}, { fetch: listening, now });
    for (let n = 0; n < 5; n++) expect(await outcome(google.identityToken(ANA), by)).toBe('accepted');
    expect(asked).toEqual([
      `${google.issuerUrl}/.well-known/openid-configuration`,
      `${google.issuerUrl}/oauth2/v3/certs`,
    ]);
  });

  const configuration = (change: Record<string, unknown>): typeof fetch => {
    return async () =>
      Response.json({ issuer: google.issuerUrl, jwks_uri: `${google.issuerUrl}/oauth2/v3/certs`, ...change });
  };
  test.each<[string, typeof fetch]>([
    ['the issuer is down', async () => new Response(null, { status: 500 })],
    ['it cannot be reached', () => Promise.reject(new TypeError('fetch failed'))],
    ['it answers HTML', async () => new Response('<html>')],
    ['the document is of another issuer', configuration({ issuer: 'https://accounts.example.net' })],
    ['it names no keys', configuration({ jwks_uri: undefined })],
    ['its keys lie in the clear on another host', configuration({ jwks_uri: 'http://192.0.2.1/certs' })],
    ['its keys are no keys', configuration({})],
  ])('cannot be had: %s', async (_, broken) => {
    expect(await outcome(google.identityToken(ANA), verifier({}, { fetch: broken, now }))).toBe('503');
  });
});

describe('with both suites', () => {
  const both = () => {
    const { tenantId, loginUrl, app } = simulator;
    const tenant = { tenantId, audiences: [app.apiAudience], clientIds: [app.clientId], loginUrl };
    return eitherIdentity(verifier(), entraIdentity([tenant], { fetch, now }));
  };

  test('each token goes to the verifier of its issuer', async () => {
    expect(await both().verify(google.identityToken(ANA))).toMatchObject({ provider: 'google' });
    expect(await both().verify(simulator.accessToken('ben@example.org'))).toMatchObject({ provider: 'microsoft365' });
  });

  test('a token of one that names the other as issuer is refused', async () => {
    const entra = `${simulator.loginUrl}/${simulator.tenantId}/v2.0`;
    expect(await outcome(google.identityToken(ANA, { claims: { iss: entra } }), both())).toBe('401 invalid_token');
    const disguised = simulator.accessToken('ben@example.org', { claims: { iss: google.issuerUrl } });
    expect(await outcome(disguised, both())).toBe('401 invalid_token');
    expect(await outcome(google.identityToken(ANA, { claims: { iss: 'https://x.example' } }), both())).toBe(
      '401 invalid_token',
    );
  });
});
