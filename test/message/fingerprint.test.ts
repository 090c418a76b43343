import { campaignSimilarity, type Fingerprint, fingerprintOf, sameMail } from '../../server/message/fingerprint.ts';
import { readMessage } from '../../server/message/parse.ts';
import { fixture, fixtureBytes, fixtureNames } from './fixtures.ts';

interface Draft {
  from?: string;
  replyTo?: string;
  subject?: string;
  date?: string;
  messageId?: string;
  html?: string;
  text?: string;
  attachment?: string;
  received?: string;
}

const BODY = `<html><head><style>p { margin: 0 }</style></head><body>
<p>Dear Ana,</p><p>Your invoice 2025-0317 over 120 euros is due on Friday. Please pay it to the account you know.</p>
<p><a href="https://supplier.example/invoices/317?key=a%2Fb">See the invoice</a></p><p>Kind regards, Carla</p></body></html>`;
const BANNER =
  'CAUTION: This email originated from outside of the organization. Do not click links or open attachments unless you recognize the sender and know the content is safe.';
const NOTICE =
  'This message and any attachments are confidential and intended solely for the addressee. If you have received it in error, please notify the sender and delete it.';

/** The same mail in another encoding for every `draft` given; base64 and UTF-8 unless told. */
function copy(draft: Draft = {}, encode: 'base64' | 'latin1' = 'base64'): Fingerprint {
  const head = [
    ...(draft.received === undefined ? [] : [draft.received]),
    `From: ${draft.from ?? 'Carla <carla@supplier.example>'}`,
    ...(draft.replyTo === undefined ? [] : [`Reply-To: ${draft.replyTo}`]),
    `Subject: ${draft.subject ?? 'Invoice 2025-0317'}`,
    `Date: ${draft.date ?? 'Mon, 17 Mar 2025 08:30:00 +0000'}`,
    `Message-ID: ${draft.messageId ?? '<inv@supplier.example>'}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=mm',
  ];
  const part = (type: string, body: string) =>
    encode === 'base64'
      ? `--mm\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(body).toString('base64')}\r\n`
      : `--mm\r\nContent-Type: ${type}; charset=iso-8859-1\r\n\r\n${body.replaceAll('\n', '\r\n')}\r\n`;
  const bodies = draft.html === '' ? '' : part('text/html', draft.html ?? BODY);
  const text = draft.text === undefined ? '' : part('text/plain', draft.text);
  const attachment =
    draft.attachment === undefined
      ? ''
      : `--mm\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Disposition: attachment\r\n\r\n${draft.attachment}\r\n`;
  return fingerprintOf(
    readMessage(Buffer.from(`${head.join('\r\n')}\r\n\r\n${bodies}${text}${attachment}--mm--\r\n`, 'utf8')),
  );
}

const judged = copy();
const inside = (html: string) => BODY.replace('<body>', `<body>${html}`);
const below = (html: string) => BODY.replace('</body>', `${html}</body>`);
const linked = (url: string) =>
  BODY.replace('https://supplier.example/invoices/317?key=a%2Fb', url.replaceAll('&', '&amp;'));

describe('the same mail', () => {
  test.each<[string, Fingerprint]>([
    ['byte for byte', copy()],
    [
      'with other transport headers',
      copy({ received: 'Received: from a by b; Mon, 17 Mar 2025 08:31:00 +0000\r\nX-Spam: no' }),
    ],
    ['in another charset and transfer encoding', copy({}, 'latin1')],
    ['with a tag in the subject', copy({ subject: '[EXTERNAL] Invoice 2025-0317' })],
    [
      'with an encoded subject',
      copy({ subject: `=?utf-8?B?${Buffer.from('Invoice 2025-0317').toString('base64')}?=` }),
    ],
    ['with a banner', copy({ html: inside(`<table><tr><td><b>CAUTION</b> ${BANNER}</td></tr></table>`) })],
    [
      'with a company footer that has a link and a number',
      copy({ html: below('<p>Example Ltd, registered 12345678, <a href="https://example.org/legal">legal</a></p>') }),
    ],
    [
      'with both and a tag',
      copy({
        subject: '[EXT] Invoice 2025-0317',
        html: inside(`<div>${BANNER}</div>`).replace('</body>', `<p>${NOTICE}</p></body>`),
      }),
    ],
    [
      'with links wrapped by Safe Links',
      copy({
        html: linked(
          'https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fsupplier.example%2Finvoices%2F317%3Fkey%3Da%252Fb&data=05&reserved=0',
        ),
      }),
    ],
    [
      'with links wrapped by URL Defense 3',
      copy({
        html: linked('https://urldefense.com/v3/__https://supplier.example/invoices/317?key=a*2Fb__;JQ!!AbC!xyz$'),
      }),
    ],
    [
      'with the HTML written anew',
      copy({
        html: BODY.replaceAll('<p>', '<p class="x_MsoNormal">')
          .replaceAll('\n', '\r\n')
          .replace(/<style>.*<\/style>/, '<!-- -->'),
      }),
    ],
    ['with an answer address added by a list', copy({ replyTo: 'list@example.org' })],
    ['under another Message-ID at the same second', copy({ messageId: '<rewritten@gateway.example>' })],
  ])('%s', (_, other) => {
    expect(sameMail(judged, other)).toMatchObject({ same: true });
  });

  test('the reporter sees a gateway banner, the others do not', () => {
    const reported = copy({ html: inside(`<div>${BANNER}</div>`).replace('</body>', `<p>${NOTICE}</p></body>`) });
    expect(sameMail(reported, copy())).toEqual({ same: true, reason: 'rewritten' });
  });

  test('an image-only mail with a banner', () => {
    const image = '<img src="https://lure.example/qr.png">';
    expect(sameMail(copy({ html: image }), copy({ html: `<div>${BANNER}</div>${image}` }))).toMatchObject({
      same: true,
    });
  });
});

describe('a mail that borrows Message-ID, sender, subject and date is another one', () => {
  test.each<[string, Fingerprint, string]>([
    ['with another text', copy({ html: '<p>Your mailbox is full, log in.</p>' }), 'text'],
    ['with one word changed in the middle', copy({ html: BODY.replace('you know', 'below') }), 'text'],
    ['with one digit changed', copy({ html: BODY.replace('120 euros', '720 euros') }), 'text'],
    ['with the link changed', copy({ html: linked('https://supplier-example.test/invoices/317') }), 'links'],
    [
      'with only the query of the link changed',
      copy({ html: linked('https://supplier.example/invoices/317?next=https%3A%2F%2Fevil.example') }),
      'links',
    ],
    ['with a link added', copy({ html: below('<p><a href="https://evil.example/pay"></a></p>') }), 'links'],
    ['with a picture added', copy({ html: below('<img src="https://evil.example/qr.png">') }), 'links'],
    ['with a sentence in front', copy({ html: inside('<p>Please call +1 202 555 0100 first.</p>') }), 'text'],
    ['with a sentence behind', copy({ html: below('<p>Reply with your password today.</p>') }), 'text'],
    ['with a stolen answer address', copy({ replyTo: 'carla@evil.example' }), 'reply_to'],
    ['with an attachment added', copy({ attachment: '%PDF-1.4 evil' }), 'attachments'],
    ['with a second text under the HTML', copy({ text: 'Send the money to the new account instead.' }), 'text'],
    ['with another sender', copy({ from: 'Carla <carla@evil.example>' }), 'from'],
    ['with another subject', copy({ subject: 'Invoice 2025-0318' }), 'subject'],
    ['at another second', copy({ date: 'Mon, 17 Mar 2025 08:30:01 +0000' }), 'date'],
  ])('%s', (_, attackers, reason) => {
    // The attacker's mail is judged, the legitimate one must stay where it is.
    expect(sameMail(attackers, judged)).toEqual({ same: false, reason });
  });

  test('an attacker who says as little as possible takes nothing away', () => {
    expect(sameMail(copy({ html: ' ' }), judged)).toEqual({ same: false, reason: 'empty' });
    expect(sameMail(copy({ html: '<p>Carla</p>' }), judged)).toEqual({ same: false, reason: 'text' });
  });

  test('words of a gateway cannot carry a message', () => {
    const smuggled = `<div>${BANNER} Transfer everything to IBAN nine nine today my friend Boris</div>`;
    expect(sameMail(copy({ html: inside(smuggled) }), judged)).toEqual({ same: false, reason: 'text' });
  });

  test('what could not be read to its end is the same only byte for byte', () => {
    const parts = (last: string) =>
      readMessage(
        Buffer.from(
          `From: a@a.example\r\nDate: Mon, 17 Mar 2025 08:30:00 +0000\r\nContent-Type: multipart/mixed; boundary=w\r\n\r\n${'--w\r\n\r\nx\r\n'.repeat(1_100)}--w\r\n\r\n${last}\r\n--w--`,
        ),
      );
    expect(sameMail(fingerprintOf(parts('one')), fingerprintOf(parts('two')))).toEqual({ same: false, reason: 'text' });
    expect(sameMail(fingerprintOf(parts('one')), fingerprintOf(parts('one')))).toMatchObject({ same: true });
  });
});

test('personal copies of one newsletter are different mails of one campaign', () => {
  const letter = (name: string, code: string) =>
    copy({
      html: `<p>Dear ${name},</p><p>this week we plant snowdrops in the shade, crocuses in the sun and tulips wherever there is room left in the beds.</p><a href="https://garden.example/u/${code}">read</a>`,
    });
  expect(sameMail(letter('Ana', 'a1'), letter('Ben', 'b2'))).toMatchObject({ same: false });
  expect(campaignSimilarity(letter('Ana', 'a1'), letter('Ben', 'b2'))).toBeGreaterThan(0.6);
  expect(campaignSimilarity(letter('Ana', 'a1'), judged)).toBeLessThan(0.1);
});

test('no two fixtures are the same mail, every one is itself, and each fingerprint is small JSON', () => {
  const prints = fixtureNames.map((name) => fingerprintOf(fixture(name)));
  for (const [i, a] of prints.entries()) {
    expect(JSON.stringify(a).length).toBeLessThan(4_096);
    expect(JSON.parse(JSON.stringify(a))).toEqual(a);
    for (const [j, b] of prints.entries()) {
      const borrowed = {
        ...b,
        messageId: a.messageId,
        from: a.from,
        subject: a.subject,
        date: a.date,
        replyTo: a.replyTo,
      };
      expect([fixtureNames[i], fixtureNames[j], sameMail(a, borrowed).same]).toEqual([
        fixtureNames[i],
        fixtureNames[j],
        i === j,
      ]);
    }
  }
});

test('line ends of the store do not matter', () => {
  for (const name of fixtureNames) {
    const bytes = fixtureBytes(name).toString('latin1');
    const bare = readMessage(Buffer.from(bytes.replaceAll('\r\n', '\n'), 'latin1'));
    expect([name, sameMail(fingerprintOf(fixture(name)), fingerprintOf(bare)).same]).toEqual([name, true]);
  }
});
