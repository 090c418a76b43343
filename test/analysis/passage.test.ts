import fc from 'fast-check';
import { passage } from '../../server/analysis/evidence/passage.ts';
import { findingsOf, verdictOf } from './mail.ts';

test('a passage is whole words around the match, with the capitals of the mail', async () => {
  const verdict = await verdictOf({
    subject: 'Notice',
    text: `${'Some words stand before it. '.repeat(6)}Please VERIFY your Account immediately, Ana. ${'And some stand after. '.repeat(8)}`,
  });
  const evidence = verdict.findings.find(({ id }) => id === 'text.credential')?.evidence ?? '';
  expect(evidence).toContain('Please VERIFY your Account immediately, Ana.');
  expect(evidence).toMatch(/^…\S+ .* \S+…$/);
  expect(evidence).not.toMatch(/^…(?:ome|me|ords|rds|tand|and it)\b/);
});

test('whatever the text, the match is inside, and a text that does not line up is passed over', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'B', ' ', 'é', 'ß'), minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(text, fc.nat(299), (base, at) => {
      const said = `${base.slice(0, at)}KEY word${base.slice(at)}`;
      const match = /KEY word/.exec(said) as RegExpExecArray;
      expect(passage(said, match)).toContain('KEY word');
      expect(passage(said, match, `${said}x`)).toContain('KEY word');
      expect(passage(said, match, said.toLowerCase().slice(0, said.length))).toMatch(/key word/);
    }),
  );
});

test('invisible letters do not shift the passage', async () => {
  const ids = await findingsOf({ text: 'Please ver\u200bify your account now or it will be closed.' });
  expect(ids).toContain('text.credential');
});
