import type { Finding } from '../../../shared/verdict.ts';
import type { Message } from '../../message/message.ts';
import type { ObservedWorld } from '../world.ts';
import { find } from './catalogue.ts';

/** Honest mail breaks no budget of time or memory: that this one did is evidence by itself. */
export function unreadEvidence(message: Message, world: ObservedWorld): Finding[] {
  const broken = (world.unread ?? []).find((word) => /^(?:time_budget|memory_budget|crash)$/.test(word));
  if (broken === undefined) return [];
  return [find('text.unreadable', `${(message.size / (1 << 20)).toFixed(1)} MB; ${broken.replace('_', ' ')}`)];
}
