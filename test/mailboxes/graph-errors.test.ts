import { type Answer, lostReply, type Purpose, retryAfterMs } from '../../server/mailboxes/answer.ts';
import { meaningOf } from '../../server/mailboxes/graph-errors.ts';
import { PermanentError } from '../../shared/errors.ts';

const NOW = Date.parse('2026-11-02T09:00:00Z');
const answer = (status: number, code?: string, headers: Record<string, string> = {}): Answer => ({
  status,
  headers,
  body: code === undefined ? null : { error: { code, message: 'Dear Ana, your invoice' } },
});

/** `temporary 5000 unknown`, `permanent no_mailbox`, or the meaning itself. */
function read(purpose: Purpose, given: Answer): string {
  const meaning = meaningOf(given, purpose, NOW);
  if (meaning.is !== 'refused') return meaning.is;
  const { error } = meaning;
  if (error instanceof PermanentError) return `permanent ${error.code}`;
  return ['temporary', error.retryAfterMs, error.outcomeUnknown ? 'unknown' : 'nothing happened'].join(' ');
}

describe('what an answer to a move means', () => {
  test.each([
    [201, undefined, 'done'],
    [200, undefined, 'done'],
    [204, undefined, 'done'],
    [404, 'ErrorItemNotFound', 'gone'],
    [403, 'ErrorCannotDeleteObject', 'gone'],
    [404, 'ErrorFolderNotFound', 'folder_gone'],
    [404, 'MailboxNotEnabledForRESTAPI', 'permanent no_mailbox'],
    [404, 'ErrorNonExistentMailbox', 'permanent no_mailbox'],
    [404, 'ResourceNotFound', 'unknown'],
    [404, 'ErrorInvalidUser', 'unknown'],
    [403, 'ErrorAccessDenied', 'permanent not_authorized'],
    [403, 'Authorization_RequestDenied', 'permanent not_authorized'],
    [403, 'ErrorItemOnHold', 'permanent held'],
    [401, 'InvalidAuthenticationToken', 'permanent consent-revoked'],
    [429, 'ApplicationThrottled', 'temporary 10000 nothing happened'],
    [429, 'ErrorTooManyObjectsOpened', 'temporary 60000 nothing happened'],
    [500, 'ErrorMoveCopyFailed', 'temporary 60000 unknown'],
    [500, 'ErrorInternalServerError', 'temporary  unknown'],
    [502, undefined, 'temporary  unknown'],
    [503, 'ServiceUnavailable', 'temporary  unknown'],
    [504, 'UnknownError', 'temporary  unknown'],
    [409, 'ErrorIrresolvableConflict', 'temporary  unknown'],
    [424, 'FailedDependency', 'temporary  nothing happened'],
    [501, 'NotImplemented', 'permanent unsupported'],
    [405, 'MethodNotAllowed', 'permanent unsupported'],
    [400, 'BadRequest', 'permanent unexpected_answer'],
    [404, undefined, 'permanent unexpected_answer'],
    [302, undefined, 'permanent unexpected_answer'],
  ])('%i %s: %s', (status, code, expected) => {
    expect(read('write', answer(status, code))).toBe(expected);
  });

  test('to a read nothing is ever unknown', () => {
    for (const status of [408, 409, 423, 429, 500, 502, 503, 504]) {
      expect(read('read', answer(status, 'Any'))).toMatch(/nothing happened$/);
    }
  });

  test('its words, which may quote mail, go no further', () => {
    const meaning = meaningOf(answer(400, 'BadRequest'), 'read', NOW);
    expect(meaning.is === 'refused' && meaning.error.message).toBe('graph: 400 BadRequest');
  });

  test.each([null, 'Bad Gateway', [], { error: 'x' }, { error: { code: 7 } }, { error: null }])(
    'a body of %p is no stumbling block',
    (body) => {
      expect(read('read', { status: 502, headers: {}, body })).toBe('temporary  nothing happened');
    },
  );
});

test.each([
  ['7', 7_000],
  ['0', 0],
  [' 2.5 ', 2_500],
  ['Mon, 02 Nov 2026 09:00:30 GMT', 30_000],
  ['Mon, 02 Nov 2026 08:00:00 GMT', 0],
  ['999999999', 3_600_000],
  ['soon', undefined],
  ['', undefined],
])('Retry-After %p is %p ms', (header, expected) => {
  expect(retryAfterMs(answer(429, 'Any', { 'retry-after': header }), NOW)).toBe(expected);
});

test('only a connection that never stood leaves no doubt about a write', () => {
  const fetchFailed = (code: string) =>
    Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error(), { code }) });
  for (const code of ['ECONNREFUSED', 'ENOTFOUND', 'UND_ERR_CONNECT_TIMEOUT']) {
    expect(lostReply('graph', fetchFailed(code), 'write').outcomeUnknown).toBe(false);
  }
  for (const code of ['ECONNRESET', 'UND_ERR_SOCKET', 'EPIPE', 'UND_ERR_HEADERS_TIMEOUT']) {
    expect(lostReply('graph', fetchFailed(code), 'write').outcomeUnknown).toBe(true);
    expect(lostReply('graph', fetchFailed(code), 'read').outcomeUnknown).toBe(false);
  }
  expect(lostReply('graph', new DOMException('', 'TimeoutError'), 'write')).toMatchObject({
    outcomeUnknown: true,
    message: 'graph: no answer (silence)',
  });
  expect(lostReply('graph', 'odd', 'write').outcomeUnknown).toBe(true);
});
