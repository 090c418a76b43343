/**
 * How the matches of a pattern can begin: the literal beginnings of each alternative, so that one pass over a text tells
 * where a pattern is worth trying at all. Understands what vocabulary.ts writes: literals, groups, classes, repetition.
 */

const LONGEST = 6;
/** Beginnings of one pattern; with more, they stay shorter. */
const MOST = 400;
const DIGITS = [...'0123456789'];

/** A beginning; `open` while what follows it is still known. */
interface Beginning {
  text: string;
  open: boolean;
}

/**
 * Every match begins with one of these, at most 6 characters each; null when a match may begin with anything.
 * @param pattern source of a regular expression without flags, groups that capture, look-around or back-references
 */
export function openingsOf(pattern: string): string[] | null {
  const reader = new Reader(pattern);
  const texts = new Set(reader.alternatives().map(({ text }) => text));
  return texts.has('') ? null : [...texts];
}

class Reader {
  private at = 0;

  constructor(private readonly pattern: string) {}

  /** Up to the closing bracket or the end. */
  alternatives(): Beginning[] {
    const found = this.sequence();
    while (this.pattern[this.at] === '|') {
      this.at++;
      found.push(...this.sequence());
    }
    return found;
  }

  private sequence(): Beginning[] {
    let found: Beginning[] = [{ text: '', open: true }];
    while (this.at < this.pattern.length && this.pattern[this.at] !== '|' && this.pattern[this.at] !== ')')
      found = follow(found, this.repeated(this.item()));
    return found;
  }

  /** One character, class or group; what is not understood ends what is known. */
  private item(): Beginning[] {
    const char = this.pattern[this.at++] as string;
    if (char === '(') {
      this.at += 2;
      const inner = this.alternatives();
      this.at++;
      return inner;
    }
    if (char === '[') return known(this.charactersOfClass());
    if (char === '.') return known(null);
    if (char !== '\\') return known([char]);
    const escaped = this.pattern[this.at++] as string;
    if (escaped === 'd') return known(DIGITS);
    if (escaped === 'b') return [{ text: '', open: true }];
    return known(/\w/.test(escaped) ? null : [escaped]);
  }

  /** null for one with ranges, escapes or a negation. */
  private charactersOfClass(): string[] | null {
    const start = this.at;
    while (this.pattern[this.at] !== ']') this.at += this.pattern[this.at] === '\\' ? 2 : 1;
    const inside = this.pattern.slice(start, this.at++);
    return /^\^|\\|.-./s.test(inside) ? null : [...inside];
  }

  private repeated(item: Beginning[]): Beginning[] {
    const quantifier = /^(?:[?*+]|\{(\d+),?(\d*)\})/.exec(this.pattern.slice(this.at));
    if (quantifier === null) return item;
    this.at += quantifier[0].length;
    const [whole, least] = quantifier;
    const skippable = whole === '?' || whole === '*' || least === '0';
    // A second round would have to be followed too.
    const once = whole === '?' ? item : item.map(({ text }) => ({ text, open: false }));
    return skippable ? [...once, { text: '', open: true }] : once;
  }
}

function known(characters: string[] | null): Beginning[] {
  return characters === null ? [{ text: '', open: false }] : characters.map((text) => ({ text, open: true }));
}

function follow(before: Beginning[], next: Beginning[]): Beginning[] {
  const open = before.filter((each) => each.open);
  if (before.length - open.length + open.length * next.length > MOST)
    return before.map(({ text }) => ({ text, open: false }));
  const all = new Map<string, Beginning>();
  for (const one of before)
    for (const more of one.open ? next : [{ text: '', open: false }]) {
      const text = (one.text + more.text).slice(0, LONGEST);
      const each = { text, open: more.open && text.length < LONGEST };
      all.set(`${each.open ? '+' : '-'}${text}`, each);
    }
  return [...all.values()];
}
