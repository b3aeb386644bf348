// What the page says in words, and how it looks: fates of tasks, the cloud's state, what was found.
import { number, quantity } from "@sensing/client/core/format.js";

/** @typedef {import("./types.js").Person} Person */
/** @typedef {import("./types.js").Result} Result */
/** @typedef {import("./types.js").TaskReport} TaskReport */

/** What becomes of a task, in the order of the columns. @type {{name: "done"|"late"|"failed"|"dropped", word: string}[]} */
export const FATES = [
  { name: "done", word: "Done" },
  { name: "late", word: "Late" },
  { name: "failed", word: "Failed" },
  { name: "dropped", word: "Dropped" },
];

/** @type {Record<string, {word: string, look: string, shape: string, rank: number}>} */
const CLOUD = {
  reachable: { word: "Reachable", look: "ok", shape: "ok", rank: 0 },
  tried: { word: "Being tried", look: "warn", shape: "stale", rank: 1 },
  heldback: { word: "Held back", look: "bad", shape: "warning", rank: 2 },
};

/**
 * The state of the breaker before the cloud.
 * @param {string|null|undefined} state
 */
export const cloudLook = (state) =>
  CLOUD[(state ?? "").toLowerCase()] ?? { word: "No cloud", look: "none", shape: "unknown", rank: -1 };

/**
 * 0.973 → "97 %". From 99 % on one decimal, cut off: what is not all is never 100 %.
 * @param {number|null} share
 */
export function percent(share) {
  if (share === null) return "–";
  const value = share * 100;
  return value >= 99 && value < 100 ? quantity(Math.floor(value * 10) / 10, "%", 1) : quantity(value, "%");
}

/** @param {string|null|undefined} mask */
export function maskWord(mask) {
  const state = (mask ?? "").toLowerCase();
  return state === "mask"
    ? "mask"
    : state === "nomask"
      ? "no mask"
      : state === "nofacevisible"
        ? "no face visible"
        : "";
}

/** @param {boolean|null|undefined} vest */
export const vestWord = (vest) => (vest === true ? "hazard vest" : vest === false ? "no hazard vest" : "");

/** @param {Person} person */
export function personWords({ vest, mask, distanceM, score }) {
  const distance = (distanceM ?? null) === null ? "" : `${number(distanceM, 1)} m away`;
  return [vestWord(vest), maskWord(mask), distance, `${percent(score)} sure`].filter(Boolean).join(", ");
}

/** The tag on a box. @param {Person} person @param {number} index */
export function personTag({ vest, distanceM }, index) {
  const word = vest === true ? "vest" : vest === false ? "no vest" : "";
  return [`${index + 1}`, word, (distanceM ?? null) === null ? "" : `${number(distanceM, 1)} m`]
    .filter(Boolean)
    .join(" · ");
}

/** What a segment's tasks found, in one line. @param {Result} result */
export function foundWords({ persons, crowd, nearestObject, nearestObjectM }) {
  const count = crowd ?? persons.length;
  const without = persons.filter((p) => p.vest === false).length;
  const nearest = nearestObject
    ? `nearest object: ${nearestObject}${(nearestObjectM ?? null) === null ? "" : `, ${number(nearestObjectM, 1)} m`}`
    : "";
  return [
    count === 0 ? "Nobody" : `${count} ${count === 1 ? "person" : "persons"}`,
    without > 0 ? `${without} without a hazard vest` : "",
    nearest,
  ]
    .filter(Boolean)
    .join("; ");
}

/** @param {TaskReport} task */
export function taskWords({ type, fate, place, variant, latencyMs, deadlineMs, stolen, migrated, utility, problem }) {
  const where = place.toLowerCase();
  return [
    `${type} ${fate.toLowerCase()}`,
    where === "edge" ? "on the edge" : where === "cloud" ? "in the cloud" : "",
    stolen ? "stolen" : "",
    migrated ? "migrated" : "",
    where === "none" ? "" : `${quantity(latencyMs, "ms")} of ${quantity(deadlineMs, "ms")}`,
    variant ?? "",
    `utility ${number(utility)}`,
    problem ?? "",
  ]
    .filter(Boolean)
    .join(", ");
}
