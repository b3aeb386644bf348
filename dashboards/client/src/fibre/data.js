// What the page knows about one fibre stream: loads a range, loads what the waterfall looks at, takes live events.
import { ApiError, getEvents, getJson } from "../core/api.js";
import { Coverage } from "../core/coverage.js";
import { DataClock } from "../core/dataclock.js";
import { ends, flowWindow } from "../core/range.js";
import { FLOW, PROFILE, VEHICLE, WATERFALL } from "../core/types.js";
import { decodeTile } from "../waterfall/tile.js";
import { FlowStore } from "./flow.js";
import { fromRollups } from "./rollup.js";
import { MOST_VEHICLES, VehicleStore } from "./vehicles.js";

/** Beyond this the flow reports of a range are too many to send: hourly roll-ups of vehicles tell the same. */
const LONGEST_FLOWS = 2 * 86400;
const MOST_FLOWS = 25000;
const MOST_TILES = 600;
const DAY = 86400000;

/** Events: "change" (detail: what changed), "vehicle" (detail: a live one). */
export class FibreData extends EventTarget {
  #abort = new AbortController();
  #closed = new AbortController();
  #covered = new Coverage();
  #seenTiles = new Set();

  /** @param {import("../waterfall/tiles.js").TileStore} tiles */
  constructor(source, tiles) {
    super();
    this.source = source;
    this.tiles = tiles;
    this.clock = new DataClock();
    this.vehicles = new VehicleStore();
    this.flows = new FlowStore();
    this.profiles = new Map();
    /** Hourly roll-ups, where the range is long; else null. */
    this.rollup = null;
    /** Newest event and arrival of each type, ms. */
    this.newest = {};
    this.problem = null;
    this.isLoading = true;
    this.vehiclesComplete = true;
    this.badTiles = 0;
  }

  stop() {
    this.#abort.abort();
    this.#closed.abort();
  }

  /** Learns from the list of streams what exists and how old it is. */
  learn(types) {
    for (const { type, lastTime, lastArrival } of types) this.#observe(type, Date.parse(lastTime), Date.parse(lastArrival));
  }

  /** Loads what the charts of `range` show. */
  async load(range) {
    this.#abort.abort();
    const abort = (this.#abort = new AbortController());
    const { from, to } = ends(range, this.clock.now());
    this.isLoading = true;
    this.#changed("state");
    try {
      const query = { source: this.source, signal: abort.signal };
      const span = { from: new Date(from).toISOString(), to: new Date(to + 1).toISOString() };
      await Promise.all([
        this.#loadFlows(query, span, range.seconds),
        getEvents({ ...query, ...span, type: VEHICLE, order: "desc", most: MOST_VEHICLES }).then(({ items, complete }) => {
          this.vehiclesComplete = complete;
          items.reverse().forEach((event) => this.vehicles.add(event));
          this.#changed("vehicles");
        }),
        // A day's profile belongs to every range: hours before it still tell what is usual.
        getEvents({ ...query, type: PROFILE, from: new Date(Math.min(from, to - DAY)).toISOString(), to: span.to, order: "desc" }).then(({ items }) => {
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

  async #loadFlows(query, span, seconds) {
    if (seconds > LONGEST_FLOWS) {
      const answer = await getJson("rollups", { source: query.source, type: VEHICLE, step: "1h", ...span }, query.signal);
      this.rollup = fromRollups(answer.items);
    } else {
      const { items } = await getEvents({ ...query, ...span, type: FLOW, order: "desc", page: 5000, most: MOST_FLOWS });
      this.rollup = null;
      items.reverse().forEach((event) => this.flows.add(event));
    }
    this.#changed("flow");
  }

  /** Loads tiles and vehicles of what the waterfall looks at, where they are not here yet. */
  async loadView(from, to) {
    if (this.#covered.has(from, to)) return;
    const margin = to - from;
    // A tile that begins before the view reaches into it.
    const span = { from: new Date(from - margin).toISOString(), to: new Date(to + 1000).toISOString() };
    const query = { source: this.source, ...span, signal: this.#closed.signal };
    try {
      const [tiles, vehicles] = await Promise.all([
        getEvents({ ...query, type: WATERFALL, order: "desc", page: 200, most: MOST_TILES }),
        getEvents({ ...query, type: VEHICLE, order: "desc", most: 1000 }),
      ]);
      tiles.items.forEach((event) => this.#takeTile(event));
      vehicles.items.reverse().forEach((event) => this.vehicles.add(event));
      this.#covered.add(from, to);
      this.#changed("vehicles");
    } catch (error) {
      if (!this.#closed.signal.aborted && !(error instanceof ApiError)) throw error;
      // The page's own state says that the server is away; the next look tries again.
    }
  }

  /** After a reconnect nothing may be missing: what is in view is asked for again. */
  forgetCoverage() {
    this.#covered.clear();
  }

  /** Takes a live event of this source. */
  take(event) {
    this.#observe(event.type, Date.parse(event.time));
    if (event.type === WATERFALL) this.#takeTile(event);
    else if (event.type === FLOW) this.flows.add(event);
    else if (event.type === PROFILE) this.#takeProfile(event);
    else if (event.type === VEHICLE) {
      const v = this.vehicles.add(event);
      if (v) this.dispatchEvent(new CustomEvent("vehicle", { detail: v }));
    }
    this.#changed({ [WATERFALL]: "tiles", [FLOW]: "flow", [PROFILE]: "profile", [VEHICLE]: "vehicles" }[event.type] ?? "state");
  }

  /** Windows, and the minutes of each, that suit a range. */
  windowOf(range) {
    return flowWindow(range.seconds);
  }

  #takeTile(event) {
    // A tile that was let go for want of room comes back when its time is looked at again.
    try {
      const before = this.tiles.all.length;
      this.tiles.add(decodeTile(event));
      if (this.tiles.all.length < before) this.#covered.clear();
    } catch (error) {
      if (!(error instanceof RangeError) && error.name !== "InvalidCharacterError") throw error;
      if (!this.#seenTiles.has(event.id)) console.warn(error.message);
      this.#seenTiles.add(event.id);
      this.badTiles = this.#seenTiles.size;
    }
  }

  #takeProfile(event) {
    this.profiles.set(event.id, event);
    if (this.profiles.size > 5000) this.profiles.delete(this.profiles.keys().next().value);
  }

  #observe(type, time, arrival = Date.now()) {
    const known = this.newest[type];
    if (!known || arrival >= known.arrival) this.newest[type] = { time: known && !(Math.abs(known.time - time) > DAY) ? Math.max(known.time, time) : time, arrival };
    // Reports of a window carry its end, which may lie ahead of a recording's own time: they do not set the clock.
    if (type === VEHICLE || type === WATERFALL) this.clock.observe(time, arrival);
  }

  #changed(what) {
    this.dispatchEvent(new CustomEvent("change", { detail: what }));
  }
}
