import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, FrameLocator, Page } from 'playwright-core';
import { officeLibrary } from '../../simulator/webmail/office-library.ts';
import { webmailRoutes } from '../../simulator/webmail/routes.ts';
import { House, type HouseOptions } from '../flow/house.ts';
import { launchChromium } from '../setup/chromium.ts';
import { buildWebmail, officeJsDir } from './built-webmail.ts';
import { passTo, scriptsOf, startTlsFront } from './tls-front.ts';

/** Names as in production; the add-in has one of its own. */
const HOST = 'outlook.office.com';
const PRODUCT = 'reelback.example.org';
const LIBRARY = 'appsforoffice.microsoft.com';
const AJAX = 'ajax.aspnetcdn.com';

const shots = join(process.cwd(), 'test-results/browser');
const axe = readFileSync(join(process.cwd(), 'node_modules/axe-core/axe.min.js'), 'utf8');

/** The product as it is deployed, over TLS under its own name, in the web mail as Outlook, in a browser. */
export class ProductStage {
  private constructor(
    readonly house: House,
    private readonly browser: Browser,
    private readonly closers: (() => Promise<unknown> | unknown)[],
  ) {}

  /** @param people addresses and names of the mailboxes that are there when the server first looks */
  static async start(
    people: readonly (readonly [string, string])[],
    options: HouseOptions = {},
  ): Promise<ProductStage> {
    mkdirSync(shots, { recursive: true });
    // `npm test` has built everything; a developer who has not gets a build now, but keeps the one that is there.
    if (!existsSync('dist/outlook-addin/pane.html')) execFileSync(process.execPath, ['bin/build.mjs']);
    const built = await buildWebmail();
    const env = { REELBACK_PUBLIC_URL: `https://${PRODUCT}`, ...options.env };
    const house = await House.start({ ...options, env });
    for (const [address, displayName] of people) house.simulator.addMailbox(address, { displayName });
    const serverUrl = await house.url();
    const library = officeLibrary(officeJsDir, join(built.assetsDir, 'library'));
    house.simulator.mount(
      '/webmail',
      webmailRoutes(house.simulator, {
        assetsDir: built.assetsDir,
        officeJsDir,
        addin: { manifestUrl: `${serverUrl}/addins/outlook/manifest.xml`, origin: `https://${PRODUCT}` },
        tenantName: 'Example Ltd',
      }),
    );
    const front = await startTlsFront({
      [HOST]: passTo(house.simulator.url),
      [PRODUCT]: passTo(serverUrl),
      [LIBRARY]: scriptsOf((path) => library.file(path.replace('/lib/1/hosted/', ''), 'as_shipped')),
      [AJAX]: scriptsOf(() => library.microsoftAjax()),
    });
    const browser = await launchChromium({ args: [`--host-resolver-rules=${front.resolverRules}`] });
    return new ProductStage(house, browser, [
      () => browser.close(),
      () => front.close(),
      () => house.stop(),
      () => built.remove(),
    ]);
  }

  async stop(): Promise<void> {
    for (const close of this.closers) await close();
  }

  /** A person at the web mail, in a browser session of their own. */
  async sit(address: string, preferences: object = {}, options: BrowserContextOptions = {}): Promise<Visit> {
    const context = await this.browser.newContext({
      ignoreHTTPSErrors: true,
      viewport: { width: 1360, height: 820 },
      ...options,
    });
    const kept = JSON.stringify({ language: 'en', theme: 'light', ...preferences });
    await context.addInitScript((value) => localStorage.setItem('webmail-preferences', value), kept);
    const violations: string[] = [];
    // From every frame, also from the handler's, which is gone when anybody could ask it.
    await context.exposeBinding('notePolicyViolation', ({ frame }, text: string) =>
      violations.push(`${new URL(frame.url()).pathname}: ${text}`),
    );
    await context.addInitScript(() => {
      const { notePolicyViolation } = window as unknown as { notePolicyViolation(text: string): void };
      document.addEventListener('securitypolicyviolation', (event) =>
        notePolicyViolation(`${event.effectiveDirective} ${event.blockedURI}`),
      );
    });
    const page = await context.newPage();
    // Two cores may be shared with other tests.
    page.setDefaultTimeout(40_000);
    await page.goto(`https://${HOST}/webmail/#${address}`);
    return new Visit(page, context, violations);
  }
}

/** What a person does at the web mail, and what they see. */
export class Visit {
  readonly pane: FrameLocator;
  constructor(
    readonly page: Page,
    readonly context: BrowserContext,
    /** All of them, the known ones too: path of the page, directive, what was stopped. */
    readonly violations: readonly string[],
  ) {
    this.pane = page.frameLocator('.pane iframe');
  }

  row(subject: string) {
    return this.page.locator('.row', { has: this.page.locator('.row-subject', { hasText: subject }) });
  }

  open(subject: string): Promise<void> {
    return this.row(subject).click();
  }

  /** Presses the ribbon's report button, changes nothing, and confirms. */
  async report(label = 'Report phishing', confirm = 'Report'): Promise<void> {
    await this.page.getByRole('button', { name: label, exact: true }).click();
    await this.page.getByRole('dialog').getByRole('button', { name: confirm, exact: true }).click();
  }

  async switchTo(name: string): Promise<void> {
    await this.page.locator('button.who').click();
    await this.page.getByRole('combobox').fill(name);
    await this.page.keyboard.press('Enter');
    await this.page.locator('button.who', { hasText: name }).waitFor();
  }

  screenshot(name: string): Promise<unknown> {
    return this.page.screenshot({ path: join(shots, `${name}.png`) });
  }

  /**
   * What broke the policy of any page, but for what the library of 2022 is known to do: two style attributes, and telemetry
   * that the policy stops.
   */
  policyViolations(): string[] {
    const known = [
      /^\/addins\/\S+: style-src-attr inline$/,
      /^\/addins\/\S+: connect-src https:\/\/browser\.pipe\.aria\.microsoft\.com\b/,
    ];
    // What the policy of a mail's own document stops is the point of it.
    return this.violations.filter((it) => !/\/document: /.test(it) && !known.some((pattern) => pattern.test(it)));
  }

  /** Serious findings of axe in the web mail or the pane, one line each. */
  async accessibilityFindings(): Promise<string[]> {
    const found: string[] = [];
    for (const frame of this.page.frames()) {
      if (!/\/webmail\/(#|$)|pane\.html/.test(frame.url())) continue;
      // Through the debugger, not as a script element: the page's policy allows none.
      await frame.evaluate(axe);
      const results = (await frame.evaluate('axe.run(document, { iframes: false })')) as {
        violations: { id: string; impact: string; nodes: { html: string }[] }[];
      };
      for (const { id, impact, nodes } of results.violations) {
        if (impact !== 'serious' && impact !== 'critical') continue;
        found.push(
          `${new URL(frame.url()).pathname} ${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`,
        );
      }
    }
    return found;
  }

  /** Nothing broke a policy, nothing serious for a screen reader, a picture to look at. */
  async inspect(name: string): Promise<void> {
    await this.screenshot(name);
    expect(this.policyViolations()).toEqual([]);
    expect(await this.accessibilityFindings()).toEqual([]);
  }

  /** The last thing seen is kept: it tells why a test failed. */
  async leave(): Promise<void> {
    const name = (expect.getState().currentTestName ?? 'last').replace(/[^a-z0-9]+/gi, '-').slice(0, 60);
    await this.screenshot(`end-${name}`).catch(() => undefined);
    await this.context.close();
  }
}
