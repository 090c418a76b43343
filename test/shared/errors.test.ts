import { PermanentError, TemporaryError } from '../../shared/errors.ts';

test('an answer that was lost on the way says that its outcome is unknown', () => {
  const error = new TemporaryError('graph: reset', { retryAfterMs: 2_000, outcomeUnknown: true });
  expect(error).toMatchObject({ name: 'TemporaryError', retryAfterMs: 2_000, outcomeUnknown: true });
  expect(new TemporaryError('graph: 503').outcomeUnknown).toBe(false);
});

test('a permanent error carries a stable word, and it is the message when there is none', () => {
  expect(new PermanentError('consent-revoked')).toMatchObject({ code: 'consent-revoked', message: 'consent-revoked' });
});
