// Volumes by movement and class: pure, so that it can be tested.
import { CLASSES, plain } from "./words.js";
import { keyOf } from "./history.js";

/** @typedef {import("./types.js").VehicleCount} VehicleCount */
/** @template [Data=any] @typedef {import("./types.js").SensingEvent<Data>} SensingEvent */
/** @typedef {VehicleCount & {key: string, time: number}} Window time: its end, ms */

const MINUTE = 60000;
const HOUR = 3600000;
const MOST_WINDOWS = 20000;

/** The reports of all approaches, each once. */
export class CountStore {
  /** @type {Map<string, Window>} */
  #windows = new Map();

  /** @param {SensingEvent<VehicleCount>} event */
  add({ source, time, data }) {
    const key = keyOf(source, data.approach);
    const end = Date.parse(time);
    if (Number.isFinite(end)) this.#windows.set(`${key}|${data.windowMinutes}|${end}`, { ...data, key, time: end });
    const [oldest] = this.#windows.keys();
    if (this.#windows.size > MOST_WINDOWS) this.#windows.delete(oldest);
  }

  clear() {
    this.#windows.clear();
  }

  /** @param {number} time ms */
  forget(time) {
    for (const [id, window] of this.#windows) if (window.time < time) this.#windows.delete(id);
  }

  /**
   * Windows that end within a range, of one length: a quarter of an hour where there are such, else the longest.
   * @param {number} from ms, excluded
   * @param {number} to ms
   * @param {(key: string) => boolean} isWanted
   * @returns {Window[]} in order of time
   */
  between(from, to, isWanted = () => true) {
    const all = [...this.#windows.values()].filter((w) => w.time > from && w.time <= to && isWanted(w.key));
    const lengths = all.map((w) => w.windowMinutes);
    const length = lengths.includes(15) ? 15 : Math.max(0, ...lengths);
    return all.filter((w) => w.windowMinutes === length).sort((a, b) => a.time - b.time);
  }
}

/**
 * Length of the bars of a range, ms: whole windows, a readable number of them.
 * @param {number} from ms
 * @param {number} to ms
 */
export function barLength(from, to) {
  if (to - from <= 26 * HOUR) return 15 * MINUTE;
  return to - from <= 8 * 24 * HOUR ? HOUR : 6 * HOUR;
}

/** @typedef {{times: number[], stepMs: number, byClass: Map<string, (number|null)[]>}} Bars times: ends of the bars */

/**
 * Vehicles of each class in bars; a bar in which nothing was reported is a gap.
 * @param {Window[]} windows of one length
 * @param {number} stepMs least length of a bar
 * @returns {Bars}
 */
export function barsOf(windows, stepMs) {
  if (windows.length === 0) return { times: [], stepMs, byClass: new Map() };
  const step = Math.max(stepMs, windows[0].windowMinutes * MINUTE);
  const endOf = (/** @type {number} */ time) => Math.ceil(time / step) * step;
  const first = endOf(windows[0].time);
  const last = endOf(windows[windows.length - 1].time);
  /** @type {number[]} */
  const times = [];
  for (let t = first; t <= last; t += step) times.push(t);
  const seen = new Set(windows.map((w) => (endOf(w.time) - first) / step));
  /** @type {Map<string, (number|null)[]>} */
  const byClass = new Map(CLASSES.map((c) => [c.name, times.map((_, i) => (seen.has(i) ? 0 : null))]));
  for (const window of windows) {
    const at = (endOf(window.time) - first) / step;
    for (const { class: name, count } of window.lanes ?? []) {
      const values = byClass.get(plain(name)) ?? byClass.get("car");
      if (values) values[at] = (values[at] ?? 0) + count;
    }
  }
  return { times, stepMs: step, byClass };
}

/**
 * @param {Bars} bars
 * @returns {import("@sensing/client/chart/timechart.js").Series[]}
 */
export function barSeries({ byClass, stepMs }) {
  return CLASSES.map(({ name, plural, colour }) => ({
    label: plural,
    colour,
    shape: "bars",
    stepMs,
    unit: "veh",
    values: byClass.get(name) ?? [],
  }));
}

/**
 * @typedef {object} CountRow
 * @property {string} approach
 * @property {string} from gate, or direction
 * @property {string} to gate, or lane
 * @property {Record<string, number>} byClass
 * @property {number} total
 */

/** @typedef {"movement"|"lane"} CountKind */

/** Whether any window has turn counts. @param {Window[]} windows */
export const haveMovements = (windows) => windows.some((w) => (w.movements?.length ?? 0) > 0);

/**
 * Sums over windows, by movement or by direction and lane.
 * @param {Window[]} windows
 * @param {CountKind} kind
 * @returns {CountRow[]} in order of approach and movement
 */
export function countRows(windows, kind) {
  /** @type {Map<string, CountRow>} */
  const rows = new Map();
  for (const window of windows) {
    const parts =
      kind === "movement"
        ? (window.movements ?? []).map((m) => ({ from: m.from, to: m.to, class: m.class, count: m.count }))
        : (window.lanes ?? []).map((l) => ({
            from: plain(l.direction),
            to: String(l.lane),
            class: l.class,
            count: l.count,
          }));
    for (const part of parts) {
      const id = `${window.key}|${part.from}|${part.to}`;
      const row = rows.get(id) ?? { approach: window.approach, from: part.from, to: part.to, byClass: {}, total: 0 };
      const name = plain(part.class);
      row.byClass[name] = (row.byClass[name] ?? 0) + part.count;
      row.total += part.count;
      rows.set(id, row);
    }
  }
  const text = (/** @type {CountRow} */ r) => `${r.approach}|${r.from}|${r.to}`;
  return [...rows.values()].sort((a, b) => text(a).localeCompare(text(b), undefined, { numeric: true }));
}

/**
 * Share of the windows' time that the cameras saw, 0 to 1; null without windows.
 * @param {Window[]} windows
 */
export function observedShare(windows) {
  const whole = windows.reduce((sum, w) => sum + w.windowMinutes * 60, 0);
  return whole > 0 ? windows.reduce((sum, w) => sum + (w.observedSeconds ?? w.windowMinutes * 60), 0) / whole : null;
}

export const COUNT_COLUMNS = [
  "window_end_utc",
  "window_min",
  "observed_s",
  "approach",
  "kind",
  "from_or_direction",
  "to_or_lane",
  "class",
  "count",
];

/**
 * Rows of the file: one a window, movement or lane, and class.
 * @param {Window[]} windows
 * @returns {import("@sensing/client/chart/panel.js").Cell[][]}
 */
export function windowRows(windows) {
  return windows.flatMap((w) => {
    const head = [new Date(w.time), w.windowMinutes, w.observedSeconds, w.approach];
    return [
      ...(w.lanes ?? []).map((l) => [...head, "lane", l.direction, l.lane, l.class, l.count]),
      ...(w.movements ?? []).map((m) => [...head, "movement", m.from, m.to, m.class, m.count]),
    ];
  });
}
