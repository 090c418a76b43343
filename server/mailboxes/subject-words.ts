/** Whether all the words stand in a subject, in any case: what one suite searches for is looked up in what the other lists. */
export function subjectHas(subject: string, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const there = new Set(
    subject
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}]+/gu) ?? [],
  );
  return words.every((word) => there.has(word.normalize('NFKC')));
}
