import fc from 'fast-check';
import { attachedMail } from '../../server/intake/attached-mail.ts';
import { asMessage, attachment, base64, forward, REPORTED } from './mails.ts';

const MOST = 1_000_000;
const read = (mail: string | Uint8Array, most = MOST) => attachedMail(Buffer.from(mail), most);
const text = (found: ReturnType<typeof read>) => (found.ok ? Buffer.from(found.raw).toString() : found.reason);

test.each([
  ['forwarded as an attachment', asMessage()],
  ['as a file whose type nobody knew', attachment('application/octet-stream', 'mail.EML', base64(REPORTED), 'base64')],
  ['as a text file called .eml', attachment('text/plain', 'mail.eml', base64(REPORTED), 'base64')],
  ['as a message in base64, which RFC 2046 forbids', attachment('message/rfc822', '', base64(REPORTED), 'base64')],
  ['with a name that hides its end', attachment('application/octet-stream', 'mail.eml ', base64(REPORTED), 'base64')],
])('the reported mail is taken byte for byte: %s', (_, part) => {
  expect(text(read(forward({ parts: [part] }))).trim()).toBe(REPORTED.trim());
});

test('pictures of a signature beside it are looked past', () => {
  const logo = [
    'Content-Type: image/png; name="logo.png"',
    'Content-Disposition: inline; filename="logo.png"',
    'Content-ID: <logo@example.org>',
    'Content-Transfer-Encoding: base64',
    '',
    base64('png'),
  ].join('\r\n');
  expect(read(forward({ parts: [logo, asMessage()] })).ok).toBe(true);
  expect(text(read(forward({ parts: [logo] })))).toBe('no_eml');
});

test.each([
  ['nothing is attached', [], 'no_eml'],
  ['a screenshot is attached', [attachment('image/png', 'screenshot.png', base64('png'), 'base64')], 'wrong_extension'],
  ['a mail is attached under another extension', [attachment('text/plain', 'mail.txt', REPORTED)], 'wrong_extension'],
  ['a mail is packed', [attachment('application/zip', 'mail.zip', base64('PK'), 'base64')], 'wrong_extension'],
  [
    "Outlook's own format",
    [attachment('application/vnd.ms-outlook', 'mail.msg', base64('x'), 'base64')],
    'outlook_msg',
  ],
  ['two mails are attached', [asMessage(), asMessage()], 'several_messages'],
])('%s: %s', (_, parts, reason) => {
  expect(read(forward({ parts }))).toEqual({ ok: false, reason });
});

test('a mail inside the reported mail belongs to it', () => {
  const inner = forward({ subject: 'inner' }).replaceAll('outer-boundary', 'inner-boundary');
  expect(read(forward({ parts: [asMessage(inner)] })).ok).toBe(true);
});

test('a reported mail beyond the limit is too large, and is not taken in part', () => {
  const large = `${REPORTED}${'x'.repeat(2_000)}\r\n`;
  expect(read(forward({ parts: [asMessage(large)] }), 1_000)).toEqual({ ok: false, reason: 'too_large' });
  expect(read(forward({ parts: [attachment('message/rfc822', '', base64(large), 'base64')] }), 1_000)).toEqual({
    ok: false,
    reason: 'too_large',
  });
});

test('any bytes at all have an answer', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(400), (bytes, at) => {
      const mail = Buffer.from(forward());
      bytes.forEach((byte, index) => {
        mail[(at + index) % mail.length] = byte;
      });
      expect(typeof read(mail).ok).toBe('boolean');
      expect(typeof read(bytes).ok).toBe('boolean');
    }),
    { numRuns: 200, seed: 5 },
  );
});
