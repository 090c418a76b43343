import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { type Doors, openDoors, PUBLIC_URL } from './doors.ts';

const root = join(__dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'reelback-pages-'));
const outlook = {
  clientId: 'cl"ient</script>',
  authority: 'https://login.microsoftonline.com/t',
  scope: 'api://x/report.submit',
};
let doors: Doors;

beforeAll(async () => {
  const addin = join(folder, 'addin');
  const dashboard = join(folder, 'dashboard');
  mkdirSync(join(addin, 'icons'), { recursive: true });
  mkdirSync(dashboard);
  writeFileSync(
    join(addin, 'pane.html'),
    '<meta name="reelback-configuration" content="{}" /><script src="https://appsforoffice.microsoft.com/lib/1/hosted/office.js"></script>',
  );
  writeFileSync(join(addin, 'spamreporting.js'), 'run();');
  writeFileSync(join(addin, 'chunk-AB12CD34.js'), '1');
  writeFileSync(join(addin, 'icons/icon-16.png'), 'png');
  writeFileSync(join(addin, '.built-from'), 'x');
  writeFileSync(join(addin, 'notes.txt'), 'x');
  writeFileSync(join(dashboard, 'index.html'), '<title>Reelback</title>');
  writeFileSync(join(dashboard, 'app.js'), '2');
  writeFileSync(join(folder, 'secret.js'), 'secret');
  doors = await openDoors(null, {
    options: { outlook, folders: { dashboard, outlookAddin: addin, manifest: join(root, 'manifest.xml') } },
  });
});
afterAll(async () => {
  await doors.app.close();
  rmSync(folder, { recursive: true });
});
const get = (url: string) => doors.app.inject({ url });

describe('the add-in', () => {
  test('pane.html carries the settings as text of an attribute', async () => {
    const { body, headers } = await get('/addins/outlook/pane.html?_host_Info=Outlook$Web$16.01');
    const attribute = /content="([^"]*)"/.exec(body)![1]!;
    const text = attribute
      .replaceAll('&quot;', '"')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&');
    expect(JSON.parse(text)).toEqual({ origin: PUBLIC_URL, maxMessageBytes: 1_000_000, ...outlook });
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['cache-control']).toBe('no-cache');
  });

  test('spamreporting.js begins with the settings, for a runtime without a document', async () => {
    const { body } = await get('/addins/outlook/spamreporting.js');
    expect(body).not.toContain('</script>');
    const read = new Function('run', `${body} return REELBACK;`) as (run: () => void) => unknown;
    expect(read(() => {})).toEqual({ origin: PUBLIC_URL, maxMessageBytes: 1_000_000, ...outlook });
  });

  test('the manifest names this server everywhere', async () => {
    const { body, headers } = await get('/addins/outlook/manifest.xml');
    expect(body).not.toContain('reelback.example/');
    expect(body).toContain(`${PUBLIC_URL}/addins/outlook/pane.html`);
    expect(headers['content-type']).toBe('application/xml; charset=utf-8');
  });

  test('the well-known file lists the very address of the event bundle in the manifest', async () => {
    const { allowed } = (await get('/.well-known/microsoft-officeaddins-allowed.json')).json();
    expect(allowed).toEqual([`${PUBLIC_URL}/addins/outlook/spamreporting.js`]);
    expect((await get('/addins/outlook/manifest.xml')).body).toContain(`"${allowed[0]}"`);
  });

  test('Outlook may frame it, nobody else; scripts come from here and from Microsoft only', async () => {
    const { headers } = await get('/addins/outlook/pane.html');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain('frame-ancestors https://outlook.office.com https://outlook.office365.com');
    expect(policy).toContain("script-src 'self' https://appsforoffice.microsoft.com https://ajax.aspnetcdn.com");
    expect(policy).toContain("connect-src 'self' https://login.microsoftonline.com");
    expect(policy).not.toContain('unsafe');
    expect(headers['x-frame-options']).toBeUndefined();
    expect(headers['cross-origin-resource-policy']).toBe('cross-origin');
  });

  test('Gmail finds its logo and the page about reports without Outlook, and nothing else there', async () => {
    writeFileSync(join(folder, 'addin/about.html'), '<title>What happens with my report</title>');
    const { app } = await openDoors(null, {
      options: { folders: { dashboard: folder, outlookAddin: join(folder, 'addin'), manifest: '' } },
    });
    const icon = await app.inject({ url: '/addins/gmail/icons/icon-16.png' });
    expect(icon.headers['content-type']).toBe('image/png');
    expect(icon.headers['cross-origin-resource-policy']).toBe('cross-origin');
    const about = await app.inject({ url: '/addins/gmail/about.html' });
    expect(about.body).toContain('What happens with my report');
    expect(about.headers['content-security-policy']).toContain("default-src 'none'");
    expect(about.headers['x-frame-options']).toBe('DENY');
    for (const path of ['pane.html', 'spamreporting.js', 'chunk-AB12CD34.js', '../secret.js', 'icons/icon-1.png/..']) {
      expect((await app.inject({ url: `/addins/gmail/${path}` })).statusCode).toBe(404);
    }
    await app.close();
  });

  test('another office.js and other hosts, where configured, are in the page and in the policy', async () => {
    const { app } = await openDoors(null, {
      options: {
        outlook: {
          ...outlook,
          officeJsUrl: 'http://localhost:9000/office/office.js',
          scriptOrigins: [],
          frameAncestors: ['http://localhost:9000'],
        },
        folders: { dashboard: folder, outlookAddin: join(folder, 'addin'), manifest: '' },
      },
    });
    const { body, headers } = await app.inject({ url: '/addins/outlook/pane.html' });
    expect(body).toContain('src="http://localhost:9000/office/office.js"');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("script-src 'self' http://localhost:9000;");
    expect(policy).toContain('frame-ancestors http://localhost:9000');
    await app.close();
  });

  test('icons and chunks are served, chunks for good', async () => {
    expect((await get('/addins/outlook/icons/icon-16.png')).headers['content-type']).toBe('image/png');
    expect((await get('/addins/outlook/chunk-AB12CD34.js')).headers['cache-control']).toContain('immutable');
  });
});

