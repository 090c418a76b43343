/** Letters in threes, ends marked; at most 24. */
export function trigrams(label: string): string[] {
  const marked = `^${label.slice(0, 24)}$`;
  const grams: string[] = [];
  for (let i = 0; i + 3 <= marked.length; i++) grams.push(marked.slice(i, i + 3));
  return grams;
}
