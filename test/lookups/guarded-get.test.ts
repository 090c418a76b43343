import { setTimeout as wait } from 'node:timers/promises';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { generate } from 'selfsigned';
import { type Guard, guardedGet } from '../../server/lookups/guarded-get.ts';
import { guardOf, type Stranger, startStranger, wanted, zone } from './stranger.ts';

let stranger: Stranger;
afterEach(() => stranger.stop());

const names = zone({ 'shop.example.com': ['127.0.0.1'], 'other.example.net': ['127.0.0.1'] });

async function get(path: string, extra: Partial<Guard> = {}, limits: Partial<typeof wanted> = {}) {
  const guard = guardOf(stranger.port, names, extra);
  return guardedGet(`http://shop.example.com:${stranger.port}${path}`, guard, { ...wanted, ...limits });
}

test('a page is fetched with GET, an honest name, no cookies and no referrer, user name and fragment left out', async () => {
  stranger = await startStranger((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html', 'set-cookie': 'a=1' }).end('<p>hello</p>');
  });
  const guard = guardOf(stranger.port, names);
  const got = await guardedGet(`http://paypal.com:pw@SHOP.example.com:${stranger.port}/a?b=c#secret`, guard, wanted);
  expect(got).toMatchObject({ ok: true, status: 200, truncated: false });
  expect(got.ok && Buffer.from(got.body).toString()).toBe('<p>hello</p>');
  expect(stranger.asked).toEqual([`GET shop.example.com:${stranger.port} /a?b=c`]);
  expect(Object.keys(stranger.lastHeaders()).sort()).toEqual(
    expect.not.arrayContaining(['cookie', 'authorization', 'referer', 'proxy-authorization']),
  );
  expect(stranger.lastHeaders()['user-agent']).toBe('Reelback/test');
});

test('a redirect is followed to the next page, without the cookie of the last', async () => {
  stranger = await startStranger((request, response) => {
    if (request.url === '/') response.writeHead(302, { location: '/next?x=1', 'set-cookie': 'victim=1' }).end();
    else response.writeHead(200).end('there');
  });
  expect(await get('/')).toMatchObject({ ok: true, url: expect.stringContaining('/next?x=1') });
  expect(stranger.lastHeaders().cookie).toBeUndefined();
});

test.each([
  'http://127.0.0.2/',
  'http://169.254.169.254/latest/meta-data/',
  'http://[::ffff:169.254.169.254]/',
  'http://0x7f.2/',
  '//10.0.0.1/',
  'http://localhost/',
])('a redirect to %s is not followed', async (location) => {
  stranger = await startStranger((_, response) => void response.writeHead(301, { location }).end());
  const ports = [stranger.port, 80];
  expect(await get('/', { ports })).toMatchObject({
    ok: false,
    reason: expect.stringMatching(/^blocked_(address|host)$/),
  });
  expect(stranger.asked).toHaveLength(1);
});

test.each(['file:///etc/passwd', 'ftp://other.example.net/', 'javascript:alert(1)', 'data:text/html,x'])(
  'a redirect to %s leaves the web',
  async (location) => {
    stranger = await startStranger((_, response) => void response.writeHead(307, { location }).end());
    expect(await get('/')).toMatchObject({ ok: false, reason: 'not_web' });
  },
);

test('a redirect to another port, or one that a rule forbids, ends the look', async () => {
  stranger = await startStranger(
    (_, response) => void response.writeHead(302, { location: 'http://other.example.net:25/' }).end(),
  );
  expect(await get('/')).toMatchObject({ ok: false, reason: 'blocked_port' });
  expect(await get('/', { mayFollow: () => false })).toMatchObject({ ok: false, reason: 'blocked_redirect' });
});

test('redirects without an end are cut', async () => {
  stranger = await startStranger((_, response) => void response.writeHead(302, { location: '/' }).end());
  expect(await get('/')).toMatchObject({ ok: false, reason: 'too_many_redirects' });
  expect(stranger.asked).toHaveLength(4);
});

test('a name that turns inwards after the first answer is judged again, and never connected to (DNS rebinding)', async () => {
  stranger = await startStranger((request, response) => {
    if (request.url === '/') response.writeHead(302, { location: '/inside' }).end();
    else response.writeHead(200).end('secret');
  });
  const rebinding = zone({ 'shop.example.com': [['127.0.0.1'], ['10.0.0.1']] });
  const got = await get('/', { resolve: rebinding });
  expect(got).toMatchObject({ ok: false, reason: 'blocked_address' });
  expect(stranger.asked).toHaveLength(1);
});

test('the connection goes to the address that was judged: the name is asked for once a request', async () => {
  stranger = await startStranger((_, response) => void response.writeHead(200).end('x'));
  // Whoever resolved again to connect would hear of an address that nobody listens on.
  const turning = zone({ 'shop.example.com': [['127.0.0.1'], ['127.0.0.99']] });
  expect(await get('/', { resolve: turning })).toMatchObject({ ok: true });
  expect(turning.asked).toEqual(['A shop.example.com', 'AAAA shop.example.com']);
});

