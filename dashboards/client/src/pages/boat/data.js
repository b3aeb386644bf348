// What the page knows about one vessel: reads a range, takes live events.
import { ApiError, getEvents } from "@sensing/client/core/api.js";
import { DataClock } from "@sensing/client/core/dataclock.js";
import { Emitter } from "@sensing/client/core/emitter.js";
import { ends } from "@sensing/client/core/range.js";
import { ImpactStore } from "./impacts.js";
import { pictureAt, TRAIL } from "./picture.js";
import { ENCOUNTER, IMPACT, MODEL, OWN_SHIP, TARGET } from "./types.js";

const MOST_REPORTS = 10000;
const MOST_ENCOUNTERS = 1000;

/** Records of impacts hold their motion: each is about 20 kB. */
const MOST_IMPACTS = 40;
const MOST_MODELS = 50;

/** An encounter may have begun so long before what is shown, ms. */
const BEFORE = 2 * 3600000;

/** @typedef {import("./vessels.js").Vessel} Vessel */
/** @typedef {import("./types.js").OwnShip} OwnShip */
/** @typedef {import("./types.js").Target} Target */
/** @typedef {import("./types.js").Encounter} Encounter */
/** @typedef {import("./types.js").Model} Model */
/** @template [Data=any] @typedef {import("./types.js").SensingEvent<Data>} SensingEvent */
/** @typedef {import("@sensing/client/core/range.js").Range} Range */
/** @template Data @typedef {import("./picture.js").Timed<Data>} Timed */

/**
 * Events: "change" after anything changed, "encounter" and "impact" with a live one.
 * @extends {Emitter<{change: null, encounter: Timed<Encounter>, impact: import("./impacts.js").ShownImpact}>}
 */
export class BoatData extends Emitter {
  #abort = new AbortController();
  #follows = true;

  /** @param {Vessel} vessel */
  constructor(vessel) {
    super();
    this.vessel = vessel;
    this.clock = new DataClock();
    /** In order of time, as all below. @type {Timed<OwnShip>[]} */
    this.own = [];
    /** @type {Map<string, Timed<Target>[]>} */
    this.targets = new Map();
    /** Changes of encounters, by target. @type {Map<string, Timed<Encounter>[]>} */
    this.encounters = new Map();
    this.impacts = new ImpactStore();
    /** @type {Timed<Model>[]} */
    this.models = [];
    /**
     * Newest event and arrival of each type, ms.
     * @type {Record<string, {time: number, arrival: number}>}
     */
    this.newest = {};
    /** @type {ApiError|null} */
    this.problem = null;
    this.isLoading = true;
    this.#learn(vessel);
  }

  /**
   * The vessel again, with more streams.
   * @param {Vessel} vessel
   */
  extend(vessel) {
    this.vessel = vessel;
    this.#learn(vessel);
  }

  stop() {
    this.#abort.abort();
  }

  /** Now on the clock of the events, ms: positions are moved on to it although the viewer's clock may be wrong. */
  eventNow() {
    return this.clock.eventNow();
  }

  /** @param {number} time ms */
  pictureAt(time) {
    return pictureAt(this, time);
  }

  /**
   * Whether the site may have events of a type.
   * @param {string} type
   */
  has(type) {
    return this.newest[type] !== undefined;
  }

