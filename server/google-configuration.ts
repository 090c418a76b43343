import { createPrivateKey } from 'node:crypto';
import { type Environment, isThisMachine, listOf, textOf, urlOf, wordOf, wrong } from './environment.ts';

/** One Google Workspace, as the environment or an entry of the tenants file describes it. */
export interface GoogleConfiguration {
  /** Of the key file; has domain-wide delegation. */
  serviceAccount: {
    clientEmail: string;
    /** PEM. */
    privateKey: string;
    privateKeyId: string | null;
    tokenUri: string;
  };
  /** Administrator in whose name the directory is read, lower case. */
  admin: string;
  /** Accepted `hd` of identity tokens, lower case; at least one. */
  domains: string[];
  /** Accepted `aud` of identity tokens; [] when nobody reports from Gmail yet: the first token tells it. */
  addonAudiences: string[];
  /** Without trailing slash. */
  gmailUrl: string;
  adminUrl: string;
  /** `iss` of identity tokens; its discovery document names the keys. */
  issuer: string;
}

const address = /^[^\s@]{1,64}@[A-Za-z0-9.-]{1,253}$/;
const domain = /^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/;

/**
 * The Workspace, null when it is off.
 * @param label puts a name of the source before a setting's name in errors.
 * @throws PermanentError `configuration`
 */
export function readGoogle(
  env: Environment,
  readFile: (path: string) => string,
  label: (name: string) => string = (name) => name,
): GoogleConfiguration | null {
  const named: Environment = Object.fromEntries(Object.entries(env).map(([name, value]) => [label(name), value]));
  const keyName = label('REELBACK_GOOGLE_SERVICE_ACCOUNT');
  const adminName = label('REELBACK_GOOGLE_ADMIN');
  const domainsName = label('REELBACK_GOOGLE_DOMAINS');

  const path = textOf(named, keyName);
  const admin = wordOf(named, adminName, address, 'the address of an administrator of the Workspace');
  const domains = listOf(named, domainsName, (entry) => domain.test(entry), 'domains such as example.org');
  // Read even when they are not needed yet: wrong is wrong.
  const addonAudiences = listOf(
    named,
    label('REELBACK_GOOGLE_ADDON_AUDIENCES'),
    (entry) => /^[\x21-\x7e]{1,255}$/.test(entry),
    'OAuth client ids, as the aud of an identity token shows them',
  );
  const gmailUrl = urlOf(named, label('REELBACK_GOOGLE_GMAIL_URL'), { path: true });
  const adminUrl = urlOf(named, label('REELBACK_GOOGLE_ADMIN_URL'), { path: true });
  const issuer = urlOf(named, label('REELBACK_GOOGLE_ISSUER'), { path: true });

  if (path === null && admin === null && domains.length === 0) return null;
  if (path === null) throw wrong(keyName, "is missing: set it to the path of the service account's JSON key");
  if (admin === null)
    throw wrong(adminName, 'is missing: set it to the administrator whose name the directory is read in');
  if (domains.length === 0) throw wrong(domainsName, 'is missing: set it to the domains whose people may report');
  return {
    serviceAccount: readServiceAccount(keyName, path, readFile),
    admin: admin.toLowerCase(),
    domains: [...new Set(domains.map((one) => one.toLowerCase()))],
    addonAudiences,
    gmailUrl: gmailUrl ?? 'https://gmail.googleapis.com',
    adminUrl: adminUrl ?? 'https://admin.googleapis.com',
    issuer: issuer ?? 'https://accounts.google.com',
  };
}

function readServiceAccount(
  name: string,
  path: string,
  readFile: (path: string) => string,
): GoogleConfiguration['serviceAccount'] {
  let file: unknown;
  try {
    file = JSON.parse(readFile(path));
  } catch {
    throw wrong(name, 'must be the path of a JSON key file that this process can read');
  }
  const fields = (typeof file === 'object' && file !== null ? file : {}) as Record<string, unknown>;
  const { type, client_email: clientEmail, private_key: privateKey, private_key_id: privateKeyId } = fields;
  if (type !== 'service_account' || typeof clientEmail !== 'string' || typeof privateKey !== 'string') {
    throw wrong(name, 'must be the JSON key of a service account: type, client_email and private_key');
  }
  try {
    if (createPrivateKey(privateKey).asymmetricKeyType !== 'rsa') throw new Error('no RSA key');
  } catch {
    throw wrong(name, 'must hold an unencrypted RSA private_key');
  }
  return {
    clientEmail,
    privateKey,
    privateKeyId: typeof privateKeyId === 'string' ? privateKeyId : null,
    tokenUri: tokenUriOf(name, fields.token_uri),
  };
}

function tokenUriOf(name: string, value: unknown): string {
  if (value === undefined) return 'https://oauth2.googleapis.com/token';
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : null;
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isThisMachine(url.hostname));
  if (!url || !safe) throw wrong(name, 'must name a token_uri over https (plain http only to this machine)');
  return url.href;
}
