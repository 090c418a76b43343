import { analyse } from '../analysis/analyse.ts';
import type { Model } from '../analysis/model/model.ts';
import type { AllowPolicy } from '../analysis/world.ts';
import type { Resolve } from '../message/authentication.ts';
import { authenticate } from '../message/authentication.ts';
import type { Authentication } from '../message/authentication-state.ts';
import { fingerprintOf } from '../message/fingerprint.ts';
import type { Message } from '../message/message.ts';
import { parseMessage } from '../message/parse.ts';
import type { Lists } from '../policies/face.ts';
import type { Judgement } from './world.ts';

export interface JudgeSettings {
  model: Model;
  resolve: Resolve;
  trustedAuthservIds: readonly string[];
  lists: Lists;
  ownDomains(): Promise<string[]>;
  now(): Date;
}

/** Parses and judges raw bytes with the lists of now. Bad mail is no error: it has defects. */
export function judgeWith(settings: JudgeSettings): (raw: Uint8Array) => Promise<Judgement> {
  return async (raw) => {
    const message = await parseMessage(raw);
    const now = settings.now();
    const authentication = await authenticate(raw, message, {
      resolve: settings.resolve,
      trustedAuthservIds: settings.trustedAuthservIds,
      now,
    });
    const [allow, block, ownDomains] = await Promise.all([
      settings.lists.entries('allow_policies'),
      settings.lists.entries('block_senders'),
      settings.ownDomains(),
    ]);
    const kindOf = (value: string) => (value.includes('@') ? 'address' : 'domain') as 'address' | 'domain';
    const allowPolicies: AllowPolicy[] = allow.map((e) => ({
      id: e.id,
      kind: kindOf(e.value),
      value: e.value,
      trust: 'trusted',
    }));
    const verdict = analyse(message, authentication, {
      model: settings.model,
      now,
      ownDomains,
      allowPolicies,
      blockEntries: block.map((e) => ({ id: e.id, kind: kindOf(e.value), value: e.value })),
    });
    return {
      message,
      authentication,
      verdict,
      fingerprint: fingerprintOf(message),
      allowed: isAllowed(message, authentication, allowPolicies),
    };
  };
}

/** Only an authenticated sender can be allow-listed: anybody can write the address. */
export function isAllowed(message: Message, authentication: Authentication, policies: readonly AllowPolicy[]): boolean {
  if (authentication.state !== 'pass' || message.headerFrom.length !== 1) return false;
  const from = message.headerFrom[0]!;
  return policies.some((p) =>
    p.kind === 'address'
      ? from.address.toLowerCase() === p.value
      : from.domain === p.value || from.domain.endsWith(`.${p.value}`),
  );
}
