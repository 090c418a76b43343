import { generateKeyPairSync } from 'node:crypto';
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

describe('Google Workspace', () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = {
    type: 'service_account',
    client_email: 'retraction@project.iam.gserviceaccount.com',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    private_key_id: 'k1',
    token_uri: 'http://127.0.0.1:4000/token',
  };
  const workspace = {
    REELBACK_GOOGLE_SERVICE_ACCOUNT: 'key.json',
    REELBACK_GOOGLE_ADMIN: 'Admin@lab.example.org',
    REELBACK_GOOGLE_DOMAINS: 'lab.example.org, LAB2.example.org',
    REELBACK_GOOGLE_ADDON_AUDIENCES: '1.apps.example.net,2.apps.example.net',
  };
  const holding = (file: unknown) => ({ read: () => JSON.stringify(file), exists: () => true });

  test('is on with a key, an administrator and domains; the rest is Google', () => {
    expect(readConfiguration(workspace, holding(key)).google).toEqual([
      {
        serviceAccount: {
          clientEmail: key.client_email,
          privateKey: key.private_key,
          privateKeyId: 'k1',
          tokenUri: key.token_uri,
        },
        admin: 'admin@lab.example.org',
        domains: ['lab.example.org', 'lab2.example.org'],
        addonAudiences: ['1.apps.example.net', '2.apps.example.net'],
        gmailUrl: 'https://gmail.googleapis.com',
        adminUrl: 'https://admin.googleapis.com',
        issuer: 'https://accounts.google.com',
      },
    ]);
    const { token_uri: _, ...without } = key;
    const [google] = readConfiguration(workspace, holding(without)).google;
    expect(google?.serviceAccount.tokenUri).toBe('https://oauth2.googleapis.com/token');
  });

  test('without audiences it starts and says that nobody can report', () => {
    const { REELBACK_GOOGLE_ADDON_AUDIENCES: _, ...rest } = workspace;
    expect(readConfiguration(rest, holding(key)).warnings).toEqual([
      'REELBACK_GOOGLE_ADDON_AUDIENCES is not set: nobody can report from Gmail',
    ]);
  });

  const variables: [string, Environment, RegExp][] = [
    ['no key', { REELBACK_GOOGLE_SERVICE_ACCOUNT: undefined }, /^REELBACK_GOOGLE_SERVICE_ACCOUNT: is missing/],
    ['no administrator', { REELBACK_GOOGLE_ADMIN: '' }, /^REELBACK_GOOGLE_ADMIN: is missing/],
    ['an administrator without domain', { REELBACK_GOOGLE_ADMIN: 'admin' }, /^REELBACK_GOOGLE_ADMIN: must be/],
    ['no domains', { REELBACK_GOOGLE_DOMAINS: ' , ' }, /^REELBACK_GOOGLE_DOMAINS: is missing/],
    ['a domain that is an address', { REELBACK_GOOGLE_DOMAINS: 'a@b.example' }, /^REELBACK_GOOGLE_DOMAINS: must be/],
    ['plain http', { REELBACK_GOOGLE_GMAIL_URL: 'http://gmail.example' }, /^REELBACK_GOOGLE_GMAIL_URL: must start/],
    ['an issuer with a query', { REELBACK_GOOGLE_ISSUER: 'https://a.example/?x' }, /^REELBACK_GOOGLE_ISSUER: must end/],
  ];
  test.each(variables)('%s stops the start', (_, change, expected) => {
    expect(failure({ ...workspace, ...change }, holding(key))).toMatch(expected);
  });

  const files: [string, unknown][] = [
    ['another type', { ...key, type: 'authorized_user' }],
    ['no private key', { ...key, private_key: undefined }],
    ['a private key that is none', { ...key, private_key: 'SECRET-TEXT' }],
    ['a token_uri in plain http', { ...key, token_uri: 'http://oauth2.example/token' }],
    ['a token_uri that is none', { ...key, token_uri: 'SECRET-TEXT' }],
    ['null', null],
    ['a list', [key]],
  ];
  test.each(files)('a key file with %s stops the start without quoting it', (_, file) => {
    const said = failure(workspace, holding(file));
    expect(said).toMatch(/^REELBACK_GOOGLE_SERVICE_ACCOUNT: must/);
    expect(said).not.toMatch(/SECRET|BEGIN/);
  });

  test('a file that cannot be read, and one that is no JSON', () => {
    expect(failure(workspace)).toMatch(/^REELBACK_GOOGLE_SERVICE_ACCOUNT: must be the path/);
    expect(failure(workspace, { read: () => '{', exists: () => true })).toMatch(/must be the path/);
  });
});
