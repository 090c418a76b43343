import type { Verdict } from '../../shared/verdict.ts';
import type { Authentication } from '../message/authentication-state.ts';
import type { Message } from '../message/message.ts';
import { conclude, ENGINE_VERSION } from './conclude.ts';
import { loadModel, type Model } from './model/model.ts';
import { observe } from './observe.ts';
import type { AnalysisWorld } from './world.ts';

export { ENGINE_VERSION, loadModel, type Model };

/**
 * The verdict on one mail: findings, margin, exactly one disposition, attributes, and what could not be checked.
 * Pure: the same message, authentication and world give the same verdict.
 */
export function analyse(message: Message, authentication: Authentication, world: AnalysisWorld): Verdict {
  return conclude(observe(message, authentication, world), world);
}
