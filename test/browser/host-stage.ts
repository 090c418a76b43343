import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page, Request } from 'playwright-core';
import type { Simulator } from '../../simulator/simulator.ts';
import { startSimulator } from '../../simulator/start.ts';
import { officeLibrary } from '../../simulator/webmail/office-library.ts';
import { webmailRoutes } from '../../simulator/webmail/routes.ts';
import { launchChromium } from '../setup/chromium.ts';
import { buildWebmail, officeJsDir } from './built-webmail.ts';
import { listen, passTo, scriptsOf, startTlsFront } from './tls-front.ts';

const fixture = join(process.cwd(), 'test/fixtures/addin');
const types: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  xml: 'text/xml',
};

/** The web mail with the fixture's add-in, in a browser. */
export interface HostStage {
  simulator: Simulator;
  /** Names of hosts that a page asked for and nobody here serves. */
  strangers: string[];
  /** A new browser session at somebody's mailbox. */
  open(address: string, preferences?: object, context?: BrowserContextOptions): Promise<Page>;
  close(): Promise<void>;
}

export const hostName = 'outlook.office.com';
export const libraryHost = 'appsforoffice.microsoft.com';
const addinName = 'addin.example.org';

/**
 * @param way `tls`: names, TLS and library as in production; `localhost`: plain http as in the demo.
 */
export async function startHostStage(way: 'tls' | 'localhost'): Promise<HostStage> {
  const built = await buildWebmail();
  const simulator = await startSimulator({ seed: 'none' });
  const library = officeLibrary(officeJsDir, `${built.assetsDir}/library`);
  const simulatorPort = new URL(simulator.url).port;
  const webmailOrigin = way === 'tls' ? `https://${hostName}` : `http://localhost:${simulatorPort}`;
  const addin = { origin: `https://${addinName}`, libraryOrigin: `https://${libraryHost}` };
  const addinServer = await listen((request, response) => addinFile(addin, webmailOrigin)(request, response));
  if (way === 'localhost') {
    addin.origin = `http://localhost:${addinServer.port}`;
    addin.libraryOrigin = `${webmailOrigin}/webmail`;
  }
  const webmail = webmailRoutes(simulator, {
    assetsDir: built.assetsDir,
    officeJsDir,
    addin: { manifestUrl: `http://127.0.0.1:${addinServer.port}/manifest.xml`, origin: addin.origin },
    tenantName: 'Example Ltd',
  });
  simulator.mount('/webmail', webmail);

  const front = await startTlsFront({
    [hostName]: passTo(`http://127.0.0.1:${simulatorPort}`),
    [addinName]: passTo(`http://127.0.0.1:${addinServer.port}`),
    [libraryHost]: scriptsOf((path) => library.file(path.replace('/lib/1/hosted/', ''), 'as_shipped')),
    'ajax.aspnetcdn.com': scriptsOf(() => library.microsoftAjax()),
  });
  const browser: Browser = await launchChromium({ args: [`--host-resolver-rules=${front.resolverRules}`] });
  const strangers: string[] = [];
  const known = way === 'tls' ? [hostName, addinName, libraryHost, 'ajax.aspnetcdn.com'] : ['localhost'];

  return {
    simulator,
    strangers,
    async open(address, preferences = {}, options = {}) {
      const context = await browser.newContext({ ignoreHTTPSErrors: way === 'tls', locale: 'en-US', ...options });
      const kept = JSON.stringify(preferences);
      await context.addInitScript((value) => localStorage.setItem('webmail-preferences', value), kept);
      const page = await context.newPage();
      // What the policy of a page stops never leaves the browser.
      const note = (request: Request) => {
        const { hostname, protocol } = new URL(request.url());
        if (/^https?:$/.test(protocol) && !known.includes(hostname)) strangers.push(hostname);
      };
      page.on('requestfailed', (request) => request.failure()?.errorText !== 'csp' && note(request));
      page.on('requestfinished', note);
      page.setDefaultTimeout(30_000);
      await page.goto(`${webmailOrigin}/webmail/#${address}`);
      return page;
    },
    async close() {
      await browser.close();
      await Promise.all([front.close(), addinServer.close(), simulator.stop()]);
      built.remove();
    },
  };
}

/** The fixture's files as a product would serve them: its own origin in the manifest, a strict policy on the pages. */
function addinFile(addin: { origin: string; libraryOrigin: string }, hostOrigin: string): RequestListener {
  return (request, response) => {
    const name = new URL(request.url ?? '/', 'http://x').pathname.slice(1);
    const type = types[name.split('.').at(-1) ?? ''];
    let text: string;
    try {
      text = readFileSync(join(fixture, name.replace(/[^a-z.]/g, '')), 'utf8');
    } catch {
      response.writeHead(404).end();
      return;
    }
    text = text.replaceAll(`https://${addinName}`, addin.origin);
    text = text.replaceAll(`https://${libraryHost}`, addin.libraryOrigin);
    const scripts = `'self' ${new URL(addin.libraryOrigin).origin} https://ajax.aspnetcdn.com`;
    const policy = [
      "default-src 'none'",
      `script-src ${scripts}`,
      "connect-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      `frame-ancestors ${hostOrigin}`,
    ].join('; ');
    response.writeHead(200, { 'content-type': type ?? 'text/plain', 'content-security-policy': policy }).end(text);
  };
}
