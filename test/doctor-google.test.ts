import { checkGoogle } from '../server/doctor-google.ts';
import type { GoogleConfiguration } from '../server/google-configuration.ts';
import type { Simulator } from '../simulator/simulator.ts';
import { startSimulator } from '../simulator/start.ts';
import { settingsFor } from './mailboxes/workspace.ts';

let simulator: Simulator;
beforeEach(async () => {
  simulator = await startSimulator({ seed: 'none' });
  simulator.google.addMailbox('gina@lab.example.org');
});
afterEach(() => simulator.stop());

async function states(change: Partial<GoogleConfiguration> = {}): Promise<string[]> {
  const { google } = simulator;
  const { serviceAccount, admin } = settingsFor(google);
  const { domain, gmailUrl, adminUrl, issuerUrl: issuer } = google;
  const workspace = { serviceAccount, admin, domains: [domain], addonAudiences: ['x'], gmailUrl, adminUrl, issuer };
  const checks: string[] = [];
  for await (const check of checkGoogle({ ...workspace, ...change })) checks.push(check.state);
  return checks;
}

test('a Workspace with everything delegated is well', async () => {
  expect(await states()).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
});

test('each scope that is missing is named, and only what cannot work without it fails', async () => {
  const { google } = simulator;
  const scope = (name: string) => `https://www.googleapis.com/auth/${name}`;
  google.revokeDelegation({ scopes: [scope('admin.reports.audit.readonly'), 'https://mail.google.com/'] });
  expect(await states()).toEqual(['ok', 'ok', 'ok', 'warn', 'warn']);
  google.revokeDelegation({ scopes: [scope('gmail.modify')] });
  expect(await states()).toEqual(['ok', 'ok', 'fail', 'warn', 'warn']);
  google.revokeDelegation();
  expect(await states()).toEqual(['fail']);
});

test('an administrator who is none, and an add-on that nobody told of', async () => {
  expect(await states({ admin: 'nobody@lab.example.org' })).toEqual(['fail']);
  expect(await states({ addonAudiences: [] })).toEqual(['warn', 'ok', 'ok', 'ok', 'ok', 'ok']);
});

test('one mailbox that cannot be searched is no verdict on all: several are tried, spread over the directory', async () => {
  const { google, faults } = simulator;
  google.addMailboxes(40);
  const refusal = { status: 403, code: 'insufficientPermissions' };
  faults.add({ mailbox: 'gina@lab.example.org', route: 'gmailList', fault: refusal });
  faults.add({ mailbox: google.adminAddress, route: 'gmailList', fault: refusal });
  expect(await states()).toEqual(['ok', 'ok', 'warn', 'ok', 'ok']);
  faults.add({ route: 'gmailList', fault: refusal });
  expect(await states()).toEqual(['ok', 'ok', 'fail', 'ok', 'ok']);
});
