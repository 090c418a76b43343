import fc from 'fast-check';
import { PermanentError, TemporaryError } from '../../shared/errors.ts';
import { addresses, mail, onlyCopy, startTenant, type TestTenant } from './tenant.ts';

let tenant: TestTenant;
beforeEach(async () => {
  tenant = await startTenant();
});
afterEach(() => tenant.simulator.stop());

const many = addresses(45);
function deliverToMany(messageId: string, to: readonly string[] = many): void {
  tenant.simulator.addMailboxes(many.length, 'example.org');
  for (const address of to) tenant.simulator.deliver(address, mail(messageId));
}
const found = async (mailboxes: readonly string[], messageId: string) =>
  (await tenant.provider.findCopies(mailboxes, messageId)).map((outcome) =>
    outcome.ok ? outcome.value.length : outcome.error instanceof PermanentError ? outcome.error.code : 'temporary',
  );

describe('a Message-ID arrives as it is', () => {
  const nasty = ['a+b', '50%20off', 'a#b', 'a&$top=1', "o'brien''s", 'a/b=c?d', 'ümlaut-ß-日本', "' or '1' eq '1"];
  test.each(nasty)('%s', async (local) => {
    const wanted = `<${local}@lure.example>`;
    tenant.simulator.deliver('ana@example.org', mail(wanted));
    tenant.simulator.deliver('ana@example.org', mail('<decoy@lure.example>'));
    const copy = await onlyCopy(tenant.provider, 'ana@example.org', wanted);
    expect(copy.internetMessageId).toBe(wanted);
    const inBatch = await found(['ana@example.org', ...many.slice(0, 5)], wanted);
    expect(inBatch[0]).toBe(1);
  });

  test('whatever characters a sender puts into it', async () => {
    const local = fc.string({
      unit: fc.constantFrom(...'aZ9+%#&\'"/=?:;,!$*()[]{}|\\^`~ .-_@üЖ€'),
      minLength: 1,
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(local, async (text) => {
        const wanted = `<x${text.trim()}x@lure.example>`;
        tenant.simulator.reset();
        tenant.simulator.deliver('ana@example.org', mail(wanted));
        const known = tenant.simulator.copies('ana@example.org')[0]?.internetMessageId ?? '';
        expect(await found(['ana@example.org'], known)).toEqual([1]);
        expect(await found(['ana@example.org'], `<y${known.slice(2)}`)).toEqual([0]);
      }),
      { numRuns: 60 },
    );
  });

  test('folded, unbracketed or blank-padded it is the same one; none at all is refused', async () => {
    tenant.simulator.deliver('ana@example.org', mail('<one@lure.example>'));
    for (const spelled of ['one@lure.example', ' <one@lure.example> ', '\r\n <one@lure.example>']) {
      expect(await found(['ana@example.org'], spelled)).toEqual([1]);
    }
    expect(await found(['ana@example.org'], '<>')).toEqual(['bad_message_id']);
  });
});

test('every copy of a mailbox is found, in whatever folder, newest first, page by page', async () => {
  for (let n = 0; n < 120; n++) {
    const folder = ['inbox', 'junkemail', 'deleteditems', 'archive'][n % 4];
    tenant.simulator.deliver('ana@example.org', mail('<many@lure.example>'), { folder });
    tenant.clock.pass(1000);
  }
  for (const mailboxes of [['ana@example.org'], ['ana@example.org', ...many.slice(0, 6)]]) {
    const [outcome] = await tenant.provider.findCopies(mailboxes, '<many@lure.example>');
    if (!outcome?.ok) throw outcome?.error;
    expect(new Set(outcome.value.map((copy) => copy.providerMessageId)).size).toBe(120);
    const times = outcome.value.map((copy) => copy.receivedAt ?? '');
    expect(times).toEqual([...times].sort().reverse());
  }
});

test('a copy carries what a restore must leave unchanged', async () => {
  const important = mail('<one@lure.example>').replace('MIME-Version', 'Importance: high\r\nMIME-Version');
  tenant.simulator.deliver('ana@example.org', important, { isRead: true, flag: 'flagged', categories: ['Red'] });
  const [inBox] = tenant.simulator.copies('ana@example.org');
  expect(await onlyCopy(tenant.provider, 'ana@example.org', '<one@lure.example>')).toEqual({
    mailbox: 'ana@example.org',
    providerMessageId: inBox?.id,
    internetMessageId: '<one@lure.example>',
    subject: 'Your invoice',
    folder: inBox?.folder,
    labels: [],
    isRead: true,
    flag: 'flagged',
    importance: 'high',
    categories: ['Red'],
    receivedAt: expect.stringMatching(/^\d{4}-/),
  });
});

test('rows without a mail folder, such as Teams chat, are no copies', async () => {
  tenant.simulator.deliver('ana@example.org', mail('<one@lure.example>'));
  const withTeamsRow = tenant.another(
    {},
    {
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        if (!String(input).includes('/messages?')) return response;
        const body = (await response.json()) as { value: unknown[] };
        return Response.json({ ...body, value: [{ id: 'teams', parentFolderId: null }, ...body.value] });
      },
    },
  );
  expect((await onlyCopy(withTeamsRow, 'ana@example.org', '<one@lure.example>')).providerMessageId).not.toBe('teams');
});

