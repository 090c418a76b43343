import fc from 'fast-check';
import { authenticatesBetter } from '../../server/message/authenticates-better.ts';
import type { Authentication } from '../../server/message/authentication-state.ts';
import { bandsOf } from '../../server/message/bands.ts';
import { campaignPrintOf, fixedSubjectWords, sameCampaign } from '../../server/message/campaign.ts';
import { fingerprintOf } from '../../server/message/fingerprint.ts';
import { foldLink } from '../../server/message/link-tokens.ts';
import type { Message } from '../../server/message/message.ts';
import { readMessage } from '../../server/message/parse.ts';
import { chanceOf, mailOf, people, sentence, story, type Variation } from '../bench/generated-campaign.ts';
import { fixture, fixtureNames, mail } from './fixtures.ts';

interface Person {
  name: string;
  address: string;
  /** Where the mail lies, when it was sent to another address of the person. */
  mailbox?: string;
}
const ANA: Person = { name: 'Ana Okoro', address: 'ana.okoro@example.org' };
const BEN: Person = { name: 'Ben van Dijk', address: 'ben@example.org' };

interface Wave {
  from?: string;
  subject?: (person: Person) => string;
  greeting?: (person: Person) => string;
  link?: (person: Person) => string;
  text?: string;
  attachment?: string;
  headers?: string[];
}

const token = (person: Person) => Buffer.from(`${person.address}|7f3`).toString('hex');

/** One mail of a campaign, as this person got it. */
function to(person: Person, wave: Wave = {}): Message {
  const link = (wave.link ?? ((p: Person) => `https://payroll-check.example/verify/start?uid=${token(p)}`))(person);
  const html = `<html><body><p>${(wave.greeting ?? ((p: Person) => `Dear ${p.name},`))(person)}</p>
<p>${wave.text ?? 'Your salary statement could not be delivered. Confirm your account before Friday.'}</p>
<p><a href="${link.replaceAll('&', '&amp;')}">Open the statement</a></p></body></html>`;
  const attachment = wave.attachment
    ? `--mm\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Disposition: attachment\r\n\r\n${wave.attachment}\r\n`
    : '';
  return mail(
    [
      `From: ${wave.from ?? 'Payroll <payroll@payroll-check.example>'}`,
      `To: "${person.name}" <${person.address}>`,
      `Subject: ${(wave.subject ?? ((p: Person) => `Statement 20${p.name.length} for ${p.name}`))(person)}`,
      `Message-ID: <${token(person)}@payroll-check.example>`,
      `Date: Fri, 20 Nov 2026 09:0${person.name.length % 10}:00 +0000`,
      ...(wave.headers ?? []),
      'Content-Type: multipart/mixed; boundary=mm',
    ],
    `--mm\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html}\r\n${attachment}--mm--\r\n`,
  );
}

const printOf = (message: Message, person: Person) => campaignPrintOf(message, [person.mailbox ?? person.address]);
const compare = (judged: Wave, other: Wave = judged, a = ANA, b = BEN) =>
  sameCampaign(printOf(to(a, judged), a), printOf(to(b, other), b));
const isSame = (judged: Wave, other?: Wave, a?: Person, b?: Person) => compare(judged, other, a, b).same;

describe('one campaign', () => {
  test.each<[string, Wave]>([
    ['greeting, number and token', {}],
    ['a greeting with a title', { greeting: (p) => `Sehr geehrte Frau ${p.name.split(' ').at(-1)},` }],
    ['a first name within the text', { greeting: (p) => `We wrote to you twice, ${p.name.split(' ')[0]}.` }],
    ['the address in the text', { greeting: (p) => `Account: ${p.address}` }],
    [
      'the address in the link',
      { link: (p) => `https://payroll-check.example/login?e=${encodeURIComponent(p.address)}` },
    ],
    [
      'the address in base64',
      { link: (p) => `https://payroll-check.example/#${Buffer.from(p.address).toString('base64url')}` },
    ],
    ['a token in the path', { link: (p) => `https://payroll-check.example/s/${token(p)}/start` }],
    ['a number counting up', { link: (p) => `https://payroll-check.example/s?id=1000${p.name.length}` }],
    ['an attachment', { attachment: '%PDF-1.4 the same for all' }],
    ['the link in the text', { text: 'Go to http://payroll-check.example/verify?x=ok and confirm your account now.' }],
  ])('differs in nothing else: %s', (_, wave) => {
    expect(compare(wave)).toEqual({ same: true });
  });

  test('sent to another address of the same person', () => {
    expect(isSame({}, {}, ANA, { ...BEN, mailbox: 'b.vandijk@example.org' })).toBe(true);
  });

  test('with a name of one more word, or with an apostrophe in it', () => {
    expect(isSame({}, {}, ANA, { name: 'Niamh O’Brien', address: 'niamh.obrien@example.org' })).toBe(true);
    expect(isSame({}, {}, BEN, { name: 'Ann Smith-Jones', address: 'asj@example.org' })).toBe(true);
  });

  test('a line as plain text with a token in the shown address', () => {
    const shown = (p: Person) => `Go to https://payroll-check.example/a?t=${token(p)}.`;
    expect(isSame({ greeting: shown })).toBe(true);
  });
});

