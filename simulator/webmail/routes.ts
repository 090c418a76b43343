import type { IncomingMessage } from 'node:http';
import type { Forwarding } from '../forward.ts';
import type { Handler, Simulator } from '../simulator.ts';
import { type Answer, json, writeAnswer } from '../wire.ts';
import { mailApi } from './mail-api.ts';
import { mailboxEvents } from './mailbox-events.ts';
import { mailboxEntries } from './mailbox-view.ts';
import { readManifest } from './manifest.ts';
import { officeLibrary } from './office-library.ts';
import { pageAnswer } from './page.ts';
import type { Tenant as TenantView } from './wire.ts';

export interface WebmailOptions {
  /** Built page: index.html, app.js, style.css, and library/ with the additions to office.js. */
  assetsDir: string;
  /** `dist` of the package @microsoft/office-js. */
  officeJsDir: string;
  /** Where the add-in's manifest is fetched, and the origin its pages have in the browser; null: none is installed. */
  addin: { manifestUrl: string; origin: string } | null;
  /** Name of the organisation. */
  tenantName: string;
  /** Where the part of the organisation that has Gmail reads its mail. */
  gmailHref?: string;
  /** Absent: nothing can be forwarded. */
  forwarding?: Forwarding;
  fetch?: typeof fetch;
}

/** What the web mail needs of a simulator: its tenant, and its issuer for nested app authentication. */
export type WebmailTenant = Pick<Simulator, 'tenant' | 'accessToken' | 'idToken'>;

/** Everything below `/webmail`: the page, its API, the event stream, and the library that the add-in's pages load. */
export function webmailRoutes(simulator: WebmailTenant, options: WebmailOptions): Handler {
  const { tenant } = simulator;
  const { addin, assetsDir } = options;
  const library = officeLibrary(options.officeJsDir, `${assetsDir}/library`);
  const mail = mailApi(simulator, options.forwarding ?? null);
  const fetchManifest = options.fetch ?? fetch;

  return async (request, response, url) => {
    const path = url.pathname.slice('/webmail/'.length);
    if (url.pathname === '/webmail') writeAnswer(response, { status: 308, headers: { location: '/webmail/' } });
    else if (path === 'api/events') mailboxEvents(tenant, request, response, url);
    else writeAnswer(response, await answer(request, path, url));
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
    return {
      name: options.tenantName,
      tenantId: tenant.id,
      addinOrigin: addin?.origin ?? '',
      mailboxes,
      gmailHref: options.gmailHref,
      reportsTo: options.forwarding?.to,
    };
  }

  async function addinAnswer(locale: string): Promise<Answer> {
    if (addin === null) return json(404, { message: 'no add-in is installed' });
    try {
      const response = await fetchManifest(addin.manifestUrl, { signal: AbortSignal.timeout(5_000) });
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
