/**
 * Thresholds of the disposition procedure, in logits of the calibrated margin. Recorded in the model card beside the
 * share of held-out mail that they send where; refit them with `reelback train` before changing one by hand.
 */
const logit = (p: number) => Math.log(p / (1 - p));

/** Enough for MALICIOUS together with two families and an association. */
export const THETA_MALICIOUS = logit(0.9);
/** Enough for MALICIOUS with two families alone: the first report of a lure aimed at one person must be able to retract it. */
export const THETA_ALONE = logit(0.95);
/** Enough for SUSPICIOUS. */
export const THETA_SUSPICIOUS = logit(0.5);
/** A From in an own domain is held to a stricter line. */
export const OWN_DOMAIN_DISCOUNT = 1;
/** Suspicious already when a high-severity check could not be made. */
export const UNDECIDED_DISCOUNT = 0.7;
/** Probability of unsolicited mail from which on it is SPAM. */
export const SPAM_AT = 0.7;
/** The same where nobody could check the sender and the mail offers a way out: a newsletter in a file is not yet spam. */
export const SPAM_UNCHECKED_AT = 0.9;
/** Points of bulk mail from which on it is BULK. */
export const BULK_AT = 2;
/** The text family speaks when the text's own share of the margin reaches this. */
export const FAMILY_SPEAKS_AT = 1;
