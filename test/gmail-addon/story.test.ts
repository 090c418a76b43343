import { ana, answers, buttonsOf, fails, Gmail, mail, problem, view, wordsOn } from './gmail.ts';

const done = view({
  retraction: { ...view().retraction!, state: 'done', mailboxes: { searched: 40, total: 40 } },
});

test('opening a message reads nothing of it and calls nobody', () => {
  const gmail = new Gmail();
  const card = gmail.open();
  expect(wordsOn(card)).toContain('Report this message');
  expect(gmail.calls).toEqual([]);
  expect(gmail.reads).toEqual([]);
});

test('the homepage says what to do', () => {
  const gmail = new Gmail('');
  expect(wordsOn(gmail.open())).toContain('Open the message that worries you');
});

test('a report carries the ids, the bytes, and what was chosen', () => {
  const gmail = new Gmail();
  gmail.server = [answers(201, done)];
  gmail.open();
  gmail.press('Send report', { type: ['phish'], exposure: ['clicked_link'], comment: [' odd ', 'x'] });
  const [call] = gmail.calls;
  expect(call?.url).toBe('https://phish.example.org/api/v1/submissions?wait=8');
  expect(call?.headers.Authorization).toBe(`Bearer ${gmail.token}`);
  expect(call?.headers['Accept-Language']).toBe('en-GB');
  expect(call?.headers['Idempotency-Key']).toMatch(/^[0-9a-f-]{36}$/);
  expect(call?.followRedirects).toBe(false);
  const { raw_message, ...request } = call!.body!;
  expect(request).toEqual({
    provider: 'google',
    mailbox: ana,
    provider_message_id: '19f7f5ecde85bac0',
    internet_message_id: '<lure@x.test>',
    type: 'phish',
    comment: 'odd',
    exposure: ['clicked_link'],
    fidelity: 'exact',
    client: { name: 'gmail', version: '1.0.0', host: 'WEB' },
  });
  expect(Buffer.from(raw_message!, 'base64')).toEqual(mail());
});

test('of a message that is only odd, what happened is not asked and not sent', () => {
  const gmail = new Gmail();
  gmail.server = [answers(201, done)];
  gmail.open();
  gmail.press('Send report', { type: ['safe'], exposure: ['clicked_link'] });
  expect(gmail.calls[0]?.body?.type).toBe('safe');
  expect(gmail.calls[0]?.body?.exposure).toBeUndefined();
});

test('the verdict is worded by the server, with what was removed and what to do', () => {
  const gmail = new Gmail();
  gmail.server = [answers(201, done)];
  gmail.open();
  const words = wordsOn(gmail.press('Send report'));
  expect(words).toContain('This is phishing');
  expect(words).toContain('3 copies were removed');
  expect(words).toContain('What we noticed');
  expect(words).toContain('x[.]test');
  expect(gmail.stateChanged).toBe(true);
  expect(buttonsOf(gmail.card).map(({ text }) => text)).toEqual(['I was wrong']);
});

