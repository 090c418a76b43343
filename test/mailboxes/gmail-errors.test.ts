import fc from 'fast-check';
import { meaningOf } from '../../server/mailboxes/gmail-errors.ts';
import { answersIn, multipartOf } from '../../server/mailboxes/gmail-multipart.ts';
import { PermanentError, TemporaryError } from '../../shared/errors.ts';

const NOW = Date.parse('2026-11-02T09:00:00Z');

function read(status: number, error: unknown, purpose: 'read' | 'write' = 'read', headers = {}): string {
  const meaning = meaningOf({ status, headers, body: error === undefined ? null : { error } }, purpose, NOW);
  if (meaning.is !== 'refused') return meaning.is;
  const { error: said } = meaning;
  if (said instanceof PermanentError) return `permanent ${said.code}`;
  return ['temporary', said.retryAfterMs, said.outcomeUnknown ? 'unknown' : ''].filter(Boolean).join(' ');
}

const older = (reason: string, message = '') => ({ errors: [{ reason, message }], message });
const newer = (status: string, reason?: string) => ({ status, details: reason ? [{ reason }] : [] });

test.each<[string, string, string]>([
  ['a success', read(204, undefined), 'done'],
  ['a message that is gone', read(404, older('notFound')), 'gone'],
  ['an id that is none', read(400, older('invalidArgument', 'Invalid id value')), 'gone'],
  ['a label that is gone', read(400, older('invalidArgument', 'Invalid label: Label_7')), 'label_gone'],
  ['a label that is gone, in older words', read(400, older('notFound', 'labelId not found')), 'label_gone'],
  ['a key the directory cannot read', read(400, older('invalid', 'Type not supported: userKey')), 'gone'],
  ['no Gmail', read(400, older('failedPrecondition', 'Mail service not enabled')), 'permanent no_mailbox'],
  ['no Gmail, in newer shape', read(400, newer('FAILED_PRECONDITION')), 'permanent no_mailbox'],
  ['another bad request', read(400, older('badRequest')), 'permanent unexpected_answer'],
  ['a bad token', read(401, older('authError')), 'permanent consent-revoked'],
  ['the API is off in the project', read(403, older('accessNotConfigured')), 'permanent consent-revoked'],
  ['the same, in newer shape', read(403, newer('PERMISSION_DENIED', 'SERVICE_DISABLED')), 'permanent consent-revoked'],
  ['a scope is missing', read(403, older('insufficientPermissions')), 'permanent not_authorized'],
  ['a policy of the domain', read(403, older('domainPolicy')), 'permanent not_authorized'],
  ['a user’s quota as 403', read(403, older('userRateLimitExceeded')), 'temporary 10000'],
  ['the project’s quota as 429', read(429, older('rateLimitExceeded')), 'temporary 10000'],
  ['quota in newer shape', read(429, newer('RESOURCE_EXHAUSTED', 'RATE_LIMIT_EXCEEDED')), 'temporary 10000'],
  ['quota with Retry-After', read(429, older('x'), 'read', { 'retry-after': '7' }), 'temporary 7000'],
  [
    'quota with a time in its text',
    read(403, older('userRateLimitExceeded', 'User-rate limit exceeded.  Retry after 2026-11-02T09:00:42.000Z')),
    'temporary 42000',
  ],
  ['quota with a time next year', read(429, older('x', 'Retry after 2027-11-02T09:00:42.000Z')), 'temporary 3600000'],
  ['the daily quota', read(403, older('dailyLimitExceeded')), 'temporary 3600000'],
  ['trouble on a read', read(503, older('backendError')), 'temporary'],
  ['trouble on a write', read(503, older('backendError'), 'write'), 'temporary unknown'],
  ['a conflict on a write', read(409, older('aborted'), 'write'), 'temporary unknown'],
  ['HTML of a gateway', read(502, undefined, 'write'), 'temporary unknown'],
])('%s', (_, said, expected) => {
  expect(said).toBe(expected);
});

test('whatever the body, the meaning is one of ours and quotes none of it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 200, max: 599 }), fc.jsonValue(), (status, body) => {
      const meaning = meaningOf({ status, headers: {}, body }, 'write', NOW);
      if (meaning.is === 'refused') expect([TemporaryError, PermanentError]).toContain(meaning.error.constructor);
    }),
  );
  const quoting = meaningOf({ status: 403, headers: {}, body: { error: older('x', 'ana@example.org') } }, 'read', NOW);
  expect(quoting.is === 'refused' && quoting.error.message).not.toContain('ana');
});

describe('a multipart answer', () => {
  const answer = (parts: string[], boundary = 'b') =>
    Buffer.from(`${parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--\r\n`);
  const part = (id: number, status: number, body: unknown) =>
    `Content-Type: application/http\r\nContent-ID: <response-item${id}>\r\n\r\nHTTP/1.1 ${status} OK\r\nRetry-After: 3\r\n\r\n${JSON.stringify(body)}`;

  test('is read in any order, and what is missing is null', () => {
    const bytes = answer([part(2, 404, { a: 'ü雪' }), part(0, 200, { b: '--b\n' }), part(9, 200, {})]);
    expect(answersIn('multipart/mixed; boundary="b"', bytes, 3)).toEqual([
      { status: 200, headers: { 'retry-after': '3' }, body: { b: '--b\n' } },
      null,
      { status: 404, headers: { 'retry-after': '3' }, body: { a: 'ü雪' } },
    ]);
  });

  test('that is broken anywhere answers null there and throws nowhere', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.string(), (bytes, type) => {
        expect(answersIn(`multipart/mixed; boundary=${type}`, bytes, 2)).toHaveLength(2);
      }),
    );
    const whole = answer([part(0, 200, { a: 1 }), part(1, 200, { b: 2 })]);
    for (let length = 0; length < whole.length; length += 7)
      expect(answersIn('multipart/mixed; boundary=b', whole.subarray(0, length), 2)).toHaveLength(2);
    expect(answersIn('text/html', whole, 2)).toEqual([null, null]);
  });

  test('mirrors what was asked: each part keeps its method, path, token and body', () => {
    const text = multipartOf(
      [
        { method: 'GET', path: '/gmail/v1/users/a/messages?q=x', token: 't1', body: null },
        { method: 'POST', path: '/gmail/v1/users/b/messages/1/modify', token: 't2', body: '{"addLabelIds":["ü"]}' },
      ],
      'mark',
    );
    expect(text.split('--mark')).toHaveLength(4);
    expect(text).toContain('GET /gmail/v1/users/a/messages?q=x HTTP/1.1\r\nAuthorization: Bearer t1\r\n\r\n');
    expect(text).toContain('Content-Length: 22\r\n\r\n{"addLabelIds":["ü"]}\r\n');
  });
});
