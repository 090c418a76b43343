import { EVERYDAY } from './everyday.ts';
import type { Blocks, Pick } from './layout.ts';

/** Ordinary sentences that a filter reads and a person does not see. */
export function noise(language: string, pick: Pick): string {
  const words = EVERYDAY[language] ?? EVERYDAY.en;
  return Array.from({ length: 6 }, () => pick(words?.sentences ?? []))
    .join(' ')
    .replace(/\{\w+\}/g, '');
}

/** Breaks words by invisible characters, or writes letters of another alphabet that look the same. */
export function obfuscate(blocks: Blocks, pick: Pick, draw: () => number): void {
  const invisible = pick(['\u200b', '\u200c', '\u00ad', '\u2060']);
  const other: Record<string, string> = { a: 'а', e: 'е', o: 'о', c: 'с', p: 'р', i: 'і' };
  const change =
    draw() < 0.5
      ? (text: string) => [...text].map((char) => (draw() < 0.3 && char !== ' ' ? char + invisible : char)).join('')
      : (text: string) => [...text].map((char) => (draw() < 0.6 ? (other[char] ?? char) : char)).join('');
  blocks.paragraphs = blocks.paragraphs.map(change);
  if (blocks.button) blocks.button = { ...blocks.button, label: change(blocks.button.label) };
}
