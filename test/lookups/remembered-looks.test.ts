import type { LookAtLures } from '../../server/lookups/lure-process.ts';
import { rememberLooks } from '../../server/lookups/remembered-looks.ts';
import type { LookFailure, LurePage } from '../../shared/lure-page.ts';

let now: Date;
let asked: string[][];
let answer: (link: string) => Partial<LurePage> | null;
let look: LookAtLures;
beforeEach(() => {
  now = new Date('2026-03-01T12:00:00Z');
  asked = [];
  answer = () => ({});
  look = rememberLooks(
    async (links) => {
      asked.push([...links]);
      await new Promise((done) => setTimeout(done, 5));
      const pages = links.map((url) => {
        const page = answer(url);
        return (
          page && {
            url,
            finalUrl: url,
            failure: null,
            title: `of ${url}`,
            names: [],
            secrets: [],
            postsTo: [],
            ...page,
          }
        );
      });
      return pages.includes(null) ? null : (pages as LurePage[]);
    },
    { now: () => now },
  );
});
const later = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000);
};

test('a link that differs only in what names the recipient is looked at once an hour', async () => {
  const [ana, ben] = ['ana', 'ben'].map((name) => `https://lure.example/in?email=${name}@example.org#${name}`) as [
    string,
    string,
  ];
  expect(await look([ana])).toMatchObject([{ url: ana, title: `of ${ana}` }]);
  later(59);
  expect(await look([ben, 'https://other.example/'])).toMatchObject([
    { url: ben, title: `of ${ana}` },
    { url: 'https://other.example/' },
  ]);
  expect(asked).toEqual([[ana], ['https://other.example/']]);
  later(2);
  await look([ben]);
  expect(asked).toHaveLength(3);
});

test('mails that ask at the same time share a look', async () => {
  const links = ['https://lure.example/a', 'https://lure.example/b'];
  const both = await Promise.all([look(links), look([...links].reverse())]);
  expect(both[0]?.map(({ url }) => url)).toEqual(links);
  expect(both[1]?.map(({ url }) => url)).toEqual([...links].reverse());
  expect(asked).toEqual([links]);
});

test.each<[LookFailure, boolean]>([
  ['timeout', true],
  ['unresolved', true],
  ['tls', false],
  ['unsubscribe', false],
])('after %s it is tried again ten minutes later: %s', async (failure, again) => {
  answer = () => ({ finalUrl: null, failure });
  await look(['https://lure.example/']);
  later(11);
  await look(['https://lure.example/']);
  expect(asked).toHaveLength(again ? 2 : 1);
});

test('a look that could not be made is not remembered', async () => {
  answer = () => null;
  expect(await look(['https://lure.example/'])).toBeNull();
  answer = () => ({});
  expect(await look(['https://lure.example/'])).toHaveLength(1);
});

test('of very many links the oldest are forgotten', async () => {
  for (let i = 0; i < 21; i++) await look(Array.from({ length: 100 }, (_, n) => `https://lure-${i}-${n}.example/`));
  const before = asked.length;
  await look(['https://lure-20-99.example/']);
  expect(asked).toHaveLength(before);
  await look(['https://lure-0-0.example/']);
  expect(asked).toHaveLength(before + 1);
});
