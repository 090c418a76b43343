/**
 * Our parser against postal-mime on ordinary mail: where both understand a message they must say the same.
 * With REELBACK_CORPUS set to a folder of .eml files (searched one level deep) also on those.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';
import type { Message } from '../../server/message/message.ts';
import { readMessage } from '../../server/message/parse.ts';
import { fixtureBytes, fixtureNames } from './fixtures.ts';

/** Fixtures on which the two differ on purpose. */
const ON_PURPOSE = new Set([
  'broken-everything.eml',
  // postal-mime takes the last, empty address.
  'from-with-two-addresses.eml',
  // It does not decode uuencode.
  'uuencoded.eml',
  // It decodes raw 8-bit headers only as UTF-8.
  'german-raw-8bit.eml',
  // It puts a part of a forwarded message into the body of the outer one.
  'forwarded-original.eml',
]);

const letters = (text: string | undefined) =>
  (text ?? '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
const hashOf = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');

interface Summary {
  subject: string;
  from: string;
  html: string;
  text: string;
  attachments: string[];
}

function ours(message: Message): Summary {
  const { headerFrom } = message;
  return {
    subject: letters(message.subject),
    from: headerFrom[0]?.address.toLowerCase() ?? '',
    html: letters(message.html),
    text: letters(message.text),
    attachments: message.attachments.map((one) => one.sha256),
  };
}

function theirs(email: Email): Summary {
  return {
    subject: letters(email.subject),
    from: (email.from?.address ?? '').toLowerCase(),
    html: letters(email.html),
    text: letters(email.text),
    attachments: email.attachments.flatMap((one) => spellings(bytesOf(one.content))),
  };
}

/** It gives unencoded parts bare line feeds and a last one; a part's bytes are CRLF, without the one before the delimiter. */
function spellings(bytes: Uint8Array): string[] {
  const lines = Buffer.from(bytes).toString('latin1');
  const wide = lines.replace(/\r?\n/g, '\r\n');
  return [lines, wide, lines.replace(/\r?\n$/, ''), wide.replace(/\r\n$/, '')].map((text) =>
    hashOf(Buffer.from(text, 'latin1')),
  );
}

const sameAttachments = (mine: readonly string[], others: readonly string[]) =>
  mine.length * 4 === others.length && mine.every((hash) => others.includes(hash));

function bytesOf(content: string | ArrayBuffer | Uint8Array): Uint8Array {
  return typeof content === 'string'
    ? Buffer.from(content)
    : content instanceof Uint8Array
      ? content
      : new Uint8Array(content);
}

const parse = (raw: Uint8Array) =>
  PostalMime.parse(raw, { attachmentEncoding: 'arraybuffer', forceRfc822Attachments: true });

test.each(fixtureNames.filter((name) => !ON_PURPOSE.has(name)))('%s is read as postal-mime reads it', async (name) => {
  const raw = fixtureBytes(name);
  const message = readMessage(raw);
  const [a, b] = [ours(message), theirs(await parse(raw))];
  expect([a.subject, a.from]).toEqual([b.subject, b.from]);
  expect(sameAttachments(a.attachments, b.attachments)).toBe(true);
  // It makes a text of the HTML and an HTML of the text where one is missing.
  if (message.html !== '' && message.text !== '' && !message.structure.includes('mixed'))
    expect([a.html, a.text]).toEqual([b.html, b.text]);
  else if (message.html === '') expect(a.text).toBe(b.text);
});

const corpus = process.env.REELBACK_CORPUS;

(corpus === undefined ? test.skip : test)(
  'agreement with postal-mime on the corpus in REELBACK_CORPUS',
  async () => {
    const files = emlFiles(corpus as string).filter((_, i) => i % 10 === 0);
    const agree = { subject: 0, from: 0, html: 0, text: 0, attachments: 0 };
    let compared = 0;
    const different: string[] = [];
    for (const file of files) {
      const raw = readFileSync(file);
      const message = readMessage(raw);
      const theirsOrNull = await parse(raw).then(theirs, () => null);
      if (theirsOrNull === null) continue;
      compared++;
      const mine = ours(message);
      for (const key of ['subject', 'from', 'html', 'text', 'attachments'] as const) {
        const joined = message.structure.includes('mixed') || message.structure.includes('report');
        const made =
          (key === 'from' && theirsOrNull.from === '') ||
          (key === 'html' && (message.html === '' || joined)) ||
          (key === 'text' && (message.text === '' || joined));
        const equal =
          key === 'attachments'
            ? sameAttachments(mine.attachments, theirsOrNull.attachments)
            : mine[key] === theirsOrNull[key];
        if (made || equal) agree[key]++;
        else if (different.length < 40) different.push(`${key} ${file}`);
      }
    }
    const share = (count: number) => `${((100 * count) / compared).toFixed(2)} %`;
    console.log(
      `${compared} messages`,
      Object.fromEntries(Object.entries(agree).map(([key, count]) => [key, share(count)])),
      different.slice(0, 15),
    );
    expect(compared).toBeGreaterThan(0);
    for (const count of Object.values(agree)) expect(count / compared).toBeGreaterThan(0.97);
  },
  600_000,
);

if (corpus === undefined) console.log('REELBACK_CORPUS is not set: the comparison on a corpus is skipped');

function emlFiles(folder: string): string[] {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? readdirSync(path).map((name) => join(path, name)) : [path]))
    .filter((path) => path.endsWith('.eml'))
    .sort();
}
