/** Seen mail weighed anew from what was kept of it, many at a time. */
import type { Verdict } from '../../shared/verdict.ts';
import { concludeWeighed, type Opinion, type Weighed } from '../analysis/conclude.ts';
import { unpackFeatures } from '../analysis/model/packed-features.ts';
import { type KeptMail, type WeighAgain, weighAgain } from '../analysis/weigh-again.ts';
import type { Authentication } from '../message/authentication-state.ts';
import { type VerdictLists, verdictLists } from '../policies/verdict-lists.ts';
import type { SeenRow } from '../store/delivery-sweeps.ts';
import { type Indicator, knownIndicators } from '../store/indicators.ts';
import { KNOWN_FOR_MS } from '../submission/known-cases.ts';
import type { DeliveryWorld } from './world.ts';

export interface Reweighed {
  row: SeenRow;
  evidence: Weighed;
  /** With the voices that were known when it was last judged. */
  verdict: Verdict;
}

/** The lists of now; they are read once for many mails. */
export async function listsNow(world: DeliveryWorld): Promise<VerdictLists & { ownDomains: string[] }> {
  const [lists, ownDomains] = await Promise.all([verdictLists(world.lists), world.ownDomains()]);
  return { ...lists, ownDomains };
}

/** In the order of the rows; those without stored evidence are left out. */
export async function reweigh(
  world: DeliveryWorld,
  seen: readonly SeenRow[],
  lists: Awaited<ReturnType<typeof listsNow>>,
): Promise<Reweighed[]> {
  const now = world.now();
  const asked = new Map<string, Pick<Indicator, 'kind' | 'value'>>();
  for (const { kept } of seen)
    for (const { kind, value } of (kept as KeptMail).indicators) asked.set(`${kind} ${value}`, { kind, value });
  const since = new Date(now.getTime() - KNOWN_FOR_MS);
  const known = new Map(
    (await knownIndicators(world.store.db, world.tenant, [...asked.values()], since)).map((one) => [
      `${one.kind} ${one.value}`,
      one,
    ]),
  );
  const base = { model: world.model, local: world.local(), lists: { ...lists, now } };
  return seen.flatMap((row) => {
    if (row.evidence === null) return [];
    const evidence = weighRow(row, base, known);
    return [{ row, evidence, verdict: concludeWeighed(evidence, (row.opinion ?? {}) as Opinion) }];
  });
}

function weighRow(row: SeenRow, base: Omit<WeighAgain, 'known'>, known: ReadonlyMap<string, Indicator>): Weighed {
  const mail = row.kept as KeptMail;
  return weighAgain(
    {
      mail,
      weighed: row.evidence as Weighed,
      features: row.features && unpackFeatures(row.features),
      authentication: row.authentication as Authentication,
    },
    { ...base, known: mail.indicators.flatMap(({ kind, value }) => known.get(`${kind} ${value}`) ?? []) },
  );
}
