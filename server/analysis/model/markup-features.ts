import type { HashSink } from './hash-sink.ts';
import { prefixOf } from './names.ts';
import { hash, mix } from './tokens.ts';

const READ_AT_MOST = 60_000;

/**
 * Habits of the HTML's maker, from its first 60,000 characters. What a receiver's server writes into every mail (a charset,
 * prefixed classes) is left out.
 */
export function addMarkup(html: string, into: HashSink): void {
  if (html === '') return;
  const head = html.slice(0, READ_AT_MOST);
  const lower = head.toLowerCase();
  for (const { mark, within, pattern } of MARKS) {
    // Looking for a word is ten times as fast as trying a pattern everywhere.
    if (within.some((word) => lower.includes(word)) && pattern.test(head)) into.add(mark);
  }
}

const GROUP = hash('s');

/** By name; one of the words (lower case) is in every text that the pattern matches. */
const MARKS = (
  [
    ['doctype', ['<!doctype'], /^\s*<!doctype/i],
    ['style', ['<style'], /<style\b/i],
    ['table', ['<table'], /<table\b/i],
    ['center', ['<center'], /<center\b/i],
    ['font', ['<font'], /<font\b/i],
    ['comment', ['<!--'], /<!--(?!\[if)/],
    ['mso', ['<!--[if'], /<!--\[if[^\]]*mso/i],
    ['viewport', ['viewport'], /name=["']?viewport/i],
    ['title', ['<title>'], /<title>\s*\S/i],
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
).map(([name, within, pattern]) => ({ mark: mix(prefixOf(`mark:${name}`, GROUP)), within, pattern }));
