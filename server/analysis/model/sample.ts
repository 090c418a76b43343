import type { Observation } from '../observe.ts';
import type { Example } from './train.ts';

/** A labelled mail of the corpus. */
export interface Sample {
  file: string;
  label: 'malicious' | 'spam' | 'benign';
  seen: Observation;
  /** Near-duplicates share one, so that a held-out mail has no twin in training. */
  cluster: string;
  source: string;
  /** Sub-label, year and language as the manifest has them; '' when unknown. */
  sub: string;
  year: string;
  language: string;
  /** Written for training, not received: never in validation. */
  written: boolean;
}

/** Spam is no phishing, but old spam holds some: it speaks softly against. */
const SPAM_WEIGHT = 0.15;
/** A written mail is half a received one; for spam, of which today's business mail is the only other side, more than one. */
const WRITTEN_WEIGHT = { malicious: 0.5, unwanted: 1.5 };

export function exampleOf(sample: Sample): Example {
  const weight = sample.written ? WRITTEN_WEIGHT : { malicious: 1, unwanted: 1 };
  return {
    features: sample.seen.features,
    findings: sample.seen.findings.map(({ id }) => id),
    malicious: {
      label: sample.label === 'malicious' ? 1 : 0,
      weight: sample.label === 'spam' ? SPAM_WEIGHT : weight.malicious,
    },
    unwanted: { label: sample.label === 'benign' ? 0 : 1, weight: weight.unwanted },
  };
}
