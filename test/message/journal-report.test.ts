import fc from 'fast-check';
import { readJournalReport } from '../../server/message/journal-report.ts';

const INNER = [
  'From: Billing <billing@lure.example>',
  'To: everyone@example.org',
  'Subject: Your invoice',
  'Message-ID: <inner@lure.example>',
  'Content-Type: multipart/mixed; boundary="journal-inner"',
  '',
  '--journal-inner',
  'Content-Type: text/plain',
  '',
  'Sender: nobody@forged.example',
  'Recipient: forged@example.org',
  '--journal-inner--',
].join('\r\n');

function report(
  more: { lines?: string[]; type?: string; encoding?: string; body?: string; parts?: string[]; outer?: string } = {},
): string {
  const lines = more.lines ?? [
    'Sender: billing@lure.example',
    'Subject: Your invoice',
    'Message-Id: <inner@lure.example>',
    'To: ana@example.org',
    'To: group@example.org, Expanded: Ben@Example.org',
    'Bcc: ida@example.org, Forwarded: jo@example.org',
  ];
  return [
    'From: Microsoft Exchange <journal@example.org>',
    'To: acme+journal@reelback.example',
    'Subject: Your invoice',
    'Date: Fri, 20 Nov 2026 09:00:00 +0000',
    'X-MS-Journal-Report:',
    'MIME-Version: 1.0',
    `Content-Type: ${more.outer ?? 'multipart/mixed;\r\n\tboundary="journal"'}`,
    '',
    '--journal',
    'Content-Type: text/plain; charset="utf-8"',
    `Content-Transfer-Encoding: ${more.encoding ?? '7bit'}`,
    '',
    more.body ?? lines.join('\r\n'),
    ...(more.parts ?? [
      '--journal',
      `Content-Type: ${more.type ?? 'message/rfc822'}`,
      'Content-Disposition: attachment',
      '',
      INNER,
    ]),
    '--journal--',
    '',
  ].join('\r\n');
}

const read = (text: string) => readJournalReport(Buffer.from(text, 'latin1'));

test('the envelope stands in the text, the mail in the attachment, byte for byte', () => {
  const found = read(report());
  expect(found).toMatchObject({
    sender: 'billing@lure.example',
    recipients: ['ana@example.org', 'group@example.org', 'ben@example.org', 'ida@example.org', 'jo@example.org'],
    reportedAt: new Date('2026-11-20T09:00:00Z'),
  });
  expect(Buffer.from(found!.original).toString('latin1')).toBe(INNER);
});

test('what the delivered mail itself says about recipients counts nothing', () => {
  expect(read(report())?.recipients).not.toContain('forged@example.org');
});

test('text and mail may be encoded', () => {
  const text = 'Sender: a@lure.example\r\nTo: ana@example.org';
  expect(read(report({ body: Buffer.from(text).toString('base64'), encoding: 'base64' }))?.recipients).toEqual([
    'ana@example.org',
  ]);
  expect(
    read(report({ body: 'Sender: a@lure.example\r\nTo: ana=40exam=\r\nple.org', encoding: 'quoted-printable' }))
      ?.recipients,
  ).toEqual(['ana@example.org']);
});

test.each([
  ['a plain mail', INNER.replace('multipart/mixed', 'multipart/alternative')],
  ['a report without a mail', report({ parts: [] })],
  ['a mail forwarded as attachment, whose text names no recipient', report({ lines: ['Look at this!'] })],
  [
    'two attached mails',
    report({
      parts: [
        '--journal',
        'Content-Type: message/rfc822',
        '',
        INNER,
        '--journal',
        'Content-Type: message/rfc822',
        '',
        INNER,
      ],
    }),
  ],
  ['another multipart', report({ outer: 'multipart/related; boundary="journal"' })],
  ['no boundary', report({ outer: 'multipart/mixed' })],
  ['nothing', ''],
])('%s is no journal report', (_what, text) => {
  expect(read(text)).toBeNull();
});

test('a boundary that begins like ours ends nothing', () => {
  const found = read(report().replaceAll('journal-inner', 'journal2'));
  expect(found?.recipients).toHaveLength(5);
  expect(Buffer.from(found!.original).toString('latin1')).toContain('--journal2--');
});

test('recipients are bounded and counted once', () => {
  const lines = Array.from({ length: 20_000 }, (_, n) => `To: p${n % 15_000}@example.org`);
  expect(read(report({ lines }))?.recipients).toHaveLength(10_000);
});

test('hostile bytes never throw and never take long', () => {
  const pieces = fc.constantFrom(
    '--journal',
    '\r\n',
    '\n',
    'To: a@b.example',
    'Content-Type: message/rfc822',
    ': ',
    INNER,
    '\0',
    '=4',
    '"',
    'boundary=',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 20 })), { maxLength: 60 }), (some) => {
      const found = read(report({ body: some.join(''), parts: some }));
      return found === null || found.recipients.length > 0;
    }),
    { numRuns: 200 },
  );
  const began = performance.now();
  read(report({ body: '--journal'.repeat(200_000) }));
  read(report({ body: 'To: '.concat('a@'.repeat(400_000)) }));
  expect(performance.now() - began).toBeLessThan(5_000);
});
