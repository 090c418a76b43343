import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Tenant } from '../tenant/tenant.ts';
import { type Answer, json, writeAnswer } from '../wire.ts';
import { mailApi } from './mail-api.ts';
import { mailboxEvents } from './mailbox-events.ts';
import { mailboxEntries } from './mailbox-view.ts';
import { readManifest } from './manifest.ts';
import { officeLibrary } from './office-library.ts';
import { pageAnswer } from './page.ts';
import type { Tenant as TenantView } from './wire.ts';

export interface WebmailDependencies {
  tenant: Tenant;
  /** Tokens of the tenant's issuer for a person, as nested app authentication hands them out. `expiresIn` in seconds. */
  tokens(address: string): { accessToken: string; idToken: string; expiresIn: number };
  /** Built page: index.html, app.js, style.css, and library/ with the additions to office.js. */
  assetsDir: string;
  /** `dist` of the package @microsoft/office-js. */
  officeJsDir: string;
  /** Where the add-in's manifest is fetched, and the origin its pages have in the browser; null: none is installed. */
  addin: { manifestUrl: string; origin: string } | null;
  /** Name of the organisation. */
  tenantName: string;
  fetch: typeof fetch;
}

/** Handles a request below `/webmail`, or leaves it to others by answering false. */
export type WebmailHandler = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<boolean>;

/** Everything below `/webmail`: the page, its API, the event stream, and the library that the add-in's pages load. */
export function webmailRoutes(dependencies: WebmailDependencies): WebmailHandler {
  const { tenant, addin, assetsDir } = dependencies;
  const library = officeLibrary(dependencies.officeJsDir, `${assetsDir}/library`);
  const mail = mailApi(dependencies);

  return async (request, response, url) => {
    if (url.pathname === '/webmail') {
      writeAnswer(response, { status: 308, headers: { location: '/webmail/' } });
      return true;
    }
    if (!url.pathname.startsWith('/webmail/')) return false;
    const path = url.pathname.slice('/webmail/'.length);
    if (path === 'api/events') mailboxEvents(tenant, request, response, url);
    else writeAnswer(response, await answer(request, path, url));
    return true;
  };

  async function answer(request: IncomingMessage, path: string, url: URL): Promise<Answer> {
    if (path === 'api/tenant') return json(200, tenantView());
    if (path === 'api/addin') return addinAnswer(url.searchParams.get('locale') ?? 'en-US');
    if (path.startsWith('api/')) return mail(request, path.slice('api/'.length), url);
    if (path.startsWith('lib/1/hosted/')) return libraryAnswer(path.slice('lib/1/hosted/'.length));
    return pageAnswer(path, assetsDir, addin?.origin ?? null);
  }

  function tenantView(): TenantView {
    const mailboxes = mailboxEntries(tenant);
    return { name: dependencies.tenantName, tenantId: tenant.id, addinOrigin: addin?.origin ?? '', mailboxes };
  }

  async function addinAnswer(locale: string): Promise<Answer> {
    if (addin === null) return json(404, { message: 'no add-in is installed' });
    try {
      const response = await dependencies.fetch(addin.manifestUrl, { signal: AbortSignal.timeout(5_000) });
      if (!response.ok) return json(502, { message: `the add-in's manifest answered ${response.status}` });
      return json(200, readManifest(await response.text(), locale));
    } catch (error) {
      return json(502, { message: `the add-in's manifest cannot be read: ${(error as Error).message}` });
    }
  }

  async function libraryAnswer(path: string): Promise<Answer> {
    const bytes = await library.file(path, 'localhost');
    // The library loads its own files with crossorigin=anonymous, from the add-in's origin.
    const open = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' };
    if (bytes === null) return { status: 404, headers: open };
    const headers = { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'max-age=3600', ...open };
    return { status: 200, headers, bytes };
  }
}
