import { reasonIn } from '../../shared/i18n/reason-text.ts';
import type { Verdict } from '../../shared/verdict.ts';
import type { VerdictExport } from '../../shared/verdict-export.ts';
import { concludeWeighed, type Opinion, type Weighed } from '../analysis/conclude.ts';
import { type Concluded, differencesOf } from '../analysis/difference.ts';
import { withWave } from '../analysis/wave.ts';
import { verdictHeaders, withVerdictHeaders } from '../analysis/x-headers.ts';
import { getBlob } from '../store/blobs.ts';
import { clusterOfMessage } from '../store/clusters.ts';
import { type MessageRow, messageById, type VerdictRow, verdictRow } from '../store/messages.ts';
import { submissionById } from '../store/submissions.ts';
import { copiesOf } from './cluster.ts';
import { opinionOn } from './opinion.ts';
import type { SubmissionWorld } from './world.ts';

/**
 * The stored verdict, whether its evidence still says the same, and, when it is asked for, what the mail would be judged
 * today and which evidence makes the difference. Nothing is changed by it.
 * @returns null when there is no such submission, or no verdict on it
 */
export async function exportVerdict(
  world: SubmissionWorld,
  id: string,
  { recompute, language }: { recompute: boolean; language: string },
): Promise<VerdictExport | null> {
  const found = await verdictOf(world, id);
  if (!found) return null;
  const { row, message } = found;
  const stored: Concluded | null = row.evidence ? { weighed: row.evidence as Weighed, verdict: row.body } : null;
  const today = recompute ? await judgeToday(world, message) : null;
  return {
    submission_id: id,
    message: row.message_id,
    judged_at: row.judged_at.toISOString(),
    ...shown(row.body, language),
    headers: verdictHeaders(row.body),
    replay: replayOf(row),
    ...(recompute
      ? {
          recomputed: today && shown(today.verdict, language),
          differences: today && stored ? differencesOf(stored, today) : [],
        }
      : {}),
  };
}

/** The judged mail with the verdict as header fields on top; null when there is none, or its bytes are not kept. */
export async function exportMail(world: SubmissionWorld, id: string): Promise<Uint8Array | null> {
  const found = await verdictOf(world, id);
  const raw = found && (await getBlob(world.store.db, found.message.sha256));
  return raw ? withVerdictHeaders(raw, found.row.body) : null;
}

async function verdictOf(world: SubmissionWorld, id: string): Promise<{ row: VerdictRow; message: MessageRow } | null> {
  const submission = await submissionById(world.store.db, world.tenant, id);
  const row = submission?.verdict_id ? await verdictRow(world.store.db, submission.verdict_id) : null;
  const message = row && (await messageById(world.store.db, row.message_id));
  return row && message ? { row, message } : null;
}

/** Whether the kept evidence and opinions still lead to this verdict: they do, unless the engine has changed since. */
function replayOf({ evidence, opinion, body }: VerdictRow): VerdictExport['replay'] {
  if (!evidence) return 'not_kept';
  const again = concludeWeighed(evidence as Weighed, (opinion ?? {}) as Opinion);
  return sameJson(again, body) ? 'same' : 'differs';
}

/** jsonb keeps no order of keys. */
function sameJson(a: unknown, b: unknown): boolean {
  const sorted = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(sorted)
      : value !== null && typeof value === 'object'
        ? Object.fromEntries(
            Object.entries(value)
              .sort(([x], [y]) => (x < y ? -1 : 1))
              .map(([key, inner]) => [key, sorted(inner)]),
          )
        : value;
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

async function judgeToday(world: SubmissionWorld, message: MessageRow): Promise<Concluded | null> {
  const { db } = world.store;
  const raw = await getBlob(db, message.sha256);
  if (!raw) return null;
  const { weighed, authentication } = await world.judge(raw);
  const { opinion, waveSize } = await opinionOn(db, world, {
    clusterId: (await clusterOfMessage(db, message.id)) ?? message.id,
    copies: await copiesOf(db, world.tenant, message),
    messageId: message.id,
    authenticated: authentication.state === 'pass',
    exercise: weighed.simulation !== null,
  });
  const today = withWave(weighed, waveSize);
  return { weighed: today, verdict: concludeWeighed(today, opinion) };
}

function shown(verdict: Verdict, language: string) {
  return {
    disposition: verdict.disposition,
    score: verdict.score,
    margin: verdict.margin,
    margin_without_reporter: verdict.marginWithoutReporter,
    reporter_unit: verdict.reporterUnit,
    spam_score: verdict.spamScore,
    families: verdict.families,
    definitive: verdict.definitive,
    attributes: verdict.attributes,
    reasons: verdict.findings.map((finding) => reasonIn(finding, language)),
    coverage_missing: verdict.coverageMissing,
    model: verdict.model,
    engine: verdict.engine,
  };
}
