import { type Indicator, indicatorsOf } from '../analysis/indicators.ts';
import type { AnalysisWorld } from '../analysis/world.ts';
import type { Message } from '../message/message.ts';
import type { Db } from '../store/database.ts';
import { knownIndicators } from '../store/indicators.ts';

/** A case is remembered this long. */
export const KNOWN_FOR_MS = 30 * 86_400_000;

export type KnownCases = Required<Pick<AnalysisWorld, 'knownBad' | 'campaign'>>;

/** What this mail shares with cases that people confirmed lately. How large its own wave is, is counted when it is concluded. */
export async function knownCases(
  db: Db,
  tenant: string,
  message: Message,
  ownDomains: readonly string[],
  now: Date,
): Promise<KnownCases> {
  const asked = indicatorsOf(message, ownDomains);
  const shown = new Map(asked.map((indicator) => [keyOf(indicator), indicator.shown]));
  const known = await knownIndicators(db, tenant, asked, new Date(now.getTime() - KNOWN_FOR_MS));
  const proofs = (kind: Indicator['kind']) => known.filter((one) => one.kind === kind && one.proof);
  return {
    knownBad: {
      sha256: new Set(proofs('sha256').map(({ value }) => value)),
      urls: new Set(proofs('url').map((one) => shown.get(keyOf(one)) ?? one.value)),
      hosts: new Set(proofs('host').map(({ value }) => value)),
    },
    campaign: { distinctMessages: 1, sharedWithConfirmed: [...new Set(known.map(({ kind }) => WORDS[kind]))].sort() },
  };
}

const WORDS: Record<Indicator['kind'], string> = {
  sha256: 'an attachment',
  url: 'a link',
  host: 'a server',
  address: 'a sender',
};

const keyOf = ({ kind, value }: Pick<Indicator, 'kind' | 'value'>) => `${kind} ${value}`;
