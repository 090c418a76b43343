import { ana, answers, buttonsOf, fails, Gmail, mail, problem, tokenOf, view, wordsOn } from './gmail.ts';

let gmail: Gmail;
beforeEach(() => {
  gmail = new Gmail();
  gmail.server = [answers(201, view())];
  gmail.open();
});

test('a message id in msg-f: form goes to Gmail and to the server as hex', () => {
  gmail = new Gmail('msg-f:1871234567890123456');
  gmail.server = [answers(201, view())];
  gmail.open();
  gmail.press('Send report');
  expect(gmail.reads).toEqual(['19f7f5ecde85bac0']);
  expect(gmail.calls[0]?.body?.provider_message_id).toBe('19f7f5ecde85bac0');
  // And in the memory it is the same message.
  gmail.messageId = '19f7f5ecde85bac0';
  expect(wordsOn(gmail.open())).toContain('You had reported this message before.');
});

test('a message that was deleted meanwhile: nothing is sent, and nobody is alarmed', () => {
  gmail.messages.clear();
  expect(wordsOn(gmail.press('Send report'))).toContain('This message is no longer here');
  expect(gmail.calls).toEqual([]);
  expect(buttonsOf(gmail.card)).toEqual([]);
  expect(wordsOn(gmail.open())).toContain('Report this message');
});

test('mail of another account, which Gmail does not open here, goes by its ids; the server says whose it is', () => {
  gmail.eventToken = 'token-of-another-account';
  gmail.token = tokenOf({ email: 'ben@lab.example.org' });
  gmail.server = [problem(403, 'mailbox_not_allowed')];
  expect(wordsOn(gmail.press('Send report'))).toContain('You cannot report from this mailbox');
  expect(gmail.reads).toEqual([]);
  expect(gmail.calls[0]?.body).toMatchObject({
    mailbox: 'ben@lab.example.org',
    provider_message_id: '19f7f5ecde85bac0',
  });
  expect(gmail.calls[0]?.body?.raw_message).toBeUndefined();
});

test('of a thread of 30 only the open message is read and sent', () => {
  for (let at = 1; at < 30; at++) gmail.messages.set(`19f7f5ecde85bb${at.toString(16).padStart(2, '0')}`, mail());
  gmail.press('Send report');
  expect(gmail.reads).toEqual(['19f7f5ecde85bac0']);
});

test('40 MB go by their ids alone', () => {
  gmail.messages.set('19f7f5ecde85bac0', Buffer.alloc(40 * 1024 * 1024, 'a'));
  gmail.press('Send report');
  expect(gmail.calls).toHaveLength(1);
  expect(gmail.calls[0]?.body?.raw_message).toBeUndefined();
  expect(gmail.calls[0]?.body?.fidelity).toBeUndefined();
  expect(gmail.calls[0]?.body?.provider_message_id).toBe('19f7f5ecde85bac0');
});

test('what the server finds too large goes once more by its ids; then it is said', () => {
  gmail.server = [problem(413, 'too_large')];
  expect(wordsOn(gmail.press('Send report'))).toContain('This message is too large to send');
  expect(gmail.calls.map(({ body }) => body?.raw_message === undefined)).toEqual([false, true]);
});

test('8-bit bytes are never called exact', () => {
  const bytes = Buffer.concat([mail(), Buffer.from([0xe9, 0x0d, 0x0a])]);
  gmail.messages.set('19f7f5ecde85bac0', bytes);
  gmail.press('Send report');
  expect(gmail.calls[0]?.body?.fidelity).toBe('text');
  gmail.open();
});

test('UTF-8 in the body is called text as well: the string may have been another charset', () => {
  gmail.messages.set('19f7f5ecde85bac0', mail('Grüße'));
  gmail.press('Send report');
  const { fidelity, raw_message } = gmail.calls[0]!.body!;
  expect(fidelity).toBe('text');
  expect(Buffer.from(raw_message!, 'base64').toString('utf8')).toContain('Grüße');
});

test('without the delegation the server has only the upload: held, and the card says who looks', () => {
  const held = view({
    original: 'client_supplied',
    psr: { action: 'hold', reason: 'client_supplied_only' },
    retraction: null,
  });
  gmail.server = [answers(201, held)];
  const words = wordsOn(gmail.press('Send report'));
  expect(words).toContain('This is phishing');
  for (const line of held.pane.lines) expect(words).toContain(line);
});

test('the daily quota of Apps Script is gone: the card says so, and that it can wait or be told', () => {
  gmail.server = [fails('Exception: Service invoked too many times for one day: urlfetch.')];
  const words = wordsOn(gmail.press('Send report'));
  expect(words).toContain('Google lets nothing more through today');
  expect(words).toContain('Sending it again is safe');
});

