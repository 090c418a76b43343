/** The query of a URL, decoded exactly once, as Graph does: `+` is a space, `#` never arrives. */
import { badRequest } from './errors.ts';

export type Query = Map<string, string>;

const known = new Set([
  '$filter',
  '$select',
  '$top',
  '$skip',
  '$skiptoken',
  '$deltatoken',
  '$orderby',
  '$count',
  '$expand',
  '$search',
  '$format',
]);

/**
 * @param raw without the question mark
 * @throws Refusal 400 on a bad escape or an unknown `$` option
 */
export function parseQuery(raw: string): Query {
  const query: Query = new Map();
  if (raw === '') return query;
  for (const pair of raw.split('&')) {
    const equals = pair.indexOf('=');
    const name = decode(equals < 0 ? pair : pair.slice(0, equals)).toLowerCase();
    if (name.startsWith('$') && !known.has(name)) throw badRequest(`Query option '${name}' was not recognized.`);
    if (query.has(name)) throw badRequest(`Query option '${name}' was specified more than once.`);
    if (name !== '') query.set(name, equals < 0 ? '' : decode(pair.slice(equals + 1)));
  }
  return query;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '));
  } catch {
    throw badRequest('The request URL has a malformed escape sequence.');
  }
}

/** @throws Refusal 400 outside 1..max */
export function topOf(query: Query, normal: number, max: number): number {
  const text = query.get('$top');
  if (text === undefined) return normal;
  if (!/^\d+$/.test(text) || Number(text) < 1 || Number(text) > max)
    throw badRequest(
      `The limit of '${max}' for Top query has been exceeded. The value from the incoming request is '${text}'.`,
    );
  return Number(text);
}

/** @throws Refusal 400 */
export function skipOf(query: Query): number {
  const text = query.get('$skip') ?? query.get('$skiptoken') ?? '0';
  const number = Number(text.replace(/^rowOffset\./, ''));
  if (!Number.isInteger(number) || number < 0) throw badRequest(`Invalid value '${text}' for $skip.`);
  return number;
}

/**
 * The chosen properties, or null for the default set.
 * @throws Refusal 400 for a name the type does not have: a misspelt $select must not pass quietly
 */
export function selectOf(query: Query, type: string, properties: ReadonlySet<string>): string[] | null {
  const text = query.get('$select');
  if (text === undefined || text === '') return null;
  return text.split(',').map((part) => {
    const name = part.trim();
    if (!properties.has(name))
      throw badRequest(
        `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type '${type}'.`,
      );
    return name;
  });
}

/** One page of rows with `@odata.nextLink`, which repeats the query with another offset. */
export function page<T>(rows: readonly T[], offset: number, top: number): { rows: T[]; next: number | null } {
  const next = offset + top < rows.length ? offset + top : null;
  return { rows: rows.slice(offset, offset + top), next };
}

export function nextLink(
  base: string,
  path: string,
  query: Query,
  name: '$skip' | '$skiptoken',
  offset: number,
): string {
  const pairs = [...query].filter(([key]) => key !== '$skip' && key !== '$skiptoken');
  pairs.push([name, name === '$skiptoken' ? `rowOffset.${offset}` : String(offset)]);
  return `${base}${path}?${pairs.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`).join('&')}`;
}
