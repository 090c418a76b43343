/** Specification, section 5: the channels by which reports come in. */
import { serviceAddress } from '../../server/intake/service-address.ts';
import { asMessage, attachment, base64, forward, REPORTED } from '../intake/mails.ts';
import { reportOf } from '../intake/reading.ts';

const to = (tag: string) => `report+${tag}@reports.example.org`;

describe('5.2 service addresses', () => {
  test.each([
    ['user+malicious', 'USER', 'MALICIOUS'],
    ['user+spam', 'USER', 'SPAM'],
    ['user+spoof', 'USER', 'SPOOF'],
    ['team+malicious', 'TEAM', 'MALICIOUS'],
    ['team+spam', 'TEAM', 'SPAM'],
    ['team+spoof', 'TEAM', 'SPOOF'],
  ])('the class and the kind are encoded in the address: %s', async (tag, type, disposition) => {
    expect(await reportOf(forward(), { to: to(tag) })).toMatchObject({ type, disposition, problem: null });
  });

  test('domain and account are configurable, the shape stays', () => {
    expect(serviceAddress({ account: 'abuse', domain: 'in.example.com' }, 'TEAM', 'BULK')).toBe(
      'abuse+team+bulk@in.example.com',
    );
  });
});

describe('5.3 buttons of others, routed by class', () => {
  test.each([
    ['Phishing and Suspicious', 'user+malicious', 'MALICIOUS'],
    ['Phishing and Suspicious, under its own name', 'user+phishing', 'MALICIOUS'],
    ['Spam and Junk', 'user+spam', 'SPAM'],
    ['Spam and Junk, under its own name', 'user+junk', 'SPAM'],
  ])('KnowBe4 %s', async (_, tag, disposition) => {
    const mail = forward({ subject: '[Phish Alert] Your invoice is overdue', parts: [asMessage()] });
    expect(await reportOf(mail, { to: to(tag) })).toMatchObject({ type: 'USER', disposition, problem: null });
  });

  test('its "Unknown" has no address: pointed at one, it is a wrong alias that somebody sees', async () => {
    expect(await reportOf(forward(), { to: to('user+unknown') })).toMatchObject({ problem: 'wrong_alias' });
  });

  test('Microsoft-format reports come to the bare address (section 22)', async () => {
    expect(await reportOf(forward({ subject: '3|x' }), { to: 'report@reports.example.org' })).toMatchObject({
      type: 'USER',
      disposition: 'MALICIOUS',
      client: 'reporting mailbox',
    });
  });
});

describe('the original', () => {
  test('must be attached as .eml, and is taken as it is', async () => {
    const named = attachment('application/octet-stream', 'mail.eml', base64(REPORTED), 'base64');
    const report = await reportOf(forward({ parts: [named] }));
    expect(Buffer.from(report.attached!).toString()).toBe(REPORTED);
  });

  test('forwarded inline it has lost its headers, and is no report', async () => {
    const text = `Begin forwarded message:\r\n\r\n${REPORTED}`;
    expect(await reportOf(forward({ parts: [], text }))).toMatchObject({ attached: null, problem: 'no_eml' });
  });
});

describe('who says so', () => {
  const trusted = (results: string) => [
    'Received: from out.example.org (out.example.org [192.0.2.20]) by mx.example.org; Fri, 20 Nov 2026 09:10:00 +0000',
    `Authentication-Results: mx.example.org; ${results}`,
  ];
  test.each([
    ['a trusted receiver says that DMARC passes', trusted('dmarc=pass header.from=example.org'), true],
    [
      'an aligned signature passes, without a DMARC record',
      trusted('dkim=pass header.d=example.org; dmarc=none header.from=example.org'),
      true,
    ],
    [
      'a signature of somebody else passes',
      trusted('dkim=pass header.d=example.net; dmarc=none header.from=example.org'),
      false,
    ],
    ['DMARC fails', trusted('dmarc=fail header.from=example.org'), false],
    ['nobody says anything', [], false],
    [
      'a stranger writes what our receiver would',
      ['Authentication-Results: mx.example.org; dmarc=pass header.from=example.org'].map(
        (line) => `Received: from evil.example.net by evil.example.net; Fri, 20 Nov 2026 09:10:00 +0000\r\n${line}`,
      ),
      false,
    ],
  ])('the sender is believed as far as %s', async (_, headers, verified) => {
    expect((await reportOf(forward({ headers }))).sender).toEqual({ address: 'ana@example.org', verified });
  });

  test('where the relays vouch for senders, only a failed check speaks against one', async () => {
    const believed = async (headers: string[]) =>
      (await reportOf(forward({ headers }), { trust: 'relays' })).sender.verified;
    expect(await believed([])).toBe(true);
    expect(await believed(trusted('dmarc=fail header.from=example.org'))).toBe(false);
  });

  test('the relay that connects may speak for the domain of the envelope (SPF)', async () => {
    const resolve = async (name: string, type: string) => {
      if (name === 'example.org' && type === 'TXT') return [['v=spf1 ip4:192.0.2.30 -all']];
      throw Object.assign(new Error('no such record'), { code: 'ENOTFOUND' });
    };
    const from = async (ip: string, envelopeFrom = 'ana@example.org') =>
      (await reportOf(forward(), { resolve, ip, envelopeFrom })).sender.verified;
    expect(await from('192.0.2.30')).toBe(true);
    expect(await from('192.0.2.31')).toBe(false);
    expect(await from('192.0.2.30', 'ana@example.net')).toBe(false);
  });

  test('two authors are nobody', async () => {
    const headers = trusted('dmarc=pass header.from=example.org');
    const two = await reportOf(forward({ from: 'ana@example.org, ben@example.org', headers }));
    expect(two.sender.verified).toBe(false);
    const twice = await reportOf(forward({ headers: [...headers, 'From: ben@example.org'] }));
    expect(twice.sender.verified).toBe(false);
  });
});

describe('what a machine wrote is judged and never answered (RFC 3834)', () => {
  test.each([
    ['Auto-Submitted: auto-generated', false],
    ['Auto-Submitted: no', true],
    ['Precedence: bulk', false],
    ['List-Id: <list.example.org>', false],
    ['X-Auto-Response-Suppress: All', false],
    ['X-Mailer: a program', true],
  ])('%s', async (header, answerable) => {
    expect((await reportOf(forward({ headers: [header] }))).answerable).toBe(answerable);
  });

  test('the null sender', async () => {
    expect((await reportOf(forward(), { envelopeFrom: '' })).answerable).toBe(false);
  });
});

test('the language of an answer is that of the report, else the setting', async () => {
  expect((await reportOf(forward({ headers: ['Content-Language: de-DE'] }))).language).toBe('de');
  expect((await reportOf(forward({ headers: ['Accept-Language: de-CH, en;q=0.5'] }))).language).toBe('de');
  expect((await reportOf(forward())).language).toBe('en');
});
