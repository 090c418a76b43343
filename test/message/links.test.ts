import { defang } from '../../server/message/defang.ts';
import { hostOf } from '../../server/message/hosts.ts';
import { unwrapLink } from '../../server/message/link-targets.ts';
import { normalUrl } from '../../server/message/normal-url.ts';
import { readTextLinks } from '../../server/message/text-links.ts';

test.each([
  ['https://Example.ORG/path', 'example.org'],
  ['https://example.org:8443?x', 'example.org'],
  ['https://paypal.com@203.0.113.9/x', '203.0.113.9'],
  ['https://user:pass@paypal.com@198.51.100.9:1/', '198.51.100.9'],
  ['http://3405803785/', '203.0.113.9'],
  ['http://0xcb.0x0.0x71.9/', '203.0.113.9'],
  ['http://0313.0.0161.011/', '203.0.113.9'],
  ['http://[2001:DB8::1]/', '[2001:db8::1]'],
  ['https://münchen.example/', 'xn--mnchen-3ya.example'],
  ['https://pаypal.example/', 'xn--pypal-4ve.example'],
  ['https:\\\\example.org\\x', 'example.org'],
  ['https:/example.org', 'example.org'],
  ['https:example.org', 'example.org'],
  ['//example.org/x', 'example.org'],
  ['ht\ntps://exam\tple.org/', 'example.org'],
  ['https://example.org./', 'example.org'],
  ['https://ex%61mple.org/', 'example.org'],
  ['https://example。org/', 'example.org'],
  ['https://under_score.example.org/', 'under_score.example.org'],
  ['mailto:a@example.org', ''],
  ['tel:+1', ''],
  ['javascript:alert(1)', ''],
  ['relative/path', ''],
  ['', ''],
])('host of %j', (url, host) => {
  expect(hostOf(url)).toBe(host);
});

const target = 'https://docs.partner.example/a?b=1&c=d/e';
const encoded = encodeURIComponent(target);

test.each([
  ['Safe Links', `https://eur02.safelinks.protection.outlook.com/?url=${encoded}&data=05%7C02`],
  ['URL Defense 1', `https://urldefense.proofpoint.com/v1/url?u=${encoded}&k=x`],
  [
    'URL Defense 2',
    `https://urldefense.proofpoint.com/v2/url?u=${encoded.replaceAll('-', '%2D').replaceAll('_', '%5F').replaceAll('%', '-')}&d=x`,
  ],
  ['URL Defense 3', `https://urldefense.com/v3/__${target}__;!!AbC!xyz$`],
  ['Google', `https://www.google.com/url?sa=t&q=${encoded}&ust=1`],
  ['Google in another country', `https://www.google.co.uk/url?q=${encoded}`],
  ['LinkedIn', `https://www.linkedin.com/redir/redirect?url=${encoded}&urlhash=x`],
  ['Facebook', `https://l.facebook.com/l.php?u=${encoded}&h=x`],
  ['Bing', `https://www.bing.com/ck/a?!&&p=x&u=a1${Buffer.from(target).toString('base64url')}&ntb=1`],
  ['Cisco Secure Email', `https://secure-web.cisco.com/1AbC-dEf/${encoded}`],
  ['Check Point', `https://url.avanan.click/v2/___${target}___.YXAzOnBhcnRuZXI6YTpvOjEyMzQ`],
  ['any redirect', `https://track.example/c?id=7&url=${encoded}`],
  [
    'two in one',
    `https://eur02.safelinks.protection.outlook.com/?url=${encodeURIComponent(`https://www.google.com/url?q=${encoded}`)}`,
  ],
])('%s is unwrapped', (_, url) => {
  expect(unwrapLink(url)).toBe(target);
});

test('odd bytes of URL Defense 3 come back in their places', () => {
  expect(unwrapLink('https://urldefense.com/v3/__https://a.example/x?k=a*2Fb__;JQ!!AbC!x$')).toBe(
    'https://a.example/x?k=a%2Fb',
  );
});

test('what wraps nothing stays, and nothing loops', () => {
  for (const url of [
    'https://www.google.com/search?q=https',
    'mailto:a@b.example',
    'https://a.example/?url=relative',
    'https://www.google.com/maps',
  ]) {
    expect(unwrapLink(url)).toBe(url);
  }
  const loop =
    'https://a.example/?url=https://a.example/?url=https://a.example/?url=https://a.example/?url=https://a.example/?url=https://a.example/?url=x';
  expect(unwrapLink(loop)).toContain('a.example');
});

test('bare URLs in text end where a reader ends them', () => {
  const text =
    'See https://a.example/x, (http://b.example/(1)), www.c.example. <https://d.example/> or "https://e.example/y". not-www.f.example me@www.g.example';
  expect(readTextLinks(text, 10)).toEqual([
    'https://a.example/x',
    'http://b.example/(1)',
    'http://www.c.example',
    'https://d.example/',
    'https://e.example/y',
  ]);
});

test('defanged links cannot be clicked', () => {
  expect(defang('https://evil.example/a.b?c')).toBe('hxxps[:]//evil[.]example/a.b?c');
  expect(defang(`https://evil.example/${'a'.repeat(500)}`)).toHaveLength(200);
});

test('spellings of one URL are one, different places are not', () => {
  expect(normalUrl('HTTPS://A.example:443/x%20y/')).toBe(normalUrl('https://a.example/x y/'));
  expect(normalUrl('https://a.example')).toBe(normalUrl('https://a.example/'));
  expect(normalUrl('https://a.example/gr%C3%BCn')).toBe(normalUrl('https://a.example/grün'));
  expect(normalUrl('https://a.example/x?y=1')).not.toBe(normalUrl('https://a.example/x?y=2'));
  expect(normalUrl('https://a.example/x#1')).not.toBe(normalUrl('https://a.example/x#2'));
});
