import fc from 'fast-check';
import { generate } from 'selfsigned';
import { readConfiguration } from '../server/configuration.ts';
import type { Environment } from '../server/environment.ts';
import { PermanentError } from '../shared/errors.ts';

const nothing = {
  read: (path: string): string => {
    throw new Error(`ENOENT ${path}`);
  },
  exists: () => false,
};

function failure(env: Environment, files = nothing): string {
  try {
    readConfiguration(env, files);
  } catch (error) {
    expect(error).toBeInstanceOf(PermanentError);
    expect(error).toMatchObject({ code: 'configuration' });
    return (error as PermanentError).message;
  }
  throw new Error(`accepted ${JSON.stringify(env)}`);
}

const tenant = {
  REELBACK_MS_TENANT_ID: '11111111-2222-4333-8444-555555555555',
  REELBACK_MS_CLIENT_ID: '66666666-7777-4888-9999-000000000000',
  REELBACK_MS_CLIENT_SECRET: 'correct-horse',
};

test('an empty environment is the documented default: embedded database, this machine only, no provider', () => {
  expect(readConfiguration({}, nothing)).toEqual({
    host: '127.0.0.1',
    port: 8080,
    publicUrl: 'http://localhost:8080',
    dataDir: `${process.cwd()}/data`,
    databaseUrl: null,
    microsoft: [],
    google: [],
    adminToken: null,
    signIn: { oidc: null, token: true },
    mail: { intake: null, outgoing: null },
    lookAgainDelaysMs: [1_800_000, 21_600_000, 86_400_000],
    pdrDelaysMs: [300_000, 43_200_000, 86_400_000],
    webhookPrivate: false,
    authservIds: [],
    maxMessageBytes: 31457280,
    model: 'default',
    trustedProxies: [],
    confirmDelaysMs: [600_000, 86_400_000],
    workLeaseMs: 60_000,
    requestTimeoutMs: 20_000,
    dns: null,
    lookups: { rdap: { only: null, serversFile: null }, lures: null },
    metrics: false,
    officeJsUrl: null,
    frameAncestors: null,
    warnings: [],
  });
});

test('an empty value counts as unset', () => {
  const names = ['PORT', 'HOST', 'PUBLIC_URL', 'DATABASE_URL', 'MS_TENANT_ID', 'CONFIRM_DELAYS', 'MODEL', 'METRICS'];
  const env = Object.fromEntries(names.map((name) => [`REELBACK_${name}`, ' ']));
  expect(readConfiguration(env, nothing)).toEqual(readConfiguration({}, nothing));
});

