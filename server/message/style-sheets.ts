/** Rules of <style> elements that hide: only simple selectors, only outside of media queries. */
import { readStyle } from './styles.ts';

const MAX_SHEET = 200_000;
const MAX_RULES = 2_000;

/** Selectors (`.class`, `#id`, `tag`, `tag.class`) that hide what they match. */
export type HidingRules = Set<string>;

/** Adds the hiding selectors of one sheet. Linear; unreadable rules are passed over. */
export function addHidingRules(css: string, rules: HidingRules): void {
  const sheet = css.length > MAX_SHEET ? css.slice(0, MAX_SHEET) : css;
  if (!/none|hidden|opacity|font-size|height|width|indent|position|clip/i.test(sheet)) return;
  let position = 0;
  let depth = 0;
  let start = 0;
  while (position < sheet.length && rules.size < MAX_RULES) {
    const code = sheet.charCodeAt(position);
    if (code === 47 && sheet.charCodeAt(position + 1) === 42) {
      const end = sheet.indexOf('*/', position + 2);
      if (end < 0) return;
      if (sheet.slice(start, position).trim() === '') start = end + 2;
      position = end + 2;
      continue;
    }
    if (code === 123) {
      const selector = sheet.slice(start, position).trim();
      // A media query (or another at-rule) holds rules of its own: they count only sometimes, so not at all.
      if (depth === 0 && !selector.startsWith('@')) {
        const end = sheet.indexOf('}', position);
        if (end < 0) return;
        addRule(selector, sheet.slice(position + 1, end), rules);
        position = end + 1;
        start = position;
        continue;
      }
      depth++;
    } else if (code === 125) {
      depth = Math.max(0, depth - 1);
      start = position + 1;
    } else if (code === 59 && depth === 0) start = position + 1;
    position++;
  }
}

function addRule(selector: string, body: string, rules: HidingRules): void {
  const style = readStyle(body);
  if (!style.hidden && style.textHidden !== true) return;
  for (const one of selector
    .replace(/<!--|-->/g, '')
    .split(',')
    .slice(0, 50)) {
    const simple = one.trim();
    if (/^(?:[a-z][a-z0-9]*)?(?:[.#][\w-]+)?$/i.test(simple) && simple !== '' && simple.length < 200) {
      const dot = simple.search(/[.#]/);
      rules.add(dot < 0 ? simple.toLowerCase() : simple.slice(0, dot).toLowerCase() + simple.slice(dot));
    }
  }
}

export function isHiddenByRules(rules: HidingRules, tag: string, classes: string, id: string): boolean {
  if (rules.size === 0) return false;
  if (rules.has(tag)) return true;
  if (id !== '' && (rules.has(`#${id}`) || rules.has(`${tag}#${id}`))) return true;
  if (classes === '') return false;
  for (const name of classes.split(/\s+/, 20)) {
    if (name !== '' && (rules.has(`.${name}`) || rules.has(`${tag}.${name}`))) return true;
  }
  return false;
}
