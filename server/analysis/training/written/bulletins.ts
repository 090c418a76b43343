import {
  DUTCH_BULLETINS,
  FRENCH_BULLETINS,
  GERMAN_BULLETINS,
  ITALIAN_BULLETINS,
  PORTUGUESE_BULLETINS,
  SPANISH_BULLETINS,
} from './bulletins-abroad.ts';
import { ENGLISH_BULLETINS } from './bulletins-english.ts';
import type { Pick } from './layout.ts';
import type { Scenario } from './scenarios.ts';

/** A theme of newsletters or service mail in one language. */
interface Theme {
  language: string;
  name: string;
  subjects: string[];
  sentences: string[];
  buttons: string[];
  footers: string[];
}

/** Text form to themes; see bulletins-english.ts. */
function readThemes(language: string, text: string): Theme[] {
  const themes: Theme[] = [];
  for (const line of text.split('\n')) {
    const head = /^# (\w+)$/.exec(line);
    if (head) themes.push({ language, name: head[1] as string, subjects: [], sentences: [], buttons: [], footers: [] });
    const theme = themes.at(-1);
    if (head || !theme) continue;
    const rest = line.slice(2);
    if (line[0] === 'S') theme.subjects.push(rest);
    else if (line[0] === 'T') theme.sentences.push(rest);
    else if (line[0] === 'B') theme.buttons.push(rest);
    else if (line[0] === 'F') theme.footers.push(rest);
  }
  return themes;
}

const THEMES = [
  ...readThemes('en', ENGLISH_BULLETINS),
  ...readThemes('de', GERMAN_BULLETINS),
  ...readThemes('fr', FRENCH_BULLETINS),
  ...readThemes('es', SPANISH_BULLETINS),
  ...readThemes('pt', PORTUGUESE_BULLETINS),
  ...readThemes('it', ITALIAN_BULLETINS),
  ...readThemes('nl', DUTCH_BULLETINS),
];

/** A newsletter as a scenario: three to ten sentences of one theme, now and then one of another, and its footers. */
export function bulletin(pick: Pick, draw: () => number): Scenario {
  const language = draw() < 0.5 ? 'en' : pick(THEMES).language;
  const own = THEMES.filter((theme) => theme.language === language);
  const theme = pick(own);
  const count = 3 + Math.floor(draw() * draw() * 9);
  const steps = Array.from({ length: count }, () => [pick(draw() < 0.9 ? theme.sentences : pick(own).sentences)]);
  const unique = [...new Map(steps.map((step) => [step[0], step])).values()];
  const footers = theme.footers.filter(() => draw() < 0.75).map((footer) => [footer]);
  return {
    language,
    name: 'bulletin',
    lure: false,
    subjects: theme.subjects,
    steps: [...unique, ...footers],
    buttons: theme.buttons,
    details: [],
  };
}
