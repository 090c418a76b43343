import type { LurePage } from '../../shared/lure-page.ts';
import { domainsToAge } from '../analysis/evidence/domain-age.ts';
import { simulationHit } from '../analysis/evidence/simulation.ts';
import { linksToLookAt } from '../analysis/looked-at.ts';
import type { ObservedWorld } from '../analysis/world.ts';
import type { Authentication } from '../message/authentication-state.ts';
import type { Message } from '../message/message.ts';

/** What a verdict may ask of the internet; null where the deployment says no. Neither rejects nor takes long. */
export interface Lookups {
  /** Registration dates by domain; null for one without an answer in time. */
  domainAges: ((domains: readonly string[]) => Promise<ReadonlyMap<string, Date | null>>) | null;
  /** What the links show; null when the look failed, undefined while an administrator says no. */
  lookAtLures: ((links: readonly string[]) => Promise<readonly LurePage[] | null | undefined>) | null;
}

export interface Answers extends Pick<ObservedWorld, 'domainAges' | 'lures'> {
  /** What was asked and did not answer. */
  unanswered: ('rdap' | 'crawl')[];
}

/** The answers for one mail, asked for at the same time; absent what nobody may ask. */
export async function lookUp(
  { domainAges, lookAtLures }: Lookups,
  message: Message,
  authentication: Authentication,
  world: Pick<ObservedWorld, 'ownDomains' | 'trustedDomains' | 'simulations'>,
): Promise<Answers> {
  // An exercise counts whoever opens its link: a look would make the person who reported it fail.
  const exercise = simulationHit(message, authentication, world) !== null;
  const [ages, lures] = await Promise.all([
    domainAges?.(domainsToAge(message, world)),
    exercise ? undefined : lookAtLures?.(linksToLookAt(message, world)),
  ]);
  return {
    ...(ages ? { domainAges: ages } : {}),
    ...(lures ? { lures } : {}),
    unanswered: [
      ...(ages && [...ages.values()].includes(null) ? (['rdap'] as const) : []),
      ...(lures === null ? (['crawl'] as const) : []),
    ],
  };
}
