import { type Weighed, weigh } from '../analysis/conclude.ts';
import { WEIGHTLESS } from '../analysis/evidence/catalogue.ts';
import type { LocalExample } from '../analysis/local/fit.ts';
import { type Features, featuresOf } from '../analysis/model/features.ts';
import type { Model } from '../analysis/model/model.ts';
import { score } from '../analysis/model/score.ts';
import { observe } from '../analysis/observe.ts';
import { writtenMails } from '../analysis/training/written/compose.ts';
import { withoutAuthentication } from '../analysis/unauthenticated.ts';
import { parseMessage } from '../message/parse.ts';
import { getBlob } from '../store/blobs.ts';
import type { Db } from '../store/database.ts';
import { latestVerdict } from '../store/messages.ts';
import type { SampleLabel, WeighedSample } from './samples.ts';

/** A labelled mail as the shipped model sees it today. */
export interface SeenMail {
  label: SampleLabel;
  features: Features;
  /** Without any table of the organisation's own. */
  weighed: Weighed;
}

/** The mail of a sample with the evidence of its verdict, weighed by this model; null when one of the two is not kept. */
export async function seenSample(db: Db, sample: WeighedSample, model: Model): Promise<SeenMail | null> {
  const evidence = (await latestVerdict(db, sample.messageId))?.evidence as Weighed | null | undefined;
  // What broke a budget when it was judged would break this one.
  const raw = evidence && !evidence.missing.includes('message_contents') ? await getBlob(db, sample.sha256) : null;
  if (!evidence || !raw) return null;
  const features = featuresOf(await parseMessage(raw));
  const weighing = evidence.findings.map(({ id }) => id).filter((id) => !WEIGHTLESS.has(id));
  const { local: _, ...without } = evidence;
  return {
    label: sample.label,
    features,
    weighed: { ...without, scored: score(model, features, weighing), model: model.name },
  };
}

/** Mails written for training, the same for a seed. */
export async function seenWritten(count: number, seed: number, model: Model): Promise<SeenMail[]> {
  const seen: SeenMail[] = [];
  for (const { raw, label } of writtenMails(count, seed)) {
    const message = await parseMessage(new TextEncoder().encode(raw));
    const observed = observe(message, withoutAuthentication(message), { now: message.date ?? new Date(0) });
    seen.push({ label, features: observed.features, weighed: weigh(observed, model) });
  }
  return seen;
}

/** A person is wrong now and then: no label asks for certainty. */
const CERTAIN = 0.95;
/** Spam is no phishing, but some spam is: it speaks softly against. */
const SPAM_AGAINST_PHISHING = 0.15;

export function exampleOf({ label, features, weighed }: SeenMail, weight: number): LocalExample {
  const bad = (yes: boolean) => (yes ? CERTAIN : 1 - CERTAIN);
  return {
    features,
    base: baseOf(weighed),
    target: { malicious: bad(label === 'malicious'), unwanted: bad(label !== 'benign') },
    weight: { malicious: label === 'spam' ? SPAM_AGAINST_PHISHING * weight : weight, unwanted: weight },
    pull: 0,
  };
}

/** Mail about which the organisation has said nothing: there the table is held to say nothing either. */
export function anchorOf({ features, weighed }: SeenMail): LocalExample {
  const nothing = { malicious: null, unwanted: null };
  return { features, base: baseOf(weighed), target: nothing, weight: { malicious: 0, unwanted: 0 }, pull: 1 };
}

export function baseOf({ scored }: Weighed): LocalExample['base'] {
  return { malicious: scored.margin, unwanted: Math.log(scored.spam / (1 - scored.spam)) };
}
