import type { Disposition } from '../../shared/verdict.ts';
import type { ReportLabelRow, TeamLabelRow } from '../store/learning-samples.ts';

/**
 * `team`: a person of the dashboard said what it was. `confirmed`: a report about which the machine, without the
 * reporter's voice, was sure and nobody said otherwise for a day. `report`: the machine was not sure, and the person who
 * reported it has mostly been right.
 */
export const SAMPLE_KINDS = ['team', 'confirmed', 'report'] as const;
export type SampleKind = (typeof SAMPLE_KINDS)[number];
export type SampleLabel = 'malicious' | 'spam' | 'benign';

/** One campaign with its label; the mail itself is read when it is trained with. */
export interface LearningSample {
  clusterId: string;
  messageId: string;
  sha256: string;
  kind: SampleKind;
  label: SampleLabel;
  /** A person of the dashboard, or the salted hash of a reporter. */
  by: string;
  at: Date;
  /** Name of the model and the machine's margin when it was judged; null where that was not kept. */
  model: string | null;
  margin: number | null;
}

export interface WeighedSample extends LearningSample {
  weight: number;
}

const DAY_MS = 86_400_000;
const MONTH_DAYS = 30;
/** Labels fade towards the shipped model, and are forgotten. */
const HALF_LIFE_DAYS = 180;
export const FORGOTTEN_AFTER_MS = 730 * DAY_MS;
export const MOST_SAMPLES = 2_000;

const WEIGHT: Record<SampleKind, number> = { team: 1, confirmed: 0.25, report: 0.1 };
/** Samples of one reporter in a month: the newest. */
export const REPORTER_MOST = 20;
/** A reporter's samples of a month together weigh at most this share of the team's labels, and all reporters' this. */
export const REPORTER_SHARE = 0.05;
export const REPORTERS_SHARE = 0.5;
/** A team that has said little is counted as having said this much: one reporter may always weigh as much as one label. */
const TEAM_AT_LEAST = 20;
/** A reporter whose word stands where the machine is unsure has been right more often than this. */
const TRUSTED_FROM = 0.5;

/** What a decision teaches; null: SUSPICIOUS and SPOOF leave open what the mail wanted. */
export function labelOfDecision(disposition: Disposition): SampleLabel | null {
  if (disposition === 'MALICIOUS') return 'malicious';
  if (disposition === 'SPAM') return 'spam';
  return disposition === 'NONE' || disposition === 'BULK' ? 'benign' : null;
}

export function teamSample(row: TeamLabelRow): LearningSample | null {
  const label = labelOfDecision(row.disposition);
  return label && { ...named(row), kind: 'team', label, by: row.decided_by, at: row.decided_at };
}

/** Only "this is phishing" is voted on, so an unsure case of a trusted reporter counts as that and as nothing else. */
export function reportSample(row: ReportLabelRow): LearningSample | null {
  const rest = { ...named(row), by: row.reporter, at: row.voted_at };
  if (row.weight > 0) return { ...rest, kind: 'confirmed', label: row.share >= 0.5 ? 'malicious' : 'benign' };
  if ((row.reliability ?? 0) <= TRUSTED_FROM) return null;
  return { ...rest, kind: 'report', label: 'malicious' };
}

const named = (row: TeamLabelRow | ReportLabelRow) => ({
  clusterId: row.cluster_id,
  messageId: row.message_id,
  sha256: row.sha256,
  model: row.model,
  margin: row.margin,
});

export interface Chosen {
  /** In the order of their campaigns' ids, so that the same labels train the same table. */
  samples: WeighedSample[];
  /** Reports beyond what one reporter may teach in a month. */
  leftOut: number;
}

/**
 * What is trained with: one sample a campaign, a team's word before a reporter's, each reporter and all of them together
 * bounded by what the team says, older ones fading.
 */
export function choose(found: readonly LearningSample[], now: Date): Chosen {
  const byCampaign = new Map<string, LearningSample>();
  for (const sample of [...found].sort(strongestFirst))
    if (!byCampaign.has(sample.clusterId)) byCampaign.set(sample.clusterId, sample);
  const team: WeighedSample[] = [];
  const reported = new Map<string, LearningSample[]>();
  for (const sample of byCampaign.values()) {
    if (sample.kind === 'team') team.push({ ...sample, weight: faded(sample, now) });
    else {
      const of = `${sample.by} ${Math.floor(ageDays(sample, now) / MONTH_DAYS)}`;
      reported.set(of, [...(reported.get(of) ?? []), sample]);
    }
  }
  const teamWeight = Math.max(
    TEAM_AT_LEAST,
    team.reduce((sum, { weight }) => sum + weight, 0),
  );
  const reports = [...reported.values()].flatMap((all) =>
    atMost(
      REPORTER_SHARE * teamWeight,
      all.slice(0, REPORTER_MOST).map((sample) => ({ ...sample, weight: faded(sample, now) })),
    ),
  );
  const samples = [...team, ...atMost(REPORTERS_SHARE * teamWeight, reports)];
  return {
    samples: samples.sort((a, b) => (a.clusterId < b.clusterId ? -1 : 1)),
    leftOut: byCampaign.size - samples.length,
  };
}

/** The team's before reporters', then the newest; ids make it an order. */
function strongestFirst(a: LearningSample, b: LearningSample): number {
  const rank = ({ kind }: LearningSample) => SAMPLE_KINDS.indexOf(kind);
  return rank(a) - rank(b) || b.at.getTime() - a.at.getTime() || (a.messageId < b.messageId ? -1 : 1);
}

const ageDays = ({ at }: LearningSample, now: Date) => Math.max(0, (now.getTime() - at.getTime()) / DAY_MS);

const faded = (sample: LearningSample, now: Date) =>
  WEIGHT[sample.kind] * 0.5 ** (ageDays(sample, now) / HALF_LIFE_DAYS);

/** All of them lighter by one factor where together they weigh more than this. */
function atMost(most: number, samples: readonly WeighedSample[]): WeighedSample[] {
  const sum = samples.reduce((all, { weight }) => all + weight, 0);
  const factor = sum > most ? most / sum : 1;
  return samples.map((sample) => ({ ...sample, weight: sample.weight * factor }));
}
