import fc from 'fast-check';
import { defangText } from '../../server/message/defang-text.ts';

test.each([
  ['see https://pay.example.net/x?a=b now', 'see hxxps[:]//pay[.]example[.]net/x?a=b now'],
  ['write to boss@mail.example.org', 'write to boss@mail[.]example[.]org'],
  ['javascript:alert(1)', 'javascript[:]alert(1)'],
  ['Invoice 12.50 EUR, due 3.11.2026. Thanks.', 'Invoice 12.50 EUR, due 3.11.2026. Thanks.'],
  ['gnp.\u202Eexe', 'gnp[.]exe'],
  ['two\r\nlines', 'two lines'],
])('%j reads %j', (text, expected) => {
  expect(defangText(text)).toBe(expected);
});

test('no text keeps anything a mail program makes a link of, nor a control character, nor more than its limit', () => {
  const pieces = fc.array(
    fc.constantFrom('http://', 'www.', 'a.example', '.', 'b', ':', '/', '@', '\u202e', '\n', ' ', 'ä'),
  );
  fc.assert(
    fc.property(pieces, (parts) => {
      const safe = defangText(parts.join(''), 60);
      expect(safe.length).toBeLessThanOrEqual(60);
      expect(safe).not.toMatch(/https?:|\p{Cc}|[\u202a-\u202e]|\w\.example/u);
    }),
    { numRuns: 300, seed: 5 },
  );
});
