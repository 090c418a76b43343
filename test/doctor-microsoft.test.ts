import { checkMicrosoft } from '../server/doctor-microsoft.ts';
import type { MicrosoftConfiguration } from '../server/microsoft-configuration.ts';
import type { Simulator } from '../simulator/simulator.ts';
import { startSimulator } from '../simulator/start.ts';

let simulator: Simulator;
afterEach(() => simulator.stop());

async function checksOf(change: Partial<MicrosoftConfiguration> = {}) {
  const { tenantId, app, loginUrl, graphUrl } = simulator;
  const credential = { clientSecret: app.clientSecret };
  const tenant = { tenantId, clientId: app.clientId, credential, loginUrl, graphUrl } as MicrosoftConfiguration;
  const checks: string[] = [];
  for await (const { state, text } of checkMicrosoft({ ...tenant, ...change })) checks.push(`${state}: ${text}`);
  return checks;
}

test('a tenant named by its domain is warned of: tokens carry the GUID', async () => {
  simulator = await startSimulator({ seed: 'none', tenantId: 'example.org' });
  simulator.addMailbox('ana@example.org');
  expect(await checksOf()).toContainEqual(expect.stringMatching(/^warn: REELBACK_MS_TENANT_ID is no GUID/));
});

test('a tenant named by its GUID is well', async () => {
  simulator = await startSimulator({ seed: 'none' });
  simulator.addMailbox('ana@example.org');
  expect((await checksOf()).filter((check) => !check.startsWith('ok'))).toEqual([]);
});

test('a mailbox outside of the granted scope is a warning, all of them are a failure', async () => {
  simulator = await startSimulator({ seed: 'none' });
  simulator.addMailboxes(10);
  simulator.denied.add('user000000@bench.example.org');
  const [warning, ...rest] = (await checksOf()).filter((check) => !check.startsWith('ok'));
  expect(warning).toMatch(/^warn: 1 of 5 mailboxes cannot be searched .*scope/);
  expect(rest).toEqual([]);
  for (let i = 1; i < 10; i++) simulator.denied.add(`user00000${i}@bench.example.org`);
  expect(await checksOf()).toContainEqual(expect.stringMatching(/^fail: mailboxes cannot be searched, none of 5/));
});