  /** Changes of encounters in order of time. */
  changes() {
    return [...this.encounters.values()].flat().sort((a, b) => a.time - b.time);
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
      await Promise.all([this.#loadWatch(from, to, signal), this.#loadImpacts(to, signal)]);
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
   * Takes a live event of the vessel's streams.
   * @param {SensingEvent} event
   */
  take(event) {
    const { type, source } = event;
    if (!this.vessel.streams.some((s) => s.source === source)) return;
    const time = Date.parse(event.time);
    this.#observe(type, time);
    if (type === OWN_SHIP || type === TARGET) this.clock.hear(time);
    this.#add(event);
    if (type === ENCOUNTER) this.emit("encounter", { time, data: event.data });
    if (type === IMPACT) {
      const fresh = this.impacts.add(event);
      if (fresh) this.emit("impact", fresh);
    }
    this.emit("change", null);
  }

  /**
   * Forgets what is too old to be drawn.
   * @param {number} from ms
   */
  forget(from) {
    if (!this.#follows) return;
    const limit = Math.min(from, this.eventNow()) - BEFORE;
    const old = this.eventNow() - TRAIL - 60000;
    cut(this.own, old);
    for (const [id, reports] of this.targets) {
      cut(reports, old);
      if (reports.length === 0) this.targets.delete(id);
    }
    for (const [id, changes] of this.encounters) {
      cut(changes, limit);
      if (changes.length === 0) this.encounters.delete(id);
    }
  }

  /**
   * @param {number} from ms
   * @param {number} to ms
   * @param {AbortSignal} signal
   */
  async #loadWatch(from, to, signal) {
    const source = this.vessel.watch;
    if (source === null) return;
    const until = this.#follows ? undefined : new Date(to + 1);
    const read = (/** @type {string} */ type, /** @type {number} */ since, /** @type {number} */ most) =>
      getEvents({ type, source, from: new Date(since), to: until, order: "desc", page: 5000, most, signal });
    const all = await Promise.all([
      read(OWN_SHIP, to - TRAIL, MOST_REPORTS),
      read(TARGET, to - TRAIL, MOST_REPORTS),
      read(ENCOUNTER, Math.min(from, to - TRAIL) - BEFORE, MOST_ENCOUNTERS),
    ]);
    if (!this.#follows) [this.own, this.targets, this.encounters] = [[], new Map(), new Map()];
    for (const { items } of all) items.reverse().forEach((event) => this.#add(event));
  }

  /**
   * @param {number} to ms
   * @param {AbortSignal} signal
   */
  async #loadImpacts(to, signal) {
    const until = this.#follows ? undefined : new Date(to + 1);
    const source = this.vessel.streams.map((s) => s.source);
    const read = (/** @type {string} */ type, /** @type {number} */ most) =>
      getEvents({ type, source, to: until, order: "desc", most, signal });
    const [impacts, models] = await Promise.all([read(IMPACT, MOST_IMPACTS), read(MODEL, MOST_MODELS)]);
    if (!this.#follows) [this.impacts, this.models] = [new ImpactStore(), []];
    impacts.items.reverse().forEach((event) => this.impacts.add(event));
    models.items.reverse().forEach((event) => this.#add(event));
  }

  /** @param {SensingEvent} event */
  #add({ type, time, data }) {
    const at = { time: Date.parse(time), data };
    if (!Number.isFinite(at.time)) return;
    if (type === OWN_SHIP) insert(this.own, at);
    else if (type === TARGET) insert(listOf(this.targets, data.target), at);
    else if (type === ENCOUNTER) insert(listOf(this.encounters, data.target), at);
    else if (type === MODEL) insert(this.models, at);
  }

  /** @param {Vessel} vessel */
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
    const known = this.newest[type];
    if (!known || arrival >= known.arrival) this.newest[type] = { time, arrival };
    if (type === OWN_SHIP || type === TARGET || this.vessel.watch === null) this.clock.observe(time, arrival);
  }
}

/**
 * Puts an event where it belongs; one of the same time that is there already is the same event read again.
 * @template Data
 * @param {Timed<Data>[]} series
 * @param {Timed<Data>} event
 */
function insert(series, event) {
  let i = series.length;
  while (i > 0 && series[i - 1].time > event.time) i--;
  for (let k = i; k > 0 && series[k - 1].time === event.time; k--)
    if (JSON.stringify(series[k - 1].data) === JSON.stringify(event.data)) return;
  series.splice(i, 0, event);
}

/**
 * @template Data
 * @param {Map<string, Timed<Data>[]>} lists
 * @param {string} key
 */
function listOf(lists, key) {
  const known = lists.get(key);
  if (known) return known;
  /** @type {Timed<Data>[]} */
  const made = [];
  lists.set(key, made);
  return made;
}

/**
 * @param {Timed<unknown>[]} series
 * @param {number} from ms
 */
function cut(series, from) {
  const first = series.findIndex((event) => event.time >= from);
  series.splice(0, first < 0 ? series.length : first);
}
