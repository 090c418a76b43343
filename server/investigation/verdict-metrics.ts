import type { Language } from '../../shared/i18n/language.ts';
import { reasonText } from '../../shared/i18n/reason-text.ts';
import type { VerdictMetrics } from '../../shared/metrics.ts';
import { CATALOGUE, type FindingId } from '../analysis/evidence/catalogue.ts';
import { brandsNamed } from '../analysis/look-alike.ts';
import type { MetricsSpan } from '../store/metrics-span.ts';
import {
  attributeFigures,
  confusion,
  type DetectionDetail,
  dispositionCounts,
  evidenceOf,
  findingFigures,
  mailFigures,
  newestDetections,
  targetFigures,
} from '../store/verdict-metrics.ts';
import { driftOf } from '../store/verdict-window.ts';
import type { MetricsWorld } from './metrics.ts';
import type { MetricsQuestion } from './metrics-face.ts';
import { seriesOf, spanBefore, spanView } from './metrics-span.ts';
import { byDisposition, pseudonym, sum, tally } from './tally.ts';

const REASONS = 20;
const TARGETS = 10;
const IMITATED = 15;
/** What has to be read mail by mail is read of so many, the newest. */
const DETAILS_MOST = 2_000;

/** Findings whose evidence ends with the name that is imitated. */
const IMITATING = ['identity.lookalike_domain', 'identity.own_lookalike_domain', 'url.lookalike', 'url.own_lookalike'];
/** Findings whose evidence shows a display name. */
const NAMING = ['identity.brand_name', 'identity.free_mail_brand'];

/** What the mails of a span were, and what people said of it. */
export async function verdictMetrics(
  { store: { db }, tenant, randomId }: MetricsWorld,
  span: MetricsSpan,
  { names, language }: MetricsQuestion,
): Promise<VerdictMetrics> {
  const before = spanBefore(span);
  const [mails, earlier, reasons, attributes, targets, newest, evidence, confused, drift] = await Promise.all([
    mailFigures(db, span),
    dispositionCounts(db, before),
    findingFigures(db, span, REASONS),
    attributeFigures(db, span),
    targetFigures(db, span, TARGETS),
    newestDetections(db, span, DETAILS_MOST),
    evidenceOf(db, span, [...IMITATING, ...NAMING], DETAILS_MOST),
    confusion(db, span),
    driftOf(db, tenant),
  ]);
  const key = randomId('key');
  return {
    ...spanView(span),
    total: sum(mails),
    reported: sum(mails, ({ reported }) => reported),
    detections: sum(mails, ({ disposition }) => disposition !== 'NONE'),
    by_disposition: byDisposition(mails),
    reasons: reasons.map((one) => ({ ...one, text: sentenceOf(one.key, language) })),
    attributes,
    imitated: tally(
      evidence.map((one) => ({ ...one, count: 1 })),
      imitatedBy,
    ).slice(0, IMITATED),
    targets: names ? targets : targets.map((one) => ({ ...one, key: pseudonym(key, one.key) })),
    details: detailsOf(newest),
    confusion: confused,
    drift: drift && { looked_at: drift.looked_at.toISOString(), alarm: drift.alarm },
    series: seriesOf(span, mails, (rows) => ({ verdicts: byDisposition(rows) })),
    previous: { total: sum(earlier), by_disposition: byDisposition(earlier) },
  };
}

/** A finding that this version does not know keeps its id. */
function sentenceOf(id: string, language: Language): string {
  const [, text] = Object.hasOwn(CATALOGUE, id) ? CATALOGUE[id as FindingId] : ['info', id];
  return reasonText({ id, text }, language);
}

/** The name as people know it: a domain that is imitated, or the company that a display name claims to be. */
export function imitatedBy({ id, evidence }: { id: string; evidence: string }): string | null {
  if (IMITATING.includes(id)) return /\bimitates ([a-z0-9.-]{1,100})$/i.exec(evidence)?.[1]?.toLowerCase() ?? null;
  return brandsNamed(evidence)[0]?.name ?? null;
}

function detailsOf(newest: readonly DetectionDetail[]): VerdictMetrics['details'] {
  const each = (of: (one: DetectionDetail) => readonly string[]) =>
    tally(
      newest.flatMap((one) => of(one).map((key) => ({ key, count: 1 }))),
      ({ key }) => key,
    );
  const count = (fits: (one: DetectionDetail) => boolean) => newest.filter(fits).length;
  return {
    of: newest.length,
    with_links: count(({ link_sources }) => link_sources.length > 0),
    with_attachments: count(({ file_types }) => file_types.length > 0),
    sender_mismatch: count(
      ({ header_from: seen, envelope_from: given }) => given !== '' && domainOf(seen) !== domainOf(given),
    ),
    file_types: each(({ file_types }) => file_types).slice(0, 10),
    link_sources: each(({ link_sources }) => link_sources),
  };
}

const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1).toLowerCase();
