import { createPrivateKey, X509Certificate } from 'node:crypto';
import { type Environment, listOf, textOf, urlOf, wordOf, wrong } from './environment.ts';

/** One Microsoft 365 tenant, as the environment or an entry of the tenants file describes it. */
export interface MicrosoftConfiguration {
  /** Directory id or a verified domain. */
  tenantId: string;
  clientId: string;
  credential: { clientSecret: string } | { certificatePem: string };
  /** Accepted `aud` of add-in tokens. */
  apiAudience: string;
  /** Accepted `azp` of add-in tokens; the add-in signs in as the first. At least one. */
  addinClientIds: string[];
  /** Without trailing slash. */
  loginUrl: string;
  /** Without trailing slash and without the version. */
  graphUrl: string;
}

const id = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/**
 * The tenant, null when Microsoft 365 is off.
 * @param label puts a name of the source before a setting's name in errors: `tenants.json[2].ms_tenant_id`.
 * @throws PermanentError `configuration`
 */
export function readMicrosoft(
  env: Environment,
  readFile: (path: string) => string,
  label: (name: string) => string = (name) => name,
): MicrosoftConfiguration | null {
  const named: Environment = Object.fromEntries(Object.entries(env).map(([name, value]) => [label(name), value]));
  const tenantName = label('REELBACK_MS_TENANT_ID');
  const clientName = label('REELBACK_MS_CLIENT_ID');
  const secretName = label('REELBACK_MS_CLIENT_SECRET');
  const certificateName = label('REELBACK_MS_CLIENT_CERTIFICATE');

  const tenantId = wordOf(named, tenantName, id, 'the directory (tenant) id, or a verified domain of the tenant');
  const clientId = wordOf(named, clientName, id, 'the application (client) id of the app registration');
  const secret = textOf(named, secretName);
  const certificate = textOf(named, certificateName);
  // Read even when they are not needed yet: wrong is wrong.
  const loginUrl = urlOf(named, label('REELBACK_MS_LOGIN_URL'), { path: true });
  const graphUrl = urlOf(named, label('REELBACK_MS_GRAPH_URL'), { path: true });
  const apiAudience = wordOf(named, label('REELBACK_MS_API_AUDIENCE'), /^[\x21-\x7e]{1,255}$/, 'the aud of the tokens');
  const addinClientIds = listOf(named, label('REELBACK_MS_ADDIN_CLIENT_IDS'), (entry) => id.test(entry), 'client ids');

  if (tenantId === null && clientId === null && secret === null && certificate === null) return null;
  if (tenantId === null) throw wrong(tenantName, 'is missing: set it to the directory (tenant) id of Microsoft 365');
  if (/^(common|organizations|consumers)$/i.test(tenantId)) {
    throw wrong(tenantName, 'must name one tenant: its directory (tenant) id or a verified domain');
  }
  if (clientId === null) throw wrong(clientName, 'is missing: set it to the application (client) id');
  if (secret !== null && certificate !== null) throw wrong(certificateName, `set it or ${secretName}, not both`);
  if (secret === null && certificate === null) throw wrong(secretName, `is missing: set it, or ${certificateName}`);
  return {
    tenantId,
    clientId,
    credential:
      certificate === null
        ? { clientSecret: secret ?? '' }
        : { certificatePem: readCertificate(certificateName, certificate, readFile) },
    apiAudience: apiAudience ?? clientId,
    addinClientIds: addinClientIds.length > 0 ? addinClientIds : [clientId],
    loginUrl: loginUrl ?? 'https://login.microsoftonline.com',
    graphUrl: graphUrl ?? 'https://graph.microsoft.com',
  };
}

function readCertificate(name: string, path: string, readFile: (path: string) => string): string {
  let pem: string;
  try {
    pem = readFile(path);
  } catch {
    throw wrong(name, 'must be the path of a PEM file that this process can read');
  }
  try {
    if (!new X509Certificate(pem).checkPrivateKey(createPrivateKey(pem))) throw new Error('another key');
  } catch {
    throw wrong(name, 'must be a PEM file with a certificate and its own private key, unencrypted');
  }
  return pem;
}
