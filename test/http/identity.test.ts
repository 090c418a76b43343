import { createHmac, createSign, generateKeyPairSync } from 'node:crypto';
import { exportJWK, exportSPKI, generateKeyPair, importJWK } from 'jose';
import { entraIdentity, type IdentityVerifier } from '../../server/http/identity.ts';
import { Problem } from '../../server/http/problem.ts';
import { TemporaryError } from '../../shared/errors.ts';
import { ANA, CLIENT, type Issuer, startIssuer, TENANT } from './issuer.ts';

let issuer: Issuer;
let identity: IdentityVerifier;
let clock: number;

const tenantOf = (loginUrl: string) => ({ tenantId: TENANT, audiences: [CLIENT], clientIds: [CLIENT], loginUrl });
const verifier = () => entraIdentity([tenantOf(issuer.loginUrl)], { fetch, now: () => new Date(clock) });

beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.stop());
beforeEach(() => {
  clock = Date.now();
  issuer.mode = 'up';
  issuer.asked = 0;
  identity = verifier();
});

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

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const now = () => Math.floor(Date.now() / 1000);
/** Signs any text with the published key, so that only its content can be wrong. */
async function signRaw(header: string, payload: string): Promise<string> {
  const signer = createSign('RSA-SHA256').update(`${header}.${payload}`);
  const { KeyObject } = await import('node:crypto');
  return `${header}.${payload}.${signer.sign(KeyObject.from(issuer.privateKey)).toString('base64url')}`;
}
const good = { alg: 'RS256', typ: 'JWT', kid: 'key-1' };

test('a good token names the person by tenant and object id, never by its name', async () => {
  expect(await identity.verify(await issuer.token())).toEqual({
    provider: 'microsoft365',
    tenant: TENANT,
    userId: ANA,
  });
});

test('a second permission beside ours does no harm', async () => {
  expect(await outcome(await issuer.token({ scp: 'profile report.submit email' }))).toBe('accepted');
});

test('a tenant written in capitals in the configuration is the same tenant', async () => {
  const loud = entraIdentity([{ ...tenantOf(issuer.loginUrl), tenantId: TENANT.toUpperCase() }], {
    fetch,
    now: () => new Date(clock),
  });
  expect(await outcome(await issuer.token(), loud)).toBe('accepted');
});

describe('claims that are wrong although the signature is right', () => {
  const OTHER = '99999999-9999-4999-8999-999999999999';
  const cases: [string, Record<string, unknown>, string][] = [
    ['expired an hour ago', { exp: now() - 3600 }, '401 token_expired'],
    ['expired beyond the leeway', { exp: now() - 61 }, '401 token_expired'],
    ['without an expiry', { exp: undefined }, '401 invalid_token'],
    ['expiry is text', { exp: '9999999999' }, '401 invalid_token'],
    ['not valid yet', { nbf: now() + 3600 }, '401 invalid_token'],
    ['foreign issuer', { iss: 'https://sts.example.net/v2.0' }, '401 invalid_token'],
    ['issuer with a trailing slash', { iss: () => `${issuer.loginUrl}/${TENANT}/v2.0/` }, '401 invalid_token'],
    ['issuer of the older version', { iss: () => `${issuer.loginUrl}/${TENANT}/` }, '401 invalid_token'],
    ['issuer in other case', { iss: () => `${issuer.loginUrl}/${TENANT}/V2.0` }, '401 invalid_token'],
    ['issuer is a list', { iss: ['x'] }, '401 invalid_token'],
    ['no issuer', { iss: undefined }, '401 invalid_token'],
    [
      'issuer with our prefix in a longer host',
      { iss: () => `${issuer.loginUrl}.example.net/${TENANT}/v2.0` },
      '401 invalid_token',
    ],
    [
      'another tenant of the same cloud',
      { iss: () => `${issuer.loginUrl}/${OTHER}/v2.0`, tid: OTHER },
      '403 tenant_not_allowed',
    ],
    ['tenant claim of another tenant', { tid: OTHER }, '401 invalid_token'],
    ['tenant claim missing', { tid: undefined }, '401 invalid_token'],
    ['tenant claim is a list', { tid: [TENANT] }, '401 invalid_token'],
    ['another audience', { aud: OTHER }, '401 invalid_token'],
    ['Graph audience', { aud: '00000003-0000-0000-c000-000000000000' }, '401 invalid_token'],
    ['audience as an object', { aud: { a: CLIENT } }, '401 invalid_token'],
    ['no audience', { aud: undefined }, '401 invalid_token'],
    ['audience with a trailing space', { aud: `${CLIENT} ` }, '401 invalid_token'],
    ['no scope and no roles', { scp: undefined }, '403 user_token_required'],
    ['application token', { scp: undefined, roles: ['report.submit'], idtyp: 'app' }, '403 user_token_required'],
    ['application token that carries a scope', { idtyp: 'app' }, '403 user_token_required'],
    ['another scope', { scp: 'User.Read' }, '403 scope_missing'],
    ['a scope that begins like ours', { scp: 'report.submit.all' }, '403 scope_missing'],
    ['a scope that ends like ours', { scp: 'xreport.submit' }, '403 scope_missing'],
    ['our scope in other case', { scp: 'Report.Submit' }, '403 scope_missing'],
    ['our scope with a full-width dot', { scp: 'report．submit' }, '403 scope_missing'],
    ['our scope split by a no-break space', { scp: 'x\u00a0report.submit' }, '403 scope_missing'],
    ['scope is a list', { scp: ['report.submit'] }, '403 user_token_required'],
    ['issued to another client', { azp: OTHER }, '403 client_not_allowed'],
    ['issued to nobody', { azp: undefined }, '403 client_not_allowed'],
    ['older token version', { ver: '1.0' }, '401 invalid_token'],
    ['version as a number', { ver: 2 }, '401 invalid_token'],
    ['no object id', { oid: undefined }, '401 invalid_token'],
    ['object id is not a GUID', { oid: 'ana@example.org' }, '401 invalid_token'],
    ['object id with a line break', { oid: `${ANA}\n` }, '401 invalid_token'],
    ['object id with look-alike digits', { oid: ANA.replace('1', '１') }, '401 invalid_token'],
    ['object id is an object', { oid: { id: ANA } }, '401 invalid_token'],
    ['object id is an inherited name', { oid: '__proto__' }, '401 invalid_token'],
  ];
  test.each(cases)('%s', async (_name, overrides, expected) => {
    const claims = Object.fromEntries(
      Object.entries(overrides).map(([key, value]) => [key, typeof value === 'function' ? value() : value]),
    );
    expect(await outcome(await issuer.token(claims))).toBe(expected);
  });

  test('just inside the leeway is accepted', async () => {
    expect(await outcome(await issuer.token({ exp: now() - 30, nbf: now() + 30 }))).toBe('accepted');
  });
});

