import { audit } from '../store/audit.ts';
import { notify } from '../store/changes.ts';
import type { Db } from '../store/database.ts';
import {
  claimTraining,
  endTraining,
  insertVersion,
  modelVersions,
  newestChange,
  newestVersion,
  requestTraining,
  trainingOf,
} from '../store/model-versions.ts';
import { driftAlarm, lookForDrift } from './look-for-drift.ts';
import type { ModelWorld } from './model-world.ts';
import { type Candidate, learningQueue } from './prepare.ts';
import { LABELS_NEEDED, type Objection, objectionsTo } from './promotion.ts';
import { promoteVersion } from './versions.ts';

/** A training that has said nothing for so long was killed with its process. */
const LOST_AFTER_MS = 10 * 60_000;
/** Trainings that the house asks for by itself are at least so far apart. */
const REST_MS = 20 * 3_600_000;

/** What is stored as a version's evaluation. */
export type Measured = Candidate['evaluation'] & { objections: Objection[] };

/** The hourly job: looks for drift, asks for a training when there is enough to learn from, runs one that is asked for. */
export async function tendModel(world: ModelWorld): Promise<void> {
  await lookForDrift(world);
  if (await isWorthTraining(world)) await askForTraining(world, 'reelback');
  await runTraining(world);
}

/** Part of nobody's transaction. @returns false while one is under way */
export async function askForTraining(
  world: Pick<ModelWorld, 'tenant' | 'store' | 'jobs' | 'now'>,
  actor: string,
): Promise<boolean> {
  const { tenant } = world;
  const now = world.now();
  return world.store.inTransaction(async (trx) => {
    if (!(await requestTraining(trx, tenant, actor, now, lostBefore(now)))) return false;
    await audit(trx, { tenant, actor, action: 'model.training_requested', subjectId: 'model' });
    await world.jobs.enqueue(trx, 'model', {});
    return true;
  });
}

/** Enough labels that no training has seen, or a shipped model that no version fits any more; and a day has passed. */
async function isWorthTraining({ tenant, store, settings, base, now }: ModelWorld): Promise<boolean> {
  if ((await settings.get('learning')).promotion === 'off') return false;
  const last = await trainingOf(store.db, tenant);
  if (last && now().getTime() - last.requested_at.getTime() < REST_MS) return false;
  const [newest] = await modelVersions(store.db, tenant, 1);
  const until = newest?.base_digest === base.digest ? newest.labels_until : null;
  const { samples } = await learningQueue(store.db, tenant, now());
  return samples.filter(({ kind, at }) => kind === 'team' && (!until || at > until)).length >= LABELS_NEEDED;
}

/** Runs the training that is asked for, if nobody else does. A failure is kept as its outcome. */
export async function runTraining(world: ModelWorld): Promise<void> {
  const { tenant, store } = world;
  const startedAt = world.now();
  if (!(await claimTraining(store.db, tenant, startedAt, lostBefore(startedAt)))) return;
  const requestedBy = (await trainingOf(store.db, tenant))?.requested_by ?? 'reelback';
  try {
    const version = (await newestVersion(store.db, tenant)) + 1;
    const candidate = await world.prepare({ tenant, version, now: startedAt });
    await keep(world, version, candidate, requestedBy);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    world.log.error({ error: text }, 'training failed');
    await store.inTransaction(async (trx) => {
      await endTraining(trx, tenant, world.now(), `failed: ${text.slice(0, 200)}`);
      await notify(trx, 'model');
    });
  }
}

async function keep(world: ModelWorld, version: number, candidate: Candidate, requestedBy: string): Promise<void> {
  const { tenant, base } = world;
  const now = world.now();
  const objections = objectionsTo(candidate.evaluation);
  const evaluation: Measured = { ...candidate.evaluation, objections };
  const mayPromote = await promotesByItself(world);
  await world.store.inTransaction(async (trx) => {
    const state = objections.length === 0 ? 'proposed' : 'rejected';
    await insertVersion(trx, tenant, {
      version,
      base: base.model.name,
      base_digest: base.digest,
      state,
      weights: candidate.weights,
      samples: candidate.samples,
      evaluation,
      labels_until: candidate.labelsUntil,
      requested_by: requestedBy,
      trained_at: now,
    });
    await audit(trx, {
      tenant,
      actor: 'reelback',
      action: 'model.trained',
      subjectId: 'model',
      detail: { version, state, objections, samples: candidate.samples },
    });
    const promotes = state === 'proposed' && mayPromote && !(await rolledBackLast(trx, tenant));
    if (promotes) await promoteVersion(trx, { tenant, baseDigest: base.digest, now: world.now }, version, 'reelback');
    await endTraining(trx, tenant, now, promotes ? 'promoted' : state);
    await notify(trx, 'model');
  });
  world.log.info({ version, objections }, 'model trained');
}

/** While something has drifted a person looks first. */
async function promotesByItself(world: ModelWorld): Promise<boolean> {
  return (await world.settings.get('learning')).promotion === 'auto' && !(await driftAlarm(world));
}

/** A person went back: until a person promotes again, nothing promotes itself. */
async function rolledBackLast(trx: Db, tenant: string): Promise<boolean> {
  return (await newestChange(trx, tenant))?.action === 'rollback';
}

const lostBefore = (now: Date) => new Date(now.getTime() - LOST_AFTER_MS);
