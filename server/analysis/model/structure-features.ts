import type { Message } from '../../message/message.ts';

const log = (n: number, most: number) => Math.min(most, Math.ceil(Math.log2(1 + n)));

/** How the mail is built: parts, sizes, pictures, scripts of writing, what is broken. */
export function* structureFeatures(message: Message): Iterable<string> {
  yield `shape:${message.structure.replace(/\s+/g, '').slice(0, 80)}`;
  yield message.html === '' ? 'html:no' : message.text === '' ? 'html:only' : 'html:both';
  const shown = message.visibleText.length;
  yield `shown:${log(shown, 14)}`;
  yield `source:${log(message.html.length, 18)}`;
  if (message.html !== '') yield `share:${Math.round((8 * shown) / (1 + message.html.length))}`;
  yield `images:${log(message.images.length, 5)}`;
  yield `linked-images:${log(message.images.filter((image) => image.linked).length, 4)}`;
  yield `forms:${Math.min(2, message.forms.length)}`;
  yield `hidden:${log(message.hiddenText.length, 12)}`;
  yield `attachments:${Math.min(4, message.attachments.length)}`;
  for (const file of message.attachments.slice(0, 10)) yield `file:${file.inline ? 'in' : 'at'}:${file.fileType}`;
  for (const defect of message.defects.slice(0, 10)) yield `defect:${defect}`;
  yield* subjectFeatures(message.subject);
  yield* scripts(`${message.subject} ${message.visibleText.slice(0, 2000)}`);
  yield* markup(message.html);
}

function* subjectFeatures(subject: string): Iterable<string> {
  yield `subject:${log(subject.length, 8)}`;
  if (subject === '') return;
  const letters = subject.match(/\p{L}/gu) ?? [];
  const upper = subject.match(/\p{Lu}/gu) ?? [];
  yield `upper:${Math.round((4 * upper.length) / Math.max(1, letters.length))}`;
  if (/\p{Extended_Pictographic}/u.test(subject)) yield 'subject:emoji';
  if (/!/.test(subject)) yield 'subject:bang';
  if (/\?/.test(subject)) yield 'subject:question';
  if (/\d{5,}/.test(subject)) yield 'subject:long-number';
  if (/[$€£]\s?\d|\d\s?(?:usd|eur|€)/i.test(subject)) yield 'subject:money';
  if (/^(?:re|fw|fwd|aw|wg)\s*:/i.test(subject)) yield 'subject:reply';
  if (/^\s*[[(【]/.test(subject)) yield 'subject:bracket';
}

function* scripts(text: string): Iterable<string> {
  for (const [name, pattern] of SCRIPTS) if (pattern.test(text)) yield `script:${name}`;
}
const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ['cyrillic', /\p{Script=Cyrillic}{3}/u],
  ['greek', /\p{Script=Greek}{3}/u],
  ['han', /\p{Script=Han}{2}/u],
  ['kana', /[\p{Script=Hiragana}\p{Script=Katakana}]{2}/u],
  ['arabic', /\p{Script=Arabic}{3}/u],
  ['hebrew', /\p{Script=Hebrew}{3}/u],
  ['umlaut', /[äöüß]/],
  ['iberian', /[ãõçñ¿¡]/],
  ['french', /[êèàç]/],
];

/** Habits of the HTML's maker, from its first 60,000 characters. What a receiver's server writes into every mail (a charset, prefixed classes) is left out. */
function* markup(html: string): Iterable<string> {
  if (html === '') return;
  const head = html.slice(0, 60_000);
  for (const [name, pattern] of MARKS) if (pattern.test(head)) yield `mark:${name}`;
}
const MARKS: readonly (readonly [string, RegExp])[] = [
  ['doctype', /^\s*<!doctype/i],
  ['style', /<style\b/i],
  ['table', /<table\b/i],
  ['center', /<center\b/i],
  ['font', /<font\b/i],
  ['comment', /<!--(?!\[if)/],
  ['mso', /<!--\[if[^\]]*mso/i],
  ['viewport', /name=["']?viewport/i],
  ['title', /<title>\s*\S/i],
  ['media', /@media/i],
  ['office', /urn:schemas-microsoft-com|class=["']?Mso/],
  ['role', /role=["']?presentation/i],
  ['base64-image', /src=["']?data:image/i],
  ['gmail', /class=["']?gmail_/],
  ['preheader', /preheader|preview-text/i],
  ['pixel', /(?:width|height)=["']?1(?:px)?["'\s][^>]{0,60}(?:width|height)=["']?1(?:px)?["'\s>]/i],
];
