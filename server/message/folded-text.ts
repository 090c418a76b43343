/** Text as a browser lays it out: white space folded, blocks on lines of their own. */

/** Collects text: one blank between words, one line break between blocks. */
export class FoldedText {
  private pieces: string[] = [];
  private pending: '' | ' ' | '\n' = '';
  length = 0;

  add(text: string): void {
    const { length } = text;
    // Between two tags there is mostly an indented new line, or plain words that stay as they are.
    let start = 0;
    while (start < length && isPlainBlank(text.charCodeAt(start))) start++;
    if (start === length) {
      if (this.pending === '') this.pending = ' ';
      return;
    }
    let end = length;
    while (isPlainBlank(text.charCodeAt(end - 1))) end--;
    const folded = isPlain(text, start, end) ? text.slice(start, end) : fold(text.trim());
    if (folded === '') {
      if (this.pending === '') this.pending = ' ';
      return;
    }
    if (this.length > 0) {
      const separator = this.pending !== '' ? this.pending : isBlank(text.charCodeAt(0)) ? ' ' : '';
      if (separator !== '') this.pieces.push(separator);
    }
    this.pieces.push(folded);
    this.length += folded.length;
    this.pending = isBlank(text.charCodeAt(length - 1)) ? ' ' : '';
  }

  break(): void {
    this.pending = '\n';
  }

  toString(): string {
    return this.pieces.join('');
  }
}

const FOLDABLE = /[\s\u00a0]{2}|[\n\r\t\u00a0]/;

function fold(trimmed: string): string {
  return FOLDABLE.test(trimmed) ? trimmed.replace(/[\s\u00a0]+/g, ' ') : trimmed;
}

/** White space of ASCII, as trim() takes it. */
function isPlainBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

/** Nothing to fold: single blanks only, and none of the rarer ones. */
function isPlain(text: string, start: number, end: number): boolean {
  let before = 0;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code <= 32 ? code !== 32 || before === 32 : code >= 0xa0 && isRareBlank(code)) return false;
    before = code;
  }
  return true;
}

function isRareBlank(code: number): boolean {
  if (code === 0xa0) return true;
  return code >= 0x1680 && (code === 0x1680 || (code >= 0x2000 && code <= 0x3000) || code === 0xfeff);
}

function isBlank(code: number): boolean {
  return code <= 32 || code === 0xa0;
}
