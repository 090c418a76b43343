import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  durationMs,
  type Environment,
  integerOf,
  isNetwork,
  listOf,
  switchOf,
  textOf,
  urlOf,
  wordOf,
  wrong,
} from './environment.ts';
import { type GoogleConfiguration, readGoogle } from './google-configuration.ts';
import { type LookupConfiguration, readLookups } from './lookup-configuration.ts';
import { type MailConfiguration, readMail } from './mail-configuration.ts';
import { type MicrosoftConfiguration, readMicrosoft } from './microsoft-configuration.ts';
import { readSignIn, SIGN_IN_VARIABLES, type SignInConfiguration } from './sign-in-configuration.ts';

/** The environment, read once and believed from then on. */
export interface Configuration {
  host: string;
  /** 0: any free port. */
  port: number;
  /** Origin without trailing slash: the address add-ins and people use. */
  publicUrl: string;
  /** Absolute path. */
  dataDir: string;
  /** null: the embedded PostgreSQL in dataDir. */
  databaseUrl: string | null;
  /** Tenants in the order they are named; [] when Microsoft 365 is off. */
  microsoft: MicrosoftConfiguration[];
  /** Workspaces likewise; [] when Google Workspace is off. */
  google: GoogleConfiguration[];
  /** null: off. */
  adminToken: string | null;
  signIn: SignInConfiguration;
  /** Lower case; `microsoft365` stands for the preset of a provider that writes none. */
  authservIds: string[];
  /** RFC 5322 bytes. */
  maxMessageBytes: number;
  /** `default`, `permissive` or an absolute path. */
  model: string;
  /** CIDRs or addresses whose X-Forwarded-For is believed. */
  trustedProxies: string[];
  /** When a retraction looks again, counted from its end; ascending, at least one. */
  confirmDelaysMs: number[];
  lookAgainDelaysMs: number[];
  /** When delivered mail is evaluated anew, counted from its first sight; ascending, at least one. */
  pdrDelaysMs: number[];
  /** How long a worker may hold a row before another one takes over. */
  workLeaseMs: number;
  /** Silence after which a request to a mail provider counts as lost; well below the lease. */
  requestTimeoutMs: number;
  /** `off`: no lookups (the demo); a list: addresses of resolvers; null: those of the machine. */
  dns: 'off' | string[] | null;
  lookups: LookupConfiguration;
  mail: MailConfiguration;
  metrics: boolean;
  /** Whether webhooks may go to this network, in plain http too. */
  webhookPrivate: boolean;
  /** Where the add-in's pages load office.js from; null: Microsoft's content network. */
  officeJsUrl: string | null;
  /** Origins that may show the add-in's pages in a frame; null: the Outlook hosts. */
  frameAncestors: string[] | null;
  /** Lines for the log at start: what is set and has no effect. */
  warnings: string[];
}

/** The file system, as far as a configuration needs it. */
export interface Files {
  read: (path: string) => string;
  exists: (path: string) => boolean;
}

const files: Files = { read: (path) => readFileSync(path, 'utf8'), exists: existsSync };

/**
 * The configuration of a server.
 * @throws PermanentError `configuration`: one line that names the first variable that is wrong and the remedy; no value
 *   of any variable is in it.
 */
