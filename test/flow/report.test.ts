import type { ActionLog, MessagePage } from '../../shared/messages.ts';
import { House } from './house.ts';
import { colleague, lure } from './mail.ts';

const ID = '<expiry-1@micros0ft-login.test>';
const PEOPLE = ['ana@example.org', 'ben@example.org', 'carla@example.org', 'dora@example.org'];

describe('a phish that one person reports', () => {
  let house: House;
  beforeEach(async () => {
    house = await House.start();
    for (const person of PEOPLE) house.simulator.addMailbox(person);
  });
  afterEach(() => house.stop());

  test('disappears from every mailbox that has a copy, and nothing else moves', async () => {
    for (const person of PEOPLE.slice(0, 3)) house.simulator.deliver(person, lure(ID));
    for (const person of PEOPLE) house.simulator.deliver(person, colleague(`<minutes-${person}>`));

    const id = await house.report('ana@example.org', ID);
    const view = await house.untilRetraction(id, ['done']);

    expect(view.outcome_disposition).toBe('MALICIOUS');
    expect(view.original).toBe('authoritative');
    expect(view.psr).toEqual({ action: 'retract' });
    expect(view.retraction?.copies).toMatchObject({ found: 3, retracted: 3, failed: 0, unknown: 0 });
    expect(view.retraction?.mailboxes).toEqual({ searched: 4, total: 4 });
    for (const person of PEOPLE.slice(0, 3)) expect(house.folderOf(person, ID)).toBe('Reelback Quarantine');
    for (const person of PEOPLE) expect(house.folderOf(person, `<minutes-${person}>`)).toBe('inbox');

    // And an analyst finds it, with where it is now and the bytes as they came.
    const found = await house.fetch(
      '/api/v1/messages?query=is:quarantined%20phish_submission_response&message_action=MOVED',
    );
    const { items } = (await found.json()) as MessagePage;
    expect(items).toMatchObject([
      { message_id: ID, final_disposition: 'MALICIOUS', delivery_status: 'quarantined', reports: 1 },
    ]);
    const log = await house.fetch(`/api/v1/messages/${items[0]!.id}/action-log`);
    const { items: actions } = (await log.json()) as ActionLog;
    expect(actions.map(({ operation }) => operation).sort()).toEqual(['MOVE', 'MOVE', 'MOVE', 'SUBMISSION']);
    expect(await (await house.fetch(`/api/v1/messages/${id}/raw`)).text()).toContain(ID);
    expect(await (await house.fetch('/api/v1/messages.csv')).text()).toContain('micros0ft-login.test');
  });

  test('comes back exactly as it was when an analyst restores it', async () => {
    house.simulator.deliver('ana@example.org', lure(ID), { isRead: true });
    house.simulator.deliver('ben@example.org', lure(ID), {
      folder: 'archive',
      isRead: false,
      categories: ['Blue category'],
    });
    house.simulator.deliver('carla@example.org', lure(ID), { flag: 'flagged' });
    const before = PEOPLE.map((p) => house.simulator.copies(p));

    const id = await house.report('ana@example.org', ID);
    const done = await house.untilRetraction(id, ['done']);
    expect((await house.decide(done.retraction!.id, 'restore')).status).toBe(200);
    const restored = await house.untilRetraction(id, ['restored']);

    expect(restored.retraction?.copies).toMatchObject({ restored: 3, retracted: 0 });
    expect(PEOPLE.map((p) => house.simulator.copies(p))).toEqual(before);
  });

  test('an ordinary mail stays where it is, and the person is told so', async () => {
    house.simulator.deliver('ana@example.org', colleague('<minutes@example.org>'));
    const id = await house.report('ana@example.org', '<minutes@example.org>');
    const view = await house.untilConcluded(id);
    expect(view.outcome_disposition).not.toBe('MALICIOUS');
    expect(view.psr).toEqual({ action: 'none', reason: 'not_malicious' });
    expect(view.retraction).toBeNull();
    await house.drain();
    expect(house.folderOf('ana@example.org', '<minutes@example.org>')).toBe('inbox');
  });

  test('a mail that borrows its Message-ID is never touched', async () => {
    house.simulator.deliver('ana@example.org', lure(ID));
    house.simulator.deliver('ben@example.org', colleague(ID, 'Contract for signature', 'ben@example.org'));
    const id = await house.report('ana@example.org', ID);
    const view = await house.untilRetraction(id, ['done']);
    expect(view.retraction?.copies).toMatchObject({ found: 1, retracted: 1, review: 1 });
    expect(house.folderOf('ben@example.org', 'Contract for signature')).toBe('inbox');
    const review = (await house.ledger(view.retraction!.id)).find((c) => c.mailbox === 'ben@example.org');
    expect(review).toMatchObject({ state: 'review', reason: 'different_content' });
  });

  test('a copy its owner deletes meanwhile counts as gone', async () => {
    house.simulator.deliver('ana@example.org', lure(ID));
    house.simulator.deliver('ben@example.org', lure(ID));
    house.simulator.remove('ben@example.org', ID, { after: 'value' });
    const id = await house.report('ana@example.org', ID);
    const view = await house.untilRetraction(id, ['done']);
    expect(view.retraction?.copies).toMatchObject({ retracted: 1, gone: 1, failed: 0 });
  });

  test('is one retraction however many people report it', async () => {
    for (const person of PEOPLE) house.simulator.deliver(person, lure(ID));
    const ids = await Promise.all(PEOPLE.map((person) => house.report(person, ID)));
    const views = await Promise.all(ids.map((id) => house.untilRetraction(id, ['done'])));
    expect(new Set(views.map((v) => v.retraction?.id)).size).toBe(1);
    expect(views[0]?.retraction?.copies).toMatchObject({ found: 4, retracted: 4 });
  });

  test('reported twice by the same person is one submission', async () => {
    house.simulator.deliver('ana@example.org', lure(ID));
    const first = await house.post('ana@example.org', ID, { key: 'press-1' });
    const again = await house.post('ana@example.org', ID, { key: 'press-1' });
    const other = await house.post('ana@example.org', ID, { key: 'press-2' });
    expect([first.status, again.status, other.status]).toEqual([202, 200, 200]);
    const ids = await Promise.all([first, again, other].map(async (r) => ((await r.json()) as { id: string }).id));
    expect(new Set(ids).size).toBe(1);
  });
});