describe('signatures and headers that are wrong', () => {
  test.each(['none', 'None', 'NONE', 'nOnE', '', 'RS512', 'PS256', 'ES256', 'EdDSA', 'HS256', 'RS256 '])(
    'algorithm "%s" in the header',
    async (alg) => {
      const [, payload, signature] = (await issuer.token()).split('.');
      expect(await outcome(`${part({ ...good, alg })}.${payload}.${signature}`)).toBe('401 invalid_token');
      expect(await outcome(`${part({ ...good, alg })}.${payload}.`)).toBe('401 invalid_token');
    },
  );

  test('the public key used as a shared secret', async () => {
    const spki = await exportSPKI((await importJWK(issuer.publicJwk, 'RS256')) as CryptoKey);
    for (const secret of [spki, spki.trim(), JSON.stringify(issuer.publicJwk), String(issuer.publicJwk.n)]) {
      for (const alg of ['HS256', 'RS256']) {
        const text = `${part({ ...good, alg })}.${part(issuer.claims())}`;
        const mac = createHmac('sha256', secret).update(text).digest('base64url');
        expect(await outcome(`${text}.${mac}`)).toBe('401 invalid_token');
      }
    }
  });

  test('another key under our key id', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    expect(await outcome(await issuer.token({}, {}, privateKey))).toBe('401 invalid_token');
  });

  test.each([
    ['unknown', 'key-2'],
    ['a path', '../../../../dev/null'],
    ['a query', "key-1' OR '1'='1"],
    ['a prototype name', '__proto__'],
    ['empty', ''],
    ['a number', 1],
    ['an object', { kid: 'key-1' }],
  ])('key id: %s', async (_name, kid) => {
    const { privateKey } = await generateKeyPair('RS256');
    expect(await outcome(await issuer.token({}, { kid }, privateKey))).toBe('401 invalid_token');
  });

  test('keys that the token brings along or points at are not looked at', async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
    const jwk = await exportJWK(publicKey);
    const before = issuer.asked;
    for (const header of [
      { jwk },
      { jku: `${issuer.loginUrl}/evil/discovery/v2.0/keys` },
      { x5u: 'http://127.0.0.1:9/cert.pem' },
      { x5c: ['MIIB'] },
      { jwk, kid: undefined },
    ])
      expect(await outcome(await issuer.token({}, header, privateKey))).toBe('401 invalid_token');
    expect(issuer.asked - before).toBeLessThanOrEqual(1);
  });

  test('a critical header that we do not know', async () => {
    expect(await outcome(await signRaw(part({ ...good, crit: ['exp'], exp: 1 }), part(issuer.claims())))).toBe(
      '401 invalid_token',
    );
    expect(await outcome(await signRaw(part({ ...good, b64: false, crit: ['b64'] }), part(issuer.claims())))).toBe(
      '401 invalid_token',
    );
  });

  test('a payload changed after signing', async () => {
    const [header, , signature] = (await issuer.token()).split('.');
    expect(await outcome(`${header}.${part(issuer.claims('0b0b0b0b-0000-4000-8000-000000000002'))}.${signature}`)).toBe(
      '401 invalid_token',
    );
  });

  test('a signature cut short, padded, or of zeroes', async () => {
    const token = await issuer.token();
    const [header, payload, signature] = token.split('.');
    for (const wrong of [signature!.slice(0, -2), `${signature}=`, 'A'.repeat(signature!.length), `${signature}AA`])
      expect(await outcome(`${header}.${payload}.${wrong}`)).toBe('401 invalid_token');
  });

  test.each([
    ['nothing', ''],
    ['one part', 'abc'],
    ['two parts', 'a.b'],
    ['four parts', 'a.b.c.d'],
    ['five parts, as an encrypted token', 'a.b.c.d.e'],
    ['not base64url', 'ä.ö.ü'],
    ['not JSON', 'YQ.YQ.YQ'],
    ['header is null', `${part(null)}.${part({})}.YQ`],
    ['payload is null', `${part(good)}.${part(null)}.YQ`],
    ['payload is a list', `${part(good)}.${part([1])}.YQ`],
    ['20 KB', `${part(good)}.${part({ iss: 'x'.repeat(20_000) })}.YQ`],
    ['a null byte', `${part(good)}.${part({ iss: '\0' })}.YQ\0`],
    ['a line break at the end', `${part(good)}.${part({ iss: 'x' })}.YQ\n`],
  ])('not a token: %s', async (_name, token) => {
    expect(await outcome(token)).toBe('401 invalid_token');
  });

  test('a claim given twice counts as what it is last, for every check alike', async () => {
    const text = JSON.stringify(issuer.claims());
    const twice = (extra: string) => Buffer.from(`${text.slice(0, -1)},${extra}}`).toString('base64url');
    expect(await outcome(await signRaw(part(good), twice('"aud":"other"')))).toBe('401 invalid_token');
    expect(await outcome(await signRaw(part(good), twice('"scp":"none"')))).toBe('403 scope_missing');
    expect(await outcome(await signRaw(part(good), twice('"iss":"https://evil.example.net"')))).toBe(
      '401 invalid_token',
    );
  });

  test('a key of 1,024 bits in the key set is not used', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const weak = entraIdentity([tenantOf(issuer.loginUrl)], {
      now: () => new Date(clock),
      fetch: async () =>
        Response.json({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'key-1', alg: 'RS256' }] }),
    });
    const text = `${part(good)}.${part(issuer.claims())}`;
    const signature = createSign('RSA-SHA256').update(text).sign(privateKey).toString('base64url');
    expect(await outcome(`${text}.${signature}`, weak)).not.toBe('accepted');
  });
});

