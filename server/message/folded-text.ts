/** Text as a browser lays it out: white space folded, blocks on lines of their own. */

/** Collects text: one blank between words, one line break between blocks. */
export class FoldedText {
  private pieces: string[] = [];
  private pending: '' | ' ' | '\n' = '';
  length = 0;

  add(text: string): void {
    const trimmed = text.trim();
    if (trimmed === '') {
      if (this.pending === '') this.pending = ' ';
      return;
    }
    if (this.length > 0) {
      const blank = isBlank(text.charCodeAt(0));
      const separator = this.pending !== '' ? this.pending : blank ? ' ' : '';
      if (separator !== '') this.pieces.push(separator);
    }
    const folded = FOLDABLE.test(trimmed) ? trimmed.replace(/[\s\u00a0]+/g, ' ') : trimmed;
    this.pieces.push(folded);
    this.length += folded.length;
    this.pending = isBlank(text.charCodeAt(text.length - 1)) ? ' ' : '';
  }

  break(): void {
    this.pending = '\n';
  }

  toString(): string {
    return this.pieces.join('');
  }
}

const FOLDABLE = /[\s\u00a0]{2}|[\n\r\t\u00a0]/;

function isBlank(code: number): boolean {
  return code <= 32 || code === 0xa0;
}
