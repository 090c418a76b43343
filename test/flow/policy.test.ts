import { House, type HouseOptions } from './house.ts';
import { colleague, lure } from './mail.ts';

const ID = '<expiry-2@micros0ft-login.test>';

const PATIENCE_MS = 90_000;

type Stage = { house: House; seed(...people: string[]): void };

/** A house of its own for each test; they wait more than they work, so several run at a time. */
async function within(options: HouseOptions, use: (stage: Stage) => Promise<void>): Promise<void> {
  const house = await House.start(options);
  try {
    await use({
      house,
      seed: (...people) => {
        for (const person of people) house.simulator.deliver(person, lure(ID));
      },
    });
  } finally {
    await house.stop();
  }
}

describe('what PSR may do', () => {
  test.concurrent(
    'in preview every copy is found and recorded, and none moves',
    () =>
      within({ psr: 'preview' }, async ({ house, seed }) => {
        seed('ana@example.org', 'ben@example.org');
        const id = await house.report('ana@example.org', ID);
        const view = await house.untilRetraction(id, ['done']);
        expect(view.psr).toEqual({ action: 'preview' });
        expect(view.retraction?.copies).toMatchObject({ found: 2, retracted: 0 });
        expect(house.folderOf('ana@example.org', ID)).toBe('inbox');
        expect(house.folderOf('ben@example.org', ID)).toBe('inbox');
        const moves = house.simulator.log.list().filter((e) => ['move', 'createFolder', 'patch'].includes(e.route));
        expect(moves).toEqual([]);
      }),
    PATIENCE_MS,
  );

  test.concurrent(
    'a fresh server is in preview',
    () =>
      within({}, async ({ house }) => {
        const response = await house.fetch('/api/v1/settings/guard');
        expect(await response.json()).toEqual({ max_mailboxes: 500, max_share: 0.05, canary_mailbox: null });
        const { DEFAULT_SETTINGS } = await import('../../server/policies/settings.ts');
        expect(DEFAULT_SETTINGS.psr.mode).toBe('preview');
      }),
    PATIENCE_MS,
  );

  test.concurrent(
    'no action for MALICIOUS means that nothing moves and the view says why',
    () =>
      within({}, async ({ house, seed }) => {
        const NoAction = 'NoAction';
        await house.put('retraction', {
          destinations: { MALICIOUS: NoAction, SUSPICIOUS: NoAction, SPOOF: NoAction, SPAM: NoAction, BULK: NoAction },
          paused: false,
        });
        seed('ana@example.org');
        const view = await house.untilConcluded(await house.report('ana@example.org', ID));
        expect(view.psr).toEqual({ action: 'none', reason: 'no_action_configured' });
        expect(house.folderOf('ana@example.org', ID)).toBe('inbox');
      }),
    PATIENCE_MS,
  );

  test.concurrent(
    'a report as safe never moves anything',
    () =>
      within({}, async ({ house, seed }) => {
        seed('ana@example.org');
        const view = await house.untilConcluded(await house.report('ana@example.org', ID, { type: 'safe' }));
        expect(view.outcome_disposition).toBe('MALICIOUS');
        expect(view.psr).toEqual({ action: 'none', reason: 'safe_report' });
        expect(house.folderOf('ana@example.org', ID)).toBe('inbox');
      }),
    PATIENCE_MS,
  );

  test.concurrent(
    'above the guard limit a retraction stops at exactly the limit and waits for a person',
    () =>
      within({}, async ({ house, seed }) => {
        const people = Array.from({ length: 8 }, (_, i) => `p${i}@example.org`);
        seed(...people);
        await house.put('guard', { max_mailboxes: 3, max_share: 0.01, canary_mailbox: null });
        const id = await house.report('p0@example.org', ID);
        const held = await house.untilRetraction(id, ['held']);
        await house.drain();
        const moved = () => people.filter((p) => house.folderOf(p, ID) === 'Reelback Quarantine').length;
        expect(moved()).toBe(3);
        expect(await house.retraction(held.retraction!.id)).toMatchObject({ state: 'held', reason: 'blast_radius' });

        expect((await house.decide(held.retraction!.id, 'approve')).status).toBe(200);
        const done = await house.untilRetraction(id, ['done']);
        expect(done.retraction?.copies).toMatchObject({ found: 8, retracted: 8 });
        expect(moved()).toBe(8);
      }),
    PATIENCE_MS,
  );

  test.concurrent(
    'paused: decided, held, and nothing moves until a person approves after the pause',
    () =>
      within({}, async ({ house, seed }) => {
        const { destinations } = (await (await house.fetch('/api/v1/settings/retraction')).json()) as {
          destinations: Record<string, string>;
        };
        await house.put('retraction', { destinations, paused: true });
        seed('ana@example.org');
        const id = await house.report('ana@example.org', ID);
        const held = await house.untilRetraction(id, ['held']);
        expect(held.psr).toEqual({ action: 'hold', reason: 'paused' });
        await house.put('retraction', { destinations, paused: false });
        await house.decide(held.retraction!.id, 'approve');
        await house.untilRetraction(id, ['done']);
        expect(house.folderOf('ana@example.org', ID)).toBe('Reelback Quarantine');
      }),
    PATIENCE_MS,
  );

  test.concurrent(
    'an upload whose original cannot be found is analysed and held, never retracted',
    () =>
      within({}, async ({ house, seed }) => {
        house.simulator.addMailbox('ana@example.org');
        seed('ben@example.org');
        const id = await house.report('ana@example.org', ID, { withoutId: true, raw: lure(ID) });
        const view = await house.untilConcluded(id);
        expect(view).toMatchObject({
          outcome_disposition: 'MALICIOUS',
          original: 'client_supplied',
          psr: { action: 'hold', reason: 'client_supplied_only' },
        });
        await house.drain();
        expect(house.folderOf('ben@example.org', ID)).toBe('inbox');
      }),
    PATIENCE_MS,
  );

  test.concurrent(
    'an uploaded lie about a real mail changes nothing: the original is judged',
    () =>
      within({}, async ({ house }) => {
        house.simulator.deliver('ana@example.org', colleague(ID, 'Minutes'));
        const id = await house.report('ana@example.org', ID, { raw: lure(ID) });
        const view = await house.untilConcluded(id);
        expect(view.original).toBe('authoritative');
        expect(view.outcome_disposition).not.toBe('MALICIOUS');
        await house.drain();
        expect(house.folderOf('ana@example.org', ID)).toBe('inbox');
      }),
    PATIENCE_MS,
  );

  test.concurrent(
    'what an analyst has restored is not retracted again by the next report',
    () =>
      within({}, async ({ house, seed }) => {
        seed('ana@example.org', 'ben@example.org');
        const first = await house.untilRetraction(await house.report('ana@example.org', ID), ['done']);
        await house.decide(first.retraction!.id, 'restore');
        await house.untilRetraction(first.id, ['restored']);
        const second = await house.untilConcluded(await house.report('ben@example.org', ID));
        expect(second.psr).toEqual({ action: 'none', reason: 'analyst_decided' });
        await house.drain();
        expect(house.folderOf('ben@example.org', ID)).toBe('inbox');
      }),
    PATIENCE_MS,
  );
});