describe('the key endpoint', () => {
  test('is asked once for many tokens', async () => {
    await Promise.all(Array.from({ length: 20 }, async () => identity.verify(await issuer.token())));
    expect(issuer.asked).toBe(1);
  });

  test.each(['down', 'garbage'] as const)(
    '%s: temporary, not 401, and not asked again for five seconds',
    async (mode) => {
      issuer.mode = mode;
      expect(await outcome(await issuer.token())).toBe('503');
      const asked = issuer.asked;
      expect(await outcome(await issuer.token())).toBe('503');
      if (mode === 'down') expect(issuer.asked).toBe(asked);
      issuer.mode = 'up';
      clock += 5_000;
      expect(await outcome(await issuer.token())).toBe('accepted');
    },
  );

  test('silent: temporary after five seconds', async () => {
    issuer.mode = 'silent';
    expect(await outcome(await issuer.token())).toBe('503');
  }, 15_000);

  test('refuses the connection: temporary', async () => {
    const gone = entraIdentity([tenantOf('http://127.0.0.1:9')], { fetch, now: () => new Date(clock) });
    const token = await issuer.token({ iss: `http://127.0.0.1:9/${TENANT}/v2.0` });
    expect(await outcome(token, gone)).toBe('503');
  });

  test('down for a while: keys already read stay good', async () => {
    await identity.verify(await issuer.token());
    issuer.mode = 'down';
    clock += 2 * 3_600_000;
    const later = Math.floor(clock / 1000);
    expect(await outcome(await issuer.token({ nbf: later - 5, exp: later + 3600 }))).toBe('accepted');
    // They are asked for again behind the answer.
    while (issuer.asked < 2) await new Promise((resolve) => setTimeout(resolve, 10));
  });

  test('a flood of unknown key ids does not become a flood of questions', async () => {
    await identity.verify(await issuer.token());
    const { privateKey } = await generateKeyPair('RS256');
    for (let i = 0; i < 30; i += 1) await outcome(await issuer.token({}, { kid: `key-${i + 10}` }, privateKey));
    expect(issuer.asked).toBe(1);
  });
});
