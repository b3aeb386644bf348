// What the approaches were over time: each second from events, or each interval from roll-ups where a range is long.
import { measureOf } from "@sensing/client/core/api.js";

/** @typedef {import("@sensing/client/core/api.js").Rollup} Rollup */
/** @typedef {import("./types.js").ApproachState} ApproachState */
/** @template [Data=any] @typedef {import("./types.js").SensingEvent<Data>} SensingEvent */

/**
 * Figures of an approach at a time, or over an interval; null: not measured.
 * @typedef {object} Point
 * @property {number} time ms; of an interval its middle
 * @property {number} index mean of an interval
 * @property {number|null} raw
 * @property {number|null} rawLow least of an interval; of an event the same as raw
 * @property {number|null} rawHigh
 * @property {number|null} queueM
 * @property {number|null} meanSpeedKmh
 * @property {number|null} speedStandardErrorKmh
 * @property {number|null} densityPerKmLane
 * @property {number|null} vehicles
 * @property {number|null} quality
 */

/** @typedef {{key: string, source: string, name: string, points: Point[]}} Track an approach, in order of time */
/** @typedef {{key: string, name: string, points: (Point|null)[]}} Column the points on the times of a grid */
/** @typedef {{times: number[], columns: Column[]}} Grid times: ms */

/** A point is drawn on for this long, ms: cameras report each second, at times of their own. */
const HOLD = 3000;
const SECOND = 1000;

/** Old points are dropped a minute's worth at a time, ms. */
const SLACK = 60000;

/** @param {string} source @param {string} approach */
export const keyOf = (source, approach) => `${source}#${approach}`;

/**
 * @param {SensingEvent<ApproachState>} event
 * @returns {Point}
 */
export function pointOf({ time, data }) {
  return {
    time: Date.parse(time),
    index: data.index,
    raw: data.indexRaw ?? null,
    rawLow: data.indexRaw ?? null,
    rawHigh: data.indexRaw ?? null,
    queueM: data.queueM ?? null,
    meanSpeedKmh: data.meanSpeedKmh ?? null,
    speedStandardErrorKmh: data.speedStandardErrorKmh ?? null,
    densityPerKmLane: data.densityPerKmLane ?? null,
    vehicles: data.vehicles ?? null,
    quality: data.quality ?? null,
  };
}

/**
 * @param {Rollup} rollup
 * @param {number} stepMs
 * @returns {Point|null} null where the roll-up has no index
 */
export function pointOfRollup(rollup, stepMs) {
  const mean = (/** @type {string} */ name) => measureOf(rollup, name)?.mean ?? null;
  const index = mean("index");
  if (index === null) return null;
  const raw = measureOf(rollup, "indexRaw");
  return {
    time: Date.parse(rollup.time) + stepMs / 2,
    index,
    raw: raw?.mean ?? null,
    rawLow: raw?.min ?? null,
    rawHigh: raw?.max ?? null,
    queueM: mean("queueM"),
    meanSpeedKmh: mean("meanSpeedKmh"),
    speedStandardErrorKmh: mean("speedStandardErrorKmh"),
    densityPerKmLane: mean("densityPerKmLane"),
    vehicles: mean("vehicles"),
    quality: mean("quality"),
  };
}

/** The approaches' points of a range, each second or each interval. */
export class History {
  /** @type {Map<string, Track & {isSorted: boolean}>} */
  #tracks = new Map();
  /** @type {Set<string>} */
  #ids = new Set();
  /** Length of the intervals, ms; 0: events as they came. */
  stepMs = 0;

