import { concludeWeighed, weigh } from '../analysis/conclude.ts';
import type { LocalTable } from '../analysis/local/table.ts';
import type { Features } from '../analysis/model/features.ts';
import type { Model } from '../analysis/model/model.ts';
import { observe } from '../analysis/observe.ts';
import type { Resolve } from '../message/authentication.ts';
import { authenticate } from '../message/authentication.ts';
import type { Message } from '../message/message.ts';
import type { Lists } from '../policies/face.ts';
import { verdictLists } from '../policies/verdict-lists.ts';
import type { KnownCases } from './known-cases.ts';
import { type Lookups, lookUp } from './lookups.ts';
import type { Reader } from './reader.ts';
import type { Judgement } from './world.ts';

export interface JudgeSettings {
  model: Model;
  /** What the organisation has taught it by now; default: nothing. */
  local?(): LocalTable | null;
  /** Reads a mail within a budget of time and memory. */
  reader: Pick<Reader, 'read'>;
  resolve: Resolve;
  /** False: `resolve` never answers, by configuration. Default: it may. */
  asksDns?: boolean;
  trustedAuthservIds: readonly string[];
  lists: Lists;
  ownDomains(): Promise<string[]>;
  /** What the mail shares with confirmed cases. */
  knownCases(message: Message, ownDomains: readonly string[], now: Date): Promise<KnownCases>;
  /** What may be asked of the internet; default: nothing. */
  lookups?: Lookups;
  now(): Date;
}

/** A judgement with what the model weighed: kept of mail whose body is not. */
export interface FullJudgement extends Judgement {
  features: Features;
}

const NOTHING: Lookups = { domainAges: null, lookAtLures: null };

/** Parses and judges raw bytes with the lists of now. Bad mail is no error: it has defects. */
export function judgeWith(settings: JudgeSettings): (raw: Uint8Array) => Promise<FullJudgement> {
  return async (raw) => {
    const { message, fingerprint, unread } = await settings.reader.read(raw);
    const now = settings.now();
    const authentication = await authenticate(raw, message, {
      resolve: settings.resolve,
      trustedAuthservIds: settings.trustedAuthservIds,
      now,
    });
    const [lists, ownDomains] = await Promise.all([verdictLists(settings.lists), settings.ownDomains()]);
    const [known, { unanswered, ...answers }] = await Promise.all([
      settings.knownCases(message, ownDomains, now),
      lookUp(settings.lookups ?? NOTHING, message, authentication, { ownDomains, ...lists }),
    ]);
    const seen = observe(message, authentication, {
      now,
      ownDomains,
      unread,
      ...lists,
      ...known,
      ...answers,
    });
    const weighed = weigh(seen, settings.model, settings.local?.() ?? null);
    const verdict = concludeWeighed(weighed, {});
    const dns = settings.asksDns !== false && authentication.missing.includes('dns');
    return {
      message,
      authentication,
      fingerprint,
      features: seen.features,
      weighed,
      verdict,
      unanswered: dns ? [...unanswered, 'dns'] : unanswered,
    };
  };
}
