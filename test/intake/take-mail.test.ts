import { sql } from 'kysely';
import { acceptMail } from '../../server/intake/accept-mail.ts';
import { type IntakeWorld, takeMail } from '../../server/intake/take-mail.ts';
import { offlineResolve } from '../../server/lookups/dns.ts';
import { authenticate } from '../../server/message/authentication.ts';
import { rememberMailboxes } from '../../server/store/directory.ts';
import { waitingIntake } from '../../server/store/intake-mails.ts';
import type { MailReceipt } from '../../server/submission/face.ts';
import { openSubmissions } from '../../server/submission/submissions.ts';
import { TemporaryError } from '../../shared/errors.ts';
import { Desk, TENANT } from '../submission/desk.ts';
import { forward } from './mails.ts';

const TO = 'report+user+phish@reports.example.org';
let desk: Desk;
let receipts: MailReceipt[] = [];

beforeAll(async () => {
  desk = await Desk.open();
  const ana = { provider: 'microsoft365' as const, address: 'ana@example.org', aliases: [], userId: 'ana' };
  await rememberMailboxes(desk.store.db, TENANT, [{ ...ana, kind: 'user' }], desk.time);
});
afterAll(() => desk.close());
beforeEach(() => {
  receipts = [];
});

function world(change: Partial<IntakeWorld> = {}): IntakeWorld {
  const { now, randomId, settings, store } = desk.world;
  const submissions = openSubmissions(desk.world);
  return {
    ...{ tenant: TENANT, store, settings, now, randomId, resolve: offlineResolve, deliveries: null },
    service: { account: 'report', domain: 'reports.example.org' },
    submissions: {
      receiveMail: async (report) => {
        const receipt = await submissions.receiveMail(report);
        receipts.push(receipt);
        return receipt;
      },
    },
    authenticate: (raw, message) =>
      authenticate(raw, message, { resolve: offlineResolve, trustedAuthservIds: [], now: now() }),
    ...{ trust: 'relays', microsoftTenantId: null, maxMessageBytes: 1_000_000 },
    log: { info: () => {}, warn: () => {} },
    ...change,
  };
}

const accept = (mail: string, recipients = [TO], envelopeFrom = 'ana@example.org') =>
  acceptMail(
    { ...desk.world, tenant: TENANT },
    { recipients, envelopeFrom, clientIp: '127.0.0.1', helo: 'relay', raw: Buffer.from(mail) },
  );
const waiting = async () => (await waitingIntake(desk.store.db, TENANT)).mails;
const later = (minutes: number) => {
  desk.time = new Date(desk.time.getTime() + minutes * 60_000);
};

test('a worker that dies after the report was written writes no second one', async () => {
  await accept(forward({ subject: 'dies' }));
  const dying = world();
  const { receiveMail } = dying.submissions;
  // The process is gone: nobody finishes, nobody postpones.
  let died = () => {};
  const dead = new Promise<void>((resolve) => {
    died = resolve;
  });
  void takeMail({
    ...dying,
    submissions: {
      receiveMail: async (report) => {
        await receiveMail(report);
        died();
        return new Promise<never>(() => {});
      },
    },
  });
  await dead;
  await takeMail(world());
  expect(await waiting()).toBe(1);
  later(5);
  await takeMail(world());
  expect(await waiting()).toBe(0);
  expect(receipts.map(({ state }) => state)).toEqual(['created', 'known']);
  const [first, second] = receipts as { id: string }[];
  expect(second!.id).toBe(first!.id);
});

test('the relay’s second copy of a mail whose 250 got lost is the same report; two addresses are two', async () => {
  const mail = forward({ subject: 'twice', parts: [], text: 'no mail attached' });
  await accept(mail);
  await accept(mail, [TO, 'report+user+spam@reports.example.org']);
  await takeMail(world());
  expect(receipts.map(({ state }) => state).sort()).toEqual(['invalid', 'invalid', 'known']);
});

test('a directory that does not answer is waited for; a mail that breaks us ends before a person', async () => {
  await accept(forward({ subject: 'patience' }));
  const failing = (error: Error, calls: string[]) => {
    const whole = world();
    return world({
      submissions: {
        receiveMail: async (report) => {
          calls.push(report.problem ?? 'none');
          if (report.problem !== 'analysis_failed') throw error;
          return whole.submissions.receiveMail(report);
        },
      },
    });
  };
  const patient: string[] = [];
  for (let i = 0; i < 12; i++) {
    await takeMail(failing(new TemporaryError('directory'), patient));
    later(10);
  }
  expect(new Set(patient)).toEqual(new Set(['none']));
  expect(await waiting()).toBe(1);
  const broken: string[] = [];
  await takeMail(failing(new Error('a bug'), broken));
  expect(broken.at(-1)).toBe('analysis_failed');
  expect(await waiting()).toBe(0);
  expect(receipts).toMatchObject([{ state: 'invalid', reason: 'analysis_failed' }]);
});

test('strangers fill no queue', async () => {
  await accept(forward({ from: 'x@example.net' }), [TO], 'x@example.net');
  await takeMail(world());
  expect(receipts).toMatchObject([{ state: 'invalid', reason: 'unknown_tenant' }]);
  // As many as a day keeps.
  await sql`insert into submissions (id, tenant, submission_type, status, channel, report_type, requested_disposition, requested_at,
              requested_by, reporter_user_id, mailbox_verified, provider, mailbox)
            select 'sub_stranger' || n, tenant, 'USER', 'invalid', 'mail', report_type, requested_disposition, requested_at,
              requested_by, '', false, provider, mailbox
            from submissions, generate_series(1, 199) n where id = ${(receipts[0] as { id: string }).id}`.execute(
    desk.store.db,
  );
  await accept(forward({ from: 'y@example.net' }), [TO], 'y@example.net');
  await takeMail(world());
  expect(receipts.at(-1)).toEqual({ state: 'dropped' });
  later(25 * 60);
  await accept(forward({ from: 'z@example.net' }), [TO], 'z@example.net');
  await takeMail(world());
  expect(receipts.at(-1)).toMatchObject({ state: 'invalid' });
  expect(await waiting()).toBe(0);
});
