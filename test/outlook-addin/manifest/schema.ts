/** Layer A: order, cardinality, types, attributes and texts against the grammar. */
import { GRAMMAR, type Rule } from './grammar.ts';
import { type Element, pathOf } from './xml.ts';

interface Slot {
  name: string;
  rule: string;
  min: number;
  max: number;
}

/** One sentence for each fault; [] when the manifest follows the grammar. */
export function schemaFaults(root: Element): string[] {
  if (root.name !== 'OfficeApp') return [`the root is <${root.name}>`];
  if (root.attributes.xmlns !== 'http://schemas.microsoft.com/office/appforoffice/1.1') return ['wrong namespace'];
  return faultsOf(root, 'OfficeApp');
}

function faultsOf(element: Element, ruleName: string): string[] {
  const at = pathOf(element);
  const rule = GRAMMAR[ruleName];
  if (!rule) return [`${at}: no rule ${ruleName}`];
  if (rule.types) {
    const type = element.attributes['xsi:type'] ?? '';
    const named = rule.types[type];
    const own = attributeFaults(element, { ...rule, attributes: rule.attributes ?? attributesOf(named) });
    return named ? [...own, ...faultsOf(element, named)] : [`${at}: unknown type "${type}"`];
  }
  return [...attributeFaults(element, rule), ...textFaults(element, rule), ...childFaults(element, rule)];
}

function attributesOf(ruleName: string | undefined): Rule['attributes'] {
  return (ruleName && GRAMMAR[ruleName]?.attributes) || {};
}

function attributeFaults(element: Element, rule: Rule): string[] {
  const at = pathOf(element);
  const known = new Map(Object.entries(rule.attributes ?? {}));
  if (rule.resid) known.set('resid', /^.{1,32}$/);
  const faults: string[] = [];
  for (const [key, pattern] of known) {
    const name = key.replace('?', '');
    const value = element.attributes[name];
    if (value === undefined && !key.endsWith('?')) faults.push(`${at}: attribute ${name} is missing`);
    if (value !== undefined && !pattern.test(value)) faults.push(`${at}: ${name}="${value}"`);
  }
  for (const name of Object.keys(element.attributes)) {
    if (name === 'xsi:type' || name.startsWith('xmlns') || known.has(name) || known.has(`${name}?`)) continue;
    faults.push(`${at}: unknown attribute ${name}`);
  }
  return faults;
}

function textFaults(element: Element, rule: Rule): string[] {
  const text = element.text.trim();
  if (rule.text) return rule.text.test(text) ? [] : [`${pathOf(element)}: "${text}"`];
  return text === '' ? [] : [`${pathOf(element)}: unexpected text "${text}"`];
}

function childFaults(element: Element, rule: Rule): string[] {
  const at = pathOf(element);
  const faults: string[] = [];
  let next = 0;
  for (const slot of slotsOf(rule.children ?? '')) {
    let count = 0;
    while (element.children[next]?.name === slot.name) {
      faults.push(...faultsOf(element.children[next]!, slot.rule));
      count++;
      next++;
    }
    if (count < slot.min) faults.push(`${at}: ${count} of <${slot.name}>, at least ${slot.min}, or out of order`);
    if (count > slot.max) faults.push(`${at}: ${count} of <${slot.name}>, at most ${slot.max}`);
  }
  const left = element.children[next];
  if (left) faults.push(`${at}: <${left.name}> is unknown here or out of order`);
  return faults;
}

/** `bt:Image:IconImage{3,8}` -> name, rule, 3, 8. Names may carry the prefix bt. */
function slotsOf(children: string): Slot[] {
  return children
    .split(' ')
    .filter(Boolean)
    .map((item) => {
      const [, name = '', rule = name, times = ''] = /^((?:bt:)?\w+)(?::(\w+))?(.*)$/.exec(item) ?? [];
      const range = /^\{(\d+),(\d*)\}$/.exec(times);
      if (range)
        return { name, rule, min: Number(range[1]), max: range[2] ? Number(range[2]) : Number.POSITIVE_INFINITY };
      const max = times === '*' || times === '+' ? Number.POSITIVE_INFINITY : 1;
      return { name, rule, min: times === '?' || times === '*' ? 0 : 1, max };
    });
}
