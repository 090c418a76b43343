/** The built pane in Chromium, under the policy of production, with a scripted Outlook and a scripted server. */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchChromium } from '../setup/chromium.ts';
import { paneBundle } from './bundle.ts';
import { authBridge, type BridgeMood, type FakeOffice, officeObject, plainOffice } from './fake-office.ts';
import { type Call, json, type Reply, startPaneServer } from './pane-server.ts';

export interface Setting {
  office?: Partial<FakeOffice>;
  mood?: BridgeMood;
  reply: Reply;
  dark?: boolean;
}

const axe = readFileSync(join(process.cwd(), 'node_modules/axe-core/axe.min.js'), 'utf8');
export const shots = join(process.cwd(), 'test-results/pane');

export async function startStage() {
  mkdirSync(shots, { recursive: true });
  const bundle = await paneBundle();
  const [browser, server] = await Promise.all([launchChromium(), startPaneServer(bundle)]);
  // One page for all tests of a file, emptied in between: a renderer of its own for each costs more than what it shows.
  const page = await browser.newPage({ viewport: { width: 320, height: 640 }, deviceScaleFactor: 2 });
  return {
    server,
    open: (setting: Setting) => open(page, server, setting),
    stop: async () => {
      await browser.close();
      await server.stop();
      rmSync(bundle, { recursive: true, force: true });
    },
  };
}

export type Stage = Awaited<ReturnType<typeof startStage>>;

async function open(
  page: Page,
  server: Awaited<ReturnType<typeof startPaneServer>>,
  { office, mood = 'token', reply, dark }: Setting,
): Promise<Page> {
  server.answer(reply);
  server.office(`
    globalThis.mood = ${JSON.stringify(mood)};
    globalThis.associated = {};
    globalThis.Office = (${officeObject})(${JSON.stringify({ ...plainOffice, ...office })}, associated);
    globalThis.nestedAppAuthBridge = (${authBridge})(() => globalThis.mood);
    globalThis.violations = [];
    document.addEventListener('securitypolicyviolation', (e) => violations.push(e.violatedDirective + ' ' + e.blockedURI));
  `);
  await forget(page);
  await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
  await page.goto(server.url());
  return page;
}

/** What an earlier test left in the browser is gone, also what was still running. */
async function forget(page: Page): Promise<void> {
  const { origin } = new URL(page.url());
  await page.goto('about:blank');
  if (origin === 'null') return;
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
  await session.detach();
}

/** Nothing broke the policy, nothing serious for a screen reader; a picture to look at. */
export async function finish(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
  expect(await page.evaluate('violations')).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  await page.evaluate(axe);
  const found = (await page.evaluate(
    "axe.run().then(({ violations }) => violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => id + ' ' + nodes.map((n) => n.html).join(' ')))",
  )) as string[];
  expect(found).toEqual([]);
}

/** One answer to the report and the views after it; the stream says the rest and ends. */
export function story(first: unknown, views: unknown[] = [], status = 202): Reply {
  return ({ path, method }, response) => {
    if (method === 'POST') return json(response, status, first);
    if (!path.endsWith('/events')) return json(response, 200, views.at(-1) ?? first);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(': hello\n\n');
    for (const view of views) response.write(`event: view\ndata: ${JSON.stringify(view)}\n\n`);
    response.end();
  };
}

export const title = (page: Page, text: string) => page.getByRole('heading', { level: 1, name: text }).waitFor();
export const posts = (calls: Call[]) => calls.filter(({ method }) => method === 'POST');
