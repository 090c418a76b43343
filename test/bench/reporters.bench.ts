/** What voices add, and what abuse of them can do: the machine alone, counting heads, and our bounded reporter unit. */
import { H_MAX } from '../../server/analysis/reporter.ts';
import { measure } from './reporters/measure.ts';
import { type Attack, type Judged, simulate } from './reporters/simulation.ts';

export const name = 'reporters: voices and their abuse (simulated)';

const ATTACKS: readonly [Attack, number, string][] = [
  ['none', 1.9, 'honest'],
  ['none', 1.3, 'honest, weak machine'],
  ['none', 2.6, 'honest, strong machine'],
  ['flooder', 1.9, 'one floods'],
  ['sybils', 1.9, '50 new accounts'],
  ['sleepers', 1.9, '50 that earned trust'],
  ['suppression', 1.9, 'a burnt account joins'],
];
const VOICES: readonly [string, (mail: Judged) => number][] = [
  ['machine alone', () => 0],
  ['heads counted', ({ heads }) => heads],
  ['ours', ({ unit }) => unit],
];

export async function run({ log }: { log: (line: string) => void }) {
  const rows = ATTACKS.flatMap(([attack, separation, title]) => {
    const judged = simulate({ seed: 7, mails: 20_000, reporters: 400, attack, separation });
    // The second half: the first has taught who is to be believed.
    const scored = judged.slice(judged.length / 2);
    const largest = Math.max(...scored.map(({ unit }) => Math.abs(unit)));
    log(`${title}: the largest unit is ${largest.toFixed(3)}, the bound ${H_MAX}`);
    return VOICES.map(([voice, added]) => ({ title, voice, largest, ...measure(scored, added) }));
  });
  const table = rows.map((row) => ({
    '': row.title,
    voices: row.voice,
    AUC: row.auc.toFixed(4),
    'recall at 1 %': row.recall[0].toFixed(3),
    'at 0.2 %': row.recall[1].toFixed(3),
    'log-loss': row.logLoss.toFixed(4),
    ECE: row.ece.toFixed(3),
    'harmless turned': row.turned,
    'phish found': row.found.toFixed(3),
  }));
  return { table, json: { rows, bound: H_MAX } };
}
