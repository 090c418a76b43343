import { ENGLISH } from './english.ts';
import { ENGLISH_ACCOUNT } from './english-account.ts';
import { ENGLISH_LURES } from './english-lures.ts';
import { GERMAN } from './german.ts';
import { DUTCH, FRENCH, ITALIAN, PORTUGUESE, SPANISH } from './romance.ts';
import { SCAMS } from './scams.ts';
import { ENGLISH_SPAM, GERMAN_SPAM } from './spam.ts';

/** One kind of mail in one language, to be drawn from. */
export interface Scenario {
  language: string;
  name: string;
  lure: boolean;
  /** Nobody asked for it, and it is no fraud. */
  spam?: boolean;
  subjects: string[];
  /** Alternatives by step, in order. */
  steps: string[][];
  buttons: string[];
  details: string[];
}

/** Text form to scenarios; see english.ts. */
export function readScenarios(language: string, text: string): Scenario[] {
  const scenarios: Scenario[] = [];
  for (const line of text.split('\n')) {
    const head = /^#([!?]?) (\w+)$/.exec(line);
    if (head) {
      scenarios.push({
        language,
        name: head[2] as string,
        lure: head[1] === '!',
        spam: head[1] === '?',
        subjects: [],
        steps: [],
        buttons: [],
        details: [],
      });
      continue;
    }
    const scenario = scenarios.at(-1);
    const mark = line[0];
    const rest = line.slice(2);
    if (!scenario || mark === undefined) continue;
    if (mark === 'S') scenario.subjects.push(rest);
    else if (mark === 'B') scenario.buttons.push(rest);
    else if (mark === 'D') scenario.details.push(rest);
    else {
      const step = Number(mark) - 1;
      scenario.steps[step] = [...(scenario.steps[step] ?? []), rest];
    }
  }
  return scenarios;
}

export const SCENARIOS: readonly Scenario[] = [
  ...readScenarios('en', ENGLISH),
  ...readScenarios('en', ENGLISH_ACCOUNT),
  ...readScenarios('en', ENGLISH_LURES),
  ...readScenarios('en', SCAMS),
  ...readScenarios('de', GERMAN),
  ...readScenarios('fr', FRENCH),
  ...readScenarios('es', SPANISH),
  ...readScenarios('pt', PORTUGUESE),
  ...readScenarios('it', ITALIAN),
  ...readScenarios('nl', DUTCH),
  ...readScenarios('en', ENGLISH_SPAM),
  ...readScenarios('de', GERMAN_SPAM),
];