test('a name nobody knows, and one whose server does not answer', async () => {
  stranger = await startStranger((_, response) => void response.end());
  const guard = guardOf(stranger.port, names);
  expect(await guardedGet('http://none.example.com:80/', { ...guard, ports: [80] }, wanted)).toMatchObject({
    reason: 'unresolved',
  });
  const never = { ...guard, resolve: () => new Promise<unknown[]>(() => {}) };
  const got = await guardedGet(`http://shop.example.com:${stranger.port}/`, never, { ...wanted, timeoutMs: 100 });
  expect(got).toMatchObject({ reason: 'timeout' });
});

test('a port where nobody listens', async () => {
  stranger = await startStranger((_, response) => void response.end());
  const { port } = stranger;
  await stranger.stop();
  const got = await guardedGet(`http://shop.example.com:${port}/`, guardOf(port, names), wanted);
  expect(got).toMatchObject({ ok: false, reason: 'unreachable' });
});

test('an endless body is read up to the limit', async () => {
  stranger = await startStranger((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    const more = () => {
      while (!response.destroyed && response.write('<p>more</p>'.repeat(500)));
    };
    response.on('drain', more);
    more();
  });
  const got = await get('/');
  expect(got).toMatchObject({ ok: true, truncated: true });
  expect(got.ok && got.body.length).toBe(wanted.maxBytes);
});

test.each([
  ['gzip', gzipSync(Buffer.alloc(64 * 1024 * 1024), { level: 1 })],
  ['br', brotliCompressSync(Buffer.alloc(64 * 1024 * 1024), { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
])('a %s bomb is unpacked up to the limit and no further', async (coding, bomb) => {
  stranger = await startStranger((_, response) => {
    response.writeHead(200, { 'content-encoding': coding }).end(bomb);
  });
  const before = process.memoryUsage().rss;
  const got = await get('/');
  expect(got).toMatchObject({ ok: true, truncated: true });
  expect(got.ok && got.body.length).toBe(wanted.maxBytes);
  expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024);
});

test('packed pages are read, broken and unknown packings are not', async () => {
  stranger = await startStranger((request, response) => {
    const coding = request.url!.slice(1);
    response.writeHead(200, { 'content-encoding': coding });
    response.end(coding === 'gzip' ? gzipSync('<p>packed</p>') : Buffer.from('no such thing'));
  });
  const packed = await get('/gzip');
  expect(packed.ok && Buffer.from(packed.body).toString()).toBe('<p>packed</p>');
  expect(await get('/br')).toMatchObject({ ok: false, reason: 'bad_answer' });
  expect(await get('/zstd')).toMatchObject({ ok: false, reason: 'bad_answer' });
});

test('headers that drip (slowloris) end at the deadline', async () => {
  stranger = await startStranger((_, response) => {
    const drip = setInterval(() => response.socket?.write('X: y\r\n'), 20);
    response.socket?.write('HTTP/1.1 200 OK\r\n');
    response.socket?.once('close', () => clearInterval(drip)).on('error', () => {});
  });
  const since = Date.now();
  expect(await get('/', {}, { timeoutMs: 300 })).toMatchObject({ ok: false, reason: 'timeout' });
  expect(Date.now() - since).toBeLessThan(5_000);
});

test('of a body that dribbles on, what came in time is used', async () => {
  stranger = await startStranger(async (_, response) => {
    response.writeHead(200).write('<p>first</p>');
    while (!response.destroyed) {
      await wait(20);
      response.write('.');
    }
  });
  const got = await get('/', {}, { timeoutMs: 300 });
  expect(got).toMatchObject({ ok: true, truncated: true });
  expect(got.ok && Buffer.from(got.body).toString()).toMatch(/^<p>first<\/p>\.+$/);
});

test('headers without measure and no HTTP at all are bad answers', async () => {
  stranger = await startStranger((request, response) => {
    if (request.url === '/big') response.socket?.end(`HTTP/1.1 200 OK\r\nX: ${'y'.repeat(100_000)}\r\n\r\n`);
    else response.socket?.end('SSH-2.0-OpenSSH_9.2\r\n');
  });
  expect(await get('/big')).toMatchObject({ ok: false, reason: 'bad_answer' });
  expect(await get('/ssh')).toMatchObject({ ok: false, reason: 'bad_answer' });
});

test('a certificate that nobody vouches for is no page', async () => {
  const pair = await generate([{ name: 'commonName', value: 'shop.example.com' }], { keySize: 2048 });
  stranger = await startStranger((_, response) => void response.end('secret'), { key: pair.private, cert: pair.cert });
  const got = await guardedGet(`https://shop.example.com:${stranger.port}/`, guardOf(stranger.port, names), wanted);
  expect(got).toMatchObject({ ok: false, reason: 'tls' });
  expect(stranger.asked).toEqual([]);
});

test('an origin that the operator named may be inside, what it redirects to may not', async () => {
  stranger = await startStranger((request, response) => {
    if (request.url === '/out') response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end();
    else response.writeHead(200).end('ours');
  });
  const trustedOrigin = `http://127.0.0.1:${stranger.port}`;
  const guard = { ...guardOf(443, names), isAllowed: () => false, schemes: ['https:' as const], trustedOrigin };
  expect(await guardedGet(`${trustedOrigin}/in`, guard, wanted)).toMatchObject({ ok: true });
  expect(await guardedGet(`${trustedOrigin}/out`, guard, wanted)).toMatchObject({ ok: false, reason: 'not_web' });
});
