import type { Opinion } from '../analysis/conclude.ts';
import { fitLocal } from '../analysis/local/fit.ts';
import { type LocalTable, loadLocal, saveLocal } from '../analysis/local/table.ts';
import type { Model } from '../analysis/model/model.ts';
import type { VoiceCalibration } from '../analysis/voice-calibration.ts';
import type { Db } from '../store/database.ts';
import { reportLabels, teamLabels } from '../store/learning-samples.ts';
import { modelVersion, newestChange, weightsOfVersion } from '../store/model-versions.ts';
import { storedCalibration } from '../store/voice-calibrations.ts';
import { figuresOf, shiftOf } from './figures.ts';
import type { Evaluation } from './promotion.ts';
import {
  type Chosen,
  choose,
  FORGOTTEN_AFTER_MS,
  type LearningSample,
  MOST_SAMPLES,
  reportSample,
  type SampleKind,
  type SampleLabel,
  teamSample,
  type WeighedSample,
} from './samples.ts';
import { anchorOf, exampleOf, type SeenMail, seenSample, seenWritten } from './seen-mail.ts';

export interface Asked {
  tenant: string;
  /** Number of the version to be. */
  version: number;
  now: Date;
}

/** The shipped model and the SHA-256 of its file. */
export interface Base {
  model: Model;
  digest: string;
}

export interface SampleCounts {
  kinds: Record<SampleKind, number>;
  labels: Record<SampleLabel, number>;
  weight: { team: number; reporters: number };
  /** Beyond what a reporter may teach. */
  left_out: number;
  /** Mail or evidence that is not kept any more. */
  missing: number;
}

/** A trained table and how it was measured: data only, so that it may come from a thread. */
export interface Candidate {
  weights: Uint8Array;
  samples: SampleCounts;
  evaluation: Evaluation;
  labelsUntil: Date | null;
}

/** Trains and measures in a place of its own; see prepare-in-thread.ts. */
export type Prepare = (asked: Asked) => Promise<Candidate>;

const ANCHORS = { count: 200, seed: 60_101 };
/** Never trained with, by nobody: another seed than the shipped model's and the anchors'. */
const VALIDATION = { count: 400, seed: 60_102 };
const FOLDS = 5;

/**
 * Trains a table on the labels of now and measures it beside what judges today. Deterministic. Changes nothing.
 */
export async function prepareCandidate(db: Db, base: Base, { tenant, version, now }: Asked): Promise<Candidate> {
  const { samples, leftOut } = await learningQueue(db, tenant, now);
  const known: Known[] = [];
  for (const sample of samples) {
    const mail = await seenSample(db, sample, base.model);
    if (mail) known.push({ sample, mail });
  }
  const anchors = await seenWritten(ANCHORS.count, ANCHORS.seed, base.model);
  const validation = await seenWritten(VALIDATION.count, VALIDATION.seed, base.model);
  const today = await judgingToday(db, tenant, base);
  const head = { version, baseDigest: base.digest };
  const calibration = (await storedCalibration(db, tenant))?.value as VoiceCalibration | null | undefined;
  const { table, evaluation } = measure(
    known,
    { anchors, validation },
    today,
    head,
    calibration ? { calibration } : {},
  );
  return {
    weights: saveLocal(table),
    samples: countsOf(
      known.map(({ sample }) => sample),
      leftOut,
      samples.length - known.length,
    ),
    evaluation,
    labelsUntil: newest(samples),
  };
}

export interface Known {
  sample: WeighedSample;
  mail: SeenMail;
}

/** The table that judges and the newest label it has seen; nulls when it is the shipped model alone. */
export interface Today {
  table: LocalTable | null;
  until: Date | null;
}

/**
 * Fits the table and judges it on written mail that nothing is trained with, and on the team's labels that today's has
 * not seen: those by cross-fitting, so that no label is judged by a table that has learnt from it.
 */
export function measure(
  known: readonly Known[],
  written: { anchors: readonly SeenMail[]; validation: readonly SeenMail[] },
  today: Today,
  head: { version: number; baseDigest: string },
  opinion: Pick<Opinion, 'calibration'> = {},
): { table: LocalTable; evaluation: Evaluation } {
  const { validation } = written;
  const anchors = written.anchors.map(anchorOf);
  const tableOf = (of: readonly Known[]) =>
    fitLocal([...anchors, ...of.map(({ mail, sample }) => exampleOf(mail, sample.weight))], head);
  const table = tableOf(known);
  const unseen = known.filter(({ sample }) => sample.kind === 'team' && (!today.until || sample.at > today.until));
  const withoutFold = Array.from({ length: unseen.length === 0 ? 0 : FOLDS }, (_, fold) =>
    tableOf(known.filter(({ sample }) => foldOf(sample.clusterId) !== fold)),
  );
  const strangerTo = (at: number) => withoutFold[foldOf((unseen[at] as Known).sample.clusterId)] as LocalTable;
  const mails = unseen.map(({ mail }) => mail);
  return {
    table,
    evaluation: {
      validation: {
        base: figuresOf(validation, () => null, opinion),
        current: figuresOf(validation, () => today.table, opinion),
        candidate: figuresOf(validation, () => table, opinion),
        shift: shiftOf(validation, table),
      },
      labels: {
        current: figuresOf(mails, () => today.table, opinion),
        candidate: figuresOf(mails, (_, at) => strangerTo(at), opinion),
      },
    },
  };
}

/** Everything there is to learn from at this moment. */
export async function learningQueue(db: Db, tenant: string, now: Date): Promise<Chosen> {
  const since = new Date(now.getTime() - FORGOTTEN_AFTER_MS);
  const team = (await teamLabels(db, tenant, since, MOST_SAMPLES)).map(teamSample);
  const reports = (await reportLabels(db, tenant, since, MOST_SAMPLES)).map(reportSample);
  return choose(
    [...team, ...reports].filter((sample): sample is LearningSample => sample !== null),
    now,
  );
}

async function judgingToday(db: Db, tenant: string, base: Base): Promise<Today> {
  const version = (await newestChange(db, tenant))?.version ?? null;
  const row = version === null ? null : await modelVersion(db, tenant, version);
  const weights = version === null ? null : await weightsOfVersion(db, tenant, version);
  if (!row || !weights || row.base_digest !== base.digest) return { table: null, until: null };
  return { table: loadLocal(weights), until: row.labels_until };
}

export function countsOf(samples: readonly WeighedSample[], leftOut: number, missing: number): SampleCounts {
  const counts: SampleCounts = {
    kinds: { team: 0, confirmed: 0, report: 0 },
    labels: { malicious: 0, spam: 0, benign: 0 },
    weight: { team: 0, reporters: 0 },
    left_out: leftOut,
    missing,
  };
  for (const { kind, label, weight } of samples) {
    counts.kinds[kind]++;
    counts.labels[label]++;
    counts.weight[kind === 'team' ? 'team' : 'reporters'] += weight;
  }
  return counts;
}

const newest = (samples: readonly WeighedSample[]) =>
  samples
    .filter(({ kind }) => kind === 'team')
    .reduce<Date | null>((last, { at }) => (last === null || at > last ? at : last), null);

function foldOf(clusterId: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < clusterId.length; i++) h = Math.imul(h ^ clusterId.charCodeAt(i), 0x01000193);
  return ((h ^ (h >>> 16)) >>> 0) % FOLDS;
}
