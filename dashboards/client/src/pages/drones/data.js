// What the page knows about one edge: reads a range, takes live events.
import { ApiError, getEvents, getRollups, measureOf } from "@sensing/client/core/api.js";
import { DataClock } from "@sensing/client/core/dataclock.js";
import { Emitter } from "@sensing/client/core/emitter.js";
import { ends } from "@sensing/client/core/range.js";
import { stepOf } from "./longrange.js";
import { QOS, RESULT } from "./types.js";

/** Reports come every few seconds and are about 3 kB each: an hour is 720. */
const MOST_REPORTS = 5000;

/** Newest results that are read to have a picture of each drone: one in a few has one. */
const NEWEST = 120;

/** Roll-ups of a range that follows now are read again this often, ms. */
const REFRESH = 60000;

/** Old reports are dropped some at a time, ms. */
const SLACK = 60000;

/** @typedef {import("./edges.js").Edge} Edge */
/** @typedef {import("./types.js").Qos} Qos */
/** @typedef {import("./types.js").Result} Result */
/** @typedef {import("@sensing/client/core/range.js").Range} Range */
/** @template [Data=any] @typedef {import("./types.js").SensingEvent<Data>} SensingEvent */
/** @template Data @typedef {import("./types.js").Timed<Data>} Timed */

/** @typedef {{last: Timed<Result>, picture: Timed<Result>|null}} DroneState the newest segment, and the newest with a
 *   picture */

/**
 * Events: "change" after anything changed.
 * @extends {Emitter<{change: null}>}
 */
export class DroneData extends Emitter {
  #abort = new AbortController();
  #follows = true;
  #refreshed = 0;
  #loadBegan = 0;

  /** @param {Edge} edge */
  constructor(edge) {
    super();
    this.edge = edge;
    this.clock = new DataClock();
    /** In order of time. @type {Timed<Qos>[]} */
    this.reports = [];
    /** @type {Map<string, DroneState>} */
    this.drones = new Map();
    /**
     * Newest event and arrival of each type, ms.
     * @type {Record<string, {time: number, arrival: number}>}
     */
    this.newest = {};
    /** @type {ApiError|null} */
    this.problem = null;
    this.isLoading = true;
    /** Whether the range holds more reports than were read. */
    this.isCut = false;
    /** Of the whole range, where it holds more. @type {import("./longrange.js").Rollups|null} */
    this.rollups = null;
    this.#learn(edge);
  }

  /**
   * The edge again, with more types.
   * @param {Edge} edge
   */
  extend(edge) {
    this.edge = edge;
    this.#learn(edge);
  }

  stop() {
    this.#abort.abort();
  }

  /** How long the read that is under way has taken, ms; 0: there is none. */
  get loadingMs() {
    return this.isLoading ? Date.now() - this.#loadBegan : 0;
  }

  /** Now on the clock of the events, ms. */
  eventNow() {
    return this.clock.eventNow();
  }

  /**
   * Reports of periods that ended within a range.
   * @param {number} from ms
   * @param {number} to ms
   */
  between(from, to) {
    return this.reports.filter((r) => r.time > from && r.time <= to);
  }

