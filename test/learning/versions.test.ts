/** Versions on a real database: who may let them judge, how every process follows, and the way back. */
import { PassThrough } from 'node:stream';
import { LOCAL_BUCKETS, type LocalTable, saveLocal } from '../../server/analysis/local/table.ts';
import { FEATURES_VERSION } from '../../server/analysis/model/features.ts';
import { type Jobs, openJobs } from '../../server/jobs/queue.ts';
import type { Figures } from '../../server/learning/figures.ts';
import { followModel } from '../../server/learning/judging-model.ts';
import type { ModelWorld } from '../../server/learning/model-world.ts';
import { openModels } from '../../server/learning/models.ts';
import type { Candidate } from '../../server/learning/prepare.ts';
import { runTraining } from '../../server/learning/retrain.ts';
import { modelCommand } from '../../server/model-command.ts';
import { openModel } from '../../server/open-model.ts';
import { DEFAULT_SETTINGS, openSettings } from '../../server/policies/settings.ts';
import { type Changes, listenForChanges } from '../../server/store/changes.ts';
import { openStore, type Store } from '../../server/store/database.ts';
import { storeDrift } from '../../server/store/verdict-window.ts';
import { createDatabase, type TestDatabase } from '../setup/database.ts';

jest.setTimeout(60_000);
const quiet = { info: () => {}, warn: () => {}, error: () => {} };
const base = openModel({ model: 'default' }, process.cwd());

let database: TestDatabase;
let store: Store;
let changes: Changes;
let jobs: Jobs;
let time = new Date('2026-11-20T09:00:00Z');
/** An organisation of its own for each test; the command line's is the one of a server without Microsoft 365. */
let tenant: string;
let tests = 0;
beforeEach(() => {
  tenant = `tenant-${++tests}`;
});
beforeAll(async () => {
  database = await createDatabase();
  store = openStore(database.url, () => {});
  changes = await listenForChanges(database.url, () => {});
  jobs = await openJobs(database.url, changes, () => {});
});
afterAll(async () => {
  await jobs.stop();
  await changes.close();
  await store.close();
  await database.drop();
});

const figures = (change: Partial<Figures>): Figures => ({
  phish: 20,
  caught: 15,
  legitimate: 20,
  flagged: 2,
  malicious: 0,
  loss: 0.5,
  ...change,
});

function tableOf(version: number, baseDigest = base.digest): LocalTable {
  const empty = new Int8Array(LOCAL_BUCKETS);
  const scale = { malicious: 1, unwanted: 1 };
  return { version, baseDigest, features: FEATURES_VERSION, malicious: empty, unwanted: empty, scale };
}

/** As a training hands it over: better than today, or not. */
const candidate = (version: number, better: boolean, digest?: string): Candidate => ({
  weights: saveLocal(tableOf(version, digest)),
  samples: {
    kinds: { team: 40, confirmed: 0, report: 0 },
    labels: { malicious: 20, spam: 0, benign: 20 },
    weight: { team: 40, reporters: 0 },
    left_out: 0,
    missing: 0,
  },
  evaluation: {
    validation: {
      base: figures({}),
      current: figures({}),
      candidate: figures({}),
      shift: { phish: 0, legitimate: 0 },
    },
    labels: { current: figures({}), candidate: figures(better ? { caught: 18, loss: 0.3 } : { flagged: 3 }) },
  },
  labelsUntil: time,
});

const worldOf = (better = true): ModelWorld => ({
  tenant,
  store,
  jobs,
  ownDomains: async () => [],
  now: () => time,
  log: quiet,
  settings: openSettings(store, tenant, DEFAULT_SETTINGS),
  base,
  prepare: async ({ version }) => candidate(version, better),
});

async function trained(world: ModelWorld): Promise<string | null | undefined> {
  time = new Date(time.getTime() + 3_600_000);
  const models = openModels(world);
  await models.retrain('chris');
  await runTraining(world);
  return (await models.view()).training?.outcome;
}

const auto = () => openSettings(store, tenant, DEFAULT_SETTINGS).put('learning', { promotion: 'auto' }, 'chris');

test('by default a better version waits for a person, and one that is not better never judges', async () => {
  expect(await trained(worldOf())).toBe('proposed');
  expect(await trained(worldOf(false))).toBe('rejected');
  const models = openModels(worldOf());
  expect((await models.view()).versions.map(({ version, state }) => [version, state])).toEqual([
    [2, 'rejected'],
    [1, 'proposed'],
  ]);
  expect((await models.view()).version).toBeNull();
  await expect(models.promote(2, 'chris')).rejects.toMatchObject({ code: 'model_not_better' });
  expect(await models.promote(7, 'chris')).toBeNull();
  expect((await models.promote(1, 'chris'))?.name).toBe(`${base.model.name}+local-1`);
});

