import type { Example } from './example.ts';
import { WEIGHED_GROUPS } from './features.ts';
import { networkMargin } from './network.ts';
import { groupLength } from './score.ts';
import { LINEAR_SETTINGS, type LinearSettings, type LinearWeights, trainLinear } from './train-linear.ts';
import { NETWORK_SETTINGS, type NetworkSettings, type NetworkWeights, trainNetwork } from './train-network.ts';

/** What a training gives: linear weights of both outputs, and a network that has a say in the malicious one. */
export interface Weights extends LinearWeights {
  network: NetworkWeights | null;
}

export interface Settings {
  linear: LinearSettings;
  /** null: linear weights alone. */
  network: NetworkSettings | null;
}

/** How much the network's margin counts beside the linear one: about a fifth, their spreads considered. */
export const NETWORK_SHARE = 0.12;

export function settingsOf(seed: number): Settings & { network: NetworkSettings } {
  return { linear: { ...LINEAR_SETTINGS, seed }, network: { ...NETWORK_SETTINGS, seed } };
}

/** Deterministic for settings and an order of examples. */
export function trainWeights(examples: readonly Example[], settings: Settings): Weights {
  const linear = trainLinear(examples, settings.linear);
  return { ...linear, network: settings.network && trainNetwork(examples, settings.network) };
}

/** Raw margins of an example under weights that are not quantised yet. */
export function rawMargins(
  weights: Weights,
  example: Pick<Example, 'features' | 'findings'>,
): { malicious: number; unwanted: number } {
  const mask = weights.table.length / 2 - 1;
  let { malicious, unwanted } = weights.bias;
  for (const group of WEIGHED_GROUPS) {
    const hashes = example.features[group];
    if (hashes.length === 0) continue;
    let sum = 0;
    let sumUnwanted = 0;
    for (let i = 0; i < hashes.length; i++) {
      const bucket = 2 * ((hashes[i] as number) & mask);
      sum += weights.table[bucket] as number;
      sumUnwanted += weights.table[bucket + 1] as number;
    }
    const length = groupLength(hashes.length);
    malicious += sum / length;
    unwanted += sumUnwanted / length;
  }
  for (const id of example.findings) malicious += weights.findings[id] ?? 0;
  if (weights.network)
    malicious += NETWORK_SHARE * networkMargin(weights.network.vectors, weights.network.layer, example.features).margin;
  return { malicious, unwanted };
}
