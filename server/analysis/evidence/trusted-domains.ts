import { isWithin } from '../domains.ts';
import type { ObservedWorld } from '../world.ts';

type Trusting = Pick<ObservedWorld, 'trustedDomains'>;

/** The organisation says that this host may look like another name. */
export function trustsLook({ trustedDomains = [] }: Trusting, host: string): boolean {
  return trustedDomains.some(({ value, similarity }) => similarity && isWithin(host, value));
}

/** The organisation says that the age of this host is no sign. */
export function trustsAge({ trustedDomains = [] }: Trusting, host: string): boolean {
  return trustedDomains.some(({ value, recent }) => recent && isWithin(host, value));
}
