/** Choices that look random and are the same every time. */
import { createHash } from 'node:crypto';

/** 0..1, from a name. */
export function chance(name: string): number {
  return createHash('sha1').update(name).digest().readUInt32BE(0) / 2 ** 32;
}

/** Hex digits from a name. */
export function digits(name: string, count: number): string {
  return createHash('sha256').update(name).digest('hex').slice(0, count);
}

/** So many of the rows, in an order that the name decides. */
export function some<T>(rows: readonly T[], count: number, name: string): T[] {
  return rows
    .map((row, i) => ({ row, order: chance(`${name}|${i}`) }))
    .sort((a, b) => a.order - b.order)
    .slice(0, count)
    .map(({ row }) => row);
}
