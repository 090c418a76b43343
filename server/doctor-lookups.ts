import type { Configuration } from './configuration.ts';
import type { Check } from './doctor.ts';
import type { LookAtLures } from './lookups/lure-process.ts';

/** A domain that every registry of `.com` knows; its age is the internet's. */
const PROBE = 'example.com';

export interface LookupProbes {
  /** null where the environment says off. */
  domainAges: ((domains: readonly string[]) => Promise<ReadonlyMap<string, Date | null>>) | null;
  lookAtLures: LookAtLures | null;
}

/** Whether what a verdict may ask of the internet is answered. Of links only the process that would look is tried, on none of them. */
export async function* checkLookups(
  { lookups }: Pick<Configuration, 'lookups'>,
  probes: LookupProbes,
): AsyncIterable<Check> {
  yield await checkAges(lookups, probes);
  yield await checkLooks(lookups, probes);
}

async function checkAges({ rdap }: Configuration['lookups'], { domainAges }: LookupProbes): Promise<Check> {
  const name = 'domain ages';
  if (rdap === null || domainAges === null) {
    return {
      name,
      state: 'ok',
      text: 'off: verdicts do not know whether a domain is new (REELBACK_RDAP, REELBACK_DNS)',
    };
  }
  const registered = (await domainAges([PROBE])).get(PROBE) ?? null;
  if (registered) return { name, state: 'ok', text: 'a registry answers' };
  return {
    name,
    state: 'warn',
    text: 'no registry answers in time: let this machine reach the RDAP servers by https, or set REELBACK_RDAP=off so that no report waits',
  };
}

async function checkLooks({ lures }: Configuration['lookups'], { lookAtLures }: LookupProbes): Promise<Check> {
  const name = 'looks at links';
  if (lures === null || lookAtLures === null) return { name, state: 'ok', text: 'off: no link is ever fetched' };
  // This very machine: a process that works refuses it, and asks nobody.
  const pages = await lookAtLures(['http://127.0.0.1/']);
  if (pages?.[0]?.failure === 'blocked_address') {
    return { name, state: 'ok', text: 'possible, where an administrator switches the setting lures on' };
  }
  return {
    name,
    state: 'fail',
    text: 'the process that looks cannot be started: run npm run build, and see that this user may start processes',
  };
}
