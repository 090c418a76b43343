/** A simulated Workspace and the real adapter on it; time passes only when somebody waits. */
import type { Effects } from '../../server/mailboxes/effects.ts';
import { type GmailSettings, gmailProvider } from '../../server/mailboxes/gmail.ts';
import type { MailProvider } from '../../server/mailboxes/port.ts';
import type { Google } from '../../simulator/google.ts';
import type { Simulator, SimulatorOptions } from '../../simulator/simulator.ts';
import { startSimulator } from '../../simulator/start.ts';
import { type Clock, quickClock } from './tenant.ts';

export const ANA = 'ana@lab.example.org';
export const BEN = 'ben@lab.example.org';

export interface TestWorkspace {
  simulator: Simulator;
  google: Google;
  provider: MailProvider;
  clock: Clock;
  /** Another server of ours on the same Workspace: nothing remembered. */
  another(settings?: Partial<GmailSettings>, effects?: Partial<Effects>): MailProvider;
}

export async function startWorkspace(
  options: { simulator?: SimulatorOptions; settings?: Partial<GmailSettings>; effects?: Partial<Effects> } = {},
): Promise<TestWorkspace> {
  const clock = quickClock();
  const simulator = await startSimulator({ seed: 'none', now: clock.now, ...options.simulator });
  const { google } = simulator;
  const another: TestWorkspace['another'] = (settings, effects) =>
    gmailProvider(
      { ...settingsFor(google), ...options.settings, ...settings },
      { now: clock.now, sleep: clock.sleep, ...options.effects, ...effects },
    );
  return { simulator, google, provider: another(), clock, another };
}

export function settingsFor(google: Google): GmailSettings {
  const key = google.serviceAccount;
  return {
    serviceAccount: {
      clientEmail: key.client_email,
      privateKey: key.private_key,
      privateKeyId: key.private_key_id,
      tokenUri: key.token_uri,
    },
    admin: google.adminAddress,
    gmailUrl: google.gmailUrl,
    adminUrl: google.adminUrl,
  };
}

/** Names of the labels of the one copy there, sorted. */
export function labelsOf(google: Google, address: string): string[] {
  const copies = google.copies(address);
  if (copies.length !== 1) throw new Error(`${copies.length} copies in ${address}`);
  return [...(copies[0]?.labels ?? [])].sort();
}
