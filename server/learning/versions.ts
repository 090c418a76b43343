import { PermanentError } from '../../shared/errors.ts';
import { audit } from '../store/audit.ts';
import { notify } from '../store/changes.ts';
import type { Db } from '../store/database.ts';
import {
  insertChange,
  lockModel,
  markPromoted,
  modelVersion,
  newestChange,
  replacedBy,
} from '../store/model-versions.ts';

/** What changing the version that judges needs to know. */
export interface VersionContext {
  tenant: string;
  /** SHA-256 of the shipped model's file that this server runs. */
  baseDigest: string;
  now(): Date;
}

/**
 * Lets a version judge from now on, in every process.
 * @returns false when there is no such version
 * @throws PermanentError `model_not_better` (it was measured and refused), `model_of_another_base`, `model_judges_already`
 */
export async function promoteVersion(
  trx: Db,
  context: VersionContext,
  version: number,
  actor: string,
): Promise<boolean> {
  const { tenant } = context;
  await lockModel(trx, tenant);
  const found = await modelVersion(trx, tenant, version);
  if (!found) return false;
  const before = (await newestChange(trx, tenant))?.version ?? null;
  if (before === version) throw new PermanentError('model_judges_already');
  if (found.state === 'rejected') throw new PermanentError('model_not_better');
  if (found.base_digest !== context.baseDigest) throw new PermanentError('model_of_another_base');
  await markPromoted(trx, tenant, version);
  await change(trx, context, { action: 'promote', version, replaced: before, actor });
  return true;
}

/**
 * What judged before the version that judges now judges again: another version, or the shipped model alone.
 * @returns the version that judges now; null is the shipped model
 * @throws PermanentError `model_is_shipped`: there is nothing to go back from
 */
export async function rollBack(trx: Db, context: VersionContext, actor: string): Promise<number | null> {
  const { tenant } = context;
  await lockModel(trx, tenant);
  const version = (await newestChange(trx, tenant))?.version ?? null;
  if (version === null) throw new PermanentError('model_is_shipped');
  const back = await replacedBy(trx, tenant, version);
  await change(trx, context, { action: 'rollback', version: back, replaced: version, actor });
  return back;
}

async function change(
  trx: Db,
  { tenant, now }: VersionContext,
  what: { action: 'promote' | 'rollback'; version: number | null; replaced: number | null; actor: string },
): Promise<void> {
  await insertChange(trx, tenant, { ...what, changed_at: now() });
  await audit(trx, {
    tenant,
    actor: what.actor,
    action: what.action === 'promote' ? 'model.promoted' : 'model.rolled_back',
    subjectId: 'model',
    detail: { version: what.version, replaced: what.replaced },
  });
  await notify(trx, 'model');
}
