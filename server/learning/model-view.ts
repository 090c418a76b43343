import type { ModelVersion, ModelView } from '../../shared/model.ts';
import { localName } from '../analysis/local/table.ts';
import {
  type ModelVersionRow,
  modelVersions,
  newestChange,
  type TrainingRow,
  trainingOf,
} from '../store/model-versions.ts';
import { driftOf } from '../store/verdict-window.ts';
import type { Drift } from './drift.ts';
import type { ModelWorld } from './model-world.ts';
import { countsOf, learningQueue, type SampleCounts } from './prepare.ts';
import { LABELS_NEEDED } from './promotion.ts';
import type { Measured } from './retrain.ts';

export type ModelViewWorld = Pick<ModelWorld, 'tenant' | 'store' | 'settings' | 'base' | 'now'>;

const SHOWN = 20;

/** Figures and names only: whoever configures may see it without reading mail. */
export async function modelView({ tenant, store, settings, base, now }: ModelViewWorld): Promise<ModelView> {
  const { db } = store;
  // Before the rest: a training that has ended has written its version.
  const training = await trainingOf(db, tenant);
  const [change, rows, queue, drift, { promotion }] = await Promise.all([
    newestChange(db, tenant),
    modelVersions(db, tenant, SHOWN),
    learningQueue(db, tenant, now()),
    driftOf(db, tenant),
    settings.get('learning'),
  ]);
  const versions = rows.map((row) => versionView(row, base.digest));
  const chosen = change?.version ?? null;
  const fits = versions.find(({ version }) => version === chosen)?.fits ?? true;
  const judging = fits ? chosen : null;
  const seenUntil = rows.find((row) => row.base_digest === base.digest)?.labels_until ?? null;
  const { model } = base;
  return {
    name: judging === null ? model.name : `${model.name}+${localName(judging)}`,
    version: judging,
    since: change?.changed_at.toISOString() ?? null,
    by: change?.actor ?? null,
    rests: judging !== chosen,
    shipped: { name: model.name, trained: model.card.trained, metrics: model.card.metrics },
    promotion,
    queue: {
      samples: countsOf(queue.samples, queue.leftOut, 0),
      new_labels: queue.samples.filter(({ kind, at }) => kind === 'team' && (!seenUntil || at > seenUntil)).length,
      needed: LABELS_NEEDED,
    },
    training: training && trainingView(training),
    drift: drift && { looked_at: drift.looked_at.toISOString(), ...(drift.body as Drift) },
    versions,
  };
}

function versionView(row: ModelVersionRow, baseDigest: string): ModelVersion {
  return {
    version: row.version,
    name: `${row.base}+${localName(row.version)}`,
    state: row.state,
    fits: row.base_digest === baseDigest,
    trained_at: row.trained_at.toISOString(),
    requested_by: row.requested_by,
    samples: row.samples as SampleCounts,
    evaluation: row.evaluation as Measured,
  };
}

function trainingView(row: TrainingRow): NonNullable<ModelView['training']> {
  return {
    state: row.ended_at ? 'ended' : row.started_at ? 'running' : 'asked',
    requested_at: row.requested_at.toISOString(),
    requested_by: row.requested_by,
    ended_at: row.ended_at?.toISOString() ?? null,
    outcome: row.outcome === null ? null : outcomeOf(row.outcome),
  };
}

/** The reason of a failure is for the log. */
const outcomeOf = (stored: string) =>
  stored === 'proposed' || stored === 'promoted' || stored === 'rejected' ? stored : 'failed';
