// The vehicles in memory: each once, in order of time, bounded.
import { vehicle } from "./waterfall/tracks.js";

export const MOST_VEHICLES = 5000;

/** @typedef {import("./waterfall/tracks.js").Vehicle} Vehicle */
/** @typedef {import("./waterfall/tracks.js").TrackedPassage} TrackedPassage */

export class VehicleStore {
  /** @type {Vehicle[]} */
  #sorted = [];
  /** @type {Set<string>} */
  #ids = new Set();

  /** Vehicles in order of the instant at their reference. */
  get all() {
    return this.#sorted;
  }

  /**
   * Takes an event; null where it is here already or has no track. The oldest goes when there are too many.
   * @param {Pick<import("@sensing/client/core/api.js").SensingEvent<TrackedPassage>, "id"|"source"|"time"|"data">}
   *   event
   */
  add(event) {
    if (this.#ids.has(event.id) || !(event.data?.track?.length >= 2)) return null;
    const v = vehicle(event);
    if (!Number.isFinite(v.time)) return null;
    this.#ids.add(v.id);
    let at = this.#sorted.length;
    while (at > 0 && this.#sorted[at - 1].time > v.time) at--;
    this.#sorted.splice(at, 0, v);
    if (this.#sorted.length > MOST_VEHICLES) for (const gone of this.#sorted.splice(0, 1)) this.#ids.delete(gone.id);
    return v;
  }

  clear() {
    this.#sorted = [];
    this.#ids.clear();
  }

  /** @param {string} id */
  find(id) {
    return this.#sorted.find((v) => v.id === id) ?? null;
  }

  /**
   * Vehicles at their reference within a range.
   * @param {number} from ms
   * @param {number} to ms
   */
  between(from, to) {
    return this.#sorted.filter((v) => v.time >= from && v.time <= to);
  }
}

/**
 * Speeds in bins, by direction.
 * @param {Pick<Vehicle, "speedKmh"|"direction">[]} vehicles
 * @param {number} [bin] km/h
 * @returns {{edges: number[], increasing: number[], decreasing: number[]}} edges: lower ends of the bins
 */
export function speedHistogram(vehicles, bin = 5) {
  if (vehicles.length === 0) return { edges: [], increasing: [], decreasing: [] };
  const indices = vehicles.map((v) => Math.floor(v.speedKmh / bin));
  const low = indices.reduce((a, b) => Math.min(a, b));
  const high = indices.reduce((a, b) => Math.max(a, b));
  const edges = Array.from({ length: high - low + 1 }, (_, i) => (low + i) * bin);
  /** @type {Record<string, number[]>} */
  const counts = { increasing: edges.map(() => 0), decreasing: edges.map(() => 0) };
  vehicles.forEach((v, i) => counts[v.direction] && counts[v.direction][indices[i] - low]++);
  return { edges, increasing: counts.increasing, decreasing: counts.decreasing };
}

/**
 * A quantile of speeds, km/h, linear between ranks; null without vehicles.
 * @param {Pick<Vehicle, "speedKmh">[]} vehicles
 * @param {number} share 0 to 1
 */
export function speedQuantile(vehicles, share) {
  if (vehicles.length === 0) return null;
  const speeds = vehicles.map((v) => v.speedKmh).sort((a, b) => a - b);
  const at = share * (speeds.length - 1);
  const low = Math.floor(at);
  return speeds[low] + (speeds[Math.min(low + 1, speeds.length - 1)] - speeds[low]) * (at - low);
}

/** @type {Record<string, string>} */
const SPOKEN = { small: "Car", large: "Truck or bus", rail: "Rail vehicle" };

/**
 * One sentence for screen readers about vehicles that have just arrived.
 * @param {Pick<Vehicle, "class"|"direction"|"speedKmh">[]} vehicles
 */
export function announce(vehicles) {
  if (vehicles.length === 0) return "";
  if (vehicles.length > 1) {
    const large = vehicles.filter((v) => v.class === "large").length;
    return `${vehicles.length} vehicles${large ? `, ${large} of them large` : ""}.`;
  }
  const [v] = vehicles;
  return `${SPOKEN[v.class] ?? "Vehicle"}, ${v.direction}, ${Math.round(v.speedKmh)} kilometres per hour.`;
}