test('the recoverable items are looked into only when asked and only where the mailbox shows nothing', async () => {
  deliverToMany('<one@lure.example>', many.slice(0, 10));
  for (const address of many.slice(0, 4))
    tenant.simulator.userMoves(address, '<one@lure.example>', 'recoverableitemsdeletions');
  for (const mailboxes of [many.slice(0, 4), many]) {
    const plain = await tenant.provider.findCopies(mailboxes, '<one@lure.example>');
    expect(plain.filter((outcome) => outcome.ok && outcome.value.length > 0)).toHaveLength(
      mailboxes.length > 4 ? 6 : 0,
    );
    tenant.simulator.log.clear();
    const deep = await tenant.provider.findCopies(mailboxes, '<one@lure.example>', { dumpster: true });
    expect(deep.filter((outcome) => outcome.ok && outcome.value.length === 1)).toHaveLength(
      mailboxes.length > 4 ? 10 : 4,
    );
    expect(tenant.simulator.log.list({ route: 'findInFolder' })).toHaveLength(mailboxes.length > 4 ? 39 : 4);
  }
});

test('up to four mailboxes are asked one by one, more in batches of twenty, answered in input order', async () => {
  deliverToMany('<one@lure.example>', [many[3] as string, many[40] as string]);
  expect(await found(many.slice(0, 4), '<one@lure.example>')).toEqual([0, 0, 0, 1]);
  expect(tenant.simulator.log.list({ route: 'batch' })).toHaveLength(0);
  tenant.simulator.log.clear();
  expect(await found(many, '<one@lure.example>')).toEqual(many.map((_, at) => (at === 3 || at === 40 ? 1 : 0)));
  expect(new Set(tenant.simulator.log.list({ route: 'find' }).map((each) => each.batch)).size).toBe(3);
});

test('immutable ids are asked for on every request and inside every batch item, each with an id of its own', async () => {
  deliverToMany('<one@lure.example>');
  await tenant.provider.findCopies(many, '<one@lure.example>');
  await tenant.provider.findCopies(many.slice(0, 2), '<one@lure.example>');
  const finds = tenant.simulator.log.list({ route: 'find' });
  expect(finds).toHaveLength(47);
  for (const { requestHeaders } of finds) expect(requestHeaders.prefer).toBe('IdType="ImmutableId"');
  expect(new Set(finds.map(({ requestHeaders }) => requestHeaders['client-request-id'])).size).toBe(47);
});

test('a user without a mailbox is remembered for a day', async () => {
  deliverToMany('<one@lure.example>', [many[0] as string]);
  tenant.simulator.addMailbox('paper@example.org', { mailbox: false });
  const mailboxes = ['paper@example.org', ...many.slice(0, 5)];
  expect(await found(mailboxes, '<one@lure.example>')).toEqual(['no_mailbox', 1, 0, 0, 0, 0]);
  tenant.simulator.log.clear();
  expect((await found(mailboxes, '<one@lure.example>'))[0]).toBe('no_mailbox');
  expect(await found(['paper@example.org'], '<one@lure.example>')).toEqual(['no_mailbox']);
  expect(tenant.simulator.log.list({ mailbox: 'paper@example.org' })).toHaveLength(0);
  tenant.clock.pass(25 * 3_600_000);
  await found(['paper@example.org'], '<one@lure.example>');
  expect(tenant.simulator.log.list({ mailbox: 'paper@example.org' })).toHaveLength(1);
});

test('a mailbox outside of the scope and a user nobody knows do not stop the others', async () => {
  deliverToMany('<one@lure.example>');
  tenant.simulator.denied.add(many[1] as string);
  const outcomes = await found([...many.slice(0, 6), 'nobody@example.org'], '<one@lure.example>');
  expect(outcomes).toEqual([1, 'not_authorized', 1, 1, 1, 1, 'no_mailbox']);
});

