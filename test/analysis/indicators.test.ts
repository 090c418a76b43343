import { indicatorsOf } from '../../server/analysis/indicators.ts';
import type { Attachment } from '../../server/message/message.ts';
import { mail } from './mail.ts';

const link = (url: string) => `<a href="${url}">x</a>`;
const of = async (html: string, from = 'Ben <ben@shop.example.net>') =>
  indicatorsOf(await mail({ from, html }), ['example.org']).filter(({ kind }) => kind !== 'sha256');
const file = (change: Partial<Attachment>): Attachment => ({
  filename: 'a',
  contentType: 'application/octet-stream',
  fileType: 'zip',
  size: 10,
  sha256: 'f'.repeat(64),
  inline: false,
  contentId: null,
  executable: false,
  macros: false,
  encrypted: false,
  entries: [],
  containsExecutable: false,
  text: '',
  limits: [],
  ...change,
});

test.each([
  ['http://192.0.2.7/a', true, true],
  ['https://paypa1.test/a/b', true, true],
  ['https://small-bank.test/login/now', true, false],
  ['https://small-bank.test/privacy', false, false],
  ['https://someone.web.app/x/y', true, false],
])('%s: the address is proof: %s, the host: %s', async (url, address, host) => {
  const found = await of(link(url));
  expect(found.find(({ kind }) => kind === 'url')?.proof).toBe(address);
  expect(found.find(({ kind }) => kind === 'host')?.proof).toBe(host);
});

test('known names, the own organisation, front pages and the hosts of services leave nothing behind', async () => {
  const found = await of(
    ['https://www.paypal.com/signin', 'https://intranet.example.org/a', 'https://forms.gle/abc', 'https://plain.test/']
      .map(link)
      .join(''),
    'Ana <ana@example.org>',
  );
  expect(found.map(({ kind, shown }) => `${kind} ${shown}`).sort()).toEqual([
    'host plain.test',
    'url https:forms.gle/abc',
  ]);
});

test.each<[string, Partial<Attachment>, boolean | undefined]>([
  ['a program', { executable: true, fileType: 'exe' }, true],
  ['a document with macros', { macros: true, fileType: 'docm' }, true],
  ['an attached page', { fileType: 'html' }, true],
  ['a document', { fileType: 'pdf' }, false],
  ['a logo', { fileType: 'png', contentType: 'image/png' }, undefined],
  ['an empty file', { size: 0 }, undefined],
])('%s', async (_, change, proof) => {
  const message = { ...(await mail({})), attachments: [file(change)] };
  const found = indicatorsOf(message, []).find(({ value }) => value === 'f'.repeat(64));
  expect(found?.proof).toBe(proof);
});
