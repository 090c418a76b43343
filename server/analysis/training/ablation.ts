import { GROUPS, type Group, WEIGHED, WEIGHED_GROUPS } from '../model/features.ts';
import { type HeldOut, phishingOf } from '../model/held-out.ts';
import { auc, recallAt } from '../model/metrics.ts';
import { exampleOf } from '../model/sample.ts';
import { rawMargins } from '../model/train.ts';

const NOTHING = new Uint32Array();
const PARTS = ['nothing', ...GROUPS, 'findings'] as const;

/** What each side of a mail adds: recall on other sources with that side hidden from weights that were trained with it. */
export function ablationText(held: readonly HeldOut[]): string {
  const phish = phishingOf(held);
  const benign = held.filter(({ sample }) => sample.label === 'benign');
  const modern = benign.filter(({ sample, mislabelled }) => Number(sample.year) >= 2019 && !mislabelled);
  const percent = (n: number) => (100 * n).toFixed(1).padStart(6);
  const lines = PARTS.map((part) => {
    const margins = (rows: readonly HeldOut[]) => rows.map((row) => marginWithout(row, part));
    const [p, n, m] = [margins(phish), margins(benign), margins(modern)] as const;
    const figures = [recallAt(p, n, 0.001), recallAt(p, n, 0.01), recallAt(p, m, 0.01)].map(percent);
    return `${`without ${part}`.padEnd(22)} ${auc(p, n).toFixed(4)} ${figures.join(' ')}`;
  });
  return `${['other sources, recall  AUC     0.1 %    1 %   1 % of modern legitimate', ...lines].join('\n')}\n`;
}

function marginWithout({ sample, bySource }: HeldOut, part: Group | 'nothing' | 'findings'): number {
  const example = exampleOf(sample);
  const features = { ...example.features };
  for (const group of WEIGHED_GROUPS) if (WEIGHED[group] === part) features[group] = NOTHING;
  const findings = part === 'findings' ? [] : example.findings;
  return rawMargins(bySource.weights, { features, findings }).malicious;
}
