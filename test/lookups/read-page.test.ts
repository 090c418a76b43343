import fc from 'fast-check';
import { readPage } from '../../server/lookups/read-page.ts';

const at = 'https://lure.example/a/login';
const read = (html: string) => readPage(html, at);

test('title, site name, first-rank headings and the first picture are the names of a page', () => {
  const page = read(`<title> Sign in to
    your account </title><meta property="og:site_name" content="Microsoft">
    <h1>Enter <b>password</b></h1><img src="x.png" alt="Microsoft logo"><h2>Pay with Klarna</h2><svg aria-label="Visa"><title>Visa</title></svg><img alt="PayPal">`);
  expect(page.title).toBe('Sign in to your account');
  expect(page.names).toEqual(['Microsoft', 'Enter password', 'Microsoft logo']);
});

test('what stands on buttons and links names somebody else', () => {
  const page = read(
    '<title>Acme</title><button><img alt="Google logo">Sign in with Google</button><a href=x><h2>PayPal</h2></a>',
  );
  expect(page.names).toEqual([]);
});

test.each([
  ['<input type=password>', 'password'],
  ['<input name="passwd">', 'password'],
  ['<input type="text" placeholder="Passwort">', 'password'],
  ['<input name="userPassword" type="text">', 'password'],
  ['<input autocomplete="one-time-code">', 'one_time_code'],
  ['<input name="otp" type="tel">', 'one_time_code'],
  ['<input placeholder="pushTAN">', 'one_time_code'],
  ['<input name="cardNumber">', 'card'],
  ['<input autocomplete="cc-csc">', 'card'],
  ['<input id="cvv">', 'card'],
  ['<textarea placeholder="Enter your 12 words"></textarea>', 'recovery_phrase'],
  ['<input name="seed-phrase">', 'recovery_phrase'],
])('%s asks for a %s', (field, secret) => {
  for (const html of [`<form action="/in.php">${field}</form>`, field, `<FORM>${field}`])
    expect(read(html).secrets).toEqual([secret]);
});

test.each([
  '<input type=hidden name=password>',
  '<input type=submit value="Forgot password?">',
  '<input type=search name=q>',
  '<p>Never tell your password or card number.</p>',
  '<!-- <input type=password> -->',
  '<script>"<input type=password>"</script>',
])('%s asks for nothing', (html) => expect(read(html).secrets).toEqual([]));

test('a form sends where its action says, seen from the page or its base', () => {
  expect(read('<form action="/in"><input type=password></form>').actions).toEqual(['https://lure.example/in']);
  expect(read('<base href="https://b.example/x/"><form action="in"><input type=password></form>').actions).toEqual([
    'https://b.example/x/in',
  ]);
  expect(read('<form action="https://c.example/"><input name=q></form>').actions).toEqual([]);
});

test('a page that passes on by itself within ten seconds is a redirect', () => {
  expect(read('<meta http-equiv="Refresh" content="0; URL=\'/next\'">').refresh).toBe('https://lure.example/next');
  expect(read('<meta http-equiv=refresh content="3;https://x.example/">').refresh).toBe('https://x.example/');
  expect(read('<meta http-equiv=refresh content="600; url=/next">').refresh).toBeNull();
  expect(read('<meta http-equiv=refresh content="5">').refresh).toBeNull();
});

test('a page of millions of elements, of one endless tag, or as deep as it is long, is read in no time', () => {
  for (const html of [
    '<input type=password>'.repeat(300_000),
    `<div ${'a=b '.repeat(300_000)}`,
    '<div>'.repeat(200_000),
    `<title>${'x'.repeat(1_000_000)}`,
    '<'.repeat(1_000_000),
    '&amp'.repeat(300_000),
  ]) {
    // Of this process: a busy machine makes the clock run, not the reading slower.
    const before = process.cpuUsage();
    const page = read(html);
    expect(process.cpuUsage(before).user).toBeLessThan(1_500_000);
    expect(page.title.length).toBeLessThanOrEqual(300);
  }
});

test('whatever the bytes, a reading comes out', () => {
  const piece = fc.constantFrom(
    '<form action="',
    '">',
    '<input type=password ',
    'name=',
    '<title>',
    '</title>',
    '<meta http-equiv=refresh content="0;url=',
    '<base href="',
    'http://[',
    '\0',
    '&#x',
    '</',
    '<!--',
    ']]>',
    '<svg>',
    'alt="',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 60 }), (pieces) => {
      const page = read(pieces.join(''));
      expect(page.names.length).toBeLessThanOrEqual(20);
      for (const action of page.actions) expect(URL.canParse(action)).toBe(true);
    }),
    { numRuns: 300 },
  );
});
