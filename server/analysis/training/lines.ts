import { type HeldOut, phishingOf } from '../model/held-out.ts';
import type { Model } from '../model/model.ts';
import { logistic } from '../model/score.ts';

const PHISHING = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98];
const SPAM = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95];

/** Where the lines of the procedure could lie: shares of held-out mail of other sources above each score, in %. */
export function linesText(held: readonly HeldOut[], platt: Model['platt']): string {
  const phish = new Set(phishingOf(held));
  const kinds: [string, (each: HeldOut) => boolean][] = [
    ['phish', (each) => phish.has(each)],
    ['spam', ({ sample }) => sample.label === 'spam'],
    ['legit', (each) => each.sample.label === 'benign' && !each.mislabelled],
    ['modern', (each) => each.sample.label === 'benign' && !each.mislabelled && Number(each.sample.year) >= 2019],
    ['newsletter', ({ sample }) => sample.sub === 'newsletter'],
  ];
  const present = kinds.filter(([, is]) => held.some(is));
  const row = (output: 'malicious' | 'unwanted', line: number) => {
    const { a, b } = platt[output];
    const cells = present.map(([, is]) => {
      const of = held.filter(is);
      const above = of.filter((each) => logistic(a * each.bySource[output] + b) >= line).length;
      return ((100 * above) / of.length).toFixed(2).padStart(11);
    });
    return `${output.padEnd(10)} ${line.toFixed(2).padStart(5)}${cells.join('')}`;
  };
  const head = `% at or above   ${present.map(([name]) => name.padStart(11)).join('')}`;
  return `${[head, ...PHISHING.map((line) => row('malicious', line)), ...SPAM.map((line) => row('unwanted', line))].join('\n')}\n`;
}
