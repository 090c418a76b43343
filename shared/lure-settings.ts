import Type, { type Static } from 'typebox';

export const LureSettings = Type.Object(
  {
    mode: Type.Enum(['on', 'off'], {
      description: 'Whether links of reported mail are looked at; has an effect only where REELBACK_LURES allows it.',
    }),
  },
  { additionalProperties: false },
);
export type LureSettings = Static<typeof LureSettings>;
