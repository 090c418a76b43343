/** Schemas of the model that judges: versions of an organisation's own table, how they were measured, what may be taught. */
import Type, { type Static } from 'typebox';
import { DISPOSITIONS } from './verdict.ts';

const Time = Type.String({ format: 'date-time' });
const Count = Type.Integer({ minimum: 0 });
const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const strict = { additionalProperties: false };

export const LearningSettings = Type.Object(
  {
    promotion: Type.Enum(['off', 'propose', 'auto'], {
      description:
        'off: trained only when somebody asks. propose: trained by itself, a person promotes. auto: a version that is better judges at once.',
    }),
  },
  strict,
);
export type LearningSettings = Static<typeof LearningSettings>;

/** How a model does on labelled mail; see docs/model.md. */
export const Figures = Type.Object({
  phish: Count,
  /** Phish that end MALICIOUS, SPOOF or SUSPICIOUS. */
  caught: Count,
  legitimate: Count,
  /** Legitimate mail that ends there, and of it what ends MALICIOUS. */
  flagged: Count,
  malicious: Count,
  /** Mean log-loss in nats. */
  loss: Type.Number(),
});

/** Why a version was not better. */
export const OBJECTIONS = [
  'too_few_labels',
  'not_better',
  'more_errors',
  'false_positives',
  'validation_fell',
  'moves_everything',
] as const;

export const ModelEvaluation = Type.Object({
  /** Written mail that no training sees: the shipped model, what judged then, the version. */
  validation: Type.Object({
    base: Figures,
    current: Figures,
    candidate: Figures,
    /** Mean move of mail about which nobody taught anything, in logits. */
    shift: Type.Object({ phish: Type.Number(), legitimate: Type.Number() }),
  }),
  /** The team's labels that what judged then had not seen. */
  labels: Type.Object({ current: Figures, candidate: Figures }),
  /** [] when it was better. */
  objections: Type.Array(Type.Enum([...OBJECTIONS])),
});
export type ModelEvaluation = Static<typeof ModelEvaluation>;

export const SampleCounts = Type.Object({
  kinds: Type.Object({ team: Count, confirmed: Count, report: Count }),
  labels: Type.Object({ malicious: Count, spam: Count, benign: Count }),
  weight: Type.Object({ team: Type.Number(), reporters: Type.Number() }),
  /** Beyond what one reporter may teach in a month. */
  left_out: Count,
  /** Mail or evidence that is not kept any more. */
  missing: Count,
});
export type SampleCounts = Static<typeof SampleCounts>;

export const ModelVersion = Type.Object({
  version: Type.Integer({ minimum: 1 }),
  name: Type.String({ description: 'As verdicts name it, such as default-3+local-2.' }),
  state: Type.Enum(['rejected', 'proposed', 'promoted']),
  /** Trained beside the shipped model that this server runs; another one's version cannot judge. */
  fits: Type.Boolean(),
  trained_at: Time,
  requested_by: Type.String(),
  samples: SampleCounts,
  evaluation: ModelEvaluation,
});
export type ModelVersion = Static<typeof ModelVersion>;

export const DriftSign = Type.Object({
  what: Type.Enum(['disposition', 'margin', 'disagreement']),
  disposition: Type.Optional(Type.Enum([...DISPOSITIONS])),
  before: nullable(Type.Number()),
  now: Type.Number(),
});
export type DriftSign = Static<typeof DriftSign>;

export const ModelView = Type.Object({
  /** What new verdicts name. */
  name: Type.String(),
  /** The version that judges; null: the shipped model alone. */
  version: nullable(Type.Integer()),
  /** Since when, and who decided it; null: always. */
  since: nullable(Time),
  by: nullable(Type.String()),
  /** True: a version is chosen, and rests because it belongs to another shipped model. */
  rests: Type.Boolean(),
  shipped: Type.Object({
    name: Type.String(),
    /** Mails by label and source. */
    trained: Type.Record(Type.String(), Type.Number()),
    /** Held-out figures, as the model card has them. */
    metrics: Type.Record(Type.String(), Type.Number()),
  }),
  promotion: LearningSettings.properties.promotion,
  /** What a training would learn from now, and the team's labels that no version has seen. */
  queue: Type.Object({ samples: SampleCounts, new_labels: Count, needed: Count }),
  training: nullable(
    Type.Object({
      state: Type.Enum(['asked', 'running', 'ended']),
      requested_at: Time,
      requested_by: Type.String(),
      ended_at: nullable(Time),
      /** proposed, promoted, rejected or failed; null while it has not ended. */
      outcome: nullable(Type.Enum(['proposed', 'promoted', 'rejected', 'failed'])),
    }),
  ),
  drift: nullable(
    Type.Object({
      looked_at: Time,
      alarm: Type.Boolean(),
      signs: Type.Array(DriftSign),
      /** Of the last seven days. */
      verdicts: Count,
      labels: Count,
      margin: nullable(Type.Number()),
      disagreement: nullable(Type.Number()),
    }),
  ),
  /** Newest first, at most 20. */
  versions: Type.Array(ModelVersion),
});
export type ModelView = Static<typeof ModelView>;

export const PromoteRequest = Type.Object({ version: Type.Integer({ minimum: 1 }) }, strict);
