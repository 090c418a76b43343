/**
 * What a hurried reader sees in a name, for comparison only (after UTS #39, section 4; own table, smaller and wider:
 * digits that stand for letters are folded too). Never shown, never stored.
 */
const LOOKS_LIKE: Record<string, string> = Object.fromEntries(
  [
    ['a', 'аɑα4@ａ'],
    ['b', 'ьᏏЬ'],
    ['c', 'сϲⅽ'],
    ['d', 'ԁⅾ'],
    ['e', 'еєҽ3℮'],
    ['g', 'ɡց9'],
    ['h', 'һн'],
    ['j', 'јϳ'],
    ['k', 'кκ'],
    ['l', 'iıіӏ1|!ⅼⅰιℓ'],
    ['m', 'мⅿ'],
    ['n', 'ոпη'],
    ['o', 'оοσօ0ө'],
    ['p', 'рρ'],
    ['q', 'ԛ'],
    ['r', 'гᴦ'],
    ['s', 'ѕ5$'],
    ['t', 'тτ'],
    ['u', 'սυ'],
    ['v', 'ѵνⅴ'],
    ['w', 'ԝѡω'],
    ['x', 'хχⅹ'],
    ['y', 'уүγ'],
    ['z', 'ᴢ2'],
    ['ss', 'ß'],
    ['ae', 'æ'],
    ['o', 'ø'],
    ['l', 'ł'],
  ].flatMap(([latin, others]) => [...(others as string)].map((other) => [other, latin as string])),
);

/** Every character of ASCII as a hurried reader sees it. */
const ASCII = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code).toLowerCase();
  return (LOOKS_LIKE[char] ?? char).charCodeAt(0);
});
const scratch = Buffer.alloc(512);
const [M, N, R, V, W] = [109, 110, 114, 118, 119];

/** Lower case, accents dropped, confusable letters and digits folded, `rn` to `m` and `vv` to `w`. */
export function skeleton(name: string): string {
  if (name.length <= scratch.length) {
    let length = 0;
    let at = 0;
    for (; at < name.length; at++) {
      const code = name.charCodeAt(at);
      if (code >= 128) break;
      const seen = ASCII[code] as number;
      if (seen === N && length > 0 && scratch[length - 1] === R) scratch[length - 1] = M;
      else if (seen === V && length > 0 && scratch[length - 1] === V) scratch[length - 1] = W;
      else scratch[length++] = seen;
    }
    if (at === name.length) return scratch.toString('latin1', 0, length);
  }
  return beyondAscii(name).replaceAll('rn', 'm').replaceAll('vv', 'w');
}

function beyondAscii(name: string): string {
  let folded = '';
  for (const char of name.normalize('NFKD').toLowerCase()) {
    const code = char.charCodeAt(0);
    if (code >= 0x300 && code <= 0x36f) continue;
    if (isInvisible(code)) continue;
    folded += LOOKS_LIKE[char] ?? char;
  }
  return folded;
}

/** Zero-width characters, variation selectors, soft hyphen, bidirectional controls: they break a word for a machine, not for an eye. */
export function isInvisible(code: number): boolean {
  if (code < 0xad) return false;
  return (
    code === 0xad ||
    code === 0x34f ||
    code === 0x61c ||
    code === 0x115f ||
    code === 0x180e ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x2064) ||
    (code >= 0x2066 && code <= 0x2069) ||
    (code >= 0xfe00 && code <= 0xfe0f) ||
    code === 0xfeff
  );
}

/** True when at most one letter was added, dropped, replaced, or two neighbours swapped. */
export function withinOneEdit(a: string, b: string): boolean {
  if (a === b) return true;
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  const leftA = endA - start;
  const leftB = endB - start;
  if (leftA <= 1 && leftB <= 1) return true;
  return leftA === 2 && leftB === 2 && a[start] === b[start + 1] && a[start + 1] === b[start];
}

/** Scripts mixed inside one word, such as a Cyrillic letter in a Latin word. */
export function mixesScripts(text: string): boolean {
  return /[a-z][\u0370-\u03ff\u0400-\u04ff]|[\u0370-\u03ff\u0400-\u04ff][a-z]/iu.test(text);
}

const GREEK_OR_CYRILLIC = /[\u0370-\u03ff\u0400-\u04ff]/;
const MIXED_WORD = /\p{L}*(?:[a-z][\u0370-\u03ff\u0400-\u04ff]|[\u0370-\u03ff\u0400-\u04ff][a-z])\p{L}*/giu;

/** Words that mix Latin letters with Greek or Cyrillic ones that look alike; [] in honest text (μs is a unit). At most 20. */
export function mixedWords(text: string): string[] {
  return GREEK_OR_CYRILLIC.test(text)
    ? (text.match(MIXED_WORD) ?? []).filter((word) => word.length > 3).slice(0, 20)
    : [];
}

/** The text with such words spelled in Latin letters, as a reader takes them; other words stay, whatever their alphabet. */
export function unmixed(text: string): string {
  if (!GREEK_OR_CYRILLIC.test(text)) return text;
  return text.replace(MIXED_WORD, (word) =>
    word.replace(/[\u0370-\u03ff\u0400-\u04ff]/g, (char) => LOOKS_LIKE[char.toLowerCase()] ?? char),
  );
}
