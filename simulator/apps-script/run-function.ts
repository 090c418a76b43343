/** Runs one function of a script, as one execution of Apps Script does: everything is loaded anew, nothing is left behind. */
import { createContext, Script } from 'node:vm';
import { answerJson, type Json } from './card-json.ts';
import { createDoubles } from './doubles.ts';
import type { ScriptHost, ScriptSetting } from './script-host.ts';
import { serviceBehaviours } from './services.ts';
import type { Signatures } from './signatures.ts';

export interface Execution {
  code: string;
  function: string;
  event: unknown;
  /** A trigger gives cards; a button's function gives an ActionResponse. */
  trigger: boolean;
  setting: ScriptSetting;
}

/** Wall time of an add-on's execution. */
export const EXECUTION_MS = 30_000;

/** @throws whatever the script throws, and TypeError where it uses Apps Script wrongly */
export function runFunction(execution: Execution, host: ScriptHost, signatures: Signatures): { [key: string]: Json } {
  const doubles = createDoubles(signatures, serviceBehaviours(host, execution.setting));
  const context = createContext({ ...doubles });
  new Script(execution.code, { filename: 'Code.js' }).runInContext(context, { timeout: EXECUTION_MS });
  if (typeof context[execution.function] !== 'function') {
    throw new Error(`Script function not found: ${execution.function}`);
  }
  // As JSON: an event of another realm would be of other classes.
  const call = `${execution.function}(${JSON.stringify(execution.event)})`;
  const answer: unknown = new Script(call).runInContext(context, { timeout: EXECUTION_MS });
  return answerJson(answer, execution.trigger);
}
