/** 95 %, two-sided. */
const Z = 1.959964;

/**
 * The Wilson score interval of a share: where the true one lies with 95 % probability, also for few cases and for none wrong.
 * @see Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22 (1927)
 */
export function wilson(right: number, all: number): { low: number; high: number } {
  if (all === 0) return { low: 0, high: 1 };
  const share = right / all;
  const centre = share + (Z * Z) / (2 * all);
  const margin = Z * Math.sqrt((share * (1 - share)) / all + (Z * Z) / (4 * all * all));
  const whole = 1 + (Z * Z) / all;
  return { low: Math.max(0, (centre - margin) / whole), high: Math.min(1, (centre + margin) / whole) };
}

/** How many further cases, all of them right, bring the low end to `least`; 0 when it is there. */
export function neededFor(least: number, right: number, all: number): number {
  let [few, many] = [-1, 1];
  const enough = (more: number) => wilson(right + more, all + more).low >= least;
  if (enough(0)) return 0;
  while (!enough(many)) many *= 2;
  while (many - few > 1) {
    const middle = Math.floor((few + many) / 2);
    if (enough(middle)) many = middle;
    else few = middle;
  }
  return many;
}
