/** `$orderby` of messages, as strict as Exchange beside a filter. */
import { badRequest, Refusal } from './errors.ts';

export interface Order {
  property: string;
  descending: boolean;
}

/** @throws Refusal 400 on what is not `property[/property] [asc|desc], …` */
export function parseOrder(text: string): Order[] {
  if (text.trim() === '') return [];
  return text.split(',').map((part) => {
    const match = /^\s*([A-Za-z]\w*(?:\/\w+)*)(?:\s+(asc|desc))?\s*$/i.exec(part);
    if (!match) throw badRequest(`Invalid $orderby clause: Syntax error in '${text}'.`);
    return { property: match[1]!, descending: /^desc$/i.test(match[2] ?? '') };
  });
}

/**
 * What is sorted by must stand in the filter too, in the same order and before everything else.
 * @see https://learn.microsoft.com/graph/api/user-list-messages#using-filter-and-orderby-in-the-same-query
 * @throws Refusal 400 InefficientFilter
 */
export function refuseInefficient(order: readonly Order[], filterPaths: ReadonlySet<string>): void {
  const paths = [...filterPaths];
  const fits = order.every(({ property }, at) => paths[at] === property.split('/')[0]);
  if (!fits)
    throw new Refusal(400, 'InefficientFilter', 'The restriction or sort order is too complex for this operation.');
}

/** Stable; rows that are equal stay in the order of the mailbox. */
export function sorted<T>(
  rows: readonly T[],
  order: readonly Order[],
  read: (row: T, property: string) => unknown,
): T[] {
  if (order.length === 0) return [...rows];
  return [...rows].sort((a, b) => {
    for (const { property, descending } of order) {
      const [left, right] = [String(read(a, property) ?? ''), String(read(b, property) ?? '')];
      if (left !== right) return (left < right ? -1 : 1) * (descending ? -1 : 1);
    }
    return 0;
  });
}
