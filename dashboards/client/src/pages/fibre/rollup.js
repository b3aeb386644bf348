// Roll-ups of vehicles as flow and speed: for ranges of days, where each window's report would be too much to send.
import { measureOf } from "@sensing/client/core/api.js";

/** @typedef {import("@sensing/client/core/api.js").Rollup} Rollup */
/** @typedef {import("@sensing/client/chart/timechart.js").Series} Series */

/**
 * Columns over the ends of the hours; null where no vehicle was counted.
 * @typedef {object} HourlyRollup
 * @property {number[]} times ms
 * @property {(number|null)[]} flow vehicles per hour
 * @property {(number|null)[]} mean km/h
 * @property {(number|null)[]} low km/h
 * @property {(number|null)[]} high km/h
 * @property {number|null} running index of the hour that is not over
 */

const STEP = 3600000;

/**
 * @param {Pick<Rollup, "time"|"count">[]} items hourly, of one stream and type
 * @param {number} [now] ms
 * @returns {HourlyRollup}
 */
export function fromRollups(items, now = Infinity) {
  const byTime = new Map(items.map((item) => [Date.parse(item.time), /** @type {Rollup} */ (item)]));
  const starts = [...byTime.keys()].sort((a, b) => a - b);
  /** @type {number[]} */
  const times = [];
  if (starts.length) for (let t = starts[0]; t <= starts[starts.length - 1]; t += STEP) times.push(t + STEP);
  /** @param {(item: Rollup) => number|undefined} read */
  const column = (read) =>
    times.map((end) => {
      const item = byTime.get(end - STEP);
      return item === undefined ? null : (read(item) ?? null);
    });
  return {
    times,
    flow: column((item) => item.count),
    mean: column((item) => measureOf(item, "speedKmh")?.mean),
    low: column((item) => measureOf(item, "speedKmh")?.min),
    high: column((item) => measureOf(item, "speedKmh")?.max),
    running: times.length > 0 && times[times.length - 1] > now ? times.length - 1 : null,
  };
}

/**
 * @param {HourlyRollup} rollup
 * @returns {Series[]}
 */
export function rollupFlow({ flow, running }) {
  const base = { colour: "increasing", stepMs: STEP, unit: "veh/h", shape: /** @type {const} */ ("step") };
  /** @type {Series[]} */
  const whole = [{ ...base, label: "All vehicles, hourly", values: flow.map((v, i) => (i === running ? null : v)) }];
  // An hour that is not over has counted a part of its vehicles only.
  return running === null
    ? whole
    : [
        ...whole,
        { ...base, label: "This hour so far", dash: [4, 4], values: flow.map((v, i) => (i === running ? v : null)) },
      ];
}

/**
 * @param {HourlyRollup} rollup
 * @returns {Series[]}
 */
export function rollupSpeed({ mean, low, high }) {
  const base = { colour: "increasing", stepMs: STEP, unit: "km/h", decimals: 1 };
  return [
    { ...base, label: "Mean, hourly", values: mean },
    { ...base, label: "Fastest", width: 1, dash: [2, 3], values: high },
    { ...base, label: "Slowest", width: 1, dash: [2, 3], values: low },
  ];
}

export const ROLLUP_COLUMNS = ["hour_end_utc", "flow_veh_per_h", "mean_speed_kmh", "min_speed_kmh", "max_speed_kmh"];

/**
 * @param {HourlyRollup} rollup
 * @returns {import("@sensing/client/chart/panel.js").Cell[][]}
 */
export function rollupRows({ times, flow, mean, low, high }) {
  return times.map((time, i) => [new Date(time), flow[i], mean[i], low[i], high[i]]);
}
