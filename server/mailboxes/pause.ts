const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 8_000;

/** Pause before the next attempt: exponential with full jitter, never shorter than the other side asked for. */
export function pauseMs(attempt: number, askedMs: number | undefined, random: () => number): number {
  const most = Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS);
  return Math.max(askedMs ?? 0, most / 2 + (most / 2) * random());
}