export function readConfiguration(env: Environment, { read, exists }: Files = files): Configuration {
  const port = integerOf(env, 'REELBACK_PORT', 0, 65_535, 8080);
  const host = wordOf(env, 'REELBACK_HOST', /^[A-Za-z0-9.:-]{1,253}$/, 'an address or name of this machine');
  const dns = dnsOf(env);
  const tenants = tenantsOf(env, read);
  const adminToken = wordOf(env, 'REELBACK_ADMIN_TOKEN', /^[\x21-\x7e]{8,512}$/, '8 or more ASCII characters');
  return {
    host: host ?? '127.0.0.1',
    port,
    publicUrl: urlOf(env, 'REELBACK_PUBLIC_URL', { path: false }) ?? `http://localhost:${port}`,
    dataDir: resolve(textOf(env, 'REELBACK_DATA_DIR') ?? 'data'),
    databaseUrl: databaseUrlOf(env),
    ...tenants,
    adminToken,
    signIn: readSignIn(
      env,
      tenants.google.flatMap(({ domains }) => domains),
    ),
    authservIds: listOf(
      env,
      'REELBACK_AUTHSERV_IDS',
      (entry) => /^[A-Za-z0-9._-]{1,253}$/.test(entry),
      'authserv-ids such as mx.example.org, or the word microsoft365',
    ).map((entry) => entry.toLowerCase()),
    maxMessageBytes: integerOf(env, 'REELBACK_MAX_MESSAGE_BYTES', 1_024, 157_286_400, 31_457_280),
    model: modelOf(env, exists),
    trustedProxies: listOf(env, 'REELBACK_TRUSTED_PROXIES', isNetwork, 'addresses or CIDRs such as 192.0.2.0/24'),
    confirmDelaysMs: delaysOf(env, 'REELBACK_CONFIRM_DELAYS', [600_000, 86_400_000]),
    lookAgainDelaysMs: delaysOf(env, 'REELBACK_LOOK_AGAIN_DELAYS', [1_800_000, 21_600_000, 86_400_000]),
    pdrDelaysMs: delaysOf(env, 'REELBACK_PDR_DELAYS', [300_000, 43_200_000, 86_400_000]),
    ...patienceOf(env),
    dns,
    lookups: readLookups(env, dns, exists),
    mail: readMail(env, read),
    metrics: switchOf(env, 'REELBACK_METRICS'),
    webhookPrivate: switchOf(env, 'REELBACK_WEBHOOK_PRIVATE'),
    officeJsUrl: urlOf(env, 'REELBACK_OFFICE_JS_URL', { path: true }),
    frameAncestors: frameAncestorsOf(env),
    warnings: warningsOf(env, adminToken),
  };
}

function databaseUrlOf(env: Environment): string | null {
  const name = 'REELBACK_DATABASE_URL';
  const value = textOf(env, name);
  if (value === null) return null;
  if (!URL.canParse(value) || !/^postgres(ql)?:$/.test(new URL(value).protocol)) {
    throw wrong(name, 'must be postgres://user:password@host:port/database, or unset for the embedded one');
  }
  return value;
}

function modelOf(env: Environment, exists: (path: string) => boolean): string {
  const value = textOf(env, 'REELBACK_MODEL') ?? 'default';
  if (value === 'default' || value === 'permissive') return value;
  if (!exists(resolve(value))) throw wrong('REELBACK_MODEL', 'must be default, permissive or the path of a model file');
  return resolve(value);
}

function delaysOf(env: Environment, name: string, fallback: number[]): number[] {
  const expected = 'one to ten durations from 1ms to 30d such as 10m,24h, shortest first';
  const delays = listOf(env, name, (entry) => durationMs(entry) !== null, expected).map(
    (entry) => durationMs(entry) ?? 0,
  );
  if (delays.length === 0) return fallback;
  const ascending = delays.every((delay, index) => index === 0 || delay > (delays[index - 1] ?? 0));
  if (!ascending || delays.length > 10) throw wrong(name, `must be ${expected}`);
  return delays;
}

/** A request that is still under way must not be taken over: the lease outlasts it twice. */
function patienceOf(env: Environment): { workLeaseMs: number; requestTimeoutMs: number } {
  const duration = (name: string, fallback: number) => {
    const value = textOf(env, name);
    const ms = value === null ? fallback : durationMs(value);
    if (ms === null) throw wrong(name, 'must be a duration from 1ms to 30d such as 60s');
    return ms;
  };
  const workLeaseMs = duration('REELBACK_WORK_LEASE', 60_000);
  const requestTimeoutMs = duration('REELBACK_REQUEST_TIMEOUT', 20_000);
  if (workLeaseMs < 2 * requestTimeoutMs) {
    throw wrong('REELBACK_WORK_LEASE', 'must be at least twice REELBACK_REQUEST_TIMEOUT, such as 60s and 20s');
  }
  return { workLeaseMs, requestTimeoutMs };
}

function dnsOf(env: Environment): 'off' | string[] | null {
  const name = 'REELBACK_DNS';
  const isServer = (entry: string) => entry === 'off' || (isNetwork(entry) && !entry.includes('/'));
  const servers = listOf(env, name, isServer, 'off, or addresses of resolvers such as 192.0.2.53');
  if (servers.length === 0) return null;
  return servers.includes('off') ? 'off' : servers;
}

function frameAncestorsOf(env: Environment): string[] | null {
  const name = 'REELBACK_FRAME_ANCESTORS';
  const isOrigin = (entry: string) => {
    try {
      return urlOf({ [name]: entry }, name, { path: false }) !== null;
    } catch {
      return false;
    }
  };
  const origins = listOf(env, name, isOrigin, 'origins such as https://outlook.office.com');
  return origins.length === 0 ? null : origins.map((origin) => new URL(origin).origin);
}

