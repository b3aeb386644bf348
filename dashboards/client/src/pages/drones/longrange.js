// Ranges with more reports than are read: what the store's roll-ups have of an edge.
import { measureOf } from "@sensing/client/core/api.js";

const HOUR = 3600000;

/** @typedef {import("@sensing/client/core/api.js").Rollup} Rollup */
/** @typedef {import("./series.js").Drawn} Drawn */

/** @typedef {{stepMs: number, items: Rollup[]}} Rollups in order of time */

/**
 * The roll-ups that give a readable number of points.
 * @param {number} rangeMs
 * @returns {{step: "15m"|"1h", ms: number}}
 */
export function stepOf(rangeMs) {
  return rangeMs <= 48 * HOUR ? { step: "15m", ms: HOUR / 4 } : { step: "1h", ms: HOUR };
}

/**
 * Roll-ups on a grid of times: where nothing was reported there is a gap.
 * @param {Rollups} rollups
 * @param {(rollup: Rollup) => number|null} read
 */
function onGrid({ stepMs, items }, read) {
  const found = new Map(items.map((r) => [Math.round(Date.parse(r.time) / stepMs), read(r)]));
  const keys = [...found.keys()];
  const [first, last] = [Math.min(...keys), Math.max(...keys)];
  const slots = keys.length === 0 ? [] : Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return { times: slots.map((k) => (k + 1) * stepMs), values: slots.map((k) => found.get(k) ?? null) };
}

/**
 * Share of the tasks that were done in time, %: the mean of the periods.
 * @param {Rollups} rollups
 * @returns {Drawn}
 */
export function longShares(rollups) {
  const { times, values } = onGrid(rollups, (r) => percent(measureOf(r, "completion")?.mean));
  const { stepMs } = rollups;
  return {
    times,
    series: [{ label: "Done in time", colour: "series-1", unit: "%", decimals: 1, shape: "step", stepMs, values }],
  };
}

/**
 * Utility a second.
 * @param {Rollups} rollups
 * @returns {Drawn}
 */
export function longUtility(rollups) {
  const { stepMs } = rollups;
  const { times, values } = onGrid(rollups, (r) => sumOf(r, "utility", stepMs));
  return {
    times,
    series: [{ label: "Utility", colour: "series-1", unit: "/s", decimals: 1, shape: "step", stepMs, values }],
  };
}

export const LONG_COLUMNS = [
  "time_utc",
  "reports",
  "completion_mean",
  "completion_min",
  "completion_max",
  "utility",
  "qoe",
];

/** @param {Rollups} rollups @returns {import("@sensing/client/chart/panel.js").Cell[][]} */
export function longRows({ items }) {
  return items.map((r) => {
    const completion = measureOf(r, "completion");
    return [
      new Date(r.time),
      r.count,
      completion?.mean,
      completion?.min,
      completion?.max,
      sumOf(r, "utility", 1000),
      sumOf(r, "qoe", 1000),
    ];
  });
}

/** @param {number|undefined} share */
const percent = (share) => (share === undefined ? null : share * 100);

/**
 * The sum of an interval, over its length in seconds.
 * @param {Rollup} rollup
 * @param {string} name
 * @param {number} ms
 */
function sumOf(rollup, name, ms) {
  const measure = measureOf(rollup, name);
  return measure === undefined ? null : (measure.mean * measure.count * 1000) / ms;
}