test('every variable is read', () => {
  const configuration = readConfiguration(
    {
      ...tenant,
      REELBACK_HOST: '0.0.0.0',
      REELBACK_PORT: '8443',
      REELBACK_PUBLIC_URL: 'https://reelback.example.org/',
      REELBACK_DATA_DIR: '/srv/reelback',
      REELBACK_DATABASE_URL: 'postgresql://reelback:pw@db.example.org/reelback?sslmode=require',
      REELBACK_MS_API_AUDIENCE: 'api://reelback.example.org',
      REELBACK_MS_ADDIN_CLIENT_IDS: 'one, two,one',
      REELBACK_MS_LOGIN_URL: 'http://127.0.0.1:9000/login/',
      REELBACK_MS_GRAPH_URL: 'http://[::1]:9000/graph',
      REELBACK_ADMIN_TOKEN: 'a-token-of-more-than-24-characters',
      REELBACK_AUTHSERV_IDS: 'MX.example.org, microsoft365',
      REELBACK_MAX_MESSAGE_BYTES: '1048576',
      REELBACK_MODEL: '/models/own.bin',
      REELBACK_TRUSTED_PROXIES: '192.0.2.0/24, 2001:db8::/32,198.51.100.7',
      REELBACK_CONFIRM_DELAYS: '200ms,5s,10m,24h',
      REELBACK_WORK_LEASE: '4s',
      REELBACK_REQUEST_TIMEOUT: '2s',
      REELBACK_DNS: '192.0.2.53, 2001:db8::53',
      REELBACK_RDAP: 'https://rdap.example.net/v1/',
      REELBACK_RDAP_SERVERS: '/lists/dns.json',
      REELBACK_LURES: '1',
      REELBACK_LURE_DOUBLE: 'http://127.0.0.1:9100',
      REELBACK_METRICS: '1',
      REELBACK_OFFICE_JS_URL: 'http://localhost:8081/webmail/office/office.js',
      REELBACK_FRAME_ANCESTORS: 'http://localhost:8081, https://outlook.office.com/',
    },
    { ...nothing, exists: (path) => path === '/models/own.bin' || path === '/lists/dns.json' },
  );
  expect(configuration).toEqual({
    host: '0.0.0.0',
    port: 8443,
    publicUrl: 'https://reelback.example.org',
    dataDir: '/srv/reelback',
    databaseUrl: 'postgresql://reelback:pw@db.example.org/reelback?sslmode=require',
    microsoft: [
      {
        tenantId: tenant.REELBACK_MS_TENANT_ID,
        clientId: tenant.REELBACK_MS_CLIENT_ID,
        credential: { clientSecret: 'correct-horse' },
        apiAudience: 'api://reelback.example.org',
        addinClientIds: ['one', 'two'],
        loginUrl: 'http://127.0.0.1:9000/login',
        graphUrl: 'http://[::1]:9000/graph',
      },
    ],
    google: [],
    adminToken: 'a-token-of-more-than-24-characters',
    signIn: { oidc: null, token: true },
    mail: { intake: null, outgoing: null },
    lookAgainDelaysMs: [1_800_000, 21_600_000, 86_400_000],
    pdrDelaysMs: [300_000, 43_200_000, 86_400_000],
    webhookPrivate: false,
    authservIds: ['mx.example.org', 'microsoft365'],
    maxMessageBytes: 1048576,
    model: '/models/own.bin',
    trustedProxies: ['192.0.2.0/24', '2001:db8::/32', '198.51.100.7'],
    confirmDelaysMs: [200, 5_000, 600_000, 86_400_000],
    workLeaseMs: 4_000,
    requestTimeoutMs: 2_000,
    dns: ['192.0.2.53', '2001:db8::53'],
    lookups: {
      rdap: { only: 'https://rdap.example.net/v1', serversFile: '/lists/dns.json' },
      lures: { double: { hostname: '127.0.0.1', port: 9100 } },
    },
    metrics: true,
    officeJsUrl: 'http://localhost:8081/webmail/office/office.js',
    frameAncestors: ['http://localhost:8081', 'https://outlook.office.com'],
    warnings: [],
  });
});

test.each<[string, string]>([
  ['REELBACK_PORT', '80a'],
  ['REELBACK_PORT', '65536'],
  ['REELBACK_PORT', '-1'],
  ['REELBACK_PORT', '1e3'],
  ['REELBACK_HOST', 'two words'],
  ['REELBACK_PUBLIC_URL', 'reelback.example.org'],
  ['REELBACK_PUBLIC_URL', 'http://reelback.example.org'],
  ['REELBACK_PUBLIC_URL', 'https://reelback.example.org/path'],
  ['REELBACK_PUBLIC_URL', 'https://user:pw@reelback.example.org'],
  ['REELBACK_PUBLIC_URL', 'ftp://reelback.example.org'],
  ['REELBACK_DATABASE_URL', 'mysql://db.example.org/reelback'],
  ['REELBACK_DATABASE_URL', 'db.example.org'],
  ['REELBACK_ADMIN_TOKEN', 'short'],
  ['REELBACK_ADMIN_TOKEN', 'with a blank in it'],
  ['REELBACK_AUTHSERV_IDS', 'mx.example.org mx2.example.org'],
  ['REELBACK_MAX_MESSAGE_BYTES', '25MB'],
  ['REELBACK_MAX_MESSAGE_BYTES', '0'],
  ['REELBACK_MODEL', 'no-such-model'],
  ['REELBACK_TRUSTED_PROXIES', '192.0.2.0/33'],
  ['REELBACK_TRUSTED_PROXIES', 'proxy.example.org'],
  ['REELBACK_CONFIRM_DELAYS', '10'],
  ['REELBACK_CONFIRM_DELAYS', '0m'],
  ['REELBACK_CONFIRM_DELAYS', '24h,10m'],
  ['REELBACK_CONFIRM_DELAYS', '99d'],
  ['REELBACK_WORK_LEASE', '30s'],
  ['REELBACK_REQUEST_TIMEOUT', '20'],
  ['REELBACK_DNS', 'dns.example.org'],
  ['REELBACK_DNS', '192.0.2.0/24'],
  ['REELBACK_RDAP', 'maybe'],
  ['REELBACK_RDAP', 'http://rdap.example.net/'],
  ['REELBACK_RDAP_SERVERS', '/nowhere.json'],
  ['REELBACK_LURES', 'on'],
  ['REELBACK_LURE_DOUBLE', 'https://127.0.0.1:9100'],
  ['REELBACK_LURE_DOUBLE', 'http://192.0.2.1:9100'],
  ['REELBACK_METRICS', 'yes'],
  ['REELBACK_OFFICE_JS_URL', 'http://cdn.example.org/office.js'],
  ['REELBACK_FRAME_ANCESTORS', "'self'"],
  ['REELBACK_FRAME_ANCESTORS', 'https://mail.example.org; script-src *'],
  ['REELBACK_TENANTS_FILE', '/nowhere.json'],
  ['REELBACK_MS_TENANT_ID', 'common'],
  ['REELBACK_MS_TENANT_ID', '../other'],
  ['REELBACK_MS_CLIENT_ID', 'two words'],
  ['REELBACK_MS_LOGIN_URL', 'http://login.example.org'],
  ['REELBACK_MS_LOGIN_URL', 'http://127.0.0.1.example.org'],
  ['REELBACK_MS_GRAPH_URL', 'http://192.0.2.1/graph'],
  ['REELBACK_MS_GRAPH_URL', 'https://graph.example.org/?beta'],
  ['REELBACK_MS_ADDIN_CLIENT_IDS', 'one;two'],
  ['REELBACK_MS_CLIENT_CERTIFICATE', '/nowhere.pem'],
])('%s=%s stops the start with its name, without its value', (name, value) => {
  const { REELBACK_MS_CLIENT_SECRET: _, ...certificateOnly } = tenant;
  const base = name.endsWith('CERTIFICATE') ? certificateOnly : tenant;
  const text = failure({ ...base, [name]: value });
  expect(text.startsWith(`${name}: `)).toBe(true);
  expect(text).not.toContain('\n');
  if (value.length > 6) expect(text).not.toContain(value);
});

