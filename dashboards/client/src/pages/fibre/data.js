// What the page knows about one fibre stream: loads a range, loads what the waterfall looks at, takes live events.
import { ApiError, getEvents, getRollups } from "@sensing/client/core/api.js";
import { Coverage } from "@sensing/client/core/coverage.js";
import { DataClock } from "@sensing/client/core/dataclock.js";
import { Emitter } from "@sensing/client/core/emitter.js";
import { ends } from "@sensing/client/core/range.js";
import { FlowStore, flowWindow } from "./flow.js";
import { fromRollups } from "./rollup.js";
import { FLOW, PROFILE, VEHICLE, WATERFALL } from "./types.js";
import { MOST_VEHICLES, VehicleStore } from "./vehicles.js";
import { decodeTile } from "./waterfall/tile.js";

/** Beyond this the flow reports of a range are too many to send: hourly roll-ups of vehicles tell the same. */
const LONGEST_FLOWS = 2 * 86400;
const MOST_FLOWS = 25000;
const MOST_TILES = 600;
const MOST_PROFILES = 5000;
const DAY = 86400000;

/** @typedef {import("@sensing/client/core/api.js").SensingEvent} SensingEvent */
/** @typedef {import("@sensing/client/core/range.js").Range} Range */
/** @typedef {import("./waterfall/tracks.js").Vehicle} Vehicle */
/** @typedef {"state"|"vehicles"|"flow"|"profile"|"tiles"} Change */

/** @type {Record<string, Change>} */
const CHANGES = { [WATERFALL]: "tiles", [FLOW]: "flow", [PROFILE]: "profile", [VEHICLE]: "vehicles" };

/**
 * Events: "change" with what has changed, "vehicle" with one that has just arrived.
 * @extends {Emitter<{change: Change, vehicle: Vehicle}>}
 */
export class FibreData extends Emitter {
  #abort = new AbortController();
  #closed = new AbortController();
  #covered = new Coverage();
  #seenTiles = new Set();
  /**
   * The range whose vehicles are here or on their way, and whether all of them came.
   * @type {{from: number, to: number, whole: Promise<boolean>}|null}
   */
  #range = null;

  /**
   * @param {string} source
   * @param {import("./waterfall/tiles.js").TileStore} tiles
   */
  constructor(source, tiles) {
    super();
    this.source = source;
    this.tiles = tiles;
    this.clock = new DataClock();
    this.vehicles = new VehicleStore();
    this.flows = new FlowStore();
    /** @type {Map<string, SensingEvent>} */
    this.profiles = new Map();
    /**
     * Hourly roll-ups, where the range is long; else null.
     * @type {import("./rollup.js").HourlyRollup|null}
     */
    this.rollup = null;
    /**
     * Newest event and arrival of each type, ms.
     * @type {Record<string, {time: number, arrival: number}>}
     */
    this.newest = {};
    /** @type {ApiError|null} */
    this.problem = null;
    this.isLoading = true;
    this.vehiclesComplete = true;
    this.badTiles = 0;
  }

  stop() {
    this.#abort.abort();
    this.#closed.abort();
  }

  /**
   * Learns from the list of streams what exists and how old it is.
   * @param {import("@sensing/client/core/api.js").TypeEntry[]} types
   */
  learn(types) {
    for (const { type, lastTime, lastArrival } of types)
      this.#observe(type, Date.parse(lastTime), Date.parse(lastArrival));
  }

