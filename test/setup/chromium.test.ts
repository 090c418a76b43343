import { launchChromium } from './chromium.ts';

test('a browser opens a page, runs its script and enforces its content security policy', async () => {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const violations: string[] = [];
    await page.exposeFunction('report', (directive: string) => violations.push(directive));
    await page.addInitScript(
      "document.addEventListener('securitypolicyviolation', (event) => report(event.effectiveDirective))",
    );
    await page.route('https://reelback.example/', (route) =>
      route.fulfill({
        contentType: 'text/html',
        headers: { 'content-security-policy': "default-src 'none'; script-src 'sha256-nothing'" },
        body: '<h1>Reelback</h1><script>document.title = "ran"</script>',
      }),
    );
    await page.goto('https://reelback.example/');
    expect(await page.textContent('h1')).toBe('Reelback');
    expect(await page.title()).toBe('');
    expect(violations).toContain('script-src-elem');
    expect(await page.evaluate('1 + 1')).toBe(2);
  } finally {
    await browser.close();
  }
});