describe('"I was wrong"', () => {
  test.concurrent(
    'brings the copies back while the reporter stands alone',
    () =>
      within({}, async ({ house, seed }) => {
        seed('ana@example.org', 'ben@example.org');
        const id = await house.report('ana@example.org', ID);
        await house.untilRetraction(id, ['confirming', 'done']);
        const response = await house.withdraw(id, 'ana@example.org');
        expect(await response.json()).toEqual({ withdrawn: true, restore: 'started' });
        await house.untilRetraction(id, ['restored']);
        expect(house.folderOf('ana@example.org', ID)).toBe('inbox');
        expect(house.folderOf('ben@example.org', ID)).toBe('inbox');
      }),
    PATIENCE_MS,
  );

  test.concurrent(
    'does not bring a campaign back when somebody else has reported it too',
    () =>
      within({}, async ({ house, seed }) => {
        seed('ana@example.org', 'ben@example.org');
        const id = await house.report('ana@example.org', ID);
        const other = await house.report('ben@example.org', ID);
        await house.untilRetraction(id, ['done']);
        await house.untilRetraction(other, ['done']);
        const response = await house.withdraw(id, 'ana@example.org');
        expect(await response.json()).toEqual({ withdrawn: true, restore: 'review' });
        await house.drain();
        expect(house.folderOf('ana@example.org', ID)).toBe('Reelback Quarantine');
        expect(await house.view(id)).toMatchObject({ status: 'withdrawn', review_requested: true });
      }),
    PATIENCE_MS,
  );

  test.concurrent(
    'asks an analyst about what had moved before the guard held the rest',
    () =>
      within({}, async ({ house, seed }) => {
        seed('ana@example.org', 'ben@example.org');
        await house.put('guard', { max_mailboxes: 1, max_share: 0.01, canary_mailbox: null });
        const id = await house.report('ana@example.org', ID);
        const other = await house.report('ben@example.org', ID);
        await house.untilRetraction(id, ['held']);
        await house.untilConcluded(other);
        await house.drain();
        const response = await house.withdraw(id, 'ana@example.org');
        expect(await response.json()).toEqual({ withdrawn: true, restore: 'review' });
        expect(await house.view(id)).toMatchObject({ status: 'withdrawn', review_requested: true });
      }),
    PATIENCE_MS,
  );

  test.concurrent(
    'does not overrule an analyst',
    () =>
      within({}, async ({ house, seed }) => {
        seed('ana@example.org', 'ben@example.org');
        const id = await house.report('ana@example.org', ID);
        const done = await house.untilRetraction(id, ['done']);
        await house.decide(done.retraction!.id, 'approve');
        expect(await (await house.withdraw(id, 'ana@example.org')).json()).toEqual({
          withdrawn: true,
          restore: 'review',
        });
        await house.drain();
        expect(house.folderOf('ben@example.org', ID)).toBe('Reelback Quarantine');
      }),
    PATIENCE_MS,
  );

  test.concurrent(
    "is for one's own report only",
    () =>
      within({}, async ({ house, seed }) => {
        seed('ana@example.org', 'ben@example.org');
        const id = await house.report('ana@example.org', ID);
        expect((await house.withdraw(id, 'ben@example.org')).status).toBe(404);
        expect((await house.fetch(`/api/v1/submissions/${id}`, { as: 'ben@example.org' })).status).toBe(404);
      }),
    PATIENCE_MS,
  );

  test.concurrent(
    'lets the mail be reported again',
    () =>
      within({}, async ({ house, seed }) => {
        seed('ana@example.org', 'ben@example.org');
        const id = await house.report('ana@example.org', ID);
        await house.untilRetraction(id, ['done']);
        await house.withdraw(id, 'ana@example.org');
        await house.untilRetraction(id, ['restored']);
        const again = await house.report('ana@example.org', ID);
        expect(again).not.toBe(id);
        await house.untilRetraction(again, ['done']);
        expect(house.folderOf('ben@example.org', ID)).toBe('Reelback Quarantine');
      }),
    PATIENCE_MS,
  );
});
