// sensing.das.flow.v1 as series on a regular grid. A window that nobody reported is a gap, not a zero.

/**
 * Payload of sensing.das.flow.v1.
 * @typedef {object} Flow
 * @property {number} windowMinutes
 * @property {string} direction
 * @property {string|null} [class] absent: all classes together
 * @property {number} count
 * @property {number} flowPerHour
 * @property {number|null} [meanSpeedKmh]
 * @property {number|null} [percentile85SpeedKmh]
 * @property {number|null} [meanHeadwaySeconds]
 * @property {number} occupancy
 */

/** @typedef {Flow & {class: string, time: number}} Window a report; time: its end, ms */
/** @typedef {{direction: string, class: string, windows: (Window|null)[]}} Group windows of one direction and class */
/** @typedef {{times: number[], stepMs: number, groups: Group[]}} Grid times: ends of the windows, ms */
/** @typedef {import("@sensing/client/chart/timechart.js").Series} Series */

/** @type {Record<string, string>} */
export const DIRECTION_WORDS = { increasing: "Increasing", decreasing: "Decreasing" };
/** @type {Record<string, string>} */
export const CLASS_WORDS = { all: "All classes", small: "Cars and vans", large: "Trucks and buses", rail: "Rail" };

/**
 * The window of flow events that gives a readable number of points: a dozen to a hundred.
 * @param {number} seconds length of the range
 * @returns {number} minutes
 */
export function flowWindow(seconds) {
  if (seconds <= 1800) return 1;
  if (seconds <= 3 * 3600) return 5;
  if (seconds <= 24 * 3600) return 15;
  return 60;
}

export class FlowStore {
  /** @type {Map<string, Window>} */
  #windows = new Map();

  /**
   * Takes an event; a window reported again replaces the former report.
   * @param {Pick<import("@sensing/client/core/api.js").SensingEvent<Flow>, "time"|"data">} event
   */
  add(event) {
    const d = event.data;
    this.#windows.set(`${event.time}|${d.windowMinutes}|${d.direction}|${d.class ?? "all"}`, {
      ...d,
      class: d.class ?? "all",
      time: Date.parse(event.time),
    });
  }

  clear() {
    this.#windows.clear();
  }

  /**
   * Forgets what ended before a time: a page that is open for weeks must not grow.
   * @param {number} time ms
   */
  forget(time) {
    for (const [key, window] of this.#windows) if (window.time < time) this.#windows.delete(key);
  }

  /** Classes that were reported, "all" first. */
  classes() {
    const seen = new Set([...this.#windows.values()].map((w) => w.class));
    return Object.keys(CLASS_WORDS).filter((c) => seen.has(c));
  }

  /**
   * The windows of one length that end within from…to, as columns over their ends.
   * @param {{minutes: number, from: number, to: number, directions: string[], classes: string[]}} wanted from, to: ms
   * @returns {Grid}
   */
  grid({ minutes, from, to, directions, classes }) {
    const step = minutes * 60000;
    const inRange = [...this.#windows.values()].filter(
      (w) =>
        w.windowMinutes === minutes &&
        w.time >= from &&
        w.time <= to &&
        directions.includes(w.direction) &&
        classes.includes(w.class),
    );
    /** @type {number[]} */
    const times = [];
    if (inRange.length) {
      const first = inRange.reduce((low, w) => Math.min(low, w.time), Infinity);
      const last = inRange.reduce((high, w) => Math.max(high, w.time), -Infinity);
      // Windows end at whole multiples of their length; the first one's remainder keeps a shifted grid whole too.
      for (let t = first; t <= last + 1; t += step) times.push(t);
    }
    const position = new Map(times.map((t, i) => [t, i]));
    const groups = directions.flatMap((direction) =>
      classes.map(
        (name) => /** @type {Group} */ ({ direction, class: name, windows: new Array(times.length).fill(null) }),
      ),
    );
    for (const window of inRange) {
      const group = groups.find((g) => g.direction === window.direction && g.class === window.class);
      const at = position.get(window.time);
      if (group && at !== undefined) group.windows[at] = window;
    }
    return { times, stepMs: step, groups: groups.filter((g) => g.windows.some((w) => w !== null)) };
  }
}

/** @type {Record<string, number[]>} */
const DASHES = { small: [2, 4], large: [9, 4], rail: [9, 4, 2, 4] };

/**
 * How a group's line looks: direction by colour, class by dash and width where several are shown.
 * @param {Group} group
 * @param {boolean} severalClasses
 */
export function groupStyle({ direction, class: name }, severalClasses) {
  const dash = DASHES[name] ?? [];
  return {
    label: severalClasses
      ? `${DIRECTION_WORDS[direction]}, ${CLASS_WORDS[name].toLowerCase()}`
      : DIRECTION_WORDS[direction],
    colour: direction === "increasing" ? "increasing" : "decreasing",
    dash: severalClasses && dash.length ? dash : direction === "decreasing" && !severalClasses ? [7, 4] : undefined,
    width: name === "large" ? 2.5 : 2,
  };
}

/**
 * Series for the flow chart.
 * @param {Pick<Grid, "groups"|"stepMs">} grid
 * @param {boolean} severalClasses
 * @returns {Series[]}
 */
export function flowSeries({ groups, stepMs }, severalClasses) {
  return groups.map((g) => ({
    ...groupStyle(g, severalClasses),
    shape: "step",
    stepMs,
    unit: "veh/h",
    values: g.windows.map((w) => (w === null ? null : w.flowPerHour)),
  }));
}

/**
 * Series for the speed chart: mean, and the 85th percentile where one class is shown.
 * @param {Pick<Grid, "groups"|"stepMs">} grid
 * @param {boolean} severalClasses
 * @returns {Series[]}
 */
export function speedSeries({ groups, stepMs }, severalClasses) {
  return groups.flatMap((g) => {
    const style = groupStyle(g, severalClasses);
    const column = (/** @type {"meanSpeedKmh"|"percentile85SpeedKmh"} */ name) =>
      g.windows.map((w) => w?.[name] ?? null);
    const mean = {
      ...style,
      stepMs,
      label: `${style.label}, mean`,
      unit: "km/h",
      decimals: 1,
      values: column("meanSpeedKmh"),
    };
    const p85 = {
      ...style,
      stepMs,
      label: `${style.label}, 85 %`,
      width: 1,
      dash: [2, 3],
      unit: "km/h",
      decimals: 1,
      values: column("percentile85SpeedKmh"),
    };
    return severalClasses ? [mean] : [mean, p85];
  });
}

/**
 * Rows of the CSV: one a window, direction and class.
 * @param {Pick<Grid, "times"|"groups">} grid
 * @returns {import("@sensing/client/chart/panel.js").Cell[][]}
 */
export function flowRows({ times, groups }) {
  return times.flatMap((time, i) =>
    groups.flatMap(({ windows }) => {
      const w = windows[i];
      return w === null
        ? []
        : [
            [
              new Date(time),
              w.windowMinutes,
              w.direction,
              w.class,
              w.count,
              w.flowPerHour,
              w.meanSpeedKmh,
              w.percentile85SpeedKmh,
              w.meanHeadwaySeconds,
              w.occupancy,
            ],
          ];
    }),
  );
}

export const FLOW_COLUMNS = [
  "window_end_utc",
  "window_min",
  "direction",
  "class",
  "count",
  "flow_veh_per_h",
  "mean_speed_kmh",
  "p85_speed_kmh",
  "mean_headway_s",
  "occupancy",
];
