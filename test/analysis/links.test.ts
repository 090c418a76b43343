import { findingsOf, verdictOf } from './mail.ts';

const link = (href: string, text = 'Open') => ({ html: `<p>Dear customer</p><a href="${href}">${text}</a>` });

test.each([
  ['https://paypa1.test/', 'url.lookalike'],
  ['https://micros0ft.example/x', 'url.lookalike'],
  ['https://xn--pypal-4ve.example/', 'url.lookalike'],
  ['https://paypal.com.account.example.net/', 'url.brand_in_subdomain'],
  ['https://netflix-billing.example.com/', 'url.brand_in_subdomain'],
  ['https://paypal-secure.test/', 'url.brand_word'],
  ['http://192.0.2.44/owa/', 'url.ip_host'],
  ['http://3221226028/owa/', 'url.ip_host'],
  ['https://www.paypal.com@evil.example/', 'url.userinfo'],
  ['https://bit.ly/3abc', 'url.shortener'],
  ['https://billing-help.weebly.com/', 'url.free_hosting'],
  ['https://abc123.web.app/', 'url.free_hosting'],
  ['https://docs.google.com/forms/d/e/1FAIp/viewform', 'url.form_service'],
  ['https://ipfs.io/ipfs/bafybeih/login.html', 'url.ipfs'],
  ['https://mail.example.com:8443/owa', 'url.odd_port'],
  ['https://shop.example.com/wp-content/plugins/x/login.php', 'url.compromised_path'],
  ['https://portal.example.com/signin/verify', 'url.credential_path'],
  ['https://portal.example.com/#ana@example.org', 'url.recipient'],
  ['https://portal.example.com/#YW5hQGV4YW1wbGUub3Jn', 'url.recipient'],
])('%s is %s', async (href, id) => {
  expect(await findingsOf(link(href))).toContain(id);
});

test.each([
  'https://www.paypal.com/signin',
  'https://login.microsoftonline.com/common',
  'https://www.example.net/news?utm_source=mail',
  'https://outlook.4team.example/',
])('%s imitates nobody', async (href) => {
  const ids = await findingsOf(link(href));
  expect(ids.filter((id) => /lookalike|brand|ip_host|userinfo/.test(id))).toEqual([]);
});

test('text that shows one domain and leads to another is said, and louder when it shows a brand', async () => {
  expect(await findingsOf(link('https://a.example.net/', 'https://b.example.com/account'))).toContain(
    'url.text_mismatch',
  );
  expect(await findingsOf(link('https://a.example.net/', 'www.paypal.com'))).toContain('url.brand_text_mismatch');
  expect(await findingsOf(link('https://www.example.com/a', 'example.com'))).not.toContain('url.text_mismatch');
  expect(await findingsOf(link('https://a.example.net/', 'report.pdf'))).not.toContain('url.text_mismatch');
});

test('links of the own organisation are never suspect', async () => {
  const ids = await findingsOf(link('https://sso.lumen-oak.test/signin/verify'), { ownDomains: ['lumen-oak.test'] });
  expect(ids.filter((id) => id.startsWith('url.'))).toEqual([]);
});

test('a form for a password inside the mail is said', async () => {
  const html = '<form action="https://a.example.net/p"><input type="password" name="p"></form>';
  expect(await findingsOf({ html })).toContain('url.password_form');
});

test('evidence cannot be clicked', async () => {
  const { findings } = await verdictOf(link('https://paypa1.test/x'));
  for (const { evidence } of findings) {
    expect(evidence).not.toMatch(/https?:\/\//);
    expect(evidence.length).toBeLessThanOrEqual(300);
  }
});
