/**
 * The sentence around a match, in whole words.
 * @param written the same text as the mail has it, with its capitals; passed over when its letters do not line up
 */
export function passage(text: string, match: RegExpExecArray, written = text): string {
  const shown = written.length === text.length ? written : text;
  const start = wordStart(text, Math.max(0, match.index - 60), match.index);
  const end = wordEnd(text, Math.min(text.length, match.index + match[0].length + 100), match.index + match[0].length);
  return `${start > 0 ? '…' : ''}${shown.slice(start, end)}${end < text.length ? '…' : ''}`;
}

/** Forwards to the next word, unless that is beyond the match. */
function wordStart(text: string, from: number, match: number): number {
  if (from === 0 || text[from - 1] === ' ') return from;
  const blank = text.indexOf(' ', from);
  return blank !== -1 && blank < match ? blank + 1 : from;
}

/** Back to the end of the last whole word, unless that is inside the match. */
function wordEnd(text: string, to: number, match: number): number {
  if (to === text.length || text[to] === ' ') return to;
  const blank = text.lastIndexOf(' ', to);
  return blank >= match ? blank : to;
}
