import type { Observation } from '../observe.ts';
import type { Example } from './example.ts';

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
  /** `learnt`: never in validation; `measured`: never in training. */
  role: 'both' | 'learnt' | 'measured';
  /** Written for training, not received. */
  written: boolean;
  /** Of spam that was sorted by its findings: `fraud` was taken as malicious, `rest` was left. */
  sorted?: 'fraud' | 'rest';
}

/** What is left of old spam when its plain fraud was taken out still holds fraud: it hardly speaks against. */
const REST_WEIGHT = 0.02;

/**
 * What a mail weighs in each output. Spam is no phishing, but old spam holds some: it speaks softly against. Phishing is
 * unwanted, but another matter than spam. Written mail weighs half a received one; benign it weighs fully against spam,
 * where it is the only one that shows today's business mail.
 */
const WEIGHT = {
  received: {
    malicious: { malicious: 1, unwanted: 0.3 },
    spam: { malicious: 0.15, unwanted: 1 },
    benign: { malicious: 1, unwanted: 1 },
  },
  written: {
    malicious: { malicious: 0.5, unwanted: 0.15 },
    spam: { malicious: 0.1, unwanted: 0.5 },
    benign: { malicious: 0.5, unwanted: 1 },
  },
};

export function exampleOf(sample: Sample): Example {
  const weight = WEIGHT[sample.written ? 'written' : 'received'][sample.label];
  return {
    features: sample.seen.features,
    // Where findings made the label, weights of findings must not learn from it.
    findings: sample.sorted === 'fraud' ? [] : sample.seen.findings.map(({ id }) => id),
    malicious: {
      label: sample.label === 'malicious' ? 1 : 0,
      weight: sample.sorted === 'rest' ? REST_WEIGHT : weight.malicious,
    },
    unwanted: { label: sample.label === 'benign' ? 0 : 1, weight: weight.unwanted },
  };
}
