/** Text as a reader perceives it, for comparing and tokenising; the message itself keeps what was written. */

/** Zero-width characters, joiners, variation selectors, soft hyphen, bidi controls, tag characters, invisible operators, fillers. */
// From text: in one class of a literal they would be taken for parts of each other. One class is looked at faster than seven.
const INVISIBLE = new RegExp(
  '[\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f' +
    '\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff9-\\ufffb]|\\udb40[\\udc00-\\uddef]',
  'g',
);
const NEEDS_WORK = /[^\x20-\x7e\n]/;

/** NFKC without invisible characters: styled letters become letters, names broken by zero-width characters whole. */
export function normalise(text: string): string {
  if (!NEEDS_WORK.test(text)) return text;
  return text.replace(INVISIBLE, '').normalize('NFKC');
}

/** How many invisible characters stand in the text. */
export function countInvisible(text: string): number {
  return NEEDS_WORK.test(text) ? (text.match(INVISIBLE)?.length ?? 0) : 0;
}
