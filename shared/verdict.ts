/** The six final dispositions, in descending severity. NONE means nothing was found, not "safe". */
export const DISPOSITIONS = ['MALICIOUS', 'SPOOF', 'SUSPICIOUS', 'SPAM', 'BULK', 'NONE'] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

/** What a family reads; two independent families are what a MALICIOUS verdict without definitive proof rests on. */
export const FAMILIES = ['text', 'url', 'signature', 'identity', 'attachment', 'campaign', 'intel'] as const;
export type Family = (typeof FAMILIES)[number];

export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** One piece of evidence, said so that the person who reported the mail understands it. */
export interface Finding {
  /** `family.what`, stable across versions, such as `url.lookalike`. */
  id: string;
  family: Family;
  severity: Severity;
  /** One English sentence; translations are keyed by `id` in shared/i18n. */
  text: string;
  /** The passage, address or link it rests on, at most 300 characters, defanged where it is a link. */
  evidence: string;
}

/** What analysis concludes; enough to replay it. */
export interface Verdict {
  disposition: Disposition;
  /** Probability of MALICIOUS, 1/(1+e^-margin). */
  score: number;
  /** Final margin in logits, reporter unit included. */
  margin: number;
  /** The machine alone, in logits. */
  marginWithoutReporter: number;
  /** Probability of unsolicited mail. */
  spamScore: number;
  /** Bounded contribution of the reporters, in logits. */
  reporterUnit: number;
  /** What the organisation's own table added to the machine's margin, bounded, in logits; absent: it has none. */
  localUnit?: number;
  findings: Finding[];
  /** EXECUTABLE, ENCRYPTED, BEC, CUSTOM_BLOCK_LIST, NEW_DOMAIN_SENDER=..., NEW_DOMAIN_LINK=... */
  attributes: string[];
  /** Families that speak for phishing, reporters not counted. */
  families: Family[];
  /** What could not be checked, such as `rdap`, `dns`, `crawl`, `original_headers`. */
  coverageMissing: string[];
  /** True when one proof alone decided (block list, known bad hash, ...). */
  definitive: boolean;
  /** Model name and version, such as `default-1`, or `default-1+local-2` with the organisation's own table. */
  model: string;
  /** Version of rules and procedure. */
  engine: string;
  /** Id of the allow policy that covers this authenticated sender: the verdict stands, the action is suppressed. */
  allowedBy?: string;
  /** Id of the registered exercise that this mail proves to be. */
  simulation?: string;
  /** Somebody had decided about this very mail before. */
  decidedBy?: 'analyst' | 'simulation';
}
