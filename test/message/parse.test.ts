import { parseMessage } from '../../server/message/parse.ts';
import { fixture, fixtureBytes, fixtureNames, mail } from './fixtures.ts';

const addresses = (list: { address: string }[]) => list.map((one) => one.address);

describe('whole messages', () => {
  test.each(fixtureNames)('%s is read without a thrown error and the same twice', async (name) => {
    const raw = fixtureBytes(name);
    const message = await parseMessage(raw);
    expect(await parseMessage(raw)).toEqual(message);
    expect(message.size).toBe(raw.length);
    expect(message.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(message.headerFrom.length).toBeGreaterThan(0);
  });

  test('a lure: subject of two words, the real link behind the shown one, hidden text apart', () => {
    const message = fixture('account-lure');
    expect(message.subject).toBe('Your account has been limited – action required');
    expect(message.headerFrom).toEqual([
      { name: 'PayPal Service', address: 'service@secure-login.example', domain: 'secure-login.example' },
    ]);
    expect(message.envelopeFrom).toBe('bounce@secure-login.example');
    expect(message.received[0]).toMatchObject({
      from: 'secure-login.example',
      by: 'mx.example.org',
      ip: '203.0.113.66',
    });
    expect(message.received[0]?.date?.toISOString()).toBe('2025-03-03T09:12:44.000Z');
    expect(message.links).toEqual([
      {
        url: 'https://paypa1-login.secure-login.example/confirm?id=77',
        target: 'https://paypa1-login.secure-login.example/confirm?id=77',
        host: 'paypa1-login.secure-login.example',
        text: 'https://www.paypal.com/signin',
        source: 'html',
        visible: true,
      },
    ]);
    expect(message.visibleText).toBe(
      'Your account is limited\nDear customer, we noticed unusual activity. Please confirm your details within 24 hours.\nhttps://www.paypal.com/signin',
    );
    expect(message.hiddenText).toBe('spring garden bicycle weather holiday\nrandom filler words\nwhite on white');
    expect(message.defects).toEqual([]);
  });

  test('a newsletter: list headers, both bodies, flowed lines joined', () => {
    const message = fixture('newsletter');
    expect(message.list).toEqual({
      id: 'The Garden Letter <letter.garden.example>',
      unsubscribe: '<https://garden.example/unsubscribe?u=5>, <mailto:leave@garden.example>',
      unsubscribePost: 'List-Unsubscribe=One-Click',
      precedence: 'bulk',
      feedbackId: '112:garden:news',
      autoSubmitted: null,
    });
    expect(message.structure).toBe('multipart/alternative(text/plain,text/html)');
    expect(message.text).toContain('Snowdrops like shade, crocuses like sun.');
    expect(message.visibleText).not.toContain('https://');
    expect(message.date?.toISOString()).toBe('2025-03-06T11:00:00.000Z');
  });

  test.each([
    ['japanese', '重要なお知らせ', 'お客様のアカウントを確認してください。'],
    ['russian-koi8', 'Подтвердите платёж', 'Здравствуйте, подтвердите платёж.'],
    ['chinese-gb2312', '您的订单', '您的订单已发货'],
    ['arabic-utf8', 'تحديث الحساب', 'يرجى تحديث حسابك'],
    ['german-raw-8bit', 'Grüße aus München', 'Schöne Grüße und bis bald!'],
    ['french-parcel', 'Votre colis est bloqué 📦', 'Votre colis est bloqué.'],
    ['internal-mail', 'Room for Thursday', 'room 4 for Thursday – see you there.'],
  ])('%s is decoded whatever its charset', (name, subject, text) => {
    const message = fixture(name);
    expect(message.subject).toBe(subject);
    expect(message.visibleText).toContain(text);
    expect(message.defects).toEqual([]);
  });

  test('a calendar invitation brings its link, although only an attachment holds it', () => {
    const message = fixture('calendar-invitation');
    expect(message.attachments[0]).toMatchObject({ fileType: 'ics', contentType: 'text/calendar' });
    expect(message.links).toMatchObject([{ host: 'payroll.partner.example', source: 'attachment', visible: false }]);
  });

  test('encryption and signature are told apart', () => {
    expect(fixture('smime-encrypted')).toMatchObject({ encryption: 'smime', signed: false });
    expect(fixture('smime-signed')).toMatchObject({ encryption: 'none', signed: true });
    expect(fixture('pgp-encrypted')).toMatchObject({ encryption: 'pgp' });
    expect(fixture('zip-encrypted')).toMatchObject({ encryption: 'none' });
  });

  test('a bounce has the null sender, and a reply in mbox form is read behind its From line', () => {
    expect(fixture('bounce')).toMatchObject({ envelopeFrom: '', list: { autoSubmitted: 'auto-replied' } });
    expect(fixture('plain-reply-lf')).toMatchObject({
      headerFrom: [{ name: 'Carla Diaz', address: 'carla@partner.example', domain: 'partner.example' }],
      defects: [],
    });
  });

  test('a mail in which everything is broken is still read, and says what is wrong', () => {
    const message = fixture('broken-everything');
    expect(addresses(message.headerFrom)).toEqual(['one@a.example', 'ben@b.example', 'x@y.example']);
    expect(message.subject).toBe('✓ broken and ÿodd =?utf-8?X?bad?=');
    expect(message.visibleText).toBe('Hello world a');
    expect(message.links[0]?.host).toBe('a.example');
    expect(message.attachments[0]).toMatchObject({ filename: 'résumé.pdf', fileType: 'pdf' });
    expect(message.date).toBeNull();
    expect(message.defects).toEqual(
      expect.arrayContaining(['bad_header', 'duplicate_from', 'unclosed_multipart', 'bad_encoding']),
    );
  });

  test('nothing at all is a message without sender', async () => {
    expect(await parseMessage(new Uint8Array())).toMatchObject({
      size: 0,
      headerFrom: [],
      text: '',
      messageId: null,
      defects: ['no_from'],
    });
  });

  test('uuencoded text and list footers are part of what is shown', () => {
    expect(fixture('uuencoded').visibleText).toBe('Please call +1 202 555 0100 at once.');
    expect(fixture('list-post').visibleText).toContain('talk mailing list');
    expect(fixture('list-post').links.map((link) => link.url)).toEqual([
      'https://dev.example/patch/1',
      'https://lists.kernel.example/talk',
    ]);
  });
});

describe('structure', () => {
  const part = (boundary: string, type: string, body: string) =>
    `--${boundary}\r\nContent-Type: ${type}\r\n\r\n${body}\r\n`;

  test('a boundary that begins like another is not mistaken for it', () => {
    const inner = `${part('ab', 'text/plain', 'inner')}--ab--\r\n`;
    const message = mail(
      ['From: a@a.example', 'Content-Type: multipart/mixed; boundary=a'],
      `--a\r\nContent-Type: multipart/alternative; boundary=ab\r\n\r\n${inner}${part('a', 'text/html', '<p>outer</p>')}--a--\r\n`,
    );
    expect(message.structure).toBe('multipart/mixed(multipart/alternative(text/plain),text/html)');
    expect(message.text).toBe('inner');
    expect(message.html).toBe('<p>outer</p>');
  });

  test('an outer delimiter ends what an inner multipart forgot to close', () => {
    const message = mail(
      ['From: a@a.example', 'Content-Type: multipart/mixed; boundary=out'],
      `--out\r\nContent-Type: multipart/mixed; boundary=in\r\n\r\n${part('in', 'text/plain', 'one')}${part('out', 'text/plain', 'two')}--out--\r\nafterwards`,
    );
    expect(message.text).toBe('one\ntwo');
  });

  test('a missing boundary parameter is found in the body', () => {
    const message = mail(
      ['From: a@a.example', 'Content-Type: multipart/alternative'],
      `${part('guess', 'text/plain', 'found')}--guess--\r\n`,
    );
    expect(message.text).toBe('found');
  });

  test('nesting and number of parts have a limit that is told', () => {
    const deep = Array.from(
      { length: 60 },
      (_, i) => `--b${i}\r\nContent-Type: multipart/mixed; boundary=b${i + 1}\r\n\r\n`,
    ).join('');
    expect(mail(['From: a@a.example', 'Content-Type: multipart/mixed; boundary=b0'], deep).defects).toContain(
      'nesting_limit',
    );
    const wide = part('w', 'text/plain', 'x').repeat(1_200);
    expect(mail(['From: a@a.example', 'Content-Type: multipart/mixed; boundary=w'], wide).defects).toContain(
      'part_limit',
    );
  });

  test('header lines that never end are cut, needed fields behind a flood are still read', () => {
    const flood = Array.from({ length: 3_000 }, (_, i) => `X-Fill-${i}: v`);
    const message = mail([...flood, 'From: late@a.example', 'Subject: still here'], 'x');
    expect(message.headerFrom[0]?.address).toBe('late@a.example');
    expect(message.subject).toBe('still here');
    expect(message.defects).toContain('header_limit');
    expect(mail([`Subject: ${'A'.repeat(100_000)}`, 'From: a@a.example'], '').subject).toHaveLength(65_535);
  });
});