test('set to promote by itself it does, until a person has gone back: then it proposes again', async () => {
  await auto();
  const world = worldOf();
  const models = openModels(world);
  expect(await trained(world)).toBe('promoted');
  expect(await trained(worldOf(false))).toBe('rejected');
  expect(await trained(world)).toBe('promoted');
  expect((await models.view()).version).toBe(3);
  expect((await models.rollBack('chris')).version).toBe(1);
  expect(await trained(world)).toBe('proposed');
  expect((await models.rollBack('chris')).version).toBeNull();
  await expect(models.rollBack('chris')).rejects.toMatchObject({ code: 'model_is_shipped' });
  await models.promote(4, 'chris');
  expect(await trained(world)).toBe('promoted');
});

test('while something has drifted nothing promotes itself', async () => {
  await auto();
  await store.inTransaction((trx) => storeDrift(trx, tenant, time, true, { signs: [] }));
  expect(await trained(worldOf())).toBe('proposed');
  await store.inTransaction((trx) => storeDrift(trx, tenant, time, false, { signs: [] }));
  expect(await trained(worldOf())).toBe('promoted');
});

test('one training at a time; one that was lost with its process is taken up after ten minutes, a failure is kept', async () => {
  const models = openModels(worldOf());
  await models.retrain('chris');
  await expect(models.retrain('dana')).rejects.toMatchObject({ code: 'training_runs' });
  const lost = { ...worldOf(), prepare: () => new Promise<never>(() => {}) };
  void runTraining(lost);
  await until(async () => (await models.view()).training?.state === 'running');
  await runTraining(worldOf());
  expect((await models.view()).versions).toEqual([]);
  time = new Date(time.getTime() + 11 * 60_000);
  await runTraining(worldOf());
  expect((await models.view()).training).toMatchObject({ state: 'ended', outcome: 'proposed', requested_by: 'chris' });
  const failing = {
    ...worldOf(),
    prepare: async () => {
      throw new Error('the thread died');
    },
  };
  expect(await trained(failing)).toBe('failed');
  expect(await trained(worldOf())).toBe('proposed');
});

test('every process follows a promotion and a rollback at once, and after a missed notice soon', async () => {
  await trained(worldOf());
  const follow = (everyMs: number, deaf = false) =>
    followModel(
      {
        tenant,
        store,
        changes: deaf ? { ...changes, on: () => () => {} } : changes,
        baseDigest: base.digest,
        log: quiet,
      },
      everyMs,
    );
  const [one, other, deaf] = [await follow(60_000), await follow(60_000), await follow(50, true)];
  expect(one.local()).toBeNull();
  const models = openModels(worldOf());
  await models.promote(1, 'chris');
  for (const process of [one, other, deaf]) await until(() => process.local()?.version === 1);
  // A process that starts later finds it.
  const late = await follow(60_000);
  expect(late.local()?.version).toBe(1);
  await models.rollBack('chris');
  for (const process of [one, other, deaf, late]) await until(() => process.local() === null);
  for (const process of [one, other, deaf, late]) process.stop();
});

test('a version of another shipped model rests, and is not promoted', async () => {
  const world = worldOf();
  await trained(world);
  await openModels(world).promote(1, 'chris');
  const upgraded = { ...world, base: { ...base, digest: 'another' } };
  expect(await openModels(upgraded).view()).toMatchObject({ rests: true, version: null, name: base.model.name });
  const process = await followModel({ tenant, store, changes, baseDigest: 'another', log: quiet });
  expect(process.local()).toBeNull();
  process.stop();
  await openModels(upgraded).rollBack('chris');
  await expect(openModels(upgraded).promote(1, 'chris')).rejects.toMatchObject({ code: 'model_of_another_base' });
});

test('the command line lists, promotes and goes back, and says why it refuses', async () => {
  tenant = 'default';
  await trained(worldOf());
  await trained(worldOf(false));
  const run = async (...argv: string[]) => {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const env = { REELBACK_DATABASE_URL: database.url };
    const status = await modelCommand(argv, { stdin: new PassThrough(), stdout, stderr, rootDir: process.cwd(), env });
    return { status, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') };
  };
  const list = await run('list');
  expect(list.out).toContain(`${base.model.name} judges`);
  expect(list.out).toMatch(/local-2 {2}rejected .* phish 15 -> 15 of 20, flagged 2 -> 3 of 20 {2}\(not_better/);
  expect(await run('promote', '1')).toMatchObject({ status: 0, out: `${base.model.name}+local-1 judges\n` });
  expect(await run('promote', '2')).toMatchObject({ status: 1, err: expect.stringContaining('not better') });
  expect(await run('promote', '9')).toMatchObject({ status: 1, err: expect.stringContaining('no version 9') });
  expect(JSON.parse((await run('list', '--json')).out)).toMatchObject({ version: 1 });
  expect(await run('rollback')).toMatchObject({ status: 0, out: `${base.model.name} judges\n` });
  expect(await run('rollback')).toMatchObject({ status: 1, err: expect.stringContaining('nothing to go back') });
  await expect(run('promote')).rejects.toMatchObject({ code: 'usage' });
  await expect(run('promote', 'x')).rejects.toMatchObject({ code: 'usage' });
  await expect(run('forget')).rejects.toMatchObject({ code: 'usage' });
});

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('it did not come to that within 10 s');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
