import { createHash } from 'node:crypto';
import { DISPOSITIONS, type Disposition } from '../../shared/verdict.ts';
import type { TallyRow } from '../store/metrics-span.ts';

/** Counts of rows by a word of each; rows without one are left out. Largest first. */
export function tally<R extends { count: number }>(found: readonly R[], keyOf: (row: R) => string | null): TallyRow[] {
  const counts = new Map<string, number>();
  for (const row of found) {
    const key = keyOf(row);
    if (key !== null && key !== '') counts.set(key, (counts.get(key) ?? 0) + row.count);
  }
  return [...counts]
    .map(([key, count]) => ({ key, count }))
    .sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
}

export const sum = <R extends { count: number }>(found: readonly R[], fits: (row: R) => boolean = () => true): number =>
  found.reduce((all, row) => all + (fits(row) ? row.count : 0), 0);

/** null: nothing to take a share of. */
export const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

export function byDisposition<R extends { disposition: Disposition | null; count: number }>(
  found: readonly R[],
): Record<Disposition, number> {
  const counts = Object.fromEntries(DISPOSITIONS.map((d) => [d, 0])) as Record<Disposition, number>;
  for (const { disposition, count } of found) if (disposition) counts[disposition] += count;
  return counts;
}

/**
 * A name that stands for a person within one answer and says nothing about them: the key is fresh for each answer, so that
 * answers cannot be put beside a list of colleagues or beside one another.
 */
export const pseudonym = (key: string, person: string): string =>
  `•••${createHash('sha256').update(`${key}\n${person}`).digest('hex').slice(0, 6)}`;

export const seconds = (found: readonly [number, number] | null) =>
  found === null || found[0] === null ? null : { p50: found[0], p99: found[1] };