  /** @param {SensingEvent<ApproachState>} event */
  add(event) {
    if (this.stepMs > 0) return;
    const key = keyOf(event.source, event.data.approach);
    const point = pointOf(event);
    const id = `${key}#${point.time}`;
    if (this.#ids.has(id) || !Number.isFinite(point.time)) return;
    this.#ids.add(id);
    this.#push(key, event.source, event.data.approach, point);
  }

  /**
   * Roll-ups in place of what was here.
   * @param {Rollup[]} rollups
   * @param {number} stepMs
   * @param {(source: string) => string[]} approachesOf approaches of a stream: roll-ups are of a stream as a whole
   */
  replace(rollups, stepMs, approachesOf) {
    this.clear();
    this.stepMs = stepMs;
    for (const rollup of rollups) {
      const point = pointOfRollup(rollup, stepMs);
      if (point === null) continue;
      const names = approachesOf(rollup.source);
      const stream = rollup.source.split("/").pop() ?? rollup.source;
      // Of several approaches of one stream there is only the mean of all.
      const name = names.length === 1 ? names[0] : `${stream}, all approaches`;
      this.#push(keyOf(rollup.source, names.length === 1 ? names[0] : "*"), rollup.source, name, point);
    }
  }

  get isEmpty() {
    return this.#tracks.size === 0;
  }

  clear() {
    this.#tracks.clear();
    this.#ids.clear();
    this.stepMs = 0;
  }

  /**
   * Forgets what is older: a page that is open for weeks must not grow.
   * @param {number} time ms
   */
  forget(time) {
    for (const track of this.tracks()) {
      if (track.points.length === 0 || track.points[0].time >= time - SLACK) continue;
      const kept = track.points.findIndex((p) => p.time >= time);
      const gone = track.points.splice(0, kept < 0 ? track.points.length : kept);
      for (const p of gone) this.#ids.delete(`${track.key}#${p.time}`);
    }
  }

  /** @returns {Track[]} in order of their names */
  tracks() {
    for (const track of this.#tracks.values()) {
      if (!track.isSorted) track.points.sort((a, b) => a.time - b.time);
      track.isSorted = true;
    }
    return [...this.#tracks.values()].sort((a, b) => a.name.localeCompare(b.name) || a.key.localeCompare(b.key));
  }

  /**
   * @param {number} from ms
   * @param {number} to ms
   * @param {(key: string) => boolean} isWanted
   * @returns {Grid}
   */
  grid(from, to, isWanted = () => true) {
    const tracks = this.tracks().filter((t) => isWanted(t.key));
    return gridOf(tracks, from, to, this.stepMs || SECOND, this.stepMs > 0 ? this.stepMs / 2 : HOLD);
  }

  /**
   * @param {string} key
   * @param {string} source
   * @param {string} name
   * @param {Point} point
   */
  #push(key, source, name, point) {
    const track = this.#tracks.get(key) ?? { key, source, name, points: [], isSorted: true };
    const last = track.points[track.points.length - 1];
    if (last && last.time > point.time) track.isSorted = false;
    track.points.push(point);
    this.#tracks.set(key, track);
  }
}

/**
 * Points of several approaches on common times. Where an approach was silent there is a gap.
 * @param {Track[]} tracks
 * @param {number} from ms
 * @param {number} to ms
 * @param {number} step ms
 * @param {number} hold how long a point counts, ms
 * @returns {Grid}
 */
export function gridOf(tracks, from, to, step, hold) {
  const inRange = tracks
    .map((t) => ({ ...t, points: t.points.filter((p) => p.time >= from && p.time <= to) }))
    .filter((t) => t.points.length > 0);
  if (inRange.length === 0) return { times: [], columns: [] };
  const first = Math.min(...inRange.map((t) => t.points[0].time));
  const last = Math.max(...inRange.map((t) => t.points[t.points.length - 1].time));
  const start = Math.ceil(first / step) * step;
  // The middle of an interval is its time; a second's time is its end.
  const shift = step > SECOND ? step / 2 : 0;
  /** @type {number[]} */
  const times = [];
  for (let t = start - shift; t < last + step; t += step) if (t >= first) times.push(t);
  const columns = inRange.map(({ key, name, points }) => {
    let at = -1;
    return {
      key,
      name,
      points: times.map((t) => {
        while (at + 1 < points.length && points[at + 1].time <= t) at++;
        return at >= 0 && t - points[at].time <= hold ? points[at] : null;
      }),
    };
  });
  return { times, columns };
}
