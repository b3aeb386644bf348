// What the page knows about one junction: reads a range, takes live events.
import { ApiError, getEvents, getRollups } from "@sensing/client/core/api.js";
import { DataClock } from "@sensing/client/core/dataclock.js";
import { Emitter } from "@sensing/client/core/emitter.js";
import { ends } from "@sensing/client/core/range.js";
import { CountStore } from "./counts.js";
import { History, keyOf } from "./history.js";
import { INCIDENT_TYPES, IncidentStore } from "./incidents.js";
import { PlanStore } from "./plan.js";
import { APPROACH, COUNT, PLAN, SNAPSHOT } from "./types.js";

const HOUR = 3600000;

/** Approaches report each second: beyond this range, roll-ups are read instead, s. */
const LONGEST_EVENTS = 900;
const MOST_EVENTS = 20000;
const MOST_COUNTS = 10000;
const MOST_INCIDENTS = 500;
const MOST_PLANS = 1000;

/** Newest reports of a stream that are read to know each of its approaches. */
const NEWEST = 12;

/** Roll-ups of a range that follows now are read again this often, ms. */
const REFRESH = 30000;

/** Counts are of quarters of an hour: short ranges show these last hours of them, ms. */
export const LEAST_COUNTS = 4 * HOUR;

/** The ring needs a few cycles, ms. */
const LEAST_PLANS = HOUR / 4;

/** A plan is repeated at this interval at least, ms: the one in force is not older. */
const PLAN_BEFORE = 10 * 60000;

/** @typedef {import("./streams.js").Junction} Junction */
/** @typedef {import("./types.js").ApproachState} ApproachState */
/** @typedef {import("./types.js").Snapshot} Snapshot */
/** @template [Data=any] @typedef {import("./types.js").SensingEvent<Data>} SensingEvent */
/** @typedef {import("@sensing/client/core/range.js").Range} Range */
/** @template Data @typedef {{key: string, source: string, time: number, data: Data}} Shown time: ms */

/**
 * Events: "change" after anything changed, "incident" with one that has just begun.
 * @extends {Emitter<{change: null, incident: import("./incidents.js").Incident}>}
 */
export class JunctionData extends Emitter {
  #abort = new AbortController();
  #follows = true;
  #refreshed = 0;

  /** @param {Junction} junction */
  constructor(junction) {
    super();
    this.junction = junction;
    this.clock = new DataClock();
    this.history = new History();
    this.counts = new CountStore();
    this.incidents = new IncidentStore();
    this.plans = new PlanStore();
    /** Newest state of each approach within the range. @type {Map<string, Shown<ApproachState>>} */
    this.approaches = new Map();
    /** Newest picture of each approach within the range. @type {Map<string, Shown<Snapshot>>} */
    this.snapshots = new Map();
    /**
     * Newest event and arrival of each type, ms.
     * @type {Record<string, {time: number, arrival: number}>}
     */
    this.newest = {};
    /** @type {ApiError|null} */
    this.problem = null;
    this.isLoading = true;
    /** Whether the range holds more than was read: of the history, of counts, of incidents. */
    this.isCut = { history: false, counts: false, incidents: false };
    this.#learn(junction);
  }

  /**
   * The junction again, with more streams.
   * @param {Junction} junction
   */
  extend(junction) {
    this.junction = junction;
    this.#learn(junction);
  }

