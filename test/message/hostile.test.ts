import fc from 'fast-check';
import { readAddressList } from '../../server/message/addresses.ts';
import { decodeHeaderValue } from '../../server/message/encoded-words.ts';
import { fingerprintOf, sameMail } from '../../server/message/fingerprint.ts';
import { readHtml } from '../../server/message/html-reading.ts';
import { unwrapLink } from '../../server/message/link-targets.ts';
import { readParameters } from '../../server/message/parameters.ts';
import { readMessage } from '../../server/message/parse.ts';
import { fixtureBytes, fixtureNames } from './fixtures.ts';

const seed = 20250317;

/** Pieces that parsers trip over, in any order. */
const pieces = fc.constantFrom(
  '\r\n',
  '\n',
  '\r',
  ' ',
  '\t',
  '\0',
  ':',
  ';',
  ',',
  '<',
  '>',
  '"',
  '(',
  ')',
  '=',
  '=?',
  '?=',
  '=?utf-8?B?',
  '=?utf-8?Q?',
  '--',
  '--b',
  '--b--',
  '\r\n--b\r\n',
  'From: ',
  'Subject: ',
  'To: ',
  'Received: from a by b; ',
  'Content-Type: ',
  'multipart/mixed; boundary=b',
  'multipart/alternative; boundary="b"',
  'message/rfc822',
  'text/html',
  'Content-Transfer-Encoding: base64',
  'Content-Transfer-Encoding: quoted-printable',
  'Content-Disposition: attachment; filename*0*=x',
  '=3D',
  '=\r\n',
  'QUJD',
  '<a href=',
  '</a>',
  '<style>',
  '<!--',
  '-->',
  '<table><td>',
  '&#',
  '&amp',
  'http://',
  'www.',
  '\xff',
  '\x80é',
  'PK\x03\x04',
  '%PDF-',
  'MZ',
);
const soup = fc.array(pieces, { maxLength: 200 }).map((list) => Buffer.from(list.join(''), 'latin1'));

test('arbitrary bytes are read, and the same twice', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
      expect(readMessage(bytes)).toEqual(readMessage(bytes));
    }),
    { seed, numRuns: 200 },
  );
});

test('a soup of mail syntax is read, and its fingerprint is its own', () => {
  fc.assert(
    fc.property(soup, (bytes) => {
      const message = readMessage(bytes);
      expect(readMessage(bytes)).toEqual(message);
      const print = fingerprintOf(message);
      expect(sameMail(print, print).same || print.length + print.linkCount + print.attachmentCount === 0).toBe(true);
    }),
    { seed, numRuns: 300 },
  );
});

test('mutated real mails are read', () => {
  const mutation = fc.record({
    name: fc.constantFrom(...fixtureNames),
    cuts: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 60 }), pieces), {
      maxLength: 12,
    }),
  });
  fc.assert(
    fc.property(mutation, ({ name, cuts }) => {
      let text = fixtureBytes(name).toString('latin1');
      for (const [where, length, piece] of cuts) {
        const at = Math.floor(where * text.length);
        text = text.slice(0, at) + piece + text.slice(at + length);
      }
      const message = readMessage(Buffer.from(text, 'latin1'));
      expect(message.structure.length).toBeLessThanOrEqual(500);
      expect(message.links.length).toBeLessThanOrEqual(2_000);
    }),
    { seed, numRuns: 250 },
  );
});

test('every reader of a part takes any string', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      readAddressList(text);
      decodeHeaderValue(text);
      readParameters(text);
      readHtml(text);
      unwrapLink(text);
    }),
    { seed, numRuns: 250 },
  );
});

/** Processor time, ms: 600 KB take a linear reader some ten, a quadratic one minutes, whatever else the machine does. */
function cost(text: string): number {
  const bytes = Buffer.from(text, 'latin1');
  const start = process.cpuUsage();
  readMessage(bytes);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

const fill = (piece: string, size: number) => piece.repeat(Math.ceil(size / piece.length));
const html = (piece: string) => (size: number) =>
  `From: a@a.example\r\nContent-Type: text/html\r\n\r\n${fill(piece, size)}`;
const field = (name: string, piece: string) => (size: number) =>
  `From: a@a.example\r\n${name}: ${fill(piece, size)}\r\n\r\nx`;

test.each<[string, (size: number) => string]>([
  ['folded lines', (size) => `Subject: x${fill('\r\n ', size)}\r\n\r\nx`],
  ['fields', (size) => `${fill('X: y\r\n', size)}\r\nx`],
  ['open comments', field('From', '(')],
  ['commas in an open angle', field('From', '<,')],
  ['open quotes', field('To', '"a')],
  ['groups', field('To', 'g:')],
  ['encoded words', field('Subject', '=?utf-8?Q?=41?= ')],
  ['half encoded words', field('Subject', '=?a?Q?')],
  ['parameters', field('Content-Type', '; a*0="b')],
  ['parts', (size) => `Content-Type: multipart/mixed; boundary=b\r\n\r\n${fill('--b\r\n\r\nx\r\n', size)}`],
  [
    'lines that look like delimiters',
    (size) => `Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n${fill('--c\r\n', size)}`,
  ],
  ['nested messages', (size) => fill('Content-Type: message/rfc822\r\n\r\n', size)],
  ['open tags', html('<div>')],
  ['closing tags', html('</b>')],
  ['open and closing tags', html('<b><i></b>')],
  ['angles', html('<')],
  ['comments', html('<!--x-->')],
  ['open comments in HTML', html('<!--')],
  ['attributes', html('<a b="')],
  ['entities', html('&#x')],
  ['style sheets', html('<style>a{display:none}</style>')],
  ['style rules', (size) => `Content-Type: text/html\r\n\r\n<style>${fill('.a{', size)}`],
  ['titles', html('<title></titl')],
  ['URLs', (size) => `From: a@a.example\r\n\r\n${fill('http://a.example/ ', size)}`],
  ['brackets behind a URL', (size) => `From: a@a.example\r\n\r\nhttp://a.example/${fill(')', size)}`],
  ['blanks', (size) => `From: a@a.example\r\n\r\n${fill(' ', size)}x`],
  ['flowed lines', (size) => `Content-Type: text/plain; format=flowed\r\n\r\n${fill('> a \r\n', size)}`],
  ['soft line breaks', (size) => `Content-Transfer-Encoding: quoted-printable\r\n\r\n${fill('= \t', size)}`],
  [
    'base64 with padding',
    (size) => `Content-Type: a/b\r\nContent-Transfer-Encoding: base64\r\n\r\n${fill('QQ==', size)}`,
  ],
  ['PDF links', (size) => `Content-Type: application/pdf\r\n\r\n%PDF-1.4 ${fill('/URI (', size)}`],
  ['PDF streams', (size) => `Content-Type: application/pdf\r\n\r\n%PDF-1.4 ${fill('/ObjStm stream\n', size)}`],
  [
    'local headers of a zip',
    (size) => `Content-Type: application/zip\r\n\r\n${fill('PK\x03\x04aaaaaaaaaaaaaaaaaaaaaaaaaaaa', size)}`,
  ],
  ['script tags', html('<script>')],
])('time stays linear: %s', (_, make) => {
  expect(cost(make(600_000))).toBeLessThan(1_000);
});
