import type { Fault, RouteName } from '../../simulator/faults.ts';
import { House } from './house.ts';
import { lure } from './mail.ts';

const ID = '<expiry+3%of&us#1@micros0ft-login.test>';
const PEOPLE = ['ana@example.org', 'ben@example.org', 'carla@example.org'];
const PATIENCE_MS = 90_000;

/** What every case starts with: a lure in three mailboxes. The cases wait more than they work, so several run at a time. */
async function within(use: (house: House) => Promise<void>): Promise<void> {
  const house = await House.start();
  try {
    for (const person of PEOPLE) house.simulator.deliver(person, lure(ID));
    await use(house);
  } finally {
    await house.stop();
  }
}

/** Every fault ends in the right final state, with nothing lost and nothing moved that should not be. */
describe('Graph fails', () => {
  const cases: [name: string, route: RouteName, fault: Fault][] = [
    ['429 with seconds on move', 'move', { status: 429, retryAfter: 1 }],
    ['429 with a date on find', 'find', { status: 429, retryAfter: 'date' }],
    ['503 on find', 'find', { status: 503 }],
    ['503 on move before acting', 'move', { status: 503 }],
    ['504 on move after acting', 'move', { status: 504, afterEffect: true }],
    ['500 on move', 'move', { status: 500 }],
    ['a connection reset on move before acting', 'move', { lost: 'reset' }],
    ['a connection reset on move after acting', 'move', { lost: 'reset', afterEffect: true }],
    ['silence on move after acting', 'move', { lost: 'silence', afterEffect: true }],
    ['silence on find', 'find', { lost: 'silence' }],
    ['503 on reading the original', 'value', { status: 503 }],
    ['a reset while the quarantine folder is created', 'createFolder', { lost: 'reset', afterEffect: true }],
    ['a move that leaves a twin behind', 'move', { duplicate: true }],
  ];
  test.concurrent.each(cases)(
    '%s',
    (_name, route, fault) =>
      within(async (house) => {
        house.simulator.faults.add({ mailbox: 'ben@example.org', route, fault, times: 2 });
        const id = await house.report('ana@example.org', ID);
        const view = await house.untilRetraction(id, ['done'], 60_000);
        expect(view.retraction?.copies).toMatchObject({ failed: 0, unknown: 0, gone: 0 });
        for (const person of PEOPLE) {
          const copies = house.simulator.copies(person);
          expect(copies.map((c) => c.folderName)).toEqual(copies.map(() => 'Reelback Quarantine'));
        }
      }),
    PATIENCE_MS,
  );

  test.concurrent(
    'a reporter whose mailbox is throttled is answered all the same',
    () =>
      within(async (house) => {
        house.simulator.faults.add({ mailbox: 'ana@example.org', fault: { status: 429, retryAfter: 1 }, times: 3 });
        const id = await house.report('ana@example.org', ID);
        expect((await house.untilRetraction(id, ['done'], 60_000)).original).toBe('authoritative');
      }),
    PATIENCE_MS,
  );

  test.concurrent(
    'a mailbox outside of our permissions is said to have failed, the others are done',
    () =>
      within(async (house) => {
        house.simulator.denied.add('carla@example.org');
        const id = await house.report('ana@example.org', ID);
        const view = await house.untilRetraction(id, ['done']);
        expect(view.retraction?.copies).toMatchObject({ retracted: 2 });
        expect(house.folderOf('carla@example.org', ID)).toBe('inbox');
        expect(house.folderOf('ben@example.org', ID)).toBe('Reelback Quarantine');
      }),
    PATIENCE_MS,
  );

  test.concurrent(
    'the directory is down when the report comes in: it is kept, and nothing is read before the owner is known',
    () =>
      within(async (house) => {
        const down = house.simulator.faults.add({ route: ['user', 'users'], fault: { status: 503 } });
        const response = await house.post('ana@example.org', ID);
        expect([201, 202]).toContain(response.status);
        const { id } = (await response.json()) as { id: string };
        down.remove();
        await house.untilRetraction(id, ['done'], 60_000);
      }),
    PATIENCE_MS,
  );

  test.concurrent(
    'a copy whose folder is gone comes back to the inbox, and the ledger says so',
    () =>
      within(async (house) => {
        house.simulator.addMailbox('dora@example.org');
        house.simulator.tenant.mailboxOrThrow('dora@example.org').createFolder('Projects', false);
        house.simulator.deliver('dora@example.org', lure(ID), { folder: 'Projects' });
        const id = await house.report('ana@example.org', ID);
        const view = await house.untilRetraction(id, ['done']);
        house.simulator.userDeletesFolder('dora@example.org', 'Projects');
        await house.decide(view.retraction!.id, 'restore');
        await house.untilRetraction(id, ['restored']);
        expect(house.folderOf('dora@example.org', ID)).toBe('inbox');
        const row = (await house.ledger(view.retraction!.id)).find((c) => c.mailbox === 'dora@example.org');
        expect(row).toMatchObject({ state: 'restored', reason: 'original_folder_gone' });
      }),
    PATIENCE_MS,
  );

  test.concurrent(
    'what the owner has moved since stays where the owner put it',
    () =>
      within(async (house) => {
        const id = await house.report('ana@example.org', ID);
        const view = await house.untilRetraction(id, ['done']);
        house.simulator.userMoves('ben@example.org', ID, 'deleteditems');
        await house.decide(view.retraction!.id, 'restore');
        await house.untilRetraction(id, ['restored']);
        expect(house.folderOf('ben@example.org', ID)).toBe('deleteditems');
        expect(house.folderOf('carla@example.org', ID)).toBe('inbox');
      }),
    PATIENCE_MS,
  );
});
