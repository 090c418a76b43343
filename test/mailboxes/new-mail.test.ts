import type { MailProvider, NewMail } from '../../server/mailboxes/port.ts';
import type { FaultRule } from '../../simulator/faults.ts';
import { mail, startTenant } from './tenant.ts';
import { startWorkspace } from './workspace.ts';

interface Suite {
  provider: MailProvider;
  person: string;
  deliver(messageId: string, to?: string): string;
  /** Into a place where the owner does not see it come in. */
  deliverElsewhere(messageId: string): void;
  fault(rule: Omit<FaultRule, 'route'>): void;
  lost: FaultRule['fault'];
  pass(ms: number): void;
  now(): number;
  stop(): Promise<void>;
}

const suites: [string, () => Promise<Suite>][] = [
  [
    'Microsoft 365',
    async () => {
      const { simulator, provider, clock } = await startTenant();
      const person = 'ana@example.org';
      simulator.addMailbox(person);
      return {
        provider,
        person,
        deliver: (id, to = person) => simulator.deliver(to, mail(id), { receivedAt: clock.now() }),
        deliverElsewhere: (id) => void simulator.deliver(person, mail(id), { folder: 'junkemail' }),
        fault: (rule) => void simulator.faults.add({ ...rule, route: 'messagesDelta' }),
        lost: { status: 410, code: 'SyncStateNotFound' },
        pass: clock.pass,
        now: clock.now,
        stop: () => simulator.stop(),
      };
    },
  ],
  [
    'Google Workspace',
    async () => {
      const { simulator, google, provider, clock } = await startWorkspace();
      const person = 'gina@lab.example.org';
      google.addMailbox(person);
      return {
        provider,
        person,
        deliver: (id, to = person) => google.deliver(to, mail(id), { receivedAt: clock.now() }),
        deliverElsewhere: (id) => void google.deliver(person, mail(id), { labels: ['SPAM'] }),
        fault: (rule) => void simulator.faults.add({ ...rule, route: 'gmailHistory' }),
        lost: { status: 404 },
        pass: clock.pass,
        now: clock.now,
        stop: () => simulator.stop(),
      };
    },
  ],
];

describe.each(suites)('new mail in %s', (_name, start) => {
  let suite: Suite;
  beforeEach(async () => {
    suite = await start();
  });
  afterEach(() => suite.stop());

  async function all(
    cursor: string | null,
    since = new Date(suite.now()),
  ): Promise<{ ids: string[]; cursor: string; pages: number }> {
    const ids: string[] = [];
    let at = cursor;
    for (let pages = 1; ; pages++) {
      const answer = await suite.provider.newMail(suite.person, at, since);
      if (answer === 'lost') throw new Error('lost');
      ids.push(...answer.arrivals.map((one) => one.providerMessageId));
      at = answer.cursor;
      if (!answer.more) return { ids, cursor: answer.cursor, pages };
    }
  }

  test('begins now: what lies there is not read, what comes is', async () => {
    suite.deliver('<old@example.net>');
    suite.pass(5_000);
    const begun = await all(null);
    expect(begun.ids).toEqual([]);
    suite.pass(1_000);
    const id = suite.deliver('<new@example.net>');
    const next = await all(begun.cursor);
    expect(next.ids).toEqual([id]);
    expect((await all(next.cursor)).ids).toEqual([]);
  });

  test('begins in the past where it is told to', async () => {
    suite.deliver('<older@example.net>');
    suite.pass(7_200_000);
    const id = suite.deliver('<old@example.net>');
    suite.pass(60_000);
    const begun = await all(null, new Date(suite.now() - 3_600_000));
    expect(begun.ids).toEqual([id]);
  });

  test('reads many mails page by page, each once, also those that come between two pages', async () => {
    const begun = await all(null);
    suite.pass(1_000);
    const sent = Array.from({ length: 130 }, (_, n) => suite.deliver(`<${n}@example.net>`));
    const first = (await suite.provider.newMail(suite.person, begun.cursor, new Date())) as NewMail;
    expect(first.more).toBe(true);
    sent.push(suite.deliver('<late@example.net>'));
    const rest = await all(first.cursor);
    const more = await all(rest.cursor);
    const ids = [...first.arrivals.map((one) => one.providerMessageId), ...rest.ids, ...more.ids];
    expect([...new Set(ids)].sort()).toEqual([...sent].sort());
    expect(rest.pages).toBeGreaterThan(0);
  });

  test('passes over what the owner does not see come in', async () => {
    const begun = await all(null);
    suite.deliverElsewhere('<spam@example.net>');
    expect((await all(begun.cursor)).ids).toEqual([]);
  });

  test('says so when the provider no longer knows where it was', async () => {
    const begun = await all(null);
    suite.fault({ times: 1, fault: suite.lost });
    expect(await suite.provider.newMail(suite.person, begun.cursor, new Date())).toBe('lost');
    expect(await suite.provider.newMail(suite.person, begun.cursor, new Date())).toMatchObject({ arrivals: [] });
  });

  test('a refusal for a while is waited out, and nothing is lost', async () => {
    const begun = await all(null);
    suite.pass(1_000);
    const id = suite.deliver('<new@example.net>');
    suite.fault({ times: 1, fault: { status: 429, retryAfter: 1 } });
    suite.fault({ times: 1, fault: { status: 503 } });
    expect((await all(begun.cursor)).ids).toEqual([id]);
  });

  test('a mailbox that does not exist says so', async () => {
    await expect(suite.provider.newMail('nobody@example.org', null, new Date())).rejects.toMatchObject({
      code: expect.stringMatching(/no_mailbox|consent-revoked|unexpected_answer|not_authorized/),
    });
  });
});
