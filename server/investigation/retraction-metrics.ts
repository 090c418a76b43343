import type { Outcomes, RetractionMetrics } from '../../shared/metrics.ts';
import type { MetricsSpan, TallyRow } from '../store/metrics-span.ts';
import { psrFigures } from '../store/psr-metrics.ts';
import {
  type CopyFigures,
  copyFigures,
  failedMailboxes,
  failReasons,
  previewMailboxes,
  removalSeconds,
  removedFrom,
  retractionCounts,
} from '../store/retraction-metrics.ts';
import type { MetricsWorld } from './metrics.ts';
import type { MetricsQuestion } from './metrics-face.ts';
import { seriesOf, spanBefore, spanView } from './metrics-span.ts';
import { psrPrecision } from './psr-precision.ts';
import { seconds, share, sum, tally } from './tally.ts';

/** How far back preview is held against what people decided: a label's half-life. */
const PRECISION_MS = 180 * 86_400_000;

/** The retractions of a span, as spec 13 counts them. */
export async function retractionMetrics(
  { store, tenant, settings, now }: MetricsWorld,
  span: MetricsSpan,
  { names }: MetricsQuestion,
): Promise<RetractionMetrics> {
  const { db } = store;
  const since = new Date(now().getTime() - PRECISION_MS);
  const [copies, before, folders, reasons, unsearched, previewed, counts, times, judged, psr] = await Promise.all([
    copyFigures(db, span),
    copyFigures(db, spanBefore(span)),
    removedFrom(db, span),
    failReasons(db, span),
    failedMailboxes(db, span),
    previewMailboxes(db, span),
    retractionCounts(db, span),
    removalSeconds(db, span),
    psrFigures(db, tenant, since, now()),
    settings.get('psr'),
  ]);
  const real = copies.filter(({ preview }) => !preview);
  const preview = copies.filter((one) => one.preview);
  const removed = real.filter(isRemoved);
  const total = outcomesOf(real);
  const settled = total.removed + total.nothing_to_remove + total.failed;
  return {
    ...spanView(span),
    total,
    shares: {
      removed: share(total.removed, settled),
      nothing_to_remove: share(total.nothing_to_remove, settled),
      failed: share(total.failed, settled),
    },
    vendor_view: { success: share(total.removed, settled), fail: share(settled - total.removed, settled) },
    fail_reasons: reasons,
    failed_mailboxes: unsearched,
    read_state: { unread: sum(removed, ({ read }) => !read), read: sum(removed, ({ read }) => read) },
    triggered: {
      auto: sum(removed, ({ cause }) => cause !== 'manual'),
      manual: sum(removed, ({ cause }) => cause === 'manual'),
    },
    causes: tally(removed, ({ cause }) => cause),
    from_folders: names ? folders : onlyKnown(folders),
    destinations: tally(removed, ({ destination }) => destination),
    providers: tally(removed, ({ provider }) => provider),
    seconds: { retractions: times.retractions, first: seconds(times.first), last: seconds(times.last) },
    retractions: { total: counts.total, held: counts.held, cancelled: counts.cancelled, restored: counts.restored },
    restored_copies: sum(real, ({ outcome }) => outcome === 'restored'),
    preview: {
      retractions: counts.previews,
      copies: sum(preview, ({ outcome }) => outcome !== 'nothing_to_remove'),
      mailboxes: previewed,
      unread: sum(preview, ({ outcome, read }) => outcome !== 'nothing_to_remove' && !read),
    },
    psr: { since: since.toISOString(), rows: psrPrecision(judged, psr) },
    series: seriesOf(span, real, (rows) => {
      const { removed, nothing_to_remove, failed } = outcomesOf(rows);
      return { removed, nothing_to_remove, failed };
    }),
    previous: outcomesOf(before.filter(({ preview }) => !preview)),
  };
}

/** Put back later, it has been removed all the same. */
const isRemoved = ({ outcome }: CopyFigures) => outcome === 'removed' || outcome === 'restored';

const outcomesOf = (found: readonly CopyFigures[]): Outcomes => ({
  copies: sum(found),
  removed: sum(found, isRemoved),
  nothing_to_remove: sum(found, ({ outcome }) => outcome === 'nothing_to_remove'),
  failed: sum(found, ({ outcome }) => outcome === 'failed'),
  waiting: sum(found, ({ outcome }) => outcome === 'waiting'),
});

const KNOWN_FOLDER =
  /^(?:inbox|posteingang|junk ?e-?mail|junk|spam|deleted ?items|trash|bin|archive|sent ?items|drafts)$/i;

/** A folder that somebody has made is named by them. */
const onlyKnown = (folders: readonly TallyRow[]): TallyRow[] =>
  tally(folders, ({ key }) => (KNOWN_FOLDER.test(key) ? key : '•••'));
