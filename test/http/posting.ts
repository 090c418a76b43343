import type { Doors } from './doors.ts';

/** A report as the add-in posts it. */
export const EML = 'From: billing@invoices.example.net\r\nSubject: Your invoice is overdue\r\n\r\nPay now.\r\n';

export const report = (change: Record<string, unknown> = {}) => ({
  provider: 'microsoft365',
  mailbox: 'ana@example.org',
  provider_message_id: 'AAMk1',
  type: 'phish',
  raw_message: Buffer.from(EML).toString('base64'),
  ...change,
});

/** Posts with a reporter's token; a string or bytes go as they are. */
export const postTo = (
  { app }: Doors,
  token: string,
  payload: unknown,
  headers: Record<string, string> = {},
  url = '/api/v1/submissions',
) =>
  app.inject({
    method: 'POST',
    url,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    payload: typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : JSON.stringify(payload),
  });