test.each<[string, Environment]>([
  ['REELBACK_MS_TENANT_ID', { REELBACK_MS_CLIENT_ID: 'x', REELBACK_MS_CLIENT_SECRET: 'y' }],
  ['REELBACK_MS_CLIENT_ID', { REELBACK_MS_TENANT_ID: 'x', REELBACK_MS_CLIENT_SECRET: 'y' }],
  ['REELBACK_MS_CLIENT_SECRET', { REELBACK_MS_TENANT_ID: 'x', REELBACK_MS_CLIENT_ID: 'y' }],
  ['REELBACK_MS_CLIENT_CERTIFICATE', { ...tenant, REELBACK_MS_CLIENT_CERTIFICATE: 'both.pem' }],
])('a tenant that is only half described names %s', (name, env) => {
  expect(failure(env)).toMatch(new RegExp(`^${name}: `));
});

test('a certificate is taken with its own key and refused with another', async () => {
  const [own, other] = await Promise.all([generate([{ name: 'commonName', value: 'a' }]), generate([])]);
  const { REELBACK_MS_CLIENT_SECRET: _, ...rest } = tenant;
  const env = { ...rest, REELBACK_MS_CLIENT_CERTIFICATE: 'reelback.pem' };
  const pem = `${own.private}\n${own.cert}`;
  const read = (content: string) => ({ ...nothing, read: () => content });
  expect(readConfiguration(env, read(pem)).microsoft[0]?.credential).toEqual({ certificatePem: pem });
  for (const bad of [own.cert, own.private, `${other.private}\n${own.cert}`, 'not PEM']) {
    expect(failure(env, read(bad))).toMatch(/^REELBACK_MS_CLIENT_CERTIFICATE: /);
  }
});

test('several tenants come from a file, whose mistakes are named by entry', () => {
  const entry = { ms_tenant_id: 'contoso.example', ms_client_id: 'c', ms_client_secret: 's' };
  const file = (value: unknown) => ({ ...nothing, read: () => JSON.stringify(value) });
  const env = { ...tenant, REELBACK_TENANTS_FILE: 'tenants.json' };
  expect(readConfiguration(env, file([entry])).microsoft.map(({ tenantId }) => tenantId)).toEqual([
    tenant.REELBACK_MS_TENANT_ID,
    'contoso.example',
  ]);
  expect(failure(env, file([entry, { ...entry, ms_tenant_id: 'CONTOSO.example' }]))).toMatch(/twice/);
  expect(failure(env, file([{ ...entry, ms_graph_url: 'http://x.example' }]))).toMatch(
    /^REELBACK_TENANTS_FILE\[0\]\.ms_graph_url: /,
  );
  expect(failure(env, file([{ ms_tenant_id: 'x', ms_client_id: 'y' }]))).toMatch(/\[0\]\.ms_client_secret: is missing/);
  for (const bad of [{}, [1], [[]], [null], [{ ms_tenant_id: 1 }]])
    expect(failure(env, file(bad))).toMatch(/JSON array/);
});