describe('the dashboard', () => {
  test.each(['/dashboard/', '/dashboard/submissions/sub_1', '/dashboard/settings?x=1'])(
    '%s is the one page',
    async (url) => {
      const { body, headers } = await get(url);
      expect(body).toContain('<title>Reelback</title>');
      const policy = String(headers['content-security-policy']);
      expect(policy).toBe(
        "default-src 'none';script-src 'self';style-src 'self';img-src 'self';connect-src 'self';frame-src 'self';base-uri 'none';form-action 'none';frame-ancestors 'none'",
      );
      expect(headers['x-frame-options']).toBe('DENY');
      expect(headers['strict-transport-security']).toBe('max-age=31536000');
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
    },
  );

  test('the bundle is asked for again each time and answered with 304', async () => {
    const { headers } = await get('/dashboard/app.js');
    const again = await doors.app.inject({
      url: '/dashboard/app.js',
      headers: { 'if-none-match': String(headers.etag) },
    });
    expect(again.statusCode).toBe(304);
  });

  test.each(['/', '/dashboard'])('%s leads there', async (url) => {
    const response = await get(url);
    expect([response.statusCode, response.headers.location]).toEqual([302, '/dashboard/']);
  });
});

test.each([
  '/dashboard/../secret.js',
  '/dashboard/..%2fsecret.js',
  '/dashboard/%2e%2e/secret.js',
  '/dashboard/..%5csecret.js',
  '/dashboard//etc/passwd.js',
  '/addins/outlook/..%2f..%2fsecret.js',
  '/addins/outlook/.built-from',
  '/addins/outlook/notes.txt',
  '/addins/outlook/%00.js',
  '/addins/outlook/',
  '/dashboard/none.js',
])('%s is nothing', async (url) => {
  const response = await get(url);
  expect([400, 403, 404]).toContain(response.statusCode);
  expect(response.body).not.toContain('secret');
  expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
});

describe('text on its way', () => {
  const bundle = `${'const copies = 1;'.repeat(2_000)}`;
  const ask = (headers: Record<string, string>) => doors.app.inject({ url: '/dashboard/large.js', headers });
  beforeAll(() => writeFileSync(join(folder, 'dashboard/large.js'), bundle));

  test.each([
    ['br, gzip', 'br', brotliDecompressSync],
    ['gzip;q=0.5, deflate', 'gzip', gunzipSync],
  ] as const)('%s is answered in %s, with the very same text inside', async (accepted, coding, open) => {
    const { headers, rawPayload } = await ask({ 'accept-encoding': accepted });
    expect([headers['content-encoding'], headers.vary]).toEqual([coding, 'accept-encoding']);
    expect(rawPayload.length).toBeLessThan(bundle.length / 10);
    expect(open(rawPayload).toString()).toBe(bundle);
  });

  test.each(['', 'deflate', 'identity', 'br;q=0, gzip;q=0.0'])('"%s" is answered as it is', async (accepted) => {
    const { headers, body } = await ask({ 'accept-encoding': accepted });
    expect([headers['content-encoding'], body]).toEqual([undefined, bundle]);
  });

  test('what a browser has is not sent again, until it changes', async () => {
    const first = await ask({ 'accept-encoding': 'br' });
    const has = { 'accept-encoding': 'br', 'if-none-match': `"other", W/${first.headers.etag}` };
    expect([(await ask(has)).statusCode, (await ask(has)).rawPayload.length]).toEqual([304, 0]);
    expect((await ask({ ...has, 'accept-encoding': '' })).statusCode).toBe(200);
    writeFileSync(join(folder, 'dashboard/large.js'), `${bundle} `);
    expect((await ask(has)).statusCode).toBe(200);
  });
});

