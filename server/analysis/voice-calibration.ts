import { H_MAX } from './reporter.ts';

/**
 * How margins and voices of one organisation fit what its people decided: z = a * machine + b + w * voices. Machine margins
 * are calibrated on a corpus, voices on a prior; here both meet mail that people really reported.
 */
export interface VoiceCalibration {
  a: number;
  b: number;
  /** At most 1, so that the bound of the voices holds whatever is learnt. */
  w: number;
}

/** What holds until enough has been decided. */
export const AS_SHIPPED: VoiceCalibration = { a: 1, b: 0, w: 1 };

/** One decided mail as it was weighed before anybody decided. */
export interface DecidedMail {
  machine: number;
  voices: number;
  malicious: boolean;
}

/** Fewer decisions, or fewer malicious or harmless ones, say less than the prior. */
export const FEWEST = 200;
export const FEWEST_OF_EACH = 30;
/** The prior counts as this much curvature: a few hundred decisions move it gently. */
const PRIOR = 20;
const WITHIN = { a: [0.5, 1.5], b: [-2, 2], w: [0, 1] } as const;

/**
 * L2 logistic regression towards AS_SHIPPED, by Newton's method; bounded afterwards.
 * @returns null when there is too little to learn from
 */
export function fitVoices(decided: readonly DecidedMail[]): VoiceCalibration | null {
  const positives = decided.filter(({ malicious }) => malicious).length;
  if (decided.length < FEWEST || Math.min(positives, decided.length - positives) < FEWEST_OF_EACH) return null;
  const prior = [AS_SHIPPED.a, AS_SHIPPED.b, AS_SHIPPED.w];
  const theta = [...prior];
  for (let round = 0; round < 30; round++) {
    const gradient = theta.map((value, i) => PRIOR * (value - (prior[i] as number)));
    const curvature = [0, 1, 2].map((i) => [0, 1, 2].map((j) => (i === j ? PRIOR : 0)));
    for (const { machine, voices, malicious } of decided) {
      const x = [machine, 1, voices];
      const z = x.reduce((sum, value, i) => sum + value * (theta[i] as number), 0);
      const p = 1 / (1 + Math.exp(-z));
      for (let i = 0; i < 3; i++) {
        gradient[i] = (gradient[i] as number) + (p - Number(malicious)) * (x[i] as number);
        const row = curvature[i] as number[];
        for (let j = 0; j < 3; j++) row[j] = (row[j] as number) + p * (1 - p) * (x[i] as number) * (x[j] as number);
      }
    }
    const step = solve(curvature, gradient);
    for (let i = 0; i < 3; i++) theta[i] = (theta[i] as number) - (step[i] as number);
    if (Math.max(...step.map(Math.abs)) < 1e-7) break;
  }
  const [a, b, w] = theta as [number, number, number];
  const bounded = (value: number, [low, high]: readonly [number, number]) => Math.max(low, Math.min(high, value));
  return { a: bounded(a, WITHIN.a), b: bounded(b, WITHIN.b), w: bounded(w, WITHIN.w) };
}

/** The machine's margin and the voices' share of it, as this organisation's decisions fit them. */
export function calibrated(
  machine: number,
  voices: number,
  { a, b, w }: VoiceCalibration,
): { machine: number; voices: number } {
  return { machine: a * machine + b, voices: Math.max(-H_MAX, Math.min(H_MAX, w * voices)) };
}

/** Gauss with pivots, three by three; the prior keeps the matrix regular. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] as number]);
  const at = (row: number, column: number) => (rows[row] as number[])[column] as number;
  for (let column = 0; column < 3; column++) {
    let pivot = column;
    for (let row = column + 1; row < 3; row++) if (Math.abs(at(row, column)) > Math.abs(at(pivot, column))) pivot = row;
    [rows[column], rows[pivot]] = [rows[pivot] as number[], rows[column] as number[]];
    for (let row = 0; row < 3; row++) {
      if (row === column) continue;
      const factor = at(row, column) / at(column, column);
      rows[row] = (rows[row] as number[]).map((value, i) => value - factor * at(column, i));
    }
  }
  return [0, 1, 2].map((i) => at(i, 3) / at(i, i));
}
