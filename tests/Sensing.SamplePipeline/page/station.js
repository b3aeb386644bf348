// What the page knows about one station: reads a range, takes live events.
import { ApiError, getEvents, getRollups, measureOf } from "@sensing/client/core/api.js";
import { DataClock } from "@sensing/client/core/dataclock.js";
import { GUST, READING } from "./types.js";

/** Beyond this the readings of a range are too many to send: hourly roll-ups have their means. */
const LONGEST_READINGS = 2 * 86400;
const MOST_GUSTS = 500;
const HOUR = 3600000;

/** @typedef {import("./series.js").Point} Point */
/** @typedef {import("./types.js").GustEvent} GustEvent */
/** @typedef {import("./types.js").ReadingEvent} ReadingEvent */
/** @typedef {import("@sensing/client/core/pagerange.js").PageRange} PageRange */

export class Station {
  #abort = new AbortController();
  /** @type {Map<string, Point>} */
  #readings = new Map();
  /** @type {Map<string, GustEvent>} */
  #gusts = new Map();
  /** @type {Point[]|null} */
  #hours = null;

  /** @param {string} source */
  constructor(source) {
    this.source = source;
    this.clock = new DataClock();
    /**
     * Newest event and arrival of each type, ms.
     * @type {Record<string, {time: number, arrival: number}>}
     */
    this.newest = {};
    /** @type {ApiError|null} */
    this.problem = null;
    this.isLoading = true;
    /** Whether the range holds more gusts than were read. */
    this.hasMoreGusts = false;
  }

  stop() {
    this.#abort.abort();
  }

  /**
   * Learns from the list of streams how old the newest events are.
   * @param {import("@sensing/client/core/api.js").TypeEntry[]} types
   */
  learn(types) {
    for (const { type, lastTime, lastArrival } of types)
      this.#observe(type, Date.parse(lastTime), Date.parse(lastArrival));
  }

  /**
   * Reads a range.
   * @param {PageRange} range
   */
  async load(range) {
    this.#abort.abort();
    const { signal } = (this.#abort = new AbortController());
    const { from, to } = range.ends();
    const query = { source: this.source, from: new Date(from), to: new Date(to + 1) };
    this.isLoading = true;
    try {
      const isLong = range.current.seconds > LONGEST_READINGS;
      const [hours, readings, gusts] = await Promise.all([
        isLong ? getRollups({ ...query, type: READING, step: "1h" }, signal) : null,
        isLong ? null : getEvents({ ...query, type: READING, signal, page: 5000 }),
        getEvents({ ...query, type: GUST, order: "desc", most: MOST_GUSTS, signal }),
      ]);
      this.#hours = hours?.map(hour).sort((a, b) => a.time - b.time) ?? null;
      readings?.items.forEach((event) => this.#readings.set(event.id, point(event)));
      gusts.items.forEach((event) => this.#gusts.set(event.id, event));
      this.hasMoreGusts = !gusts.complete;
      this.problem = null;
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ApiError)) throw error;
      this.problem = error;
    }
    this.isLoading = false;
  }

  /**
   * Takes a live event of this station.
   * @param {import("@sensing/client/core/api.js").SensingEvent} event
   */
  take(event) {
    this.#observe(event.type, Date.parse(event.time));
    if (event.type === READING) this.#readings.set(event.id, point(event));
    else if (event.type === GUST) this.#gusts.set(event.id, event);
  }

  /**
   * Means of the range, in order of time.
   * @param {{from: number, to: number}} ends ms
   */
  points({ from, to }) {
    const all = this.#hours ?? [...this.#readings.values()].sort((a, b) => a.time - b.time);
    return all.filter((p) => p.time >= from && p.time <= to);
  }

  /**
   * Gusts of the range, newest first.
   * @param {{from: number, to: number}} ends ms
   */
  gusts({ from, to }) {
    return [...this.#gusts.values()]
      .filter((e) => Date.parse(e.time) >= from && Date.parse(e.time) <= to)
      .sort((a, b) => Date.parse(b.time) - Date.parse(a.time));
  }

  /**
   * Forgets what is outside of a range: a page that is open for weeks must not grow.
   * @param {{from: number, to: number}} ends ms
   */
  forget({ from, to }) {
    const isOutside = (/** @type {number} */ time) => time < from || time > to;
    for (const [id, p] of this.#readings) if (isOutside(p.time)) this.#readings.delete(id);
    for (const [id, e] of this.#gusts) if (isOutside(Date.parse(e.time))) this.#gusts.delete(id);
  }

  /**
   * @param {string} type
   * @param {number} time ms
   * @param {number} [arrival] ms
   */
  #observe(type, time, arrival = Date.now()) {
    const known = this.newest[type];
    if (!known || arrival >= known.arrival) this.newest[type] = { time, arrival };
    this.clock.observe(time, arrival);
  }
}

/**
 * @param {ReadingEvent} event
 * @returns {Point}
 */
function point({ time, data }) {
  const { temperatureC, windMs, strongestWindMs } = data;
  return { time: Date.parse(time), temperatureC, windMs, strongestWindMs };
}

/**
 * @param {import("@sensing/client/core/api.js").Rollup} rollup
 * @returns {Point}
 */
function hour(rollup) {
  const mean = (/** @type {string} */ name) => measureOf(rollup, name)?.mean ?? NaN;
  return {
    time: Date.parse(rollup.time) + HOUR,
    temperatureC: mean("temperatureC"),
    windMs: mean("windMs"),
    strongestWindMs: null,
  };
}