  /**
   * Loads what the charts of a range show.
   * @param {Range} range
   */
  async load(range) {
    this.#abort.abort();
    const abort = (this.#abort = new AbortController());
    const { from, to } = ends(range, this.clock.now());
    this.isLoading = true;
    this.#changed("state");
    try {
      const query = { source: this.source, signal: abort.signal };
      const span = { from: new Date(from).toISOString(), to: new Date(to + 1).toISOString() };
      const vehicles = getEvents({ ...query, ...span, type: VEHICLE, order: "desc", most: MOST_VEHICLES }).then(
        ({ items, complete }) => {
          this.vehiclesComplete = complete;
          items.reverse().forEach((event) => this.vehicles.add(event));
          this.#changed("vehicles");
        },
      );
      const whole = vehicles.then(
        () => this.vehiclesComplete,
        () => false,
      );
      this.#range = { from, to, whole };
      await Promise.all([
        this.#loadFlows(query, span, range.seconds),
        vehicles,
        // A day's profile belongs to every range: hours before it still tell what is usual.
        getEvents({
          ...query,
          type: PROFILE,
          from: new Date(Math.min(from, to - DAY)).toISOString(),
          to: span.to,
          order: "desc",
        }).then(({ items }) => {
          items.forEach((event) => this.#takeProfile(event));
          this.#changed("profile");
        }),
      ]);
      this.problem = null;
    } catch (error) {
      if (abort.signal.aborted) return;
      if (!(error instanceof ApiError)) throw error;
      this.problem = error;
    }
    this.isLoading = false;
    this.#changed("state");
  }

  /**
   * @param {{source: string, signal: AbortSignal}} query
   * @param {{from: string, to: string}} span
   * @param {number} seconds
   */
  async #loadFlows(query, span, seconds) {
    if (seconds > LONGEST_FLOWS) {
      this.rollup = fromRollups(
        await getRollups({ source: query.source, type: VEHICLE, step: "1h", ...span }, query.signal),
        this.clock.now(),
      );
    } else {
      const { items } = await getEvents({ ...query, ...span, type: FLOW, order: "desc", page: 5000, most: MOST_FLOWS });
      this.rollup = null;
      items.reverse().forEach((event) => this.flows.add(event));
    }
    this.#changed("flow");
  }

  /**
   * Loads tiles and vehicles of what the waterfall shows, where they are not here yet.
   * @param {number} from ms
   * @param {number} to ms
   */
  async loadView(from, to) {
    if (this.#covered.has(from, to)) return;
    const margin = to - from;
    // A tile that begins before the view reaches into it.
    const span = { from: new Date(from - margin).toISOString(), to: new Date(to + 1000).toISOString() };
    const query = { source: this.source, ...span, signal: this.#closed.signal };
    try {
      const [tiles, vehicles] = await Promise.all([
        getEvents({ ...query, type: WATERFALL, order: "desc", page: 200, most: MOST_TILES }),
        this.#hasVehicles(from - margin, to).then((has) =>
          has ? null : getEvents({ ...query, type: VEHICLE, order: "desc", most: 1000 }),
        ),
      ]);
      tiles.items.forEach((event) => this.#takeTile(event));
      vehicles?.items.reverse().forEach((event) => this.vehicles.add(event));
      this.#covered.add(from, to);
      this.#changed("vehicles");
    } catch (error) {
      if (!this.#closed.signal.aborted && !(error instanceof ApiError)) throw error;
      // The page shows that the server is away; the next look tries again.
    }
  }

  /**
   * Whether the vehicles of a stretch have come with the range: they are not read a second time.
   * @param {number} from ms
   * @param {number} to ms
   */
  async #hasVehicles(from, to) {
    const range = this.#range;
    return range !== null && from >= range.from && to <= range.to && (await range.whole);
  }

  /** After a reconnect nothing may be missing: what is in view is read again. */
  forgetCoverage() {
    this.#covered.clear();
  }

  /**
   * Takes a live event of this source.
   * @param {SensingEvent} event
   */
  take(event) {
    this.#observe(event.type, Date.parse(event.time));
    if (event.type === WATERFALL) this.#takeTile(event);
    else if (event.type === FLOW) this.flows.add(event);
    else if (event.type === PROFILE) this.#takeProfile(event);
    else if (event.type === VEHICLE) {
      const v = this.vehicles.add(event);
      if (v) this.emit("vehicle", v);
    }
    this.#changed(CHANGES[event.type] ?? "state");
  }

  /**
   * Length of the windows that suit a range, minutes.
   * @param {Range} range
   */
  windowOf(range) {
    return flowWindow(range.seconds);
  }

  /** @param {SensingEvent} event */
  #takeTile(event) {
    // A tile that was dropped for want of room comes back when its time is looked at again.
    try {
      const before = this.tiles.all.length;
      this.tiles.add(decodeTile(event));
      if (this.tiles.all.length < before) this.#covered.clear();
    } catch (error) {
      const isUnreadable =
        error instanceof RangeError || (error instanceof DOMException && error.name === "InvalidCharacterError");
      if (!isUnreadable) throw error;
      if (!this.#seenTiles.has(event.id)) console.warn(error.message);
      this.#seenTiles.add(event.id);
      this.badTiles = this.#seenTiles.size;
    }
  }

  /** @param {SensingEvent} event */
  #takeProfile(event) {
    this.profiles.set(event.id, event);
    const [oldest] = this.profiles.keys();
    if (this.profiles.size > MOST_PROFILES) this.profiles.delete(oldest);
  }

  /**
   * @param {string} type
   * @param {number} time ms
   * @param {number} [arrival] ms
   */
  #observe(type, time, arrival = Date.now()) {
    const known = this.newest[type];
    if (!known || arrival >= known.arrival) {
      this.newest[type] = {
        time: known && Math.abs(known.time - time) <= DAY ? Math.max(known.time, time) : time,
        arrival,
      };
    }
    // Reports of a window carry its end, which may lie ahead of a recording's own time: they do not set the clock.
    if (type === VEHICLE || type === WATERFALL) this.clock.observe(time, arrival);
  }

  /** @param {Change} what */
  #changed(what) {
    this.emit("change", what);
  }
}
