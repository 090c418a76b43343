import type { PrivacySettings } from '../../shared/privacy.ts';
import { audit } from '../store/audit.ts';
import type { Db, Store } from '../store/database.ts';
import {
  aloneAtIt,
  type BodyLimits,
  deleteBodies,
  deleteMails,
  deleteReportsWithoutMail,
  deleteSettled,
  mailsTooOld,
} from '../store/retention.ts';
import type { Settings } from './face.ts';

export interface RetentionWorld {
  tenant: string;
  store: Store;
  settings: Pick<Settings, 'get'>;
  now(): Date;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const BATCH = 200;
/** What one run leaves, the next one takes: a job has a minute. */
const MOST_BATCHES = 50;
/** Letters and deliveries are history soon, whatever is set. */
const SETTLED_DAYS = 30;

export interface Kept {
  bodies: number;
  mails: number;
  reports: number;
}

/** Deletes what is older than the privacy setting allows, in small transactions, and says in the audit log how much. */
export async function applyRetention(world: RetentionWorld): Promise<Kept> {
  const { store, tenant } = world;
  const privacy = await world.settings.get('privacy');
  const now = world.now().getTime();
  const daysAgo = (days: number) => new Date(now - days * DAY_MS);
  const gone: Kept = { bodies: 0, mails: 0, reports: 0 };

  const limits = bodyLimits(tenant, privacy, now);
  let after: { at: Date; sha256: string } | null = null;
  for (let n = 0; n < MOST_BATCHES; n++) {
    const done: Awaited<ReturnType<typeof deleteBodies>> | null = await step(world, (trx) =>
      deleteBodies(trx, limits, after, BATCH),
    );
    gone.bodies += done?.deleted ?? 0;
    if (!done?.next) break;
    after = done.next;
  }

  const mail = {
    tenant,
    undetectedBefore: daysAgo(privacy.metadata_days),
    detectedBefore: daysAgo(privacy.detection_days),
  };
  for (let n = 0; n < MOST_BATCHES; n++) {
    const done = await step(world, async (trx) => deleteMails(trx, await mailsTooOld(trx, mail, BATCH)));
    gone.mails += done?.mails ?? 0;
    gone.reports += done?.reports ?? 0;
    if (!done || done.mails < BATCH) break;
  }
  for (let n = 0; n < MOST_BATCHES; n++) {
    const done = await step(world, (trx) => deleteReportsWithoutMail(trx, tenant, mail.detectedBefore, BATCH));
    gone.reports += done ?? 0;
    if (!done || done < BATCH) break;
  }
  await step(world, (trx) => deleteSettled(trx, tenant, daysAgo(SETTLED_DAYS), BATCH * MOST_BATCHES));

  if (gone.bodies + gone.mails + gone.reports > 0) {
    await store.inTransaction((trx) =>
      audit(trx, {
        tenant,
        actor: 'reelback',
        action: 'retention.deleted',
        subjectId: 'privacy',
        detail: { ...gone, ...privacy },
      }),
    );
  }
  return gone;
}

/** null: another server is at it. */
function step<T>({ store, tenant }: RetentionWorld, work: (trx: Db) => Promise<T>): Promise<T | null> {
  return store.inTransaction(async (trx) => ((await aloneAtIt(trx, tenant)) ? work(trx) : null));
}

function bodyLimits(tenant: string, privacy: PrivacySettings, now: number): BodyLimits {
  // A body without what is known of its mail would be of no use.
  const days = Math.min(privacy.body_days, privacy.detection_days);
  return {
    tenant,
    before: new Date(now - days * DAY_MS),
    cleanBefore: privacy.clean_body_hours === null ? null : new Date(now - privacy.clean_body_hours * HOUR_MS),
  };
}
