import { DISPOSITIONS, type Disposition } from '../../../shared/verdict.ts';
import { conclude } from '../conclude.ts';
import { modelOf } from '../model/fit.ts';
import { HELD_OUT_KINDS, type HeldOut, type HeldOutKind, phishingOf } from '../model/held-out.ts';
import { auc, falsePositivesAt, recallAt } from '../model/metrics.ts';
import type { Model } from '../model/model.ts';
import { logistic } from '../model/score.ts';
import type { Weights } from '../model/train.ts';

/** One line of the table in the model card. */
export interface Row {
  slice: string;
  positives: number;
  negatives: number;
  auc: number;
  /** Recall at 0.1 %, 0.5 % and 1 % false positives. */
  recall: [number, number, number];
  /** False positives where recall is 90 %. */
  falsePositives: number;
}

const NAMES: Record<HeldOutKind, string> = { byCluster: 'other clusters', bySource: 'other sources' };
const modern = ({ sample }: HeldOut) => Number(sample.year) >= 2019;
/** Too few to say anything about. */
const FEWEST = 20;

/** Held-out figures, phish by cluster; legitimate mail by cluster and, harder, by source. Slices nobody is in are left out. */
export function report(held: readonly HeldOut[]): Row[] {
  const rows: Row[] = [];
  const phish = phishingOf(held);
  const benign = held.filter(({ sample }) => sample.label === 'benign');
  const slices: [string, HeldOut[], HeldOut[], 'malicious' | 'unwanted'][] = [
    ['phish against legitimate', phish, benign, 'malicious'],
    ['the same without mislabelled scams', phish, benign.filter((each) => !each.mislabelled), 'malicious'],
    ['phish against modern legitimate', phish, benign.filter((each) => modern(each) && !each.mislabelled), 'malicious'],
    ['phish against newsletters', phish, benign.filter(({ sample }) => sample.sub === 'newsletter'), 'malicious'],
    [
      'English phish against modern',
      phish.filter(({ sample }) => sample.language === 'en'),
      benign.filter((each) => modern(each) && !each.mislabelled),
      'malicious',
    ],
    ['phish of 2025 and later', phish.filter(({ sample }) => Number(sample.year) >= 2025), benign, 'malicious'],
    ['spam against legitimate', held.filter(({ sample }) => sample.label === 'spam'), benign, 'unwanted'],
  ];
  for (const kind of HELD_OUT_KINDS)
    for (const [slice, positive, negative, output] of slices) {
      if (positive.length < FEWEST || negative.length < FEWEST) continue;
      const p = positive.map((each) => each[kind][output]);
      const n = negative.map((each) => each[kind][output]);
      rows.push({
        slice: `${slice}, ${NAMES[kind]}`,
        positives: p.length,
        negatives: n.length,
        auc: auc(p, n),
        recall: [recallAt(p, n, 0.001), recallAt(p, n, 0.005), recallAt(p, n, 0.01)],
        falsePositives: falsePositivesAt(p, n, 0.9),
      });
    }
  return rows;
}

export function reportText(rows: readonly Row[]): string {
  const percent = (n: number) => (100 * n).toFixed(1).padStart(6);
  const head = `${'held-out recall, % at false positives of'.padEnd(54)}  AUC     0.1 %  0.5 %    1 %  fp at 90   (positives/negatives)`;
  const lines = rows.map(
    (row) =>
      `${row.slice.padEnd(54)}  ${row.auc.toFixed(4)} ${row.recall.map(percent).join(' ')}  ${percent(row.falsePositives)}   (${row.positives}/${row.negatives})`,
  );
  return `${[head, ...lines].join('\n')}\n`;
}

/** What the whole procedure says of mail its weights have not seen, in % of each label. No authentication, no campaign: files on a disk. */
export function dispositionsText(held: readonly HeldOut[], platt: Model['platt']): string {
  const models = new Map<Weights, Model>();
  const lines: string[] = [
    `${'held-out dispositions, %'.padEnd(40)}${DISPOSITIONS.map((word) => word.padStart(11)).join('')}`,
  ];
  for (const kind of HELD_OUT_KINDS) {
    const counts = new Map<string, Map<Disposition, number>>();
    for (const { sample, mislabelled, [kind]: unseen } of held) {
      const key = unseen.weights;
      const model =
        models.get(key) ??
        modelOf(unseen.weights, platt, 'held-out', { seed: 0, features: 0, trained: {}, metrics: {} });
      models.set(key, model);
      const { disposition } = conclude(sample.seen, { model });
      const label = mislabelled ? 'mislabelled' : sample.sub ? `${sample.label}: ${sample.sub}` : sample.label;
      const row = counts.get(label) ?? new Map<Disposition, number>();
      row.set(disposition, (row.get(disposition) ?? 0) + 1);
      counts.set(label, row);
    }
    for (const [label, row] of [...counts].sort((a, b) => (a[0] < b[0] ? -1 : 1))) {
      const total = [...row.values()].reduce((sum, n) => sum + n, 0);
      const cells = DISPOSITIONS.map((word) => ((100 * (row.get(word) ?? 0)) / total).toFixed(2).padStart(11));
      lines.push(`${`${label}, ${NAMES[kind]}`.padEnd(40)}${cells.join('')}   (${total})`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** Reliability: mean score and share of phish by score, spam left out, both kinds of folds. */
export function reliabilityText(held: readonly HeldOut[], platt: Model['platt']): string {
  const bins = Array.from({ length: 10 }, () => ({ count: 0, score: 0, phish: 0 }));
  for (const each of held) {
    if (each.sample.label === 'spam' || each.mislabelled) continue;
    for (const kind of HELD_OUT_KINDS) {
      const score = logistic(platt.malicious.a * each[kind].malicious + platt.malicious.b);
      const bin = bins[Math.min(9, Math.floor(score * 10))] as (typeof bins)[number];
      bin.count++;
      bin.score += score;
      if (each.sample.label === 'malicious') bin.phish++;
    }
  }
  const lines = bins
    .filter((bin) => bin.count > 0)
    .map(
      (bin) =>
        `${(bin.score / bin.count).toFixed(3).padStart(8)} ${(bin.phish / bin.count).toFixed(3).padStart(8)} ${String(bin.count).padStart(8)}`,
    );
  return `${['   score    phish    mails', ...lines].join('\n')}\n`;
}