  /**
   * Reads what a range shows.
   * @param {Range} range
   */
  async load(range) {
    this.#abort.abort();
    const { signal } = (this.#abort = new AbortController());
    this.#follows = range.from === undefined;
    const { from, to } = ends(range, this.clock.now());
    this.isLoading = true;
    this.#loadBegan = Date.now();
    this.emit("change", null);
    try {
      await Promise.all([this.#loadReports(from, to, signal), this.#loadResults(to, signal)]);
      this.problem = null;
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ApiError)) throw error;
      this.problem = error;
    }
    this.isLoading = false;
    this.emit("change", null);
  }

  /**
   * Takes a live event of the edge.
   * @param {SensingEvent} event
   */
  take(event) {
    if (event.source !== this.edge.id) return;
    const time = Date.parse(event.time);
    this.#observe(event.type, time);
    if (event.type === RESULT) this.clock.hear(time);
    if (event.type === QOS) this.#addReport(event);
    else if (event.type === RESULT && this.#follows) this.#addResult(event);
    this.emit("change", null);
  }

  /**
   * Reads roll-ups again where the range follows now and they have aged.
   * @param {Range} range
   */
  async refresh(range) {
    if (!this.#follows || this.isLoading || this.rollups === null || Date.now() - this.#refreshed < REFRESH) return;
    const { from, to } = ends(range, this.clock.now());
    try {
      await this.#loadRollups(from, to, this.#abort.signal);
      this.emit("change", null);
    } catch (error) {
      // The connection's state is shown; the next look tries again.
      if (!this.#abort.signal.aborted && !(error instanceof ApiError)) throw error;
    }
  }

  /**
   * Forgets what lies before a range: a page that is open for weeks must not grow.
   * @param {number} from ms
   */
  forget(from) {
    if (this.reports.length === 0 || this.reports[0].time > from - SLACK) return;
    const kept = this.reports.findIndex((r) => r.time > from);
    this.reports.splice(0, kept < 0 ? this.reports.length : kept);
  }

  /**
   * @param {number} from ms
   * @param {number} to ms
   * @param {AbortSignal} signal
   */
  async #loadReports(from, to, signal) {
    const { items, complete } = await getEvents({
      type: QOS,
      source: this.edge.id,
      from: new Date(from),
      to: this.#follows ? undefined : new Date(to + 1),
      order: "desc",
      most: MOST_REPORTS,
      signal,
    });
    if (!this.#follows) this.reports = [];
    items.reverse().forEach((event) => this.#addReport(event));
    this.isCut = !complete;
    if (complete) this.rollups = null;
    else await this.#loadRollups(from, to, signal);
    this.emit("change", null);
  }

  /**
   * @param {number} from ms
   * @param {number} to ms
   * @param {AbortSignal} signal
   */
  async #loadRollups(from, to, signal) {
    this.#refreshed = Date.now();
    const { step, ms } = stepOf(to - from);
    const begin = new Date(Math.floor(from / ms) * ms);
    const query = { type: QOS, source: this.edge.id, from: begin, to: new Date(to + 1), step };
    const items = await getRollups(query, signal);
    // A store that does not know the type's measures has counts alone.
    this.rollups = items.some((r) => measureOf(r, "completion")) ? { stepMs: ms, items } : null;
  }

  /**
   * @param {number} to ms
   * @param {AbortSignal} signal
   */
  async #loadResults(to, signal) {
    const { items } = await getEvents({
      type: RESULT,
      source: this.edge.id,
      to: this.#follows ? undefined : new Date(to + 1),
      order: "desc",
      most: NEWEST,
      signal,
    });
    if (!this.#follows) this.drones.clear();
    items.reverse().forEach((event) => this.#addResult(event));
    this.emit("change", null);
  }

  /** @param {SensingEvent<Qos>} event */
  #addReport({ time, data }) {
    const at = Date.parse(time);
    if (!Number.isFinite(at)) return;
    let i = this.reports.length;
    while (i > 0 && this.reports[i - 1].time > at) i--;
    // One of the same period is the same report, read again.
    if (i > 0 && this.reports[i - 1].time === at) return;
    this.reports.splice(i, 0, { time: at, data });
  }

  /** @param {SensingEvent<Result>} event */
  #addResult({ time, data }) {
    const at = { time: Date.parse(time), data };
    if (!Number.isFinite(at.time)) return;
    const known = this.drones.get(data.drone);
    const last = known && known.last.time > at.time ? known.last : at;
    const picture = data.jpeg && !(known?.picture && known.picture.time > at.time) ? at : (known?.picture ?? null);
    this.drones.set(data.drone, { last, picture });
  }

  /** @param {Edge} edge */
  #learn({ streams }) {
    for (const { type, lastTime, lastArrival } of streams.flatMap((s) => s.types))
      this.#observe(type, Date.parse(lastTime), Date.parse(lastArrival));
  }

  /**
   * @param {string} type
   * @param {number} time ms
   * @param {number} [arrival] ms
   */
  #observe(type, time, arrival = Date.now()) {
    if (type !== QOS && type !== RESULT) return;
    const known = this.newest[type];
    if (!known || arrival >= known.arrival) this.newest[type] = { time, arrival };
    this.clock.observe(time, arrival);
  }
}