describe('another mail', () => {
  test.each<[string, Wave, Wave, string]>([
    ['another sender', {}, { from: 'Payroll <payroll@payroll.example>' }, 'key'],
    ['answers to somebody else', { headers: ['Reply-To: x@a.example'] }, { headers: ['Reply-To: x@b.example'] }, 'key'],
    ['another subject', {}, { subject: () => 'Minutes of Tuesday' }, 'key'],
    ['another host', {}, { link: (p) => `https://payroll.example/verify/start?uid=${token(p)}` }, 'links'],
    ['another path', {}, { link: (p) => `https://payroll-check.example/verify/end?uid=${token(p)}` }, 'links'],
    ['another parameter', {}, { link: (p) => `https://payroll-check.example/verify/start?user=${token(p)}` }, 'links'],
    [
      'a word in the parameter',
      { link: () => 'https://a.example/?to=safe' },
      { link: () => 'https://a.example/?to=other' },
      'links',
    ],
    [
      'a title in the path',
      { link: () => 'https://a.example/the-quiet-winter' },
      { link: () => 'https://a.example/the-early-spring' },
      'links',
    ],
    [
      'another amount',
      { text: 'Please transfer 120 euros to the account you know before Friday.' },
      { text: 'Please transfer 990 euros to the account you know before Friday.' },
      'text',
    ],
    ['another attachment', { attachment: 'one' }, { attachment: 'two' }, 'attachments'],
    ['an attachment more', {}, { attachment: 'two' }, 'attachments'],
    [
      'another short link',
      { link: () => 'https://bit.ly/3xYz12Ab' },
      { link: () => 'https://bit.ly/9QwE44Cd' },
      'links',
    ],
    [
      'another shared document',
      { link: () => 'https://docs.google.com/d/1AbC9xYz77Qw/view' },
      { link: () => 'https://docs.google.com/d/9ZzY8xWv66Pq/view' },
      'links',
    ],
  ])('%s', (_, judged, other, reason) => {
    expect(compare(judged, other)).toMatchObject({ same: false, reason });
  });

  test('the number of the case that the link opens may be said in the text as well; any other number may not', () => {
    const caseOf = (p: Person) => (p === ANA ? '1676d36da0' : '84f0c7b91e');
    const saying = (number: string, p: Person): Wave => ({
      link: () => `https://payroll-check.example/verify/${caseOf(p)}`,
      text: `Case ${number}: confirm your account before Friday, or your salary cannot be paid.`,
    });
    const same = (ana: string, ben: string) =>
      sameCampaign(printOf(to(ANA, saying(ana, ANA)), ANA), printOf(to(BEN, saying(ben, BEN)), BEN)).same;
    expect(same('1676d36da0', '84f0c7b91e')).toBe(true);
    expect(same('1676d36da0', '84f0c7b91f')).toBe(false);
    expect(same('AB-774120', 'AB-774121')).toBe(false);
  });

  test('a few words that lead nowhere say too little', () => {
    const short = (person: Person) =>
      printOf(mail([`To: ${person.address}`, 'From: a@a.example', 'Subject: Hi'], 'Are you there?'), person);
    expect(sameCampaign(short(ANA), short(BEN))).toMatchObject({ same: false, reason: 'too_short' });
  });

  test('the likeness of what differs is told, for a person to look at', () => {
    const long =
      'Your mailbox is almost full and new messages will be returned to their senders from Monday on. '.repeat(3);
    const compared = compare({ text: long }, { text: `${long} Call 555.` });
    expect(compared).toMatchObject({ same: false, reason: 'text' });
    expect(!compared.same && compared.similarity).toBeGreaterThan(0.7);
  });

  test('no fixture is of the campaign of another', () => {
    const prints = fixtureNames.map((name) => [name, campaignPrintOf(fixture(name), ['ana@example.org'])] as const);
    const same = prints.flatMap(([a, left], at) =>
      prints.slice(at + 1).flatMap(([b, right]) => (sameCampaign(left, right).same ? [`${a} ${b}`] : [])),
    );
    expect(same).toEqual([]);
  });
});

