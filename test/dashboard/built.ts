/** The real bundle behind the real server, in a browser. */
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { ADMIN_TOKEN, type Doors, openDoors } from '../http/doors.ts';
import { launchChromium } from '../setup/chromium.ts';

const source = join(__dirname, '../../server/dashboard');

/** Builds the dashboard as the build does, into a folder of its own. */
export function buildDashboard(): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'reelback-dashboard-'));
  buildSync({
    entryPoints: [join(source, 'app.tsx')],
    outdir: folder,
    bundle: true,
    minify: true,
    format: 'esm',
    splitting: true,
    chunkNames: 'chunk-[hash]',
    target: 'es2020',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'warning',
  });
  for (const file of readdirSync(source))
    if (/\.(html|css|svg)$/.test(file)) cpSync(join(source, file), join(folder, file));
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}

export interface Dashboard {
  doors: Doors;
  url: string;
  browser: Browser;
  /** A page of its own context; everything that goes wrong in it is kept in `faults`. */
  open(path: string, options?: BrowserContextOptions & { signedIn?: boolean }): Promise<Page>;
  faults: string[];
  close(): Promise<void>;
}

export async function openDashboard(): Promise<Dashboard> {
  const { folder, remove } = buildDashboard();
  const doors = await openDoors(null, {
    options: {
      publicUrl: 'http://localhost',
      folders: { dashboard: folder, outlookAddin: folder, manifest: '' },
      limits: { signInsOfAddress: 1_000, requestsOfActor: 100_000 },
    },
  });
  const url = (await doors.app.listen({ port: 0, host: '127.0.0.1' })).replace('127.0.0.1', 'localhost');
  const browser = await launchChromium();
  const faults: string[] = [];
  return {
    doors,
    url,
    browser,
    faults,
    async open(path, { signedIn = true, ...options } = {}) {
      const context = await browser.newContext({ locale: 'en-GB', ...options });
      await context.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', (event) => {
          console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`);
        });
      });
      const page = await context.newPage();
      page.on('pageerror', (error) => faults.push(String(error)));
      page.on('console', (message) => {
        // Answers such as 401 on arrival are part of the play; the browser reports them by itself.
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
          faults.push(message.text());
      });
      if (signedIn) {
        const response = await context.request.post(`${url}/api/v1/session`, {
          headers: { 'x-reelback': '1' },
          data: { token: ADMIN_TOKEN },
        });
        if (!response.ok()) throw new Error(`sign-in answered ${response.status()}`);
      }
      await page.goto(`${url}/dashboard${path}`);
      return page;
    },
    async close() {
      await browser.close();
      await doors.app.close();
      remove();
    },
  };
}
