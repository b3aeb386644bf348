/**
 * The next of 1, 1.5, 2, 3, 5, 7 × 10ⁿ: round ends for the colour bar that do not creep with each tile.
 * @param {number} value
 */
export function nice(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  const mantissa = value / power;
  return ([1, 1.5, 2, 3, 5, 7].find((m) => m >= mantissa - 1e-9) ?? 10) * power;
}
