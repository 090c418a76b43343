import Type, { type Static } from 'typebox';
import { Reason } from './api.ts';
import { DISPOSITIONS, FAMILIES } from './verdict.ts';

const Time = Type.String({ format: 'date-time' });
const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

const judged = {
  disposition: Type.Enum([...DISPOSITIONS]),
  score: Type.Number(),
  margin: Type.Number(),
  /** The machine alone, in logits. */
  margin_without_reporter: Type.Number(),
  reporter_unit: Type.Number(),
  spam_score: Type.Number(),
  /** Families that speak for phishing. */
  families: Type.Array(Type.Enum([...FAMILIES])),
  /** One proof, a block entry or an analyst decided alone. */
  definitive: Type.Boolean(),
  attributes: Type.Array(Type.String()),
  reasons: Type.Array(Reason),
  coverage_missing: Type.Array(Type.String()),
  model: Type.String(),
  engine: Type.String(),
};

/** A verdict with all it rests on, for other programs and for who asks whether it would be the same today. */
export const VerdictExport = Type.Object({
  submission_id: Type.String(),
  message: Type.String(),
  judged_at: Time,
  ...judged,
  /** In the vendor's spelling, as filters read them. */
  headers: Type.Array(Type.Object({ name: Type.String(), value: Type.String() })),
  /** Whether the kept evidence and voices still lead to this verdict; `not_kept`: it is older than the keeping. */
  replay: Type.Enum(['same', 'differs', 'not_kept']),
  /** With recompute=1: what it would be with the model, the lists and the voices of now; null when its bytes are not kept. */
  recomputed: Type.Optional(nullable(Type.Object(judged))),
  /** What makes the difference: the disposition first, then what moved the margin most. */
  differences: Type.Optional(
    Type.Array(
      Type.Object({
        what: Type.String(),
        from: nullable(Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
        to: nullable(Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
      }),
    ),
  ),
});
export type VerdictExport = Static<typeof VerdictExport>;
