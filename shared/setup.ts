import Type, { type Static } from 'typebox';

/** An administrator's first hour, in the order in which each step rests on the one before. */
export const SETUP_STEPS = ['mailboxes', 'report', 'sign_in', 'names', 'watch', 'told', 'psr'] as const;
export type SetupStep = (typeof SETUP_STEPS)[number];

/** How far this server is set up, as its own rows say. */
export const Setup = Type.Object({
  steps: Type.Array(
    Type.Object({
      id: Type.Enum([...SETUP_STEPS]),
      done: Type.Boolean(),
      /** What has been counted for it: mailboxes, reports, names, watched mailboxes, webhooks. */
      count: Type.Integer({ minimum: 0 }),
    }),
  ),
});
export type Setup = Static<typeof Setup>;
