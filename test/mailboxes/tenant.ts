/** A simulated tenant and the real adapter on it; time passes only when somebody waits. */
import { setImmediate as turn } from 'node:timers/promises';
import type { Effects } from '../../server/mailboxes/effects.ts';
import { type GraphSettings, graphProvider } from '../../server/mailboxes/graph.ts';
import type { MailProvider } from '../../server/mailboxes/port.ts';
import type { Simulator, SimulatorOptions } from '../../simulator/simulator.ts';
import { startSimulator } from '../../simulator/start.ts';

export interface Clock extends Pick<Effects, 'now' | 'sleep'> {
  /** Every wait that was asked for, ms. */
  slept: number[];
  pass(ms: number): void;
}

/** Real time plus what was slept, so that a Retry-After costs no seconds. */
export function quickClock(): Clock {
  let ahead = 0;
  const slept: number[] = [];
  return {
    slept,
    now: () => Date.now() + ahead,
    sleep: async (ms) => {
      slept.push(ms);
      ahead += ms;
      await turn();
    },
    pass: (ms) => {
      ahead += ms;
    },
  };
}

export interface TestTenant {
  simulator: Simulator;
  provider: MailProvider;
  clock: Clock;
  /** Another server of ours on the same tenant: nothing remembered. */
  another(settings?: Partial<GraphSettings>, effects?: Partial<Effects>): MailProvider;
}

export async function startTenant(
  options: { simulator?: SimulatorOptions; settings?: Partial<GraphSettings>; effects?: Partial<Effects> } = {},
): Promise<TestTenant> {
  const clock = quickClock();
  const simulator = await startSimulator({ seed: 'none', now: clock.now, ...options.simulator });
  const another: TestTenant['another'] = (settings, effects) =>
    graphProvider(
      { ...settingsFor(simulator), ...options.settings, ...settings },
      { now: clock.now, sleep: clock.sleep, ...options.effects, ...effects },
    );
  return { simulator, provider: another(), clock, another };
}

export function settingsFor(simulator: Simulator): GraphSettings {
  return {
    tenantId: simulator.tenantId,
    clientId: simulator.app.clientId,
    credential: { clientSecret: simulator.app.clientSecret },
    loginUrl: simulator.loginUrl,
    graphUrl: simulator.graphUrl,
  };
}

export function mail(messageId: string, subject = 'Your invoice'): string {
  return [
    `Message-ID: ${messageId}`,
    'From: Billing <billing@lure.example>',
    'To: everyone@example.org',
    `Subject: ${subject}`,
    'Date: Mon, 02 Nov 2026 09:00:00 +0000',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Please pay at http://pay.lure.example/now',
    '',
  ].join('\r\n');
}

export function addresses(count: number): string[] {
  return Array.from({ length: count }, (_, at) => `user${String(at).padStart(6, '0')}@example.org`);
}

/** The one copy that is expected there. */
export async function onlyCopy(provider: MailProvider, mailbox: string, messageId: string) {
  const [outcome] = await provider.findCopies([mailbox], messageId);
  if (!outcome?.ok) throw outcome?.error ?? new Error('no outcome');
  const [copy, ...more] = outcome.value;
  if (!copy || more.length > 0) throw new Error(`${outcome.value.length} copies in ${mailbox}`);
  return copy;
}