function tenantsOf(env: Environment, read: (path: string) => string): Pick<Configuration, 'microsoft' | 'google'> {
  const tenants = [readMicrosoft(env, read)];
  const workspaces = [readGoogle(env, read)];
  const name = 'REELBACK_TENANTS_FILE';
  const path = textOf(env, name);
  if (path !== null) {
    for (const [index, entry] of readTenants(name, path, read).entries()) {
      // `ms_tenant_id` of the file is REELBACK_MS_TENANT_ID of the environment.
      const asEnvironment = Object.fromEntries(
        Object.entries(entry).map(([key, value]) => [`REELBACK_${key.toUpperCase()}`, value]),
      );
      const label = (variable: string) => `${name}[${index}].${variable.slice('REELBACK_'.length).toLowerCase()}`;
      tenants.push(readMicrosoft(asEnvironment, read, label));
      workspaces.push(readGoogle(asEnvironment, read, label));
    }
  }
  const microsoft = tenants.filter((tenant) => tenant !== null);
  const google = workspaces.filter((workspace) => workspace !== null);
  const ids = microsoft.map(({ tenantId }) => tenantId.toLowerCase());
  if (new Set(ids).size < ids.length) throw wrong(name, 'names a tenant twice: give each tenant one entry');
  const domains = google.flatMap((workspace) => workspace.domains);
  if (new Set(domains).size < domains.length) throw wrong(name, 'names a domain twice: give each Workspace one entry');
  return { microsoft, google };
}

function readTenants(name: string, path: string, read: (path: string) => string): Record<string, string>[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(read(path));
  } catch {
    throw wrong(name, 'must be the path of a readable JSON file');
  }
  const isEntry = (entry: unknown): entry is Record<string, string> =>
    typeof entry === 'object' &&
    entry !== null &&
    !Array.isArray(entry) &&
    Object.values(entry).every((value) => typeof value === 'string');
  if (!Array.isArray(parsed) || !parsed.every(isEntry)) {
    throw wrong(name, 'must hold a JSON array of objects with settings such as "ms_tenant_id" and texts as values');
  }
  return parsed;
}

/** Names this release reads; the rest of the contract's list comes with later releases. */
const known = new Set(
  (
    'PORT HOST PUBLIC_URL DATA_DIR DATABASE_URL ADMIN_TOKEN AUTHSERV_IDS MAX_MESSAGE_BYTES MODEL TRUSTED_PROXIES ' +
    'CONFIRM_DELAYS LOOK_AGAIN_DELAYS PDR_DELAYS WORK_LEASE REQUEST_TIMEOUT DNS RDAP RDAP_SERVERS LURES LURE_DOUBLE METRICS OFFICE_JS_URL FRAME_ANCESTORS TENANTS_FILE MS_TENANT_ID MS_CLIENT_ID MS_CLIENT_SECRET ' +
    'MS_CLIENT_CERTIFICATE MS_API_AUDIENCE MS_ADDIN_CLIENT_IDS MS_LOGIN_URL MS_GRAPH_URL GOOGLE_SERVICE_ACCOUNT ' +
    'SMTP_PORT SMTP_HOST SMTP_TLS SMTP_RELAYS SMTP_SENDERS SUBMISSION_ADDRESS MAIL_URL MAIL_FROM ' +
    'GOOGLE_ADMIN GOOGLE_DOMAINS GOOGLE_ADDON_AUDIENCES GOOGLE_GMAIL_URL GOOGLE_ADMIN_URL GOOGLE_ISSUER'
  )
    .split(' ')
    .concat(SIGN_IN_VARIABLES)
    .map((name) => `REELBACK_${name}`),
);

function warningsOf(env: Environment, adminToken: string | null): string[] {
  const unread = Object.keys(env).filter(
    (name) =>
      name.startsWith('REELBACK_') &&
      !name.startsWith('REELBACK_TEST_') &&
      !name.startsWith('REELBACK_CHAOS_') &&
      !known.has(name),
  );
  const warnings = unread.map((name) => `${name} is set, but this release does not read it`);
  if (adminToken !== null && adminToken.length < 24) {
    warnings.push('REELBACK_ADMIN_TOKEN is short: 24 or more random characters cannot be guessed');
  }
  if (
    textOf(env, 'REELBACK_GOOGLE_SERVICE_ACCOUNT') !== null &&
    textOf(env, 'REELBACK_GOOGLE_ADDON_AUDIENCES') === null
  ) {
    warnings.push('REELBACK_GOOGLE_ADDON_AUDIENCES is not set: nobody can report from Gmail');
  }
  return warnings;
}
