import { lookAtLures } from '../../server/lookups/look-at-lures.ts';
import { guardOf, type Stranger, startStranger, zone } from './stranger.ts';

let stranger: Stranger;
afterEach(() => stranger.stop());

const names = zone({ 'lure.example.com': ['127.0.0.1'], 'next.example.net': ['127.0.0.1'] });
const limits = { linkMs: 5_000, maxBytes: 64 * 1024, maxRedirects: 3, userAgent: 'Reelback/test' };
const page = '<title>Sign in</title><form action="https://drop.example.net/x"><input type=password></form>';

const look = (...paths: string[]) =>
  lookAtLures(
    paths.map((path) => (path.includes(':') ? path : `http://lure.example.com:${stranger.port}${path}`)),
    guardOf(stranger.port, names),
    limits,
  );

test('a credential page is seen behind a redirect and a page that only passes on', async () => {
  stranger = await startStranger((request, response) => {
    const next = `http://next.example.net:${stranger.port}/refresh`;
    if (request.url === '/') response.writeHead(302, { location: next }).end();
    else if (request.url === '/refresh')
      response.writeHead(200, { 'content-type': 'text/html' }).end('<meta http-equiv=refresh content="0;url=/in?t=1">');
    else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
  });
  expect(await look('/#ana@example.org')).toEqual([
    {
      url: `http://lure.example.com:${stranger.port}/#ana@example.org`,
      finalUrl: `http://next.example.net:${stranger.port}/in?t=1`,
      failure: null,
      title: 'Sign in',
      names: [],
      secrets: ['password'],
      postsTo: ['drop.example.net'],
    },
  ]);
  expect(stranger.asked.map((line) => line.split(' ')[0])).toEqual(['GET', 'GET', 'GET']);
});

test('what must not be fetched is not: nobody hears of a look', async () => {
  stranger = await startStranger((_, response) => void response.end(page));
  const pages = await look('/unsubscribe', '/approve/7', '/x/3f0c9b7d2a5e4f613f0c9b7d2a5e4f61', 'mailto:a@example.org');
  expect(pages.map(({ failure }) => failure)).toEqual(['unsubscribe', 'one_time', 'one_time', 'not_web']);
  expect(stranger.asked).toEqual([]);
});

test('a redirect or refresh that would act is not followed', async () => {
  stranger = await startStranger((request, response) => {
    if (request.url === '/a') response.writeHead(302, { location: '/unsubscribe?all=1' }).end();
    else
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<meta http-equiv=refresh content="0;url=/approve/7">');
  });
  expect((await look('/a', '/b')).map(({ failure }) => failure)).toEqual(['blocked_redirect', 'blocked_redirect']);
  expect(stranger.asked).toHaveLength(2);
});

test('pages that refresh in a circle end', async () => {
  stranger = await startStranger((_, response) => {
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<title>Wait</title><meta http-equiv=refresh content="0;url=/">');
  });
  expect(await look('/')).toMatchObject([{ failure: null, title: 'Wait' }]);
  expect(stranger.asked).toHaveLength(3);
});

test.each<[string, Record<string, string>, string | null]>([
  ['an image', { 'content-type': 'image/png' }, 'not_a_page'],
  ['a program', { 'content-type': 'application/octet-stream' }, 'not_a_page'],
  [
    'a page to be saved',
    { 'content-type': 'text/html', 'content-disposition': 'attachment; filename=a.html' },
    'not_a_page',
  ],
  ['plain text', { 'content-type': 'text/plain' }, 'not_a_page'],
  ['a page in capitals', { 'content-type': 'TEXT/HTML ; charset=nonsense' }, null],
  ['XHTML', { 'content-type': 'application/xhtml+xml' }, null],
])('%s by its type', async (_, headers, failure) => {
  stranger = await startStranger((_request, response) => void response.writeHead(200, headers).end(page));
  expect(await look('/')).toMatchObject([{ failure, secrets: failure === null ? ['password'] : [] }]);
});

test('a page without a type is sniffed, an error page is read, a closed door is not', async () => {
  stranger = await startStranger((request, response) => {
    if (request.url === '/sniff') response.writeHead(200).end(`<!DOCTYPE html>${page}`);
    else if (request.url === '/error') response.writeHead(404, { 'content-type': 'text/html' }).end(page);
    else response.writeHead(401, { 'content-type': 'text/html', 'www-authenticate': 'Basic' }).end(page);
  });
  expect((await look('/sniff', '/error', '/closed')).map(({ failure }) => failure)).toEqual([null, null, 'refused']);
});

test('letters of other charsets are read', async () => {
  stranger = await startStranger((_, response) => {
    response
      .writeHead(200, { 'content-type': 'text/html; charset=iso-8859-1' })
      .end(Buffer.from('<title>Bestätigung</title>', 'latin1'));
  });
  expect(await look('/')).toMatchObject([{ title: 'Bestätigung' }]);
});

test('of several links each has its own time: a slow one does not keep the others', async () => {
  stranger = await startStranger((request, response) => {
    if (request.url === '/slow') return;
    response.writeHead(200, { 'content-type': 'text/html' }).end(page);
  });
  const since = Date.now();
  const pages = await lookAtLures(
    ['/slow', '/fast'].map((path) => `http://lure.example.com:${stranger.port}${path}`),
    guardOf(stranger.port, names),
    { ...limits, linkMs: 1_500 },
  );
  expect(pages.map(({ failure }) => failure)).toEqual(['timeout', null]);
  expect(Date.now() - since).toBeLessThan(6_000);
});
