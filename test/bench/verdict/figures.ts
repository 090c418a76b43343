import { auc, falsePositivesAt, recallAt } from '../../../server/analysis/model/metrics.ts';
import { DISPOSITIONS, type Disposition } from '../../../shared/verdict.ts';
import type { Labelled } from './manifest.ts';

/** A mail with what a filter says of it: the higher, the more it is phishing (or, for `spam`, unsolicited). */
export interface Scored {
  mail: Labelled;
  phish: number;
  spam: number;
  disposition?: Disposition;
}

export interface Row {
  slice: string;
  positives: number;
  negatives: number;
  auc: number;
  /** Recall at 0.1 %, 0.5 % and 1 % false positives. */
  recall: [number, number, number];
  /** Share of the legitimate mail flagged where recall is 90 %. */
  flaggedAt90: number;
}

type Test = (mail: Labelled) => boolean;
const legitimate: Test = ({ label }) => label === 'clean' || label === 'bulk';
const phish: Test = ({ label }) => label === 'phish';
const modern: Test = (mail) => legitimate(mail) && Number(mail.year) >= 2019;
const english: Test = (mail) => phish(mail) && mail.language === 'en';
/** Below this a share says nothing. */
const FEWEST = 20;

/** The table of the model card on mail that lies in a folder. Slices with too few mails are left out. */
export function rowsOf(scored: readonly Scored[]): Row[] {
  const languages = [...new Set(scored.filter(({ mail }) => phish(mail)).map(({ mail }) => mail.language))].sort();
  const sources = [...new Set(scored.filter(({ mail }) => legitimate(mail)).map(({ mail }) => nameOf(mail)))].sort();
  const slices: [string, Test, Test, 'phish' | 'spam'][] = [
    ['phish against clean and bulk', phish, legitimate, 'phish'],
    ['phish against modern clean and bulk', phish, modern, 'phish'],
    ['phish against bulk', phish, ({ label }) => label === 'bulk', 'phish'],
    ['English phish against modern', english, modern, 'phish'],
    ['phish of 2025 and later', (mail) => phish(mail) && Number(mail.year) >= 2025, legitimate, 'phish'],
    ['spam against clean', ({ label }) => label === 'spam', ({ label }) => label === 'clean', 'spam'],
    ['spam against clean and bulk', ({ label }) => label === 'spam', legitimate, 'spam'],
    ...languages.map((language): [string, Test, Test, 'phish'] => [
      `phish in ${language || 'no language'}`,
      (mail) => phish(mail) && mail.language === language,
      legitimate,
      'phish',
    ]),
    ...sources.map((source): [string, Test, Test, 'phish'] => [
      `phish against ${source}`,
      phish,
      (mail) => legitimate(mail) && nameOf(mail) === source,
      'phish',
    ]),
  ];
  return slices.flatMap(([slice, positive, negative, by]) => {
    const p = scored.filter(({ mail }) => positive(mail)).map((one) => one[by]);
    const n = scored.filter(({ mail }) => negative(mail)).map((one) => one[by]);
    if (p.length < FEWEST || n.length < FEWEST) return [];
    return {
      slice,
      positives: p.length,
      negatives: n.length,
      auc: auc(p, n),
      recall: [recallAt(p, n, 0.001), recallAt(p, n, 0.005), recallAt(p, n, 0.01)] as [number, number, number],
      flaggedAt90: falsePositivesAt(p, n, 0.9),
    };
  });
}

const nameOf = ({ sub, source }: Labelled) => sub || source || 'no source';

/** Where mails of each kind end, in % of the kind. */
export function confusionOf(
  scored: readonly Scored[],
): { kind: string; mails: number; share: Record<Disposition, number> }[] {
  const kinds = new Map<string, Scored[]>();
  for (const one of scored)
    for (const kind of [one.mail.label, `${one.mail.label}: ${nameOf(one.mail)}`])
      kinds.set(kind, [...(kinds.get(kind) ?? []), one]);
  return [...kinds]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, ones]) => ({
      kind,
      mails: ones.length,
      share: Object.fromEntries(
        DISPOSITIONS.map((word) => [word, ones.filter(({ disposition }) => disposition === word).length / ones.length]),
      ) as Record<Disposition, number>,
    }));
}

export function rowsText(rows: readonly Row[]): string {
  const head = `${'recall, % at false positives of'.padEnd(44)}    AUC   0.1 %  0.5 %    1 %  flagged at 90   (positives/negatives)`;
  const lines = rows.map(
    ({ slice, auc: area, recall, flaggedAt90, positives, negatives }) =>
      `${slice.padEnd(44)} ${area.toFixed(4)} ${recall.map(percent).join(' ')}  ${percent(flaggedAt90)}          (${positives}/${negatives})`,
  );
  return `${[head, ...lines].join('\n')}\n`;
}

export function confusionText(table: ReturnType<typeof confusionOf>): string {
  const head = `${'dispositions, %'.padEnd(36)}${DISPOSITIONS.map((word) => word.padStart(11)).join('')}`;
  const lines = table.map(
    ({ kind, mails, share }) =>
      `${kind.padEnd(36)}${DISPOSITIONS.map((word) => (100 * share[word]).toFixed(2).padStart(11)).join('')}   (${mails})`,
  );
  return `${[head, ...lines].join('\n')}\n`;
}

const percent = (n: number) => (100 * n).toFixed(1).padStart(6);