test('a name that nothing reads is warned of, because it may be a slip', () => {
  expect(
    readConfiguration({ REELBACK_PROT: '1', REELBACK_BLOB_URL: 's3://x', PATH: '/bin' }, nothing).warnings,
  ).toEqual([
    'REELBACK_PROT is set, but this release does not read it',
    'REELBACK_BLOB_URL is set, but this release does not read it',
  ]);
  expect(readConfiguration({ REELBACK_ADMIN_TOKEN: 'twelve-chars' }, nothing).warnings).toHaveLength(1);
});

describe('whatever the environment holds', () => {
  const names = Object.keys(tenant).concat(
    'PORT HOST PUBLIC_URL DATABASE_URL ADMIN_TOKEN AUTHSERV_IDS MAX_MESSAGE_BYTES MODEL TRUSTED_PROXIES CONFIRM_DELAYS WORK_LEASE REQUEST_TIMEOUT DNS METRICS OFFICE_JS_URL FRAME_ANCESTORS TENANTS_FILE MS_CLIENT_CERTIFICATE MS_API_AUDIENCE MS_ADDIN_CLIENT_IDS MS_LOGIN_URL MS_GRAPH_URL'
      .split(' ')
      .map((name) => `REELBACK_${name}`),
  );
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    fc.integer().map(String),
    fc.constantFrom('10m,24h', '127.0.0.1', 'http://localhost', '[::1]', 'microsoft365', '1', '0', 'https://a:b@c'),
  );
  const environment = fc.dictionary(fc.constantFrom(...names), value);

  test('it is a configuration or one line that names a variable', () => {
    fc.assert(
      fc.property(environment, (env) => {
        try {
          const configuration = readConfiguration(env, nothing);
          expect(configuration.confirmDelaysMs.every((delay) => delay > 0)).toBe(true);
          for (const url of [configuration.publicUrl, ...configuration.microsoft.map(({ graphUrl }) => graphUrl)]) {
            const { protocol, hostname } = new URL(url);
            expect(protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname)).toBe(true);
          }
        } catch (error) {
          if (!(error instanceof PermanentError)) throw error;
          expect(error.message).toMatch(/^REELBACK_[A-Z_]+: [^\n]+$/);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('no secret is ever in the error or a warning', () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9]{12,40}$/);
    fc.assert(
      fc.property(environment, secret, fc.constantFrom(...names), (env, hidden, misplaced) => {
        const all: Environment = {
          REELBACK_ADMIN_TOKEN: hidden,
          REELBACK_MS_CLIENT_SECRET: hidden,
          REELBACK_DATABASE_URL: `postgres://reelback:${hidden}@db.example.org/reelback`,
          ...env,
          [misplaced]: `${hidden} ${hidden}`,
        };
        try {
          expect(readConfiguration(all, nothing).warnings.join()).not.toContain(hidden);
        } catch (error) {
          if (!(error instanceof PermanentError)) throw error;
          expect(error.message).not.toContain(hidden);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

test('without DNS nothing else is asked of the internet either, and to want it all the same is a mistake', () => {
  const off = { REELBACK_DNS: 'off' };
  expect(readConfiguration(off, nothing).lookups).toEqual({ rdap: null, lures: null });
  expect(failure({ ...off, REELBACK_RDAP: 'on' })).toMatch(/^REELBACK_RDAP: /);
  expect(failure({ ...off, REELBACK_LURES: '1' })).toMatch(/^REELBACK_LURES: /);
  const doubles = {
    REELBACK_RDAP: 'http://127.0.0.1:9100/rdap/',
    REELBACK_LURES: '1',
    REELBACK_LURE_DOUBLE: 'http://[::1]:9100',
  };
  expect(readConfiguration({ ...off, ...doubles }, nothing).lookups).toEqual({
    rdap: { only: 'http://127.0.0.1:9100/rdap', serversFile: null },
    lures: { double: { hostname: '::1', port: 9100 } },
  });
  expect(readConfiguration({ REELBACK_RDAP: 'off' }, nothing).lookups.rdap).toBeNull();
});
