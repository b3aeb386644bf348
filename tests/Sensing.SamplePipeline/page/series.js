// Readings as columns over time. A period that nobody reported is a gap, not a straight line across it.

/**
 * What is known about one period.
 * @typedef {object} Point
 * @property {number} time end of the period, ms
 * @property {number} temperatureC
 * @property {number} windMs mean
 * @property {number|null} strongestWindMs null where only means are known
 */

/**
 * @typedef {object} Columns
 * @property {number[]} times ms
 * @property {(number|null)[]} temperature °C
 * @property {(number|null)[]} wind m/s
 * @property {(number|null)[]} strongest m/s
 */

/** @typedef {import("@sensing/client/chart/timechart.js").Series} Series */
/** @typedef {import("@sensing/client/chart/panel.js").Cell} Cell */

/** Periods of one stream have one length: a step this much longer has a gap in it. */
const GAP = 1.5;

/**
 * @param {Point[]} points in order of time
 * @returns {Columns}
 */
export function columns(points) {
  const steps = points.slice(1).map((p, i) => p.time - points[i].time);
  const period = Math.min(...steps.filter((s) => s > 0));
  /** @type {Columns} */
  const all = { times: [], temperature: [], wind: [], strongest: [] };
  points.forEach((p, i) => {
    if (i > 0 && steps[i - 1] > GAP * period) push(all, points[i - 1].time + period, null);
    push(all, p.time, p);
  });
  return all;
}

/**
 * @param {Columns} all
 * @param {number} time ms
 * @param {Point|null} point null: a gap
 */
function push(all, time, point) {
  all.times.push(time);
  all.temperature.push(point?.temperatureC ?? null);
  all.wind.push(point?.windMs ?? null);
  all.strongest.push(point?.strongestWindMs ?? null);
}

/**
 * @param {Columns} columns
 * @returns {Series[]}
 */
export function temperatureSeries({ temperature }) {
  return [{ label: "Temperature", colour: "series-4", unit: "°C", decimals: 1, values: temperature }];
}

/**
 * Mean and strongest wind; roll-ups know means only.
 * @param {Columns} columns
 * @returns {Series[]}
 */
export function windSeries({ wind, strongest }) {
  const line = { colour: "series-1", unit: "m/s", decimals: 1 };
  /** @type {Series[]} */
  const series = [{ ...line, label: "Mean wind", values: wind }];
  if (strongest.some((v) => v !== null))
    series.push({ ...line, label: "Strongest", width: 1, dash: [2, 3], values: strongest });
  return series;
}

export const COLUMNS = ["period_end_utc", "temperature_c", "mean_wind_ms", "strongest_wind_ms"];

/**
 * @param {Point[]} points
 * @returns {Cell[][]}
 */
export function rows(points) {
  return points.map((p) => [new Date(p.time), p.temperatureC, p.windMs, p.strongestWindMs]);
}
