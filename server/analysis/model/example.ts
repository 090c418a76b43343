import type { Features } from './features.ts';

/** One mail as training sees it. */
export interface Example {
  features: Features;
  /** Ids of the findings of this mail. */
  findings: string[];
  /** 1 phishing or malware, 0 not; weight 0 leaves the mail out of this output. */
  malicious: { label: 0 | 1; weight: number };
  unwanted: { label: 0 | 1; weight: number };
}
