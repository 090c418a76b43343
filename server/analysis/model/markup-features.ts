import type { HashSink } from './hash-sink.ts';
import { prefixOf } from './names.ts';
import { hash, mix } from './tokens.ts';

const READ_AT_MOST = 60_000;
const GROUP = hash('s');
const markOf = (name: string) => mix(prefixOf(`mark:${name}`, GROUP));

/**
 * Habits of the HTML's maker, from its first 60,000 characters. What a receiver's server writes into every mail (a charset,
 * prefixed classes) is left out.
 */
export function addMarkup(html: string, into: HashSink): void {
  if (html === '') return;
  const head = html.slice(0, READ_AT_MOST);
  if (DOCTYPE.pattern.test(head)) into.add(DOCTYPE.mark);
  addTags(head, into);
  const lower = head.toLowerCase();
  // Looking for a word is ten times as fast as trying a pattern everywhere.
  for (const { mark, words, pattern } of WORDS)
    for (const word of words)
      if (lower.includes(word)) {
        if (pattern.test(head)) into.add(mark);
        break;
      }
}

const DOCTYPE = { mark: markOf('doctype'), pattern: /^\s*<!doctype/i };

/** What begins with an angle, by the two characters behind it; the pattern is tried there alone, until it has been found. */
function addTags(head: string, into: HashSink): void {
  let found = 0;
  for (let at = head.indexOf('<'); at >= 0 && found !== ALL_TAGS; at = head.indexOf('<', at + 1)) {
    const tags = TAGS[head.charCodeAt(at + 1) & 31];
    if (tags === undefined) continue;
    const second = head.charCodeAt(at + 2) | 32;
    for (const { bit, mark, second: expected, pattern } of tags) {
      if (second !== expected || (found & bit) !== 0) continue;
      pattern.lastIndex = at;
      if (!pattern.test(head)) continue;
      found |= bit;
      into.add(mark);
    }
  }
}

interface Tag {
  bit: number;
  mark: number;
  /** The second character behind the angle, lower case. */
  second: number;
  /** Sticky. */
  pattern: RegExp;
}

const TAGS: (Tag[] | undefined)[] = new Array(32).fill(undefined);
let bits = 0;
for (const [name, pattern] of [
  ['style', /<style\b/iy],
  ['table', /<table\b/iy],
  ['center', /<center\b/iy],
  ['font', /<font\b/iy],
  ['comment', /<!--(?!\[if)/y],
  ['mso', /<!--\[if[^\]]{0,500}mso/iy],
  ['title', /<title>\s*\S/iy],
] as const) {
  const tag = { bit: 1 << bits++, mark: markOf(name), second: pattern.source.charCodeAt(2), pattern };
  const key = pattern.source.charCodeAt(1) & 31;
  TAGS[key] = [...(TAGS[key] ?? []), tag];
}
const ALL_TAGS = (1 << bits) - 1;

/** By name; one of the words (lower case) is in every text that the pattern matches. */
const WORDS = (
  [
    ['viewport', ['viewport'], /name=["']?viewport/i],
    ['media', ['@media'], /@media/i],
    ['office', ['urn:schemas-microsoft-com', 'mso'], /urn:schemas-microsoft-com|class=["']?Mso/],
    ['role', ['presentation'], /role=["']?presentation/i],
    ['base64-image', ['data:image'], /src=["']?data:image/i],
    ['gmail', ['gmail_'], /class=["']?gmail_/],
    ['preheader', ['preheader', 'preview-text'], /preheader|preview-text/i],
    [
      'pixel',
      ['width=1', 'width="1', "width='1", 'height=1', 'height="1', "height='1"],
      /(?:width|height)=["']?1(?:px)?["'\s][^>]{0,60}(?:width|height)=["']?1(?:px)?["'\s>]/i,
    ],
  ] as const
).map(([name, words, pattern]) => ({ mark: markOf(name), words, pattern }));
