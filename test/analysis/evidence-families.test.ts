import { observe } from '../../server/analysis/observe.ts';
import { unmixed } from '../../server/analysis/skeleton.ts';
import { withoutAuthentication } from '../../server/analysis/unauthenticated.ts';
import { readHead, readMail } from '../../server/message/reading.ts';
import { grayPng, mailWithPictures } from '../message/codes.ts';
import { compose, findingsOf, verdictOf } from './mail.ts';

describe('in many languages', () => {
  test.each([
    ['text.credential', 'Zaloguj się do serwisu i potwierdź swoje dane.'],
    ['text.credential', 'Lütfen hesabınızı doğrulayın.'],
    ['text.credential', 'Подтвердите ваши данные.'],
    ['text.credential', 'アカウント情報を確認してください'],
    ['text.credential', '请立即验证您的账户'],
    ['text.account_threat', 'Twoje konto zostało tymczasowo zablokowane.'],
    ['text.account_threat', 'Ditt konto har spärrats.'],
    ['text.account_threat', 'Ваш аккаунт будет заблокирован.'],
    ['text.account_threat', 'お客様のカードの利用が停止されました。'],
    ['text.account_threat', '계정이 일시적으로 정지되었습니다'],
    ['text.urgency', 'Proszę odpowiedzieć w ciągu 24 godzin.'],
    ['text.urgency', '24時間以内にお手続きください'],
    ['text.delivery_fee', 'Twoja paczka czeka na dopłatę: opłata 2,49 zł.'],
    ['text.delivery_fee', 'お荷物のお届けに伺いましたが不在のため、再配達をご依頼ください'],
    ['text.prize', 'Grattis, du har vunnit en telefon.'],
  ])('%s: %s', async (id, text) => {
    expect(await findingsOf({ text })).toContain(id);
  });

  test.each([
    'Zapraszamy na spotkanie w czwartek o dziesiątej.',
    'Mötet är flyttat till onsdag, hälsningar Anna.',
    'Встречаемся завтра в десять у входа.',
    '明日の会議は十時からです。よろしくお願いします。',
    '周五下午的会议改到三楼。',
  ])('ordinary words are none: %s', async (text) => {
    const said = (await findingsOf({ text })).filter((id) => id.startsWith('text.') && id !== 'text.machine_margin');
    expect(said).toEqual([]);
  });
});

test('letters of another alphabet inside words are read as what they look like, and said', async () => {
  const text = 'Vеrify yоur аccount: your mаilbox will be suspеnded.';
  expect(unmixed('pаypal и Мир')).toBe('paypal и Мир');
  const ids = await findingsOf({ text });
  expect(ids).toEqual(expect.arrayContaining(['text.foreign_letters', 'text.credential', 'text.account_threat']));
  expect(await findingsOf({ text: 'Доброе утро, Ana! Ждём вас в Berlin в пятницу.' })).not.toContain(
    'text.foreign_letters',
  );
});

describe('a mail that is there for a call', () => {
  const text =
    'Thank you for your purchase. Your Home Protection Plan renewal of $389.99 was charged today. Questions? 1 (808) 555 0142';

  test('a charge, a number, nothing to click', async () => {
    expect(await findingsOf({ text })).toContain('text.callback_number');
  });

  test('not when there are links, or no charge', async () => {
    expect(await findingsOf({ text: `${text} https://shop.example/orders` })).not.toContain('text.callback_number');
    expect(await findingsOf({ text: 'See you at lunch, call me: +1 808 555 0142' })).not.toContain(
      'text.callback_number',
    );
  });
});

describe('a genuine service with a stranger’s words', () => {
  const from = 'GitHub <notifications@github.com>';
  const subject = '[help-desk/airdrop] Security alert (Issue #12)';

  test('an issue that asks for a wallet, with a way out of the service', async () => {
    const text = 'Connect your wallet to claim the airdrop of 4,000 tokens: https://claim.example/ @ana';
    expect(await findingsOf({ from, subject, text })).toContain('text.borrowed_service');
  });

  test('an ordinary issue is none, also one about sign-in with links of the service', async () => {
    const text = 'Log in to your account fails since 2.3, see https://github.com/a/b/issues/11';
    expect(await findingsOf({ from, subject: '[a/b] Login broken (Issue #12)', text })).not.toContain(
      'text.borrowed_service',
    );
  });
});

describe('an invitation', () => {
  const invite = (description: string) => ({
    headers: { 'Content-Type': 'text/calendar; method=REQUEST; name=invite.ics' },
    text: `BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nORGANIZER:mailto:x@example.net\r\nSUMMARY:Notice\r\nDESCRIPTION:${description}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`,
  });

  test('that asks for what lures ask for, folded lines and escapes included', async () => {
    const ids = await findingsOf(
      invite('Your mailbox will be deac\r\n tivated\\, verify your acc\r\n ount at https://a.example/'),
    );
    expect(ids).toEqual(expect.arrayContaining(['attachment.calendar_link', 'attachment.calendar_lure']));
  });

  test('to a meeting is none', async () => {
    expect(await findingsOf(invite('Weekly meeting\\, room 4'))).not.toContain('attachment.calendar_lure');
  });
});

test('a code that leads to a stranger is a reason with the place it leads to', async () => {
  const raw = mailWithPictures('<p>Scan the QR code to keep your access</p><img src="cid:picture0">', [
    grayPng(100, 100, () => 255),
  ]);
  const { message } = await readMail(
    raw,
    async () => ['https://renew.example.net/mfa'],
    () => 0,
  );
  const { findings } = observe(message, withoutAuthentication(message), { now: new Date(0) });
  const reasons = findings.filter(({ id }) => id.startsWith('url.qr'));
  expect(reasons.map(({ id, evidence }) => [id, evidence])).toEqual([
    ['url.qr_link', 'hxxps[:]//renew[.]example[.]net/mfa'],
    ['url.qr', 'the code leads to hxxps[:]//renew[.]example[.]net/mfa'],
  ]);
});

test('a mail that broke its budget says so', async () => {
  const { message, unread } = readHead(Buffer.from(compose({ text: 'x' })), 'time');
  const seen = observe(message, withoutAuthentication(message), { now: new Date(0), unread });
  expect(seen.missing).toEqual(expect.arrayContaining(['message_contents', 'time_budget']));
  expect(seen.findings.map(({ id }) => id)).toContain('text.unreadable');
  expect((await verdictOf({ text: 'x' })).coverageMissing).not.toContain('message_contents');
});
