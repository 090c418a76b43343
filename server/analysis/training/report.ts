import type { HeldOut } from '../model/fit.ts';
import { auc, falsePositivesAt, recallAt } from '../model/metrics.ts';

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

const modern = ({ sample }: HeldOut) => Number(sample.year) >= 2019;
const malicious = ({ sample }: HeldOut) => sample.label === 'malicious';
const benign = ({ sample }: HeldOut) => sample.label === 'benign';

/** Held-out figures: phish by cluster; legitimate mail by cluster and, harder, by source. Slices nobody is in are left out. */
export function report(held: readonly HeldOut[]): Row[] {
  const rows: Row[] = [];
  for (const kind of ['byCluster', 'bySource'] as const) {
    const add = (
      slice: string,
      positive: HeldOut[],
      negative: HeldOut[],
      output: 'malicious' | 'unwanted' = 'malicious',
    ) => {
      if (positive.length < 20 || negative.length < 20) return;
      const p = positive.map((each) => each[kind][output]);
      const n = negative.map((each) => each[kind][output]);
      rows.push({
        slice: `${slice}, other ${kind === 'byCluster' ? 'clusters' : 'sources'}`,
        positives: p.length,
        negatives: n.length,
        auc: auc(p, n),
        recall: [recallAt(p, n, 0.001), recallAt(p, n, 0.005), recallAt(p, n, 0.01)],
        falsePositives: falsePositivesAt(p, n, 0.9),
      });
    };
    const phish = held.filter(malicious);
    const english = phish.filter(({ sample }) => sample.language === 'en');
    const legitimate = held.filter(benign);
    add('phish against legitimate', phish, legitimate);
    add('phish against modern legitimate', phish, legitimate.filter(modern));
    add(
      'phish against newsletters',
      phish,
      legitimate.filter(({ sample }) => sample.sub === 'newsletter'),
    );
    add('English phish against modern', english, legitimate.filter(modern));
    add(
      'phish of 2025 and later',
      phish.filter(({ sample }) => Number(sample.year) >= 2025),
      legitimate,
    );
    add(
      'spam against legitimate',
      held.filter(({ sample }) => sample.label === 'spam'),
      legitimate,
      'unwanted',
    );
  }
  return rows;
}

export function reportText(rows: readonly Row[]): string {
  const percent = (n: number) => (100 * n).toFixed(1).padStart(6);
  const head = `${'slice'.padEnd(50)}  AUC     0.1 %  0.5 %    1 %  fp at 90   (positives/negatives)`;
  const lines = rows.map(
    (row) =>
      `${row.slice.padEnd(50)}  ${row.auc.toFixed(4)} ${row.recall.map(percent).join(' ')}  ${percent(row.falsePositives)}   (${row.positives}/${row.negatives})`,
  );
  return `${[head, ...lines].join('\n')}\n`;
}
