// Windows of time on a chart.

/**
 * The window that an instant is in, by its end's index; null where there is none.
 * @param {ArrayLike<number>} times ends of the windows, s, ascending
 * @param {number} idx the end nearest to the instant
 * @param {number} at s
 * @param {number} step s
 * @returns {number|null}
 */
export function windowAt(times, idx, at, step) {
  const found = at > times[idx] ? idx + 1 : at <= times[idx] - step ? idx - 1 : idx;
  return found >= 0 && found < times.length && at <= times[found] && at > times[found] - step ? found : null;
}