test('a receipt waits for "Check again", which shows the progress and then the end', () => {
  const gmail = new Gmail();
  const pending = view({ status: 'analysing', outcome_disposition: null, psr: null, retraction: null, reasons: [] });
  gmail.server = [answers(202, pending), answers(200, view()), answers(200, done)];
  gmail.open();
  expect(wordsOn(gmail.press('Send report'))).toContain('This panel does not refresh by itself.');
  const running = wordsOn(gmail.press('Check again'));
  expect(running).toContain('▰▰▰▱▱▱▱▱▱▱');
  expect(running).toContain('25 %');
  expect(running).toContain('10 of 40 mailboxes searched');
  gmail.press('Check again');
  expect(gmail.calls.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual([
    'POST /api/v1/submissions',
    'GET /api/v1/submissions/sub_1',
    'GET /api/v1/submissions/sub_1',
  ]);
  expect(buttonsOf(gmail.card).map(({ text }) => text)).toEqual(['I was wrong']);
});

test('a message that was reported before shows that at once, without a call', () => {
  const gmail = new Gmail();
  gmail.server = [answers(201, done)];
  gmail.open();
  gmail.press('Send report');
  const words = wordsOn(gmail.open());
  expect(words).toContain('You had reported this message before.');
  expect(words).toContain('This is phishing');
  expect(gmail.calls).toHaveLength(1);
  // After six hours only the receipt is left.
  gmail.cache.clear();
  expect(wordsOn(gmail.open())).toContain('You have reported this message');
  gmail.server = [answers(200, done)];
  expect(wordsOn(gmail.press('Check again'))).toContain('This is phishing');
});

test('the server’s word that it knows the report is passed on', () => {
  const gmail = new Gmail();
  gmail.server = [answers(200, done)];
  gmail.open();
  expect(wordsOn(gmail.press('Send report'))).toContain('You had reported this message before.');
});

test('"I was wrong" asks first, and tells what comes back', () => {
  const gmail = new Gmail();
  gmail.server = [answers(201, done)];
  gmail.open();
  gmail.press('Send report');
  expect(wordsOn(gmail.press('I was wrong'))).toContain('Take your report back?');
  expect(gmail.calls).toHaveLength(1);
  expect(wordsOn(gmail.press('Keep it'))).toContain('This is phishing');
  gmail.press('I was wrong');
  gmail.server = [
    answers(200, { withdrawn: true, restore: 'started' }),
    answers(200, view({ status: 'withdrawn', retraction: { ...done.retraction!, state: 'restoring' } })),
  ];
  const words = wordsOn(gmail.press('Take it back'));
  expect(words).toContain('What had been removed is being put back');
  expect(gmail.stack).toHaveLength(1);
  expect(gmail.calls[1]?.url).toBe('https://phish.example.org/api/v1/submissions/sub_1/withdraw');
});

test('a withdrawal that fails leaves the verdict and says so', () => {
  const gmail = new Gmail();
  gmail.server = [answers(201, done)];
  gmail.open();
  gmail.press('Send report');
  gmail.press('I was wrong');
  gmail.server = [problem(503, 'unavailable'), answers(200, done)];
  expect(wordsOn(gmail.press('Take it back'))).toContain('That did not work. Please try again.');
  expect(buttonsOf(gmail.card).map(({ text }) => text)).toContain('I was wrong');
});

test('offline: nothing is lost, and sending again uses the same key and the same choice', () => {
  const gmail = new Gmail();
  gmail.open();
  const words = wordsOn(gmail.press('Send report', { type: ['not_sure'], comment: ['who is this?'] }));
  expect(words).toContain('No connection');
  expect(words).toContain('Sending it again is safe: it counts once.');
  gmail.server = [answers(201, done)];
  expect(wordsOn(gmail.press('Try again'))).toContain('This is phishing');
  const [first, second] = gmail.calls;
  expect(second?.headers['Idempotency-Key']).toBe(first?.headers['Idempotency-Key']);
  expect(second?.body).toEqual(first?.body);
  expect(second?.body?.comment).toBe('who is this?');
});

test('an execution that was killed is remembered: the next opening offers to send again under its key', () => {
  const gmail = new Gmail();
  gmail.server = [fails('Timeout: https://phish.example.org/')];
  gmail.open();
  expect(wordsOn(gmail.press('Send report'))).toContain('We do not know whether your report has arrived');
  expect(wordsOn(gmail.open())).toContain('Has your report arrived?');
  gmail.server = [answers(201, done)];
  gmail.press('Try again');
  expect(new Set(gmail.calls.map(({ headers }) => headers['Idempotency-Key'])).size).toBe(1);
});

test('two presses of the report button are two keys', () => {
  const gmail = new Gmail();
  gmail.server = [problem(400, 'invalid')];
  gmail.open();
  gmail.press('Send report');
  gmail.open();
  gmail.press('Send report');
  expect(new Set(gmail.calls.map(({ headers }) => headers['Idempotency-Key'])).size).toBe(2);
});

test('when a check cannot get through, the last answer stays, with its time', () => {
  const gmail = new Gmail();
  gmail.server = [answers(201, view())];
  gmail.open();
  gmail.press('Send report');
  gmail.server = [fails('DNS error: https://phish.example.org/')];
  const words = wordsOn(gmail.press('Check again'));
  expect(words).toContain('A newer answer could not be fetched.');
  expect(words).toContain('This is phishing');
  gmail.cache.clear();
  expect(wordsOn(gmail.press('Check again'))).toContain('Your report has arrived');
});

test('a report that the server no longer has can be made anew', () => {
  const gmail = new Gmail();
  gmail.server = [answers(201, view())];
  gmail.open();
  gmail.press('Send report');
  gmail.server = [problem(404, 'not_found')];
  expect(wordsOn(gmail.press('Check again'))).toContain('This report cannot be found');
  expect(wordsOn(gmail.open())).toContain('Report this message');
});

test('in German everything is German', () => {
  const gmail = new Gmail();
  gmail.locale = 'de-CH';
  expect(wordsOn(gmail.open())).toContain('Diese Nachricht melden');
  gmail.server = [answers(201, view({}, 'de'))];
  const words = wordsOn(gmail.press('Meldung senden'));
  expect(words).toContain('Das ist Phishing');
  expect(words).toContain('10 von 40 Postfächern durchsucht');
  expect(words).toContain('Noch einmal nachsehen');
  expect(words).not.toMatch(/\b(the|your|Check)\b/);
  expect(gmail.calls[0]?.headers['Accept-Language']).toBe('de-CH');
});

test('a language nobody here speaks is answered in English', () => {
  const gmail = new Gmail();
  gmail.locale = 'pt-BR';
  expect(wordsOn(gmail.open())).toContain('Report this message');
});