describe('whatever an attacker writes', () => {
  const label = fc.stringMatching(/^[a-z0-9]{1,8}$/);
  const host = fc.tuple(label, label).map(([a, b]) => `${a}.${b}.example`);
  const rest = fc.string({ unit: fc.constantFrom(...'aZ9f0-_.~/?&=#%+:@;\\'), maxLength: 50 });
  const url = fc
    .tuple(fc.constantFrom('http://', 'https://', 'HTTPS:\\\\', 'https:///'), host, rest)
    .map((p) => p.join(''));

  test('folding a link keeps its host', () => {
    fc.assert(
      fc.property(url, (link) => {
        const before = hostIn(link);
        expect(hostIn(foldLink(link, { addresses: [ANA.address] }))).toBe(before);
      }),
      { numRuns: 500 },
    );
  });

  test('mails whose links lead to other hosts, or hold other files, are no campaign', () => {
    fc.assert(
      fc.property(host, host, rest, fc.string(), fc.string(), (a, b, path, fileA, fileB) => {
        const differs = a !== b || Buffer.from(fileA).compare(Buffer.from(fileB)) !== 0;
        fc.pre((differs && !/^\s*$/.test(fileA) && fileA.trim() !== fileB.trim()) || a !== b);
        const wave = (at: string, file: string): Wave => ({
          link: () => `https://${at}/${path.replaceAll('"', '')}`,
          attachment: Buffer.from(file).toString('hex') || 'none',
        });
        expect(isSame(wave(a, fileA), wave(b, fileB))).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  test('a second address hidden in a parameter is never folded', () => {
    const inner = ['https://a.example/x', '//a.example', 'www.a.example', 'a.example', '192.0.2.7'];
    const spelled = inner.flatMap((to) => [
      to,
      encodeURIComponent(to),
      Buffer.from(to).toString('base64'),
      Buffer.from(to).toString('base64url'),
      Buffer.from(to).toString('hex'),
    ]);
    for (const one of spelled) {
      const link = `https://r.example/go?x=${one}`;
      expect(foldLink(link, { addresses: [] })).toBe(link);
    }
  });

  test.each<[string, string, string]>([
    ['stops in an address', 'x', `http://a.example/${'.'.repeat(7_900)}x `.repeat(100)],
    ['digits in links', 'x', `http://a.example/?a=${'1'.repeat(7_900)} `.repeat(100)],
    ['separators in links', 'x', `http://a.example/?${'a=b&'.repeat(1_900)} `.repeat(100)],
    ['addresses in text', 'x', 'ana.okoro@example.org '.repeat(40_000)],
    ['a greeting without end', 'x', `Dear ${'Ana '.repeat(200_000)}`],
    ['blanks before a greeting', 'x', `${' '.repeat(500_000)}Dear Ana,`],
    ['letters in the subject', 'a'.repeat(300_000), 'Hello there'],
    ['marks in the subject', '!-'.repeat(150_000), 'Hello there'],
  ])('takes little time: %s', (_, subject, text) => {
    const head = ['From: a@a.example', `To: "${'O-'.repeat(5_000)}" <${ANA.address}>`, `Subject: ${subject}`];
    const message = mail(head, text);
    const plain = performance.now();
    fingerprintOf(message);
    const started = performance.now();
    const print = printOf(message, ANA);
    fixedSubjectWords(message, [ANA.address]);
    expect(print.version).toBe(1);
    // Beside what the fingerprint itself takes; a quadratic pattern takes minutes here.
    expect(performance.now() - started).toBeLessThan(1_500 + 10 * (started - plain));
  });

  test('a recipient whose name is markup or a pattern breaks nothing', () => {
    const strange = fc.string({ unit: fc.constantFrom(...'aB/<>"()[]{}\\.*+?^$|-@ script'), maxLength: 30 });
    fc.assert(
      fc.property(strange, strange, (name, local) => {
        const message = { ...to(ANA), to: [{ name, address: `${local}@example.org`, domain: 'example.org' }] };
        const print = campaignPrintOf(message, [`${local}@example.org`]);
        expect(print.print.linkCount).toBe(1);
        expect(fixedSubjectWords(message, [local]).every((word) => /^[\p{L}\p{M}]+$/u.test(word))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

const hostIn = (link: string) => /^https?:[\\/]*([^\\/?#]*)/i.exec(link.replace(/[\t\r\n]+/g, '').trim())?.[1];

test('a search asks only for words of the subject that every mail of the campaign has', () => {
  expect(fixedSubjectWords(to(ANA), [ANA.address])).toEqual(['statement', 'for']);
  const tagged = to(ANA, {
    subject: (p) => `[EXTERNAL] ${p.name}: don't lose OR drop "your" INVOICE-77 (from:x) 2026`,
  });
  expect(fixedSubjectWords(tagged, [ANA.address])).toEqual(['lose', 'drop', 'your']);
});

describe('what proves more about its sender', () => {
  const state = (state: Authentication['state'], more: Partial<Authentication> = {}): Authentication => ({
    state,
    spf: null,
    dkim: [],
    dmarc: null,
    source: 'trusted_header',
    mismatch: false,
    missing: [],
    ...more,
  });
  const signed = state('none', { dkim: [{ result: 'pass', domain: 'mail.a.example' }] });
  const alien = state('none', { dkim: [{ result: 'pass', domain: 'b.example' }] });
  test.each<[string, Authentication, Authentication, boolean]>([
    ['a pass beside a fail', state('pass'), state('fail'), true],
    ['a pass beside a pass', state('pass'), state('pass'), false],
    ['an aligned signature beside none', signed, state('none'), true],
    ['a signature of somebody else beside none', alien, state('none'), false],
    ['nothing beside nothing', state('none'), state('none'), false],
    ['a fail beside a pass', state('fail'), state('pass'), false],
    ['an enforced fail beside a fail', state('fail_enforced'), state('fail'), false],
    ['unknown beside a fail', state('unknown'), state('fail'), true],
    ['unknown beside unknown', state('unknown'), state('unknown'), true],
    ['a fail beside unknown', state('fail'), state('unknown'), true],
    ['unknown beside a pass', state('unknown'), state('pass'), false],
  ])('%s', (_, other, judged, better) => {
    expect(authenticatesBetter(other, judged, 'a.example')).toBe(better);
  });
});

test('texts that are alike share a band, texts that are not do not', () => {
  const bands = (text: string) =>
    new Set(bandsOf(campaignPrintOf(readMessage(Buffer.from(`From: a@a.example\r\n\r\n${text}`)), []).print.minHash));
  const words = Array.from(
    { length: 200 },
    (_, at) => `word${String.fromCharCode(97 + (at % 26))}${'x'.repeat(at % 7)}q${at % 13}z`,
  );
  const text = words.join(' ');
  const near = bands(`${text} and a last sentence of its own`);
  const far = bands([...words].reverse().join(' '));
  const own = [...bands(text)];
  expect(own).toHaveLength(16);
  expect(own.some((band) => near.has(band))).toBe(true);
  expect(own.some((band) => far.has(band))).toBe(false);
  expect(bandsOf('')).toEqual([]);
});

test('generated campaigns are recognised in every form, and nothing that was changed is', async () => {
  const chance = chanceOf(11);
  const persons = people(chance, 4);
  for (let at = 0; at < 10; at++) {
    const one = story(chance, at);
    const print = (person: (typeof persons)[number], variation: Variation = {}) => {
      const message = readMessage(mailOf(one, person, chanceOf(Math.floor(chance() * 2 ** 31)), variation));
      return campaignPrintOf(message, [person.address]);
    };
    const judged = print(persons[0]!);
    for (const other of persons.slice(1)) {
      for (const form of [{}, { encoding: '8bit' as const }, { gateway: true }, { footer: true }]) {
        expect([one, sameCampaign(judged, print(other, form)).same]).toEqual([one, true]);
      }
      for (const change of [{ host: 'x.example' }, { sentence: sentence(chance) }, { attachment: 'another' }]) {
        expect(sameCampaign(judged, print(other, change)).same).toBe(false);
      }
    }
  }
});