test('without an Outlook configuration its pages are 404', async () => {
  const { app } = await openDoors(null);
  expect((await app.inject({ url: '/addins/outlook/pane.html' })).statusCode).toBe(404);
  await app.close();
});

describe('health', () => {
  test('healthz says that the process lives, readyz that its rooms do', async () => {
    let broken = false;
    let clock = Date.now();
    const { app, logged } = await openDoors(null, {
      deps: {
        now: () => new Date(clock),
        health: [
          { name: 'database', check: async () => 1 },
          {
            name: 'worker',
            check: async () => {
              if (broken) throw new Error('no heartbeat since 09:00');
            },
          },
        ],
      },
    });
    expect((await app.inject({ url: '/healthz' })).json()).toEqual({ status: 'ok' });
    expect((await app.inject({ url: '/readyz' })).statusCode).toBe(200);
    broken = true;
    clock += 1_000;
    const response = await app.inject({ url: '/readyz' });
    expect([response.statusCode, response.json()]).toEqual([
      503,
      {
        status: 'not_ready',
        checks: [
          { name: 'database', ok: true },
          { name: 'worker', ok: false },
        ],
      },
    ]);
    expect(logged.join('')).toContain('no heartbeat');
    await app.close();
  });
});

describe('the OpenAPI document', () => {
  test('describes every route of the API with its schemas and callers', async () => {
    const document = (await get('/api/v1/openapi.json')).json();
    expect(document.openapi).toBe('3.1.0');
    const described = Object.entries(document.paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const served = doors.app.routeAccess
      .filter(({ method, url }) => method !== 'HEAD' && url.startsWith('/api/v1/') && !url.endsWith('openapi.json'))
      // Where the sign-in's provider sends a browser back to: nobody else calls it.
      .filter(({ url }) => !url.endsWith('/session/oidc/callback'))
      .map(({ method, url }) => `${method} ${url.replace(/:(\w+)/g, '{$1}')}`);
    expect(described.sort()).toEqual(served.sort());
    expect(document.paths['/api/v1/submissions'].post.security).toEqual([{ reporter: [] }]);
    expect(document.paths['/api/v1/retractions/{id}/restore'].post['x-role']).toBe('soc_analyst');
  });

  test('its schemas compile, and take the example of the contract', async () => {
    const document = (await get('/api/v1/openapi.json')).json();
    const ajv = addFormats(new Ajv({ strict: false }));
    for (const methods of Object.values(
      document.paths as Record<string, Record<string, { requestBody?: unknown; responses: unknown }>>,
    ))
      for (const operation of Object.values(methods)) {
        const bodies = [operation.requestBody, ...Object.values(operation.responses as object)] as {
          content?: Record<string, { schema: object }>;
        }[];
        for (const body of bodies) for (const { schema } of Object.values(body?.content ?? {})) ajv.compile(schema);
      }
    const { schema } = document.paths['/api/v1/submissions'].post.requestBody.content['application/json'];
    const report = ajv.compile(schema);
    const example = {
      provider: 'microsoft365',
      mailbox: 'ana@example.org',
      provider_message_id: 'AAMk',
      internet_message_id: '<1@example.org>',
      type: 'phish',
      comment: '',
      exposure: ['clicked_link'],
      raw_message: 'QQ==',
      fidelity: 'exact',
      client: { name: 'outlook', version: '1.0.0', host: 'OutlookWebApp' },
    };
    expect(report(example)).toBe(true);
    expect(report({ ...example, type: 'evil' })).toBe(false);
  });
});

describe('bytes that are not a request', () => {
  const talk = async (bytes: string) => {
    const address = doors.app.server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    return new Promise<string>((resolve, reject) => {
      let answer = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
      socket.setTimeout(5_000, () => socket.destroy(new Error('silence')));
      socket.on('data', (chunk) => {
        answer += chunk;
      });
      socket.on('close', () => resolve(answer));
      socket.on('error', reject);
    });
  };
  beforeAll(() => doors.app.listen({ port: 0, host: '127.0.0.1' }));

  test.each([
    ['noise', 'ELHO\0\r\n\r\n', 400],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['headers of 20 KB', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
  ])('%s', async (_name, bytes, status) => {
    const answer = await talk(bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain('application/problem+json');
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4)).status).toBe(status);
  });
});
