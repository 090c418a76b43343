import { checkLookups, type LookupProbes } from '../server/doctor-lookups.ts';
import type { LookupConfiguration } from '../server/lookup-configuration.ts';
import { lookupProbes } from '../server/open-lookups.ts';
import { startInternet } from '../simulator/internet/internet.ts';

const off: LookupConfiguration = { rdap: null, lures: null };

async function states(lookups: LookupConfiguration, probes: Partial<LookupProbes> = {}): Promise<string[]> {
  const configuration = { lookups, dns: 'off' as const };
  const checks: string[] = [];
  const all = { ...lookupProbes(configuration, process.cwd()), ...probes };
  for await (const { name, state } of checkLookups(configuration, all)) checks.push(`${name} ${state}`);
  return checks;
}

test('what is off is well', async () => expect(await states(off)).toEqual(['domain ages ok', 'looks at links ok']));

test('a registry that answers is well, one that does not is a warning: reports wait for it', async () => {
  const internet = await startInternet();
  const rdap = { only: internet.rdapUrl, serversFile: null };
  expect(await states({ ...off, rdap })).toContain('domain ages ok');
  internet.registry.register('example.com', null);
  expect(await states({ ...off, rdap })).toContain('domain ages warn');
  await internet.stop();
  expect(await states({ ...off, rdap })).toContain('domain ages warn');
});

test('looks need a process that starts, and that refuses to look inwards', async () => {
  const lures = { double: null };
  const page = { url: 'http://127.0.0.1/', finalUrl: null, title: '', names: [], secrets: [], postsTo: [] };
  const saying = (failure: 'blocked_address' | null) => ({ lookAtLures: async () => [{ ...page, failure }] });
  expect(await states({ ...off, lures }, saying('blocked_address'))).toContain('looks at links ok');
  expect(await states({ ...off, lures }, saying(null))).toContain('looks at links fail');
  expect(await states({ ...off, lures }, { lookAtLures: async () => null })).toContain('looks at links fail');
});
