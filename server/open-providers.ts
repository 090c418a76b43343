/** The configured tenant as adapters, identity and add-in. */
import { PermanentError } from '../shared/errors.ts';
import type { Provider } from '../shared/retraction.ts';
import type { Configuration } from './configuration.ts';
import { eitherIdentity } from './http/either-identity.ts';
import { googleIdentity } from './http/google-identity.ts';
import { entraIdentity, type IdentityVerifier } from './http/identity.ts';
import { gmailProvider } from './mailboxes/gmail.ts';
import { graphProvider } from './mailboxes/graph.ts';
import type { MailProvider } from './mailboxes/port.ts';

type Microsoft = Configuration['microsoft'][number];

/** @throws PermanentError where more than one tenant is configured */
export function onlyTenant(configuration: Configuration): Microsoft | null {
  if (configuration.microsoft.length > 1 || configuration.google.length > 1) {
    throw new PermanentError(
      'configuration',
      'REELBACK_TENANTS_FILE: this release serves one tenant; run one server for each, with a database of its own',
    );
  }
  return configuration.microsoft[0] ?? null;
}

/** The mail suites that are connected. */
export function providersOf(configuration: Configuration): Map<Provider, MailProvider> {
  const providers = new Map<Provider, MailProvider>();
  const tenant = configuration.microsoft[0];
  if (tenant) {
    const { tenantId, clientId, credential, loginUrl, graphUrl } = tenant;
    const timeoutMs = configuration.requestTimeoutMs;
    providers.set(
      'microsoft365',
      graphProvider({
        tenantId,
        clientId,
        credential,
        loginUrl,
        graphUrl,
        timeoutMs,
        retryForMs: timeoutMs,
        // Without the permission it answers no names, and the sweep finds the copies all the same.
        messageTrace: true,
      }),
    );
  }
  const [workspace] = configuration.google;
  if (workspace) {
    const { serviceAccount, admin, gmailUrl, adminUrl } = workspace;
    const timeoutMs = configuration.requestTimeoutMs;
    providers.set(
      'google',
      gmailProvider({ serviceAccount, admin, gmailUrl, adminUrl, timeoutMs, retryForMs: timeoutMs }),
    );
  }
  return providers;
}

/** Reporters of both suites; null when nobody can report. */
export function identityOf(
  configuration: Configuration,
  effects: { fetch: typeof fetch; now: () => Date },
): IdentityVerifier | null {
  const [tenant] = configuration.microsoft;
  const [workspace] = configuration.google;
  const entra = tenant
    ? entraIdentity(
        [
          {
            tenantId: tenant.tenantId,
            audiences: [tenant.apiAudience],
            clientIds: tenant.addinClientIds,
            loginUrl: tenant.loginUrl,
          },
        ],
        effects,
      )
    : null;
  if (!workspace) return entra;
  const { domains, addonAudiences: audiences, issuer } = workspace;
  const google = googleIdentity([{ domains, audiences, issuer }], effects);
  return entra ? eitherIdentity(google, entra) : google;
}

/** What the Outlook add-in's pages need. */
export function outlookOf(configuration: Configuration, tenant: Microsoft) {
  const { officeJsUrl, frameAncestors } = configuration;
  const api = tenant.apiAudience.includes('://') ? tenant.apiAudience : `api://${tenant.apiAudience}`;
  return {
    clientId: tenant.addinClientIds[0]!,
    authority: `${tenant.loginUrl}/${tenant.tenantId}`,
    scope: `${api}/report.submit`,
    // A test double's office.js loads its further files from where it stands itself.
    ...(officeJsUrl ? { officeJsUrl, scriptOrigins: [new URL(officeJsUrl).origin] } : {}),
    ...(frameAncestors ? { frameAncestors } : {}),
  };
}
