/** Why a sign-in with the provider did not work, as `?sign_in=` of the dashboard's address says it. */
export const SIGN_IN_REFUSALS = ['denied', 'no_role', 'foreign', 'failed', 'expired', 'unavailable'] as const;
export type SignInRefusalWord = (typeof SIGN_IN_REFUSALS)[number];
