/** Specification, section 22: Microsoft's format of user-reported messages, as it is read at the bare address. */
import { asMessage, attachment, base64, forward, REPORTED } from '../intake/mails.ts';
import { MICROSOFT_TENANT, reportOf } from '../intake/reading.ts';

const HEADERS = [
  'X-Microsoft-Antispam-Message-Info: abcdef',
  'X-MS-Exchange-Organization-Network-Message-Id: 99999999-8888-7777-6666-555555555555',
  `X-MS-Exchange-CrossTenant-Id: ${MICROSOFT_TENANT}`,
];
const reported = (headers = HEADERS, mail = REPORTED) => `${headers.join('\r\n')}\r\n${mail}`;
const read = (subject: string, mail = reported()) =>
  reportOf(forward({ subject, parts: [asMessage(mail)] }), { to: 'report@reports.example.org' });

describe('subject prefix', () => {
  test.each([
    ['1|Your invoice', 'SPAM'],
    ['Junk: Your invoice', 'SPAM'],
    ['2|Your invoice', 'NONE'],
    ['Not junk: Your invoice', 'NONE'],
    ['3|Your invoice', 'MALICIOUS'],
    ['Phishing: Your invoice', 'MALICIOUS'],
  ])('%s', async (subject, disposition) => {
    expect(await read(subject)).toMatchObject({ disposition, problem: null, type: 'USER' });
  });

  test('the rest of the subject is ignored', async () => {
    expect((await read('1|Phishing: 3| not junk:')).disposition).toBe('SPAM');
  });
});

describe('wrong format is always counted as phishing', () => {
  test.each([
    ['no prefix', 'Fwd: Your invoice', reported()],
    ['a prefix nobody knows', '4|Your invoice', reported()],
    ['no X-Microsoft-Antispam-Message-Info', '2|x', reported(HEADERS.slice(1))],
    ['no network message id', '2|x', reported([HEADERS[0]!, HEADERS[2]!])],
    ['no tenant', '2|x', reported(HEADERS.slice(0, 2))],
    ['another tenant', '2|x', reported([...HEADERS.slice(0, 2), `X-MS-Exchange-CrossTenant-Id: ${'0'.repeat(36)}`])],
    ['no Message-Id', '2|x', reported(HEADERS, REPORTED.replace(/^Message-ID.*\r\n/m, ''))],
  ])('%s', async (_, subject, mail) => {
    expect(await read(subject, mail)).toMatchObject({ disposition: 'MALICIOUS', problem: null });
  });
});

describe('attachment', () => {
  const at = (parts: string[]) => reportOf(forward({ subject: '3|x', parts }), { to: 'report@reports.example.org' });

  test('the reported message unmodified, as one uncompressed .eml', async () => {
    const { attached } = await at([attachment('application/octet-stream', 'x.eml', base64(reported()), 'base64')]);
    expect(Buffer.from(attached!).toString()).toBe(reported());
  });

  test('.msg is not read: it is kept as invalid, and says so', async () => {
    expect(await at([attachment('application/vnd.ms-outlook', 'x.msg', base64('x'), 'base64')])).toMatchObject({
      attached: null,
      problem: 'outlook_msg',
    });
  });

  test('mails with several attached messages are discarded: kept as invalid', async () => {
    expect(await at([asMessage(), asMessage()])).toMatchObject({ attached: null, problem: 'several_messages' });
  });

  test('a forward is none', async () => {
    expect(await at([])).toMatchObject({ attached: null, problem: 'no_eml' });
  });
});

test('an address with a class says it louder than the subject', async () => {
  const report = await reportOf(forward({ subject: '2|x', parts: [asMessage(reported())] }), {
    to: 'report+user+spam@reports.example.org',
  });
  expect(report.disposition).toBe('SPAM');
});
