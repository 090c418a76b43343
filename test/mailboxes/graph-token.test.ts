import { generate } from 'selfsigned';
import { graphProvider } from '../../server/mailboxes/graph.ts';
import { mail, settingsFor, startTenant, type TestTenant } from './tenant.ts';

let tenant: TestTenant;
afterEach(() => tenant.simulator.stop());

async function certificate(): Promise<{ cert: string; private: string }> {
  const made = await generate([{ name: 'commonName', value: 'reelback.example' }], { keySize: 2048 });
  return { cert: made.cert, private: made.private };
}

test('a certificate signs the app in, in either order of the PEM file', async () => {
  const { cert, private: key } = await certificate();
  tenant = await startTenant({ simulator: { certificate: cert } });
  const id = tenant.simulator.deliver('ana@example.org', mail('<one@lure.example>'));
  for (const certificatePem of [`${cert}\n${key}`, `${key}\n${cert}`]) {
    const provider = tenant.another({ credential: { certificatePem } });
    expect(await provider.readRaw('ana@example.org', id)).not.toBeNull();
  }
  expect(tenant.simulator.log.list({ route: 'token' }).map(({ status }) => status)).toEqual([200, 200]);
});

test('a certificate the tenant does not know is refused for good', async () => {
  const [ours, theirs] = [await certificate(), await certificate()];
  tenant = await startTenant({ simulator: { certificate: theirs.cert } });
  const provider = tenant.another({ credential: { certificatePem: `${ours.cert}\n${ours.private}` } });
  await expect(provider.readCopy('ana@example.org', 'x')).rejects.toMatchObject({ code: 'consent-revoked' });
});

test('a PEM file without a key, or with a broken one, stops the start and is not quoted', async () => {
  tenant = await startTenant();
  const { cert } = await certificate();
  for (const certificatePem of [
    cert,
    'secret-stuff',
    '-----BEGIN PRIVATE KEY-----\nsecret-stuff\n-----END PRIVATE KEY-----',
  ]) {
    const start = () => graphProvider({ ...settingsFor(tenant.simulator), credential: { certificatePem } });
    expect(start).toThrow(expect.objectContaining({ code: 'bad_certificate' }));
    expect(start).not.toThrow(/secret-stuff/);
  }
});

test('one token serves every mailbox and is renewed before it expires', async () => {
  tenant = await startTenant();
  const ids = ['ana', 'ben', 'cleo'].map(
    (name) =>
      [`${name}@example.org`, tenant.simulator.deliver(`${name}@example.org`, mail('<one@lure.example>'))] as const,
  );
  const readAll = () => Promise.all(ids.map(([mailbox, id]) => tenant.provider.readCopy(mailbox, id)));
  await readAll();
  await readAll();
  expect(tenant.simulator.log.list({ route: 'token' })).toHaveLength(1);
  tenant.clock.pass(3_540_000);
  await readAll();
  expect(tenant.simulator.log.list({ route: 'token' })).toHaveLength(2);
});

test('a 401 is answered with a fresh token, once; a second one is for a person', async () => {
  let refused = 1;
  const refusing: typeof fetch = async (input, init) => {
    if (String(input).includes('/graph/') && refused-- > 0)
      return Response.json({ error: { code: 'InvalidAuthenticationToken' } }, { status: 401 });
    return fetch(input, init);
  };
  tenant = await startTenant({ effects: { fetch: refusing } });
  const id = tenant.simulator.deliver('ana@example.org', mail('<one@lure.example>'));
  expect((await tenant.provider.move('ana@example.org', id, 'JunkEmail')).state).toBe('moved');
  expect(tenant.simulator.log.list({ route: 'token' })).toHaveLength(2);
  refused = 2;
  await expect(tenant.provider.move('ana@example.org', id, 'JunkEmail')).rejects.toMatchObject({
    code: 'consent-revoked',
  });
});

test('an issuer that cannot be reached or is in trouble is temporary, and nothing can have happened', async () => {
  tenant = await startTenant({ settings: { retryForMs: 0 } });
  const attempt = () => tenant.another().move('ana@example.org', 'x', 'JunkEmail');
  for (const fault of [{ status: 503 }, { status: 429 }, { lost: 'reset' } as const]) {
    tenant.simulator.faults.clear();
    tenant.simulator.faults.add({ route: 'token', fault });
    await expect(attempt()).rejects.toMatchObject({ name: 'TemporaryError', outcomeUnknown: false });
  }
});

test('the token goes to Graph only: neither in plain text over the network nor after a foreign link', async () => {
  tenant = await startTenant();
  const settings = settingsFor(tenant.simulator);
  for (const url of ['http://graph.example.org', 'http://127.0.0.1.example.org:80', 'ftp://127.0.0.1']) {
    expect(() => graphProvider({ ...settings, graphUrl: url })).toThrow(
      expect.objectContaining({ code: 'insecure_url' }),
    );
    expect(() => graphProvider({ ...settings, loginUrl: url })).toThrow(
      expect.objectContaining({ code: 'insecure_url' }),
    );
  }
  tenant.simulator.addMailbox('ana@example.org');
  const hosts: string[] = [];
  const provider = tenant.another(
    {},
    {
      fetch: async (input, init) => {
        hosts.push(new URL(String(input)).host);
        if (!String(input).includes('/messages')) return fetch(input, init);
        return Response.json({ value: [], '@odata.nextLink': 'https://collector.example/v1.0/users' });
      },
    },
  );
  const [outcome] = await provider.findCopies(['ana@example.org'], '<one@lure.example>');
  expect(outcome).toMatchObject({ ok: false, error: { code: 'foreign_link' } });
  expect(new Set(hosts)).toEqual(new Set([new URL(tenant.simulator.url).host]));
});

test.each([
  ['https://login.microsoftonline.us', 'https://graph.microsoft.us'],
  ['https://login.partner.microsoftonline.cn', 'https://microsoftgraph.chinacloudapi.cn'],
  ['https://login.microsoftonline.com', 'https://graph.microsoft.com'],
])('the cloud of %s is asked in its own words', async (loginUrl, graphUrl) => {
  tenant = await startTenant();
  const asked: { url: string; body: string }[] = [];
  const provider = tenant.another(
    { loginUrl, graphUrl, tenantId: '11111111-2222-3333-4444-555555555555' },
    {
      fetch: async (input, init) => {
        asked.push({ url: String(input), body: String(init?.body ?? '') });
        if (String(input).startsWith(loginUrl)) {
          return Response.json({ access_token: 'a.b.c', token_type: 'Bearer', expires_in: 3600 });
        }
        return Response.json({ id: 'x', parentFolderId: 'f' });
      },
    },
  );
  await provider.readCopy('ana@example.org', 'x');
  const [token, ...more] = asked;
  expect(token?.url).toMatch(new RegExp(`^${loginUrl}/11111111-2222-3333-4444-555555555555/oauth2/v2.0/token\\b`));
  expect(new URLSearchParams(token?.body).get('scope')).toBe(`${graphUrl}/.default`);
  expect(more.map(({ url }) => new URL(url).origin)).toEqual([graphUrl]);
});
