import { WANTED } from '../../server/message/html-reading.ts';
import { type Attributes, readHtmlTokens } from '../../server/message/html-tokens.ts';

function tags(html: string, wanted: ReadonlySet<string> | null = null): [string, Record<string, string>][] {
  const found: [string, Record<string, string>][] = [];
  readHtmlTokens(
    html,
    {
      text: () => {},
      open: (name: string, attributes: Attributes) => found.push([name, Object.fromEntries(attributes)]),
      close: () => {},
      comment: () => {},
    },
    wanted,
  );
  return found;
}

test('of a tag only what is wanted is handed over, in whatever case it is written', () => {
  const html = '<A HREF="x&amp;y" onclick=z Style=\'a\'><o:P style=b><iMg sRc=1 src=2 made-up=3>';
  expect(tags(html, new Set(['href', 'src', 'style']))).toEqual([
    ['a', { href: 'x&y', style: 'a' }],
    ['o:p', { style: 'b' }],
    ['img', { src: '1' }],
  ]);
});

test('without a wish everything is handed over, known or not', () => {
  expect(tags('<Made-Up One=1 two ="2"/three><td\nCOLSPAN=3>')).toEqual([
    ['made-up', { one: '1', two: '2', three: '' }],
    ['td', { colspan: '3' }],
  ]);
});

test('a name that only looks like a known one is another', () => {
  expect(tags('<\u212amg><hr\u0131><a hre\u0046=1 hre\uff46=2>')).toEqual([
    ['hr\u0131', {}],
    ['a', { href: '1', 'hre\uff46': '2' }],
  ]);
});

test('every attribute that reading rests on can be wanted', () => {
  for (const name of WANTED) expect(tags(`<p ${name.toUpperCase()}=v>`, WANTED)).toEqual([['p', { [name]: 'v' }]]);
});