  /** @param {Junction} junction */
  #learn({ streams }) {
    for (const { type, lastTime, lastArrival } of streams.flatMap((s) => s.types))
      this.#observe(type, Date.parse(lastTime), Date.parse(lastArrival));
  }

  stop() {
    this.#abort.abort();
  }

  /** Now on the clock of the events, ms: countdowns must be right although the viewer's clock is wrong. */
  eventNow() {
    return this.clock.eventNow();
  }

  /** Sources of the cameras. */
  get cameras() {
    return this.junction.cameras.map((s) => s.source);
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
    this.emit("change", null);
    try {
      const states = this.#loadStates(to, signal);
      await Promise.all([
        states,
        this.#loadHistory(range, from, to, signal, states),
        this.#loadCounts(from, to, signal),
        this.#loadIncidents(to, signal),
        this.#loadPlans(from, to, signal),
      ]);
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
   * Reads roll-ups again where the range follows now and they have aged.
   * @param {Range} range
   */
  async refresh(range) {
    const isFirst = this.history.isEmpty && this.approaches.size > 0;
    const isDue = this.history.stepMs > 0 && Date.now() - this.#refreshed > (isFirst ? REFRESH / 15 : REFRESH);
    if (!this.#follows || this.isLoading || !isDue) return;
    this.#refreshed = Date.now();
    const { from, to } = ends(range, this.clock.now());
    try {
      await this.#loadHistory(range, from, to, this.#abort.signal);
      this.emit("change", null);
    } catch (error) {
      // The connection's state is shown; the next look tries again.
      if (!this.#abort.signal.aborted && !(error instanceof ApiError)) throw error;
    }
  }

  /**
   * Forgets what lies before a range.
   * @param {number} from ms
   */
  forget(from) {
    if (this.history.stepMs === 0) this.history.forget(from);
    this.counts.forget(Math.min(from, this.clock.now() - LEAST_COUNTS));
  }

  /**
   * Takes a live event of the junction's streams.
   * @param {SensingEvent} event
   */
  take(event) {
    const { type, source } = event;
    if (!this.junction.streams.some((s) => s.source === source)) return;
    if (type === PLAN && source !== this.junction.signals) return;
    this.#observe(type, Date.parse(event.time));
    if (type === APPROACH || type === PLAN) this.clock.hear(Date.parse(event.time));
    if (type === APPROACH) {
      this.history.add(event);
      if (this.#follows) keep(this.approaches, event);
    } else if (type === SNAPSHOT) {
      if (this.#follows) keep(this.snapshots, event);
    } else if (type === COUNT) this.counts.add(event);
    else if (type === PLAN) this.plans.add(event);
    else if (INCIDENT_TYPES.includes(type)) {
      const fresh = this.incidents.add(event);
      if (fresh) this.emit("incident", fresh);
    }
    this.emit("change", null);
  }

  /**
   * @param {number} to ms
   * @param {AbortSignal} signal
   */
  async #loadStates(to, signal) {
    const before = new Date(to + 1);
    const read = (/** @type {string} */ type) =>
      Promise.all(
        this.junction.cameras
          .filter((s) => s.types.some((t) => t.type === type))
          .map(({ source }) =>
            getEvents({ type, source, to: this.#follows ? undefined : before, order: "desc", most: NEWEST, signal }),
          ),
      ).then((all) => all.flatMap(({ items }) => items));
    const [states, pictures] = await Promise.all([read(APPROACH), read(SNAPSHOT)]);
    this.approaches = newestOf(states);
    this.snapshots = newestOf(pictures);
    this.emit("change", null);
  }

  /**
   * @param {Range} range
   * @param {number} from ms
   * @param {number} to ms
   * @param {AbortSignal} signal
   * @param {Promise<void>} [states] a read that shows which approaches there are
   */
  async #loadHistory(range, from, to, signal, states) {
    const source = this.cameras;
    if (source.length === 0) return;
    const span = { source, type: APPROACH, from: new Date(from), to: new Date(to + 1) };
    this.#refreshed = Date.now();
    if (range.seconds > LONGEST_EVENTS) {
      const { step, ms } = stepOf(range.seconds);
      const [rollups] = await Promise.all([
        getRollups({ ...span, from: new Date(Math.floor(from / ms) * ms), step }, signal),
        states,
      ]);
      // A store that does not know the type's measures has counts alone.
      if (rollups.length === 0 || rollups.some((r) => "index" in r)) {
        this.history.replace(rollups, ms, (s) => this.#approachesOf(s));
        this.isCut.history = false;
        return;
      }
    }
    const { items, complete } = await getEvents({ ...span, order: "desc", page: 5000, most: MOST_EVENTS, signal });
    const kept = this.history.stepMs > 0 ? [] : this.history.tracks();
    if (kept.length === 0 || !this.#follows) this.history.clear();
    items.reverse().forEach((event) => this.history.add(event));
    this.isCut.history = !complete;
  }

  /**
   * @param {number} from ms
   * @param {number} to ms
   * @param {AbortSignal} signal
   */
  async #loadCounts(from, to, signal) {
    const begin = Math.min(from, to - LEAST_COUNTS);
    const { items, complete } = await getEvents({
      type: COUNT,
      source: this.cameras,
      from: new Date(begin),
      to: new Date(to + 1),
      order: "desc",
      page: 5000,
      most: MOST_COUNTS,
      signal,
    });
    items.forEach((event) => this.counts.add(event));
    this.isCut.counts = !complete;
  }

  /**
   * What is still open may have begun long before the range.
   * @param {number} to ms
   * @param {AbortSignal} signal
   */
  async #loadIncidents(to, signal) {
    const { items, complete } = await getEvents({
      type: INCIDENT_TYPES,
      source: this.cameras,
      to: this.#follows ? undefined : new Date(to + 1),
      order: "desc",
      most: MOST_INCIDENTS,
      signal,
    });
    this.incidents.clear();
    items.reverse().forEach((event) => this.incidents.add(event));
    this.isCut.incidents = !complete;
  }

  /**
   * @param {number} from ms
   * @param {number} to ms
   * @param {AbortSignal} signal
   */
  async #loadPlans(from, to, signal) {
    const source = this.junction.signals;
    if (source === null) return;
    const { items } = await getEvents({
      type: PLAN,
      source,
      from: new Date(Math.min(from, to - LEAST_PLANS) - PLAN_BEFORE),
      to: this.#follows ? undefined : new Date(to + 1),
      order: "desc",
      most: MOST_PLANS,
      signal,
    });
    this.plans.clear();
    items.reverse().forEach((event) => this.plans.add(event));
  }

  /**
   * Approaches of a stream, as far as they have been seen.
   * @param {string} source
   */
  #approachesOf(source) {
    const names = [...this.approaches.values()].filter((a) => a.source === source).map((a) => a.data.approach);
    return names.length > 0 ? names : [source.split("/").pop() ?? source];
  }

  /**
   * @param {string} type
   * @param {number} time ms
   * @param {number} [arrival] ms
   */
  #observe(type, time, arrival = Date.now()) {
    const known = this.newest[type];
    if (!known || arrival >= known.arrival) this.newest[type] = { time, arrival };
    // Reports of a window carry its end, which may lie ahead of a recording's own time: they do not set the clock.
    if (type === APPROACH || type === PLAN) this.clock.observe(time, arrival);
  }
}

/**
 * The roll-ups that give a readable number of points.
 * @param {number} seconds length of the range
 * @returns {{step: "1m"|"15m"|"1h", ms: number}}
 */
export function stepOf(seconds) {
  if (seconds <= 86400) return { step: "1m", ms: 60000 };
  return seconds <= 14 * 86400 ? { step: "15m", ms: HOUR / 4 } : { step: "1h", ms: HOUR };
}

/**
 * @template {{approach: string}} Data
 * @param {Map<string, Shown<Data>>} shown
 * @param {SensingEvent<Data>} event
 */
function keep(shown, { source, time, data }) {
  const key = keyOf(source, data.approach);
  const at = Date.parse(time);
  const known = shown.get(key);
  if (Number.isFinite(at) && (known === undefined || at >= known.time)) shown.set(key, { key, source, time: at, data });
}

/**
 * @template {{approach: string}} Data
 * @param {SensingEvent<Data>[]} events
 * @returns {Map<string, Shown<Data>>}
 */
function newestOf(events) {
  /** @type {Map<string, Shown<Data>>} */
  const shown = new Map();
  for (const event of events) keep(shown, event);
  return shown;
}
