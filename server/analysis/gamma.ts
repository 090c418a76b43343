/** Digamma, the derivative of ln Γ, for x > 0; 12 digits (recurrence to 6, then the asymptotic series). */
export function digamma(x: number): number {
  let value = 0;
  let at = x;
  while (at < 6) {
    value -= 1 / at;
    at++;
  }
  const inverse = 1 / (at * at);
  return (
    value +
    Math.log(at) -
    1 / (2 * at) -
    inverse * (1 / 12 - inverse * (1 / 120 - inverse * (1 / 252 - inverse * (1 / 240 - inverse / 132))))
  );
}

/** Trigamma, the derivative of digamma, for x > 0. */
export function trigamma(x: number): number {
  let value = 0;
  let at = x;
  while (at < 6) {
    value += 1 / (at * at);
    at++;
  }
  const inverse = 1 / (at * at);
  return (
    value +
    1 / at +
    inverse / 2 +
    (inverse / at) * (1 / 6 - inverse * (1 / 30 - inverse * (1 / 42 - inverse * (1 / 30 - inverse * (5 / 66)))))
  );
}
