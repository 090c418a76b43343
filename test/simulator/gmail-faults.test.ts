import type { RouteName } from '../../simulator/faults.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { startSimulator } from '../../simulator/start.ts';
import { mail } from './caller.ts';
import { type GoogleCaller, gmailCaller } from './gmail-caller.ts';

let simulator: Simulator;
let call: GoogleCaller;
const start = Date.UTC(2026, 10, 21, 9);
let clock = start;
const ana = 'ana@lab.example.org';

beforeAll(async () => {
  simulator = await startSimulator({ now: () => clock });
});
afterAll(() => simulator.stop());
beforeEach(async () => {
  clock = start;
  simulator.reset();
  Object.assign(simulator.google.settings, {
    unitsPerUserMinute: 6000,
    unitsPerProjectMinute: 1_200_000,
    quotaStatus: 'both',
  });
  call = await open(ana);
});

const open = async (address: string) => {
  if (!simulator.google.workspace.user(address)) simulator.google.addMailbox(address);
  return gmailCaller(simulator, address);
};
const deliver = (address = ana) => simulator.google.deliver(address, mail({ id: '<f@example.net>' }));
const star = { addLabelIds: ['STARRED'] };
const isStarred = (address = ana) => simulator.google.copies(address)[0]?.labelIds.includes('STARRED');

describe('quota', () => {
  test('a user has so many units a minute: refused as 403 and as 429, then served again', async () => {
    simulator.google.settings.unitsPerUserMinute = 30;
    const id = deliver();
    expect((await call('GET', `/messages/${id}?format=minimal`)).status).toBe(200);
    expect((await call('POST', `/messages/${id}/modify`, star)).status).toBe(200);
    expect((await call('GET', '/messages')).status).toBe(200);
    const refused = [await call('GET', '/messages'), await call('GET', '/messages')];
    expect(refused.map(({ status, body }) => [status, body.error.errors[0]])).toEqual([
      [403, expect.objectContaining({ reason: 'userRateLimitExceeded', domain: 'usageLimits' })],
      [429, expect.objectContaining({ reason: 'userRateLimitExceeded', domain: 'usageLimits' })],
    ]);
    expect(refused[0]!.body.error.message).toContain('Retry after 2026-11-21T09:01:00.000Z');
    expect(refused[0]!.headers.get('retry-after')).toBeNull();
    clock += 59_999;
    expect((await call('GET', '/messages')).status).not.toBe(200);
    clock += 1;
    expect((await call('GET', '/messages')).status).toBe(200);
  });

  test('the project has its own limit, over all users', async () => {
    Object.assign(simulator.google.settings, { unitsPerProjectMinute: 10, quotaStatus: 429 });
    const other = await open('ben@lab.example.org');
    expect((await call('GET', '/messages')).status).toBe(200);
    expect((await other('GET', '/messages')).status).toBe(200);
    const { status, body } = await other('GET', '/messages');
    expect([status, body.error.errors[0]!.reason, body.error.status]).toEqual([
      429,
      'rateLimitExceeded',
      'RESOURCE_EXHAUSTED',
    ]);
  });

  test.each<[string, string, unknown, number]>([
    ['GET', '/messages', undefined, 5],
    ['GET', '/messages/{id}?format=raw', undefined, 20],
    ['GET', '/messages/{id}?format=minimal', undefined, 20],
    ['POST', '/messages/{id}/modify', star, 5],
    ['POST', '/messages/{id}/trash', undefined, 20],
    ['POST', '/messages/{id}/untrash', undefined, 5],
    ['POST', '/messages/batchModify', { ids: ['19aaaaaaaaaaaaaa'], ...star }, 50],
    ['POST', '/labels', { name: 'x' }, 5],
    ['GET', '/labels', undefined, 1],
    ['GET', '/history?startHistoryId=999999999', undefined, 2],
  ])('%s %s costs its units', async (method, path, body, units) => {
    const id = deliver();
    const before = simulator.google.quota.spent;
    expect((await call(method, path.replace('{id}', id), body)).status).toBeLessThan(300);
    expect(simulator.google.quota.spent - before).toBe(units);
  });

  test('the day may be gone for everybody, until midnight in California', async () => {
    simulator.google.exhaustDailyQuota();
    const { status, body } = await call('GET', '/labels');
    expect([status, body.error.errors[0]!.reason]).toEqual([403, 'dailyLimitExceeded']);
    clock = Date.UTC(2026, 10, 22, 8);
    expect((await (await open(ana))('GET', '/labels')).status).toBe(200);
  });
});

