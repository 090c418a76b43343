import { createServer } from 'node:net';
import { readConfiguration } from '../server/configuration.ts';
import type { Check } from '../server/doctor.ts';
import { checkMail } from '../server/doctor-mail.ts';
import { listen } from '../server/intake/listener.ts';
import { startMailSink } from '../simulator/mail-sink.ts';
import { startSimulator } from '../simulator/start.ts';

async function check(env: Record<string, string>): Promise<Check[]> {
  const checks: Check[] = [];
  for await (const one of checkMail(readConfiguration(env))) checks.push(one);
  return checks;
}

const intake = (port: number) => ({
  REELBACK_SMTP_PORT: String(port),
  REELBACK_SUBMISSION_ADDRESS: 'report@reports.example.org',
});

const freeListener = (relays: string[]) =>
  listen({
    ...{ host: '127.0.0.1', port: 0, service: { account: 'report', domain: 'reports.example.org' }, relays, tls: null },
    ...{ maxBytes: 1_000, seesDeliveries: false, accept: async () => true, log: { warn: () => {} } },
  });

test('off is fine', async () => {
  expect((await check({})).map(({ state }) => state)).toEqual(['ok', 'ok']);
});

test('the listener is greeted: ours, one that refuses this machine, a stranger, nobody', async () => {
  const ours = await freeListener(['127.0.0.1']);
  const closed = await freeListener(['192.0.2.1']);
  const stranger = createServer((socket) => socket.end('HTTP/1.1 400\r\n\r\n'));
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  const strangerPort = (stranger.address() as { port: number }).port;
  expect((await check(intake(ours.port)))[0]).toMatchObject({ state: 'ok' });
  expect((await check(intake(closed.port)))[0]).toMatchObject({
    state: 'warn',
    text: expect.stringContaining('RELAYS'),
  });
  expect((await check(intake(strangerPort)))[0]).toMatchObject({ state: 'fail' });
  await Promise.all([ours.close(), closed.close(), new Promise((resolve) => stranger.close(resolve))]);
  expect((await check(intake(ours.port)))[0]).toMatchObject({ state: 'warn', text: expect.stringContaining('start') });
});

test('the mail server is asked, and what it says is told', async () => {
  const simulator = await startSimulator({ seed: 'none' });
  const sink = await startMailSink(simulator);
  const env = { REELBACK_MAIL_URL: sink.url, REELBACK_MAIL_FROM: 'Reelback <reelback@example.org>' };
  expect((await check(env))[1]).toMatchObject({ state: 'ok', text: expect.stringContaining('reelback@example.org') });
  await sink.stop();
  await simulator.stop();
  expect((await check(env))[1]).toMatchObject({ state: 'fail' });
});

test.each([
  [{ REELBACK_SMTP_PORT: '2525' }, 'REELBACK_SUBMISSION_ADDRESS'],
  [{ ...intake(2525), REELBACK_SUBMISSION_ADDRESS: 'report+user@example.org' }, 'REELBACK_SUBMISSION_ADDRESS'],
  [{ ...intake(2525), REELBACK_SMTP_RELAYS: '0.0.0.0/99' }, 'REELBACK_SMTP_RELAYS'],
  [{ ...intake(2525), REELBACK_SMTP_SENDERS: 'everybody' }, 'REELBACK_SMTP_SENDERS'],
  [{ ...intake(2525), REELBACK_SMTP_TLS: 'package.json' }, 'REELBACK_SMTP_TLS'],
  [{ REELBACK_MAIL_URL: 'http://mail.example.org', REELBACK_MAIL_FROM: 'a@example.org' }, 'REELBACK_MAIL_URL'],
  [{ REELBACK_MAIL_URL: 'smtps://u:p@mail.example.org' }, 'REELBACK_MAIL_FROM'],
  [{ REELBACK_MAIL_URL: 'smtps://u:secret@mail.example.org', REELBACK_MAIL_FROM: 'a\r\nBcc: x' }, 'REELBACK_MAIL_FROM'],
  [{ REELBACK_MAIL_FROM: 'a@example.org' }, 'REELBACK_MAIL_URL'],
])('%j stops the start with one line that names %s', (env, name) => {
  const start = () => readConfiguration(env as Record<string, string>);
  expect(start).toThrow(new RegExp(`^${name}: `));
  expect(start).not.toThrow(/secret/);
});

test('a full configuration is read', () => {
  const { mail, warnings } = readConfiguration({
    ...intake(2525),
    REELBACK_SMTP_HOST: '0.0.0.0',
    REELBACK_SMTP_RELAYS: '192.0.2.0/24,2001:db8::/32',
    REELBACK_SMTP_SENDERS: 'relays',
    REELBACK_MAIL_URL: 'smtps://user:p%40ss@mail.example.org',
    REELBACK_MAIL_FROM: '"Security team" <Security@Example.org>',
  });
  expect(mail.intake).toMatchObject({ host: '0.0.0.0', port: 2525, senders: 'relays', tls: null });
  expect(mail.outgoing).toMatchObject({
    name: 'Security team',
    address: 'security@example.org',
    domain: 'example.org',
  });
  expect(warnings).toEqual([]);
});
