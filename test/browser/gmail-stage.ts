import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { gmailPageRoutes } from '../../simulator/gmail-page/routes.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { launchChromium } from '../setup/chromium.ts';
import { buildGmailPage } from './built-gmail-page.ts';

const shots = join(process.cwd(), 'test-results/browser');
const axe = readFileSync(join(process.cwd(), 'node_modules/axe-core/axe.min.js'), 'utf8');

/** The Gmail page with the built add-on in its panel, in a browser. */
export class GmailStage {
  private constructor(
    private readonly browser: Browser,
    private readonly simulator: Simulator,
    private readonly closers: (() => unknown)[],
  ) {}

  /** @param serverUrl where the server is reached: people know it as https://reelback.example.org */
  static async start(simulator: Simulator, serverUrl: string): Promise<GmailStage> {
    mkdirSync(shots, { recursive: true });
    const { assetsDir, projectDir, workerFile, remove } = await buildGmailPage();
    const addon = { projectDir, workerFile, origin: 'https://reelback.example.org', reachedAt: serverUrl };
    simulator.mount('/gmail', gmailPageRoutes(simulator.google, { assetsDir, addon, companyName: 'Example Lab' }));
    const browser = await launchChromium();
    return new GmailStage(browser, simulator, [() => browser.close(), remove]);
  }

  async stop(): Promise<void> {
    for (const close of this.closers) await close();
  }

  async sit(address: string, viewport = { width: 1360, height: 820 }): Promise<GmailVisit> {
    const context = await this.browser.newContext({ viewport });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const violations: string[] = [];
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text()) && !/\/document/.test(message.location().url)) {
        violations.push(message.text());
      }
    });
    page.on('pageerror', (error) => violations.push(String(error)));
    await page.goto(`${this.simulator.url}/gmail/#${address}`);
    return new GmailVisit(page, violations);
  }
}

export class GmailVisit {
  constructor(
    readonly page: Page,
    private readonly violations: string[],
  ) {}

  get panel() {
    return this.page.locator('.panel');
  }

  row(subject: string) {
    return this.page.locator('.row', { hasText: subject });
  }

  async open(subject: string): Promise<void> {
    await this.row(subject).click();
    await this.page.locator('.reading h1').waitFor();
    await this.page.locator('.panel[aria-busy=false]').waitFor();
  }

  async press(name: string): Promise<void> {
    await this.panel.getByRole('button', { name, exact: true }).click();
    // An answer may be there before anybody looks.
    const busy = this.page.locator('.panel[aria-busy=true]').waitFor({ timeout: 300 });
    await busy.catch(() => undefined);
    await this.page.locator('.panel[aria-busy=false]').waitFor({ timeout: 30_000 });
  }

  says(text: string | RegExp) {
    return this.panel.getByText(text).first().waitFor();
  }

  /** "Check again" until the panel says it. */
  async checkUntil(text: string | RegExp): Promise<void> {
    for (let tries = 0; tries < 20; tries++) {
      if (await this.panel.getByText(text).count()) return;
      await this.page.waitForTimeout(300);
      if (await this.panel.getByRole('button', { name: 'Check again' }).count()) await this.press('Check again');
    }
    throw new Error(`the panel never said ${text}: ${await this.panel.innerText()}`);
  }

  async inspect(name: string): Promise<void> {
    await this.page.screenshot({ path: join(shots, `gmail-${name}.png`) });
    expect(this.violations).toEqual([]);
    await this.page.evaluate(axe);
    const results = (await this.page.evaluate('axe.run(document, { iframes: false })')) as {
      violations: { id: string; impact: string; nodes: { html: string }[] }[];
    };
    const serious = results.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(
      serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`),
    ).toEqual([]);
  }

  leave(): Promise<void> {
    return this.page.context().close();
  }
}