describe('faults', () => {
  test('the answer can be lost after the effect, and be late', async () => {
    const id = deliver();
    simulator.faults.add({ route: 'gmailModify', mailbox: ana, times: 1, fault: { lost: 'reset', afterEffect: true } });
    await expect(call('POST', `/messages/${id}/modify`, star)).rejects.toThrow();
    expect(isStarred()).toBe(true);
    simulator.faults.add({ route: 'gmailList', times: 1, fault: { delayMs: 150 } });
    const began = performance.now();
    await call('GET', '/messages');
    expect(performance.now() - began).toBeGreaterThan(140);
  });

  test.each([500, 503, 429, 403])('%i is told in the shape of Google, before any effect', async (status) => {
    const id = deliver();
    simulator.faults.add({ route: 'gmailModify', times: 1, fault: { status } });
    const answer = await call('POST', `/messages/${id}/modify`, star);
    expect(answer.status).toBe(status);
    expect(answer.body.error.code).toBe(status);
    expect(isStarred()).toBe(false);
  });

  test('what the owner does right after a find', async () => {
    const id = deliver();
    simulator.google.remove(ana, id, { after: 'gmailList' });
    expect((await call('GET', '/messages')).body.messages).toHaveLength(1);
    expect((await call('POST', `/messages/${id}/modify`, star)).status).toBe(404);
  });

  test('stale finds show the mailbox as it was', async () => {
    const id = deliver();
    simulator.faults.add({ route: 'gmailList', fault: { staleMs: 10_000 } });
    expect((await call('GET', '/messages')).body.messages).toBeUndefined();
    clock += 10_000;
    expect((await call('GET', '/messages')).body.messages).toHaveLength(1);
    simulator.google.userDeletes(ana, id);
    clock += 9_000;
    expect((await call('GET', '/messages')).body.messages).toHaveLength(1);
    clock += 1_000;
    expect((await call('GET', '/messages')).body.messages).toBeUndefined();
  });
});

describe('magic mailboxes', () => {
  const statuses = async (name: string, times: number) => {
    const address = `${name}@lab.example.org`;
    const magic = await open(address);
    const id = deliver(address);
    const seen: (number | string)[] = [];
    for (let i = 0; i < times; i++)
      seen.push(
        await magic('POST', `/messages/${id}/modify`, star).then(
          ({ status }) => status,
          () => 'lost',
        ),
      );
    return seen;
  };
  test.each<[string, (number | string)[], boolean | undefined]>([
    ['throttled', [403, 429, 200, 403], true],
    ['temperror', [503, 200, 503], true],
    ['permerror', [403, 403], false],
    ['lostreply', ['lost', 'lost', 200, 'lost'], true],
    ['timeout504', [504, 504, 200], true],
    ['gone', [404, 404], undefined],
    ['nomailbox', [400, 400], false],
    ['throttled-7', [403, 429, 200], true],
  ])('%s@ answers %j', async (name, expected, starred) => {
    expect(await statuses(name, expected.length)).toEqual(expected);
    expect(isStarred(`${name}@lab.example.org`)).toBe(starred);
  });

  test('silent@ acts and never answers', async () => {
    const magic = await open('silent@lab.example.org');
    const id = deliver('silent@lab.example.org');
    expect((await magic('GET', '/messages')).body.messages).toHaveLength(1);
    const route: RouteName = 'gmailModify';
    const said = await Promise.race([
      magic('POST', `/messages/${id}/modify`, star).catch(() => 'lost'),
      new Promise((resolve) => setTimeout(resolve, 300, 'nothing')),
    ]);
    expect(said).toBe('nothing');
    expect(isStarred('silent@lab.example.org')).toBe(true);
    expect(simulator.log.list({ route }).at(-1)?.status).toBe('silence');
  });
});
