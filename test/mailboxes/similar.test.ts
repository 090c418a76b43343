import fc from 'fast-check';
import { similarQuery } from '../../server/mailboxes/gmail-similar.ts';
import type { MailProvider, SimilarQuery } from '../../server/mailboxes/port.ts';
import { addresses, startTenant } from './tenant.ts';
import { ANA, startWorkspace } from './workspace.ts';

const SENT = Date.UTC(2026, 10, 20, 9);
const query = (more: Partial<SimilarQuery> = {}): SimilarQuery => ({
  headerFrom: 'billing@lure.example',
  subjectWords: ['invoice'],
  since: new Date(SENT - 3_600_000),
  until: new Date(SENT + 3_600_000),
  ...more,
});

function mail(serial: number | string, subject = `Invoice ${serial}`, from = 'Billing <billing@lure.example>'): string {
  return [
    `Message-ID: <${serial}@lure.example>`,
    `From: ${from}`,
    'To: everyone@example.org',
    `Subject: ${subject}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Please pay.',
    '',
  ].join('\r\n');
}

/** Subjects found in each mailbox, or why there are none. */
async function found(provider: MailProvider, mailboxes: readonly string[], asked = query()) {
  const outcomes = await provider.findSimilar(mailboxes, asked);
  return outcomes.map((outcome) =>
    outcome.ok ? outcome.value.map((copy) => copy.subject).sort() : 'code' in outcome.error ? outcome.error.code : '?',
  );
}

interface Suite {
  provider: MailProvider;
  /** The first is where a test looks on its own. */
  mailboxes: string[];
  deliver(mailbox: string, raw: string, receivedAt?: number): void;
  stop(): Promise<void>;
}

const suites: [string, () => Promise<Suite>][] = [
  [
    'Graph',
    async () => {
      const { simulator, provider } = await startTenant();
      const mailboxes = addresses(12);
      simulator.addMailboxes(mailboxes.length, 'example.org');
      return {
        provider,
        mailboxes,
        deliver: (mailbox, raw, receivedAt = SENT) => void simulator.deliver(mailbox, raw, { receivedAt }),
        stop: () => simulator.stop(),
      };
    },
  ],
  [
    'Gmail',
    async () => {
      const { simulator, google, provider } = await startWorkspace();
      const mailboxes = [ANA, ...Array.from({ length: 11 }, (_, at) => `user${at}@lab.example.org`)];
      for (const mailbox of mailboxes) google.addMailbox(mailbox);
      return {
        provider,
        mailboxes,
        deliver: (mailbox, raw, receivedAt = SENT) => void google.deliver(mailbox, raw, { receivedAt }),
        stop: () => simulator.stop(),
      };
    },
  ],
];

describe.each(suites)('%s: mails of one sender in a window', (_, start) => {
  let suite: Suite;
  let one: string;
  beforeEach(async () => {
    suite = await start();
    one = suite.mailboxes[0]!;
  });
  afterEach(() => suite.stop());

  test('by sender, words of the subject and time, whatever their Message-ID', async () => {
    suite.deliver(one, mail(1));
    suite.deliver(one, mail(2, 'Your INVOICE, Ana'));
    suite.deliver(one, mail(3, 'Minutes of Tuesday'));
    suite.deliver(one, mail(4, 'Invoice 4', 'Billing <billing@other.example>'));
    suite.deliver(one, mail(5, 'Invoice 5'), SENT - 3_700_000);
    suite.deliver(one, mail(6, 'Invoice 6'), SENT + 3_700_000);
    suite.deliver(one, mail(7, 'Invoice 7'), SENT + 3_600_000);
    expect(await found(suite.provider, [one])).toEqual([['Invoice 1', 'Invoice 7', 'Your INVOICE, Ana']]);
    const any = await found(suite.provider, [one], query({ subjectWords: [] }));
    expect(any[0]).toContain('Minutes of Tuesday');
  });

  test('many mailboxes in batches, each with an outcome of its own', async () => {
    for (const [at, mailbox] of suite.mailboxes.entries()) if (at % 2 === 0) suite.deliver(mailbox, mail(at));
    const all = await found(suite.provider, [...suite.mailboxes, 'nobody@example.org']);
    expect(all.slice(0, -1).map((subjects) => subjects.length)).toEqual(suite.mailboxes.map((_, at) => 1 - (at % 2)));
    expect(all.at(-1)).toBe('no_mailbox');
  });

  test('pages are followed up to 200 mails; beyond, the mailbox says so', async () => {
    for (let serial = 0; serial < 200; serial++) suite.deliver(one, mail(serial));
    // Gmail's quota gives a hundred reads at a time; the next find reads on.
    let subjects = await found(suite.provider, [one]);
    if (subjects[0] === '?') subjects = await found(suite.provider, [one]);
    expect(subjects[0]).toHaveLength(200);
    suite.deliver(one, mail(200));
    suite.deliver(suite.mailboxes[1]!, mail(201));
    expect(await found(suite.provider, suite.mailboxes.slice(0, 2))).toEqual(['too_many_candidates', ['Invoice 201']]);
  });

  test('an attacker who writes operators finds no other mail', async () => {
    suite.deliver(one, mail(1, 'Minutes of Tuesday', 'Ben <ben@example.org>'));
    const operators = [
      '" OR in:anywhere',
      ') OR (from:ben',
      "' or '1' eq '1",
      '} {subject:minutes}',
      'x AND ben',
      '-x',
      '*',
    ];
    for (const headerFrom of operators) {
      expect(await found(suite.provider, [one], query({ headerFrom, subjectWords: [] }))).toEqual([[]]);
    }
    expect(await found(suite.provider, [one], query({ headerFrom: ' ' }))).toEqual(['bad_query']);
  });
});

test('nothing that an attacker writes leaves its quotes in a Gmail query', () => {
  const nasty = fc.string({
    unit: fc.constantFrom(...'ab"\\\'(){}[]:-+ \u201d\u00a0\u2028\t\r\n\u0000@.ORin'),
    maxLength: 40,
  });
  fc.assert(
    fc.property(nasty, fc.array(nasty, { maxLength: 3 }), (headerFrom, subjectWords) => {
      const written = similarQuery(query({ headerFrom, subjectWords }));
      const bare = written.replace(/(from|subject):"[^"]*"/g, '$1');
      expect(bare).toMatch(/^from( subject){0,3} after:\d+ before:\d+ in:anywhere$/);
    }),
  );
});

test('an address arrives at Graph as it is', async () => {
  const { simulator, provider } = await startTenant();
  simulator.addMailbox('ana@example.org');
  try {
    for (const local of ["o'brien", 'a+b', 'a#b', 'a&b', '50%20']) {
      const from = `${local}@lure.example`;
      simulator.deliver('ana@example.org', mail(local, 'Invoice', `<${from}>`), { receivedAt: SENT });
      expect(await found(provider, ['ana@example.org'], query({ headerFrom: from }))).toEqual([['Invoice']]);
    }
  } finally {
    await simulator.stop();
  }
});