describe('when Graph pushes back', () => {
  test('a throttled mailbox waits for its Retry-After, in seconds or as a date, and the others do not', async () => {
    deliverToMany('<one@lure.example>');
    tenant.simulator.deliver('throttled@example.org', mail('<one@lure.example>'));
    for (const mailboxes of [['throttled@example.org'], ['throttled@example.org', ...many]]) {
      tenant.clock.slept.length = 0;
      expect(await found(mailboxes, '<one@lure.example>')).toEqual(mailboxes.map(() => 1));
      expect(tenant.clock.slept.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(1_900);
    }
  });

  test('a mailbox that stays throttled ends as temporary, with the time it asked for', async () => {
    deliverToMany('<one@lure.example>');
    const fault = { status: 429, code: 'ApplicationThrottled', retryAfter: 120 };
    tenant.simulator.faults.add({ mailbox: many[2], route: 'find', fault });
    const outcomes = await tenant.provider.findCopies(many, '<one@lure.example>');
    const refused = outcomes.filter((outcome) => !outcome.ok);
    expect(refused).toHaveLength(1);
    expect(outcomes[2]).toEqual({ ok: false, error: expect.any(TemporaryError) });
    expect(refused[0]).toMatchObject({ error: { retryAfterMs: 120_000, outcomeUnknown: false } });
  });

  test('a fifth of a batch answering 429 comes in the next one', async () => {
    deliverToMany('<one@lure.example>');
    for (const mailbox of many.slice(0, 4)) {
      tenant.simulator.faults.add({ mailbox, route: 'find', times: 1, fault: { status: 429, retryAfter: 'date' } });
    }
    expect(await found(many, '<one@lure.example>')).toEqual(many.map(() => 1));
  });

  test.each([
    { status: 429, code: 'TooManyRequests' },
    { status: 503, code: 'ServiceUnavailable' },
    { status: 504, code: 'UnknownError', afterEffect: true },
  ])('a batch refused with $status as a whole is sent again', async (fault) => {
    deliverToMany('<one@lure.example>');
    tenant.simulator.faults.add({ route: 'batch', times: 2, fault });
    expect(await found(many, '<one@lure.example>')).toEqual(many.map(() => 1));
  });

  test('a tenant that asks for an hour gets it: nothing more is sent, and the caller is told', async () => {
    deliverToMany('<one@lure.example>');
    const provider = tenant.another(
      { inFlight: { start: 1, max: 1 } },
      {
        fetch: async (input, init) => {
          if (!String(input).endsWith('/$batch')) return fetch(input, init);
          return Response.json({}, { status: 429, headers: { 'retry-after': '3600' } });
        },
      },
    );
    for (let turn = 0; turn < 2; turn++) {
      for (const outcome of await provider.findCopies(many, '<one@lure.example>')) {
        expect(outcome).toMatchObject({ ok: false, error: { name: 'TemporaryError' } });
        expect(!outcome.ok && (outcome.error as TemporaryError).retryAfterMs).toBeGreaterThan(3_500_000);
      }
    }
    await expect(provider.readCopy(many[0] as string, 'x')).rejects.toMatchObject({ name: 'TemporaryError' });
    await expect(provider.mailboxOfUser('x')).rejects.toMatchObject({ name: 'TemporaryError' });
    expect(tenant.simulator.log.list().filter(({ route }) => route !== 'token')).toHaveLength(0);
  });

  test('after a 504 the page is smaller', async () => {
    deliverToMany('<one@lure.example>', many.slice(0, 1));
    tenant.simulator.faults.add({ route: 'find', times: 1, fault: { status: 504 } });
    expect(await found(many.slice(0, 1), '<one@lure.example>')).toEqual([1]);
    const tops = tenant.simulator.log.list({ route: 'find' }).map(({ url }) => /\$top=(\d+)/.exec(url)?.[1]);
    expect(tops).toEqual(['50', '10']);
  });

  test.each(['reset', 'silence'] as const)(
    'one mailbox that answers with %s costs the other nineteen one more request',
    async (lost) => {
      deliverToMany('<one@lure.example>');
      const provider = tenant.another({ retryForMs: 5_000, timeoutMs: 2_000 });
      tenant.simulator.faults.add({ mailbox: many[7], route: 'find', fault: { lost } });
      const outcomes = await provider.findCopies(many, '<one@lure.example>');
      expect(outcomes.flatMap((outcome, at) => (outcome.ok ? [] : [at]))).toEqual([7]);
      expect(outcomes[7]).toMatchObject({ error: { name: 'TemporaryError', outcomeUnknown: false } });
    },
  );

  test('a tenant that withdrew its consent is asked once, not once a mailbox', async () => {
    deliverToMany('<one@lure.example>');
    const provider = tenant.another({ credential: { clientSecret: 'expired' }, inFlight: { start: 1, max: 1 } });
    const outcomes = await provider.findCopies(many, '<one@lure.example>');
    expect(outcomes).toHaveLength(45);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ error: { code: 'consent-revoked' } });
    expect(tenant.simulator.log.list({ route: 'token' })).toHaveLength(1);
  });
});