test('a scope that was unticked: Google’s own question passes through, untouched', () => {
  gmail.scopes = gmail.scopes.filter((scope) => !scope.includes('current.message'));
  expect(() => gmail.press('Send report')).toThrow('Authorization is required to perform that action');
  expect(gmail.calls).toEqual([]);
});

test.each([
  ['none', null],
  ['without an address', tokenOf({ sub: '1' })],
  ['that is none', 'nonsense'],
])('an identity token %s: the card says what is missing, and "Try again" sends what was chosen', (_, token) => {
  const good = gmail.token;
  gmail.token = token;
  expect(wordsOn(gmail.press('Send report', { type: ['spam'] }))).toContain('Reelback may not see who you are');
  expect(gmail.calls).toEqual([]);
  gmail.token = good;
  gmail.press('Try again');
  expect(gmail.calls[0]?.body).toMatchObject({ type: 'spam', mailbox: ana });
});

test.each([
  [401, 'token_invalid', 'The server did not accept your sign-in'],
  [403, 'tenant_unknown', 'Your organisation is not registered'],
  [403, 'mailbox_not_allowed', 'You cannot report from this mailbox'],
  [400, 'invalid', 'The server did not understand this report'],
  [404, 'not_found', 'Reelback is not set up completely'],
  [422, 'unreadable', 'We could not read this message'],
  [500, 'internal', 'The server has a problem'],
  [503, 'unavailable', 'The server has a problem'],
])('%i %s has its card', (status, code, title) => {
  gmail.server = [problem(status, code, { submission_id: 'sub_9' })];
  const words = wordsOn(gmail.press('Send report'));
  expect(words).toContain(title);
  expect(words).toContain(`Detail ${status} · sub_9`);
});

test.each([
  ['37', '37 seconds'],
  ['600', '10 minutes'],
  ['soon', null],
])('429 with Retry-After %s', (field, wait) => {
  gmail.server = [problem(429, 'too_many', {}, { 'Retry-After': field })];
  const words = wordsOn(gmail.press('Send report'));
  expect(words).toContain('Many reports at once');
  if (wait) expect(words).toContain(`Please wait ${wait}.`);
  else expect(words).not.toContain('Please wait');
});

test.each([
  ['a sign-in page of a proxy', answers(200, '<html>Sign in</html>'), 'The server has a problem'],
  ['half an answer', answers(201, '{"id":"sub_1"'), 'The server has a problem'],
  ['an answer of something else', answers(200, { ok: true }), 'The server has a problem'],
  ['a redirect', answers(302, '', { Location: 'https://login.example.net/' }), 'Reelback is not set up completely'],
  ['no route', fails('Address unavailable: https://phish.example.org/'), 'No connection'],
  ['a wrong name', fails('DNS error: https://phish.example.org/'), 'No connection'],
  ['silence', fails('Timeout: https://phish.example.org/'), 'No answer yet'],
  [
    'a blocked address',
    fails('Access to this URL is blocked by your administrator'),
    'Reelback is not set up completely',
  ],
  ['words nobody knows', fails('Unexpected error: x'), 'No answer came back'],
])('%s instead of an answer', (_, reply, title) => {
  gmail.server = [reply];
  expect(wordsOn(gmail.press('Send report'))).toContain(title);
});

test('storage that fails costs no report', () => {
  gmail.properties.get = () => {
    throw new Error('Service invoked too many times for one day: properties.');
  };
  gmail.properties.set = gmail.properties.get as never;
  expect(wordsOn(gmail.open())).toContain('Report this message');
  expect(wordsOn(gmail.press('Send report'))).toContain('This is phishing');
});

test('memory does not grow beyond what Apps Script keeps, and what has not arrived stays longest', () => {
  const kept = (at: number, arrived: string | null) =>
    JSON.stringify({ v: 1, press: { key: `k${at}`, type: 'phish', comment: '', exposure: [] }, sentAt: at, arrived });
  gmail.properties.clear();
  gmail.properties.set('report.waiting', kept(0, null));
  for (let at = 1; at < 200; at++) gmail.properties.set(`report.${at}`, kept(at, `sub_${at}`));
  gmail.properties.set('of-somebody-else', 'x');
  gmail.press('Send report');
  expect(gmail.properties.size).toBe(102);
  for (const key of ['report.waiting', 'report.199', 'of-somebody-else']) expect(gmail.properties.has(key)).toBe(true);
  expect(gmail.properties.has('report.1')).toBe(false);
});
