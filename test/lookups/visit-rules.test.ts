import fc from 'fast-check';
import { mayFollow, visitableUrl } from '../../server/lookups/visit-rules.ts';

test.each([
  ['https://lure.example/login', 'https://lure.example/login'],
  ['https://lure.example', 'https://lure.example/'],
  ['https://lure.example/secure/update.php?page=2', 'https://lure.example/secure/update.php?page=2'],
  ['https://user:pw@lure.example/a#ana@example.org', 'https://lure.example/a'],
  ['https://lure.example/v?email=ana@example.org&lang=en', 'https://lure.example/v?lang=en'],
  ['https://lure.example/v?x=YW5hQGV4YW1wbGUub3Jn&p=doc', 'https://lure.example/v?p=doc'],
  ['https://lure.example/v?token=abc&utm_source=mail&session=1', 'https://lure.example/v'],
  ['https://lure.example/v?3f0c9b7d2a5e4f61', 'https://lure.example/v'],
  ['https://lure.example/view?doc=INV-20418&session=expired', 'https://lure.example/view?doc=INV-20418'],
  ['https://login-microsoftonline-secure-portal.example/', 'https://login-microsoftonline-secure-portal.example/'],
])('%s is fetched as %s', (link, url) => expect(visitableUrl(link)).toEqual({ url }));

test.each([
  'https://news.example/unsubscribe',
  'https://news.example/u/Unsubscribe?id=1',
  'https://unsubscribe.news.example/',
  'https://news.example/%75nsubscribe',
  'https://news.example/%2575nsubscribe',
  'https://news.example/a?action=opt-out',
  'https://news.example/one-click/12',
  'https://news.example/newsletter-abmelden',
  'https://news.example/abbestellen?x=1',
  'https://news.example/desinscription',
  'https://news.example/darse-de-baja',
  'https://news.example/cancelar-suscripcion',
  'https://news.example/preference-center',
  'https://news.example/email_preferences/',
])('%s takes somebody off a list and is not fetched', (link) =>
  expect(visitableUrl(link)).toEqual({ refused: 'unsubscribe' }),
);

test.each([
  'https://app.example/confirm',
  'https://app.example/account/activate/12',
  'https://app.example/approve?request=7',
  'https://app.example/meeting/rsvp?answer=yes',
  'https://app.example/invite/accept',
  'https://app.example/reset-password',
  'https://app.example/magic-link',
  'https://app.example/verify-email?u=1',
  'https://app.example/orders/7/cancel',
  'https://app.example/api?do=delete',
  'https://app.example/track/click/7',
  'https://app.example/ls/click?upn=x',
  'https://app.example/wf/open',
  'https://app.example/t/3f0c9b7d2a5e4f613f0c9b7d2a5e4f61',
  'https://app.example/550e8400-e29b-41d4-a716-446655440000',
  'https://app.example/i/aGVsbG8gd29ybGQ9PQ',
  'https://app.example/x/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc',
  'https://app.example/hello/ana@example.org/',
  'https://app.example/hello/ana%40example.org/',
  'https://a1b2c3d4e5f60718.click.example.com/',
])('%s may work only once, or act, and is not fetched', (link) =>
  expect(visitableUrl(link)).toEqual({ refused: 'one_time' }),
);

test.each([
  'mailto:a@example.org',
  'tel:+4912345',
  'javascript:alert(1)',
  'data:text/html,x',
  'nonsense',
  '',
  `https://a.example/${'a'.repeat(5_000)}`,
])('%s is nothing to fetch', (link) => expect(visitableUrl(link)).toEqual({ refused: 'not_web' }));

test('a redirect may carry a token, but not act', () => {
  expect(mayFollow(new URL('https://lure.example/s/3f0c9b7d2a5e4f613f0c9b7d2a5e4f61?token=1'))).toBe(true);
  expect(mayFollow(new URL('https://news.example/unsubscribe?id=1'))).toBe(false);
  expect(mayFollow(new URL('https://app.example/approve/1'))).toBe(false);
});

test('whatever the link, nothing that names the recipient is fetched', () => {
  const recipient = 'ana.marsh@example.org';
  const packed = fc.constantFrom(
    recipient,
    encodeURIComponent(recipient),
    Buffer.from(recipient).toString('base64'),
    Buffer.from(recipient).toString('hex'),
  );
  const place = fc.constantFrom('path', 'query', 'fragment', 'user', 'bare');
  fc.assert(
    fc.property(packed, place, fc.stringMatching(/^[bcdfg]{1,8}$/), (text, where, word) => {
      const link = {
        path: `https://lure.example/${word}/${text}`,
        query: `https://lure.example/?${word}=${text}`,
        fragment: `https://lure.example/${word}#${text}`,
        user: `https://${encodeURIComponent(text)}@lure.example/${word}`,
        bare: `https://lure.example/?${text}`,
      }[where];
      const visit = visitableUrl(link!);
      if (!('url' in visit)) return;
      expect(visit.url).not.toContain(text);
      expect(visit.url).not.toContain(encodeURIComponent(text));
      expect(visit.url).not.toMatch(/ana|%40|@/);
    }),
    { numRuns: 400 },
  );
});
