// Impacts: the alarm and the record that follows it are one.
import { impactLook } from "./words.js";

/**
 * @typedef {object} ShownImpact
 * @property {string} key
 * @property {number} time of the blow, ms
 * @property {import("./types.js").Impact} data the record, or the alarm while there is none
 */

export class ImpactStore {
  /** @type {Map<string, ShownImpact>} */
  #known = new Map();

  /**
   * @param {import("./types.js").SensingEvent<import("./types.js").Impact>} event
   * @returns {ShownImpact|null} where it is one that was not known
   */
  add({ source, time, data }) {
    const at = Date.parse(time);
    if (!Number.isFinite(at)) return null;
    const key = `${source}#${data.number}`;
    const known = this.#known.get(key);
    if (known !== undefined && (known.data.complete || !data.complete) && Math.abs(known.time - at) < 60000)
      return null;
    // A stream whose state was deleted numbers from one again.
    const isNew = known === undefined || Math.abs(known.time - at) >= 60000;
    this.#known.set(isNew && known !== undefined ? `${key}@${at}` : key, { key: `${key}@${at}`, time: at, data });
    return isNew ? { key, time: at, data } : null;
  }

  /** Newest first. */
  all() {
    return [...this.#known.values()].sort((a, b) => b.time - a.time);
  }
}

/**
 * Where a blow came from, in words.
 * @param {number} degrees from own bow, positive to starboard
 */
export function side(degrees) {
  const size = Math.abs(degrees);
  const hand = degrees < 0 ? "port" : "starboard";
  if (size <= 22.5) return "from ahead";
  if (size <= 67.5) return `from the ${hand} bow`;
  if (size <= 112.5) return `from abeam to ${hand}`;
  if (size <= 157.5) return `from the ${hand} quarter`;
  return "from astern";
}

/**
 * What struck the vessel and from where: "Blow from abeam to port".
 * @param {import("./types.js").Impact} data
 */
export function blowWords({ class: kind, directionDeg }) {
  const { word, isImpact } = impactLook(kind);
  if (!isImpact || kind === "bow" || kind === "stern") return word;
  return kind === "beam" ? `${word} to ${directionDeg < 0 ? "port" : "starboard"}` : `${word} ${side(directionDeg)}`;
}

/**
 * One sentence for a screen reader.
 * @param {ShownImpact} impact
 */
export const spokenImpact = ({ data }) => `${blowWords(data)}.`;

export const IMPACT_COLUMNS = [
  "time_utc",
  "number",
  "class",
  "impact_probability",
  "direction_deg",
  "peak_ms2",
  "jerk_ms3",
  "delta_v_ms",
  "decided_after_ms",
  "model",
];

/** @param {ShownImpact[]} impacts */
export const impactRows = (impacts) =>
  impacts.map(({ time, data }) => [
    new Date(time),
    data.number,
    data.class,
    data.impactProbability,
    data.directionDeg,
    data.peakMs2,
    data.jerkMs3,
    data.deltaVMs,
    data.decidedAfterMs,
    data.model,
  ]);
