/** Mails that report other mails, as programs write them. */
export const REPORTED = [
  'Received: from mx.example.net ([192.0.2.7]) by mx.example.org; Sun, 01 Nov 2026 09:00:00 +0000',
  'From: Billing <billing@invoices.example.net>',
  'To: ana@example.org',
  'Subject: Your invoice is overdue',
  'Date: Sun, 01 Nov 2026 09:00:00 +0000',
  'Message-ID: <1@invoices.example.net>',
  '',
  'Pay at https://pay.invoices.example.net/x now.',
  '',
].join('\r\n');

export interface Forward {
  from?: string;
  to?: string;
  subject?: string;
  /** Further header lines. */
  headers?: string[];
  /** The parts after the text; default: the reported mail as message/rfc822. */
  parts?: string[];
  text?: string;
}

export const attachment = (type: string, filename: string, body: string, encoding = '7bit') =>
  [
    `Content-Type: ${type}; name="${filename}"`,
    `Content-Disposition: attachment; filename="${filename}"`,
    `Content-Transfer-Encoding: ${encoding}`,
    '',
    body,
  ].join('\r\n');

export const base64 = (text: string | Uint8Array) => Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\r\n');

export const asMessage = (raw = REPORTED) => attachment('message/rfc822', 'Your invoice is overdue.eml', raw);

/** Forward as attachment. */
export function forward({
  from = 'Ana Muster <ana@example.org>',
  to = 'report+user+phish@reports.example.org',
  subject = 'Fwd: Your invoice is overdue',
  headers = [],
  parts = [asMessage()],
  text = 'This looks odd to me.',
}: Forward = {}): string {
  return [
    ...headers,
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    'Date: Sun, 01 Nov 2026 09:05:00 +0000',
    'Message-ID: <forward-1@example.org>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="outer-boundary"',
    '',
    '--outer-boundary',
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
    ...parts.flatMap((part) => ['--outer-boundary', part]),
    '--outer-boundary--',
    '',
  ].join('\r\n');
}
