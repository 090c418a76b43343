import fc from 'fast-check';
import { PermanentError } from '../../shared/errors.ts';
import type { Fault } from '../../simulator/faults.ts';
import { addresses, mail, startTenant, type TestTenant } from './tenant.ts';

/** Whatever goes wrong, in whatever order: no answer of ours may claim more than what is so. */
const ID = '<one@lure.example>';
const many = addresses(30);
const home = 'Reelback Quarantine';

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.constantFrom<Fault>(
    { status: 429, code: 'ApplicationThrottled', retryAfter: 1 },
    { status: 429, code: 'ApplicationThrottled', retryAfter: 'date' },
    { status: 429, code: 'ApplicationThrottled', retryAfter: 90 },
    { status: 500, code: 'ErrorMoveCopyFailed' },
    { status: 403, code: 'ErrorAccessDenied' },
    { delayMs: 5 },
  ),
  fc.record({ status: fc.constantFrom(500, 502, 503, 504), afterEffect: fc.boolean() }),
  fc.record({ lost: fc.constant('reset' as const), afterEffect: fc.boolean() }),
);
const trouble = fc.array(
  fc.record({ at: fc.nat(many.length - 1), fault, times: fc.integer({ min: 1, max: 4 }), skip: fc.nat(2) }),
  { maxLength: 12 },
);

jest.setTimeout(90_000);

let tenant: TestTenant;
beforeAll(async () => {
  tenant = await startTenant();
});
afterAll(() => tenant.simulator.stop());

function begin(): ReturnType<TestTenant['another']> {
  tenant.simulator.reset();
  tenant.simulator.addMailboxes(many.length, 'example.org');
  // A pause of the run before is over.
  tenant.clock.pass(600_000);
  return tenant.another();
}

test('a find is never clean where a copy lies, and never wrong in number', async () => {
  await fc.assert(
    fc.asyncProperty(
      trouble,
      fc.array(fc.nat(3), { minLength: many.length, maxLength: many.length }),
      async (troubles, counts) => {
        const provider = begin();
        for (const [at, mailbox] of many.entries()) {
          for (let n = 0; n < (counts[at] ?? 0); n++) tenant.simulator.deliver(mailbox, mail(ID));
        }
        for (const { at, ...rule } of troubles)
          tenant.simulator.faults.add({ mailbox: many[at], route: 'find', ...rule });
        const outcomes = await provider.findCopies(many, ID);
        expect(outcomes).toHaveLength(many.length);
        const troubled = new Set(troubles.map(({ at }) => at));
        for (const [at, outcome] of outcomes.entries()) {
          if (outcome.ok) expect(outcome.value).toHaveLength(counts[at] ?? 0);
          else expect(troubled.has(at)).toBe(true);
        }
      },
    ),
    { numRuns: 30 },
  );
});

test('a move is sent once, what is called moved is moved, and what is called undone is not', async () => {
  await fc.assert(
    fc.asyncProperty(trouble, fc.array(fc.nat(many.length - 1), { maxLength: 5 }), async (troubles, removed) => {
      const provider = begin();
      const copies = many.map((mailbox) => ({
        mailbox,
        providerMessageId: tenant.simulator.deliver(mailbox, mail(ID)),
      }));
      await Promise.all(many.map((mailbox) => provider.destinationFolder(mailbox, 'Quarantine')));
      for (const at of new Set(removed)) tenant.simulator.remove(many[at] ?? '', ID);
      for (const { at, ...rule } of troubles)
        tenant.simulator.faults.add({ mailbox: many[at], route: 'move', ...rule });
      const outcomes = (await provider.moveMany?.(copies, 'Quarantine')) ?? [];
      for (const [at, mailbox] of many.entries()) {
        const outcome = outcomes[at];
        const places = tenant.simulator.copies(mailbox).map(({ folderName }) => folderName);
        if (outcome?.ok) expect(places).toEqual(outcome.value.state === 'moved' ? [home] : []);
        else if (outcome?.error instanceof PermanentError) expect(places).not.toContain(home);
        else if (!outcome?.error.outcomeUnknown) expect(places).not.toContain(home);
        const moves = tenant.simulator.log.list({ route: 'move', mailbox });
        // The second request of a copy that is gone asks the same again in its own name.
        expect(moves.length).toBeLessThanOrEqual(removed.includes(at) ? 2 : 1);
      }
    }),
    { numRuns: 20 },
  );
});

test('a restore that is repeated until it ends leaves folder, read state and flag as they were', async () => {
  const single = fc.array(fc.record({ fault, times: fc.integer({ min: 1, max: 3 }), skip: fc.nat(1) }), {
    maxLength: 4,
  });
  await fc.assert(
    fc.asyncProperty(
      single,
      fc.boolean(),
      fc.constantFrom('inbox', 'archive', 'junkemail'),
      async (troubles, isRead, folder) => {
        const provider = begin();
        const mailbox = many[0] ?? '';
        const id = tenant.simulator.deliver(mailbox, mail(ID), {
          folder,
          isRead,
          flag: 'flagged',
          categories: ['Red'],
        });
        const before = await provider.readCopy(mailbox, id);
        if (!before) throw new Error('not delivered');
        await provider.move(mailbox, id, 'Quarantine');
        tenant.simulator.userReads(mailbox, id, !isRead);
        for (const rule of troubles) tenant.simulator.faults.add({ mailbox, ...rule });
        for (let attempt = 0; attempt < 40; attempt++) {
          const result = await provider.restore(mailbox, id, before).catch((error: unknown) => error);
          if (result instanceof Error) tenant.clock.pass(100_000);
          else return expect(result).toEqual({ state: 'restored', copy: before, fallback: false });
        }
        throw new Error('not restored after forty attempts');
      },
    ),
    { numRuns: 30 },
  );
});
