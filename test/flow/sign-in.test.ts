/** The whole server: people sign in at the provider, what they do is in the chain, and a person is erased without breaking it. */
import { Writable } from 'node:stream';
import { auditCommand } from '../../server/audit-command.ts';
import { peopleCommand } from '../../server/people-command.ts';
import type { AuditEntry } from '../../shared/audit.ts';
import { House } from './house.ts';
import { lure } from './mail.ts';

const PUBLIC_URL = 'https://reelback.example.org';
const [ANA, KIM] = ['ana@example.org', 'kim@example.org'] as const;
const ID = '<expiry-1@micros0ft-login.test>';
let house: House;

beforeAll(async () => {
  house = await House.start({
    env: { REELBACK_PUBLIC_URL: PUBLIC_URL },
    envOf: ({ loginUrl, tenantId, app }) => ({
      REELBACK_DASHBOARD_OIDC_ISSUER: `${loginUrl}/${tenantId}/v2.0`,
      REELBACK_DASHBOARD_OIDC_CLIENT_ID: app.clientId,
      REELBACK_DASHBOARD_OIDC_CLIENT_SECRET: app.clientSecret,
    }),
  });
  const { simulator } = house;
  simulator.signIn.redirectUris.push(`${PUBLIC_URL}/api/v1/session/oidc/callback`);
  simulator.signIn.people.set(KIM, ['super_admin']);
  for (const address of [ANA, KIM]) simulator.addMailbox(address);
  simulator.deliver(ANA, lure(ID));
});
afterAll(() => house.stop());

/** The command line on the same database. */
async function command(run: typeof auditCommand, ...argv: string[]): Promise<{ status: number; out: string }> {
  let out = '';
  const stdout = new Writable({
    write(chunk, _encoding, done) {
      out += String(chunk);
      done();
    },
  });
  const { simulator, databaseUrl } = house;
  const status = await run(argv, {
    stdin: process.stdin,
    stdout,
    stderr: stdout,
    rootDir: process.cwd(),
    env: {
      REELBACK_DATABASE_URL: databaseUrl,
      REELBACK_MS_TENANT_ID: simulator.tenantId,
      REELBACK_MS_CLIENT_ID: 'x',
      REELBACK_MS_CLIENT_SECRET: 'y',
    },
  });
  return { status, out };
}

test('from the sign-in to the erased person', async () => {
  const base = await house.url();
  const cookieIn = (response: Response) => response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]!);
  const away = await fetch(`${base}/api/v1/session/oidc?return_to=/audit`, { redirect: 'manual' });
  const provider = new URL(away.headers.get('location')!);
  provider.searchParams.set('login_as', KIM);
  const back = new URL((await fetch(provider, { redirect: 'manual' })).headers.get('location')!);
  const arrived = await fetch(`${base}${back.pathname}${back.search}`, {
    redirect: 'manual',
    headers: { cookie: cookieIn(away).join('; ') },
  });
  expect(arrived.headers.get('location')).toBe('/dashboard/audit');
  const cookie = cookieIn(arrived).find((pair) => pair.startsWith('__Host-reelback='))!;
  const asKim = (path: string, method = 'GET') =>
    fetch(`${base}/api/v1${path}`, { method, headers: { cookie, 'x-reelback': '1', origin: PUBLIC_URL } });
  expect(await (await asKim('/session')).json()).toMatchObject({ name: KIM, role: 'super_admin' });

  const submission = await house.report(ANA, ID, { body: { comment: 'a private remark' } });
  const log = async (query: string) =>
    ((await (await asKim(`/audit-log?${query}`)).json()) as { items: AuditEntry[] }).items;
  await house.until(async () => (await log(`subject=${submission}`)).length >= 2);
  expect(await log(`actor=${KIM}`)).toMatchObject([{ action: 'session.signed_in', actor: { name: KIM } }]);
  expect(await log(`subject=${submission}&action=submission.received`)).toMatchObject([
    { actor: { kind: 'reporter', name: null } },
  ]);
  // The seals come by themselves.
  await house.until(async () => (await log('limit=100')).some(({ position }) => position === 1));

  // While its retraction is at work the mail keeps its bytes: what was shown is outdated then, and one looks again.
  await house.until(async () => {
    const preview = (await (await asKim(`/people/${ANA}`)).json()) as { confirmation: string; erased: object };
    expect(preview.erased).toMatchObject({ submissions: 1, votes: 1 });
    const { status } = await asKim(`/people/${ANA}?confirmation=${preview.confirmation}`, 'DELETE');
    if (status !== 200) expect(status).toBe(409);
    return status === 200;
  });
  const detail = await asKim(`/submissions/${submission}/detail`);
  expect(await detail.text()).not.toMatch(/private remark|ana@/);
  const received = (await log(`subject=${submission}&action=submission.received`))[0]!;
  expect(received.actor.kind).toBe('erased');

  const left = await command(peopleCommand, 'erase', ANA);
  expect(left.out).toMatch(/^ana@example\.org\nwould be erased\n +0 {2}submissions/);
  const verified = await command(auditCommand, 'verify');
  expect(verified).toMatchObject({ status: 0, out: expect.stringMatching(/^ok: \d+ lines, head \d+:[0-9a-f]{64}\n$/) });
  const head = /head (\S+)/.exec(verified.out)![1]!;
  expect((await command(auditCommand, 'verify', '--head', head)).status).toBe(0);
  const wrongHead = head.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'));
  expect(await command(auditCommand, 'verify', '--head', wrongHead)).toMatchObject({
    status: 1,
    out: expect.stringMatching(/^broken at position \d+, line \d+: the chain does not go through the head/),
  });
  const exported = (await command(auditCommand, 'export')).out.trim().split('\n');
  expect(exported.map((line) => JSON.parse(line).position)).toEqual(exported.map((_, at) => at + 1));
  expect(exported.join()).not.toMatch(/ana@|kim@/);
});
