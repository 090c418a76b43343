/** The audit log as the HTTP API tells it. */
import Type from 'typebox';

/** Kinds of lines, for filtering: by what they are about. PREVIEW: what would have been done, in whatever room. */
export const AUDIT_TYPES = [
  'PREVIEW',
  'SUBMISSION',
  'RETRACTION',
  'SETTING',
  'MODEL',
  'SIGN_IN',
  'PERSONAL_DATA',
  'OTHER',
] as const;
export type AuditType = (typeof AUDIT_TYPES)[number];

const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' });

export const AuditEntry = Type.Object({
  id: Type.Integer(),
  at: Type.String({ format: 'date-time' }),
  type: Type.Enum([...AUDIT_TYPES]),
  action: Type.String({ description: 'Such as `retraction.approved`.' }),
  actor: Type.Object({
    id: Type.String({ description: 'As it stands in the chain: a pseudonym for a person.' }),
    kind: Type.Enum(['reporter', 'person', 'system', 'erased']),
    name: Type.Union([Type.String(), Type.Null()], { description: 'null for reporters and erased people.' }),
  }),
  subject_id: Type.String(),
  detail: Type.Record(Type.String(), Type.Unknown(), {
    description: 'Content kept aside is put in here; where it has been erased, its reference {sha256} stays.',
  }),
  position: Type.Union([Type.Integer(), Type.Null()], { description: 'In the chain; null: sealed within seconds.' }),
  hash: Type.Union([Sha256, Type.Null()]),
});
export type AuditEntry = Type.Static<typeof AuditEntry>;

/** The first thing that is wrong with the chain. */
export const AuditBreach = Type.Object({
  position: Type.Union([Type.Integer(), Type.Null()]),
  audit_id: Type.Union([Type.Integer(), Type.Null()]),
  what: Type.Enum(['changed', 'missing', 'unsealed', 'cut_off', 'content_changed', 'other_chain'], {
    description:
      'changed: a line or its place differs from what was sealed. missing: a sealed line is gone. unsealed: a line that ' +
      'the chain never saw. cut_off: the end of the chain is gone. content_changed: what a line refers to by hash was ' +
      'altered. other_chain: the chain does not go through the head that was given.',
  }),
});
export type AuditBreach = Type.Static<typeof AuditBreach>;

export const AuditVerification = Type.Object({
  ok: Type.Boolean(),
  /** How many lines were recomputed. */
  lines: Type.Integer(),
  /** The end of the chain: keep it elsewhere, and a later verification can be held against it. */
  head: Type.Union([Type.Object({ position: Type.Integer(), hash: Sha256 }), Type.Null()]),
  broken: Type.Optional(AuditBreach),
});
export type AuditVerification = Type.Static<typeof AuditVerification>;
