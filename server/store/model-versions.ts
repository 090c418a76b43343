/** Versions of an organisation's own table, and which of them judges. */
import { sql } from 'kysely';
import { type Db, row, rows, touched } from './database.ts';

export type VersionState = 'rejected' | 'proposed' | 'promoted';

export interface ModelVersionRow {
  version: number;
  base: string;
  base_digest: string;
  state: VersionState;
  /** As the learning room made them; opaque here. */
  samples: unknown;
  evaluation: unknown;
  labels_until: Date | null;
  requested_by: string;
  trained_at: Date;
}

const COLUMNS = sql`version, base, base_digest, state, samples, evaluation, labels_until, requested_by, trained_at`;

export interface NewVersion extends Omit<ModelVersionRow, 'state'> {
  state: 'rejected' | 'proposed';
  weights: Uint8Array;
}

export async function insertVersion(trx: Db, tenant: string, v: NewVersion): Promise<void> {
  await sql`insert into model_versions
              (tenant, version, base, base_digest, state, weights, samples, evaluation, labels_until, requested_by, trained_at)
            values (${tenant}, ${v.version}, ${v.base}, ${v.base_digest}, ${v.state}, ${Buffer.from(v.weights)},
              ${JSON.stringify(v.samples)}::jsonb, ${JSON.stringify(v.evaluation)}::jsonb, ${v.labels_until},
              ${v.requested_by}, ${v.trained_at})`.execute(trx);
}

/** Newest first. */
export async function modelVersions(db: Db, tenant: string, limit: number): Promise<ModelVersionRow[]> {
  return rows<ModelVersionRow>(
    db,
    sql`select ${COLUMNS} from model_versions where tenant = ${tenant} order by version desc limit ${limit}`,
  );
}

export async function modelVersion(db: Db, tenant: string, version: number): Promise<ModelVersionRow | null> {
  return row<ModelVersionRow>(
    db,
    sql`select ${COLUMNS} from model_versions where tenant = ${tenant} and version = ${version}`,
  );
}

export async function weightsOfVersion(db: Db, tenant: string, version: number): Promise<Uint8Array | null> {
  const found = await row<{ weights: Buffer }>(
    db,
    sql`select weights from model_versions where tenant = ${tenant} and version = ${version}`,
  );
  return found ? new Uint8Array(found.weights) : null;
}

export async function newestVersion(db: Db, tenant: string): Promise<number> {
  const found = await row<{ n: number | null }>(
    db,
    sql`select max(version) as n from model_versions where tenant = ${tenant}`,
  );
  return found?.n ?? 0;
}

export interface ModelChangeRow {
  action: 'promote' | 'rollback';
  /** null: the shipped model alone. */
  version: number | null;
  replaced: number | null;
  actor: string;
  changed_at: Date;
}

/** Changes of the version that judges wait for each other. */
export async function lockModel(trx: Db, tenant: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('model'), hashtext(${tenant}))`.execute(trx);
}

/** The last change; null: the shipped model has always judged. */
export async function newestChange(db: Db, tenant: string): Promise<ModelChangeRow | null> {
  return row<ModelChangeRow>(
    db,
    sql`select action, version, replaced, actor, changed_at from model_changes where tenant = ${tenant}
        order by id desc limit 1`,
  );
}

/** What this version replaced when it was promoted last. */
export async function replacedBy(db: Db, tenant: string, version: number): Promise<number | null> {
  const found = await row<{ replaced: number | null }>(
    db,
    sql`select replaced from model_changes where tenant = ${tenant} and version = ${version} and action = 'promote'
        order by id desc limit 1`,
  );
  return found?.replaced ?? null;
}

export async function insertChange(trx: Db, tenant: string, change: ModelChangeRow): Promise<void> {
  await sql`insert into model_changes (tenant, action, version, replaced, actor, changed_at)
            values (${tenant}, ${change.action}, ${change.version}, ${change.replaced}, ${change.actor}, ${change.changed_at})`.execute(
    trx,
  );
}

export async function markPromoted(trx: Db, tenant: string, version: number): Promise<void> {
  await sql`update model_versions set state = 'promoted' where tenant = ${tenant} and version = ${version}`.execute(
    trx,
  );
}

export interface TrainingRow {
  requested_by: string;
  requested_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
  /** `proposed`, `promoted`, `rejected`, `too_few_labels`, `failed: …`; null while it has not ended. */
  outcome: string | null;
}

export async function trainingOf(db: Db, tenant: string): Promise<TrainingRow | null> {
  return row<TrainingRow>(
    db,
    sql`select requested_by, requested_at, started_at, ended_at, outcome from model_trainings where tenant = ${tenant}`,
  );
}

/** @returns false while one is asked for or running; one that has been silent since `lostBefore` counts as lost. */
export async function requestTraining(
  trx: Db,
  tenant: string,
  by: string,
  at: Date,
  lostBefore: Date,
): Promise<boolean> {
  return (
    (await touched(
      trx,
      sql`insert into model_trainings (tenant, requested_by, requested_at) values (${tenant}, ${by}, ${at})
          on conflict (tenant) do update set requested_by = excluded.requested_by, requested_at = excluded.requested_at,
            started_at = null, ended_at = null, outcome = null
          where model_trainings.ended_at is not null
             or coalesce(model_trainings.started_at, model_trainings.requested_at) < ${lostBefore}`,
    )) > 0
  );
}

/** @returns false when there is nothing to start, or another worker has started it. */
export async function claimTraining(db: Db, tenant: string, at: Date, lostBefore: Date): Promise<boolean> {
  return (
    (await touched(
      db,
      sql`update model_trainings set started_at = ${at}
          where tenant = ${tenant} and ended_at is null and (started_at is null or started_at < ${lostBefore})`,
    )) > 0
  );
}

export async function endTraining(trx: Db, tenant: string, at: Date, outcome: string): Promise<void> {
  await sql`update model_trainings set ended_at = ${at}, outcome = ${outcome}
            where tenant = ${tenant} and ended_at is null`.execute(trx);
}
