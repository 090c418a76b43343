import type { AllowPolicy, BlockEntry, ObservedWorld, Simulation } from '../analysis/world.ts';
import type { Lists } from './face.ts';

/** What the administrators' lists say to the procedure. */
export type VerdictLists = Required<
  Pick<ObservedWorld, 'allowPolicies' | 'blockEntries' | 'trustedDomains' | 'registry' | 'simulations'>
>;

/** The lists of now, in the words of analysis. Entries are checked when they are entered, so kinds are taken at their word. */
export async function verdictLists(lists: Lists): Promise<VerdictLists> {
  const [allow, block, trusted, registry, simulations] = await Promise.all([
    lists.entries('allow_policies'),
    lists.entries('block_senders'),
    lists.entries('trusted_domains'),
    lists.entries('impersonation_registry'),
    lists.entries('simulations'),
  ]);
  return {
    allowPolicies: allow.map(({ id, kind, value, trust }) => ({
      id,
      kind: kind as AllowPolicy['kind'],
      value,
      trust: trust ?? 'trusted',
    })),
    blockEntries: block.map(({ id, kind, value, disposition }) => ({
      id,
      kind: kind as BlockEntry['kind'],
      value,
      disposition: disposition ?? 'MALICIOUS',
    })),
    trustedDomains: trusted.map(({ value, recent, similarity }) => ({
      value,
      recent: recent ?? true,
      similarity: similarity ?? true,
    })),
    registry: registry.map(({ value, addresses }) => ({ name: value, addresses: addresses ?? [] })),
    simulations: simulations.map(({ id, kind, value, header }) => ({
      id,
      kind: kind as Simulation['kind'],
      value,
      ...(header ? { header } : {}),
    })),
  };
}
