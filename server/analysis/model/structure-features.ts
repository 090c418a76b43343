import type { Message } from '../../message/message.ts';
import type { HashSink } from './hash-sink.ts';
import { addMarkup } from './markup-features.ts';
import { addNamed, prefixOf } from './names.ts';
import { hash, mix } from './tokens.ts';

const GROUP = hash('s');
const at = (prefix: string) => prefixOf(prefix, GROUP);
const named = (name: string) => mix(at(name));
const SHAPE = at('shape:');
const HTML = at('html:');
const SHOWN = at('shown:');
const SOURCE = at('source:');
const SHARE = at('share:');
const IMAGES = at('images:');
const LINKED_IMAGES = at('linked-images:');
const FORMS = at('forms:');
const HIDDEN = at('hidden:');
const ATTACHMENTS = at('attachments:');
const FILE = { inline: at('file:in:'), attached: at('file:at:') };
const DEFECT = at('defect:');
const SUBJECT = at('subject:');
const UPPER = at('upper:');

const log = (n: number, most: number) => Math.min(most, Math.ceil(Math.log2(1 + n)));

/** How the mail is built: parts, sizes, pictures, scripts of writing, what is broken. */
export function addStructureFeatures(message: Message, into: HashSink): void {
  const add = (prefix: number, n: number) => addNamed(into, prefix, String(n));
  addNamed(into, SHAPE, message.structure.replace(/\s+/g, '').slice(0, 80));
  addNamed(into, HTML, message.html === '' ? 'no' : message.text === '' ? 'only' : 'both');
  const shown = message.visibleText.length;
  add(SHOWN, log(shown, 14));
  add(SOURCE, log(message.html.length, 18));
  if (message.html !== '') add(SHARE, Math.round((8 * shown) / (1 + message.html.length)));
  add(IMAGES, log(message.images.length, 5));
  let linked = 0;
  for (const image of message.images) if (image.linked) linked++;
  add(LINKED_IMAGES, log(linked, 4));
  add(FORMS, Math.min(2, message.forms.length));
  add(HIDDEN, log(message.hiddenText.length, 12));
  add(ATTACHMENTS, Math.min(4, message.attachments.length));
  for (const file of message.attachments.slice(0, 10))
    addNamed(into, file.inline ? FILE.inline : FILE.attached, file.fileType);
  for (const defect of message.defects.slice(0, 10)) addNamed(into, DEFECT, defect);
  addSubject(message.subject, into);
  addScripts(`${message.subject} ${message.visibleText.slice(0, 2000)}`, into);
  addMarkup(message.html, into);
}

const BEYOND_ASCII = /[^\x00-\x7f]/;

function addSubject(subject: string, into: HashSink): void {
  addNamed(into, SUBJECT, String(log(subject.length, 8)));
  if (subject === '') return;
  const { letters, upper } = BEYOND_ASCII.test(subject) ? casesOf(subject) : asciiCasesOf(subject);
  addNamed(into, UPPER, String(Math.round((4 * upper) / Math.max(1, letters))));
  for (const [mark, pattern] of SUBJECT_MARKS) if (pattern.test(subject)) into.add(mark);
}

function casesOf(text: string): { letters: number; upper: number } {
  return { letters: text.match(/\p{L}/gu)?.length ?? 0, upper: text.match(/\p{Lu}/gu)?.length ?? 0 };
}

function asciiCasesOf(text: string): { letters: number; upper: number } {
  let upper = 0;
  let lower = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 65 && code <= 90) upper++;
    else if (code >= 97 && code <= 122) lower++;
  }
  return { letters: upper + lower, upper };
}

const SUBJECT_MARKS = (
  [
    ['subject:emoji', /\p{Extended_Pictographic}/u],
    ['subject:bang', /!/],
    ['subject:question', /\?/],
    ['subject:long-number', /\d{5,}/],
    ['subject:money', /[$€£]\s?\d|\d\s?(?:usd|eur|€)/i],
    ['subject:reply', /^(?:re|fw|fwd|aw|wg)\s*:/i],
    ['subject:bracket', /^\s*[[(【]/],
  ] as const
).map(([name, pattern]) => [named(name), pattern] as const);

/** Of the alphabets beyond Latin, and of what is written without one. */
const BEYOND_LATIN = /[\u0370-\u1fff\u2e80-\uffff]/;

function addScripts(text: string, into: HashSink): void {
  if (!BEYOND_ASCII.test(text)) return;
  if (BEYOND_LATIN.test(text)) for (const [mark, pattern] of SCRIPTS) if (pattern.test(text)) into.add(mark);
  for (const [mark, pattern] of ACCENTS) if (pattern.test(text)) into.add(mark);
}

const marked = ([name, pattern]: readonly [string, RegExp]) => [named(`script:${name}`), pattern] as const;

const SCRIPTS = (
  [
    ['cyrillic', /\p{Script=Cyrillic}{3}/u],
    ['greek', /\p{Script=Greek}{3}/u],
    ['han', /\p{Script=Han}{2}/u],
    ['kana', /[\p{Script=Hiragana}\p{Script=Katakana}]{2}/u],
    ['arabic', /\p{Script=Arabic}{3}/u],
    ['hebrew', /\p{Script=Hebrew}{3}/u],
  ] as const
).map(marked);
const ACCENTS = (
  [
    ['umlaut', /[äöüß]/],
    ['iberian', /[ãõçñ¿¡]/],
    ['french', /[êèàç]/],
  ] as const
).map(marked);
