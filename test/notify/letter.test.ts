import fc from 'fast-check';
import { escapeHtml, type Letter, letterAsHtml, letterAsText } from '../../server/notify/letter.ts';
import { isPostable } from '../../server/notify/outbox.ts';
import { renderMail } from '../../server/notify/send-mail.ts';

const letter = (text: string): Letter => ({
  subject: text,
  title: text,
  lines: [text],
  facts: [{ name: text, value: text }],
  listTitle: text,
  list: [{ text, detail: text }],
  footer: [text],
});
const row = (text: string, inReplyTo: string | null = null) => ({
  id: 'oml_1',
  recipient: 'ana@example.org',
  language: 'en',
  letter: letter(text),
  in_reply_to: inReplyTo,
});

test('whatever a stranger wrote, the HTML holds it as text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      const html = letterAsHtml(letter(`<script>${text}</script>"'`), 'en');
      const tags = [...html.matchAll(/<\/?([a-z0-9]+|!doctype)/gi)].map(([, name]) => name!.toLowerCase());
      const ours = '!doctype html head meta title body h1 p table tr th td strong ul li br small'.split(' ');
      expect(tags.filter((tag) => !ours.includes(tag))).toEqual([]);
      expect(html).not.toMatch(/<[^>]*\son\w+=|href|src=/i);
    }),
    { numRuns: 200, seed: 5 },
  );
  expect(escapeHtml(`<a href="x">'&`)).toBe('&lt;a href=&quot;x&quot;&gt;&#39;&amp;');
});

test('text and HTML say the same, and the text has no markup', () => {
  const text = letterAsText({ ...letter('plain'), list: [{ text: 'a reason', detail: '' }] });
  expect(text).toContain('- a reason');
  expect(text).not.toContain('<');
});

test('nothing in a subject or a name begins another header field', () => {
  const mail = renderMail(row('x\r\nBcc: victim@example.net\u2028y\0z'), 'example.org', 'Team\r\nBcc: a@example.net');
  for (const value of [mail.subject, mail.fromName]) expect(value).not.toMatch(/[\r\n\0\u2028]/);
});

test('the same mail has the same Message-ID, and says that no person wrote it', () => {
  const mail = renderMail(row('x', '<report-1@example.org>'), 'example.org', 'Team');
  expect(mail).toMatchObject({
    messageId: '<oml_1@example.org>',
    inReplyTo: '<report-1@example.org>',
    headers: { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All' },
  });
  expect(renderMail(row('x'), 'example.org', '').headers['Auto-Submitted']).toBe('auto-generated');
});

test.each(['<a@b>\r\nBcc: x@example.net', 'no brackets', '<a b@c>', '<>', `<${'x'.repeat(600)}@example.org>`])(
  'a Message-ID that is none is not answered by name: %j',
  (id) => {
    expect(renderMail(row('x', id), 'example.org', '').inReplyTo).toBeNull();
  },
);

test.each([
  ['ana@example.org', true],
  ['Ana.Müller@example.org', true],
  ['ana@example.org, ben@example.org', false],
  ['Ana <ana@example.org>', false],
  ['ana@example.org\r\nBcc: x@example.net', false],
  ['"a b"@example.org', false],
  ['ana@[192.0.2.1]', false],
  ['ana', false],
  ['', false],
])('%j gets mail: %s', (address, expected) => {
  expect(isPostable(address)).toBe(expected);
});
