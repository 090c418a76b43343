import fc from 'fast-check';
import { verdictHeaders, withVerdictHeaders } from '../../server/analysis/x-headers.ts';

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const bytes = (raw: string) => new Uint8Array(Buffer.from(raw, 'latin1'));

test('the vendor’s spelling: SPAM is UCE, BULK has no disposition, one field for each attribute', () => {
  expect(verdictHeaders({ disposition: 'SPAM', attributes: [] })).toEqual([
    { name: 'X-Area1Security-Disposition', value: 'UCE' },
  ]);
  expect(verdictHeaders({ disposition: 'BULK', attributes: [] })).toEqual([]);
  expect(verdictHeaders({ disposition: 'MALICIOUS', attributes: ['EXECUTABLE', 'BEC'] })).toEqual([
    { name: 'X-Area1Security-Disposition', value: 'MALICIOUS' },
    { name: 'X-Area1Security-Attribute', value: 'EXECUTABLE' },
    { name: 'X-Area1Security-Attribute', value: 'BEC' },
  ]);
});

test('what a sender wrote under our names is left out, and all else stays', () => {
  const raw =
    'X-Area1Security-Disposition: NONE\r\nSubject: a\r\nx-area1security-ATTRIBUTE: BEC\r\n folded\r\n\tmore\r\nTo: b\r\n\r\nX-Area1Security-Disposition: body\r\n';
  expect(text(withVerdictHeaders(bytes(raw), { disposition: 'SPOOF', attributes: [] }))).toBe(
    'X-Area1Security-Disposition: SPOOF\r\nSubject: a\r\nTo: b\r\n\r\nX-Area1Security-Disposition: body\r\n',
  );
});

test('whatever the mail, its body is untouched and nobody else’s word stands in the head', () => {
  const line = fc.constantFrom(
    'X-Area1Security-Disposition: NONE',
    ' folded',
    'Subject: é\u00ff',
    'x-area1security-disposition:NONE',
    'X-Area1Security-Attribute : X',
    '',
    '\r',
  );
  const mail = fc.tuple(fc.array(line, { maxLength: 8 }), fc.constantFrom('\r\n', '\n')).map(([l, end]) => l.join(end));
  fc.assert(
    fc.property(mail, (raw) => {
      const out = text(withVerdictHeaders(bytes(raw), { disposition: 'MALICIOUS', attributes: [] }));
      expect(out.startsWith('X-Area1Security-Disposition: MALICIOUS\r\n')).toBe(true);
      const body = /\n\r?\n([\s\S]*)$/.exec(`\n${raw}`)?.[1] ?? '';
      expect(out.endsWith(body)).toBe(true);
    }),
  );
});
