// Words and shapes of what the events name. Each state differs in shape and word, not in colour alone.
import { shape } from "@sensing/client/core/dom.js";
import { number, quantity } from "@sensing/client/core/format.js";

export const MILE = 1852;

/** @typedef {{word: string, colour: string, path: string}} Look colour: a class of page.css */

/** @type {Record<string, Look>} */
const LEVELS = {
  none: { word: "Clear", colour: "calm", path: "M6.4 12.6 1.8 8l1.6-1.6 3 3 6.2-6.2 1.6 1.6z" },
  warning: { word: "Warning", colour: "doubtful", path: "M8 1.5 15.2 14H.8zM7.1 6v4h1.8V6zm0 5v1.8h1.8V11z" },
  alarm: { word: "Alarm", colour: "critical", path: "M5 1h6l4 4v6l-4 4H5l-4-4V5zm2 3v5h2V4zm0 6.2V12h2v-1.8z" },
};

/** @type {Record<string, string>} */
const CLASSES = {
  none: "No encounter",
  "head-on": "Head-on",
  overtaking: "Overtaking",
  "being-overtaken": "Being overtaken",
  "crossing-give-way": "Crossing, give way",
  "crossing-stand-on": "Crossing, stand on",
};

/** @type {Record<string, string>} */
const DUTIES = { none: "", "give-way": "Give way", "both-give-way": "Both give way", "stand-on": "Stand on" };

/** @type {Record<string, string>} */
const KINDS = {
  "class-a": "AIS class A",
  "class-b": "AIS class B",
  "base-station": "Base station",
  "aid-to-navigation": "Aid to navigation",
  "sar-aircraft": "SAR aircraft",
  sart: "SART",
  mob: "Person overboard",
  epirb: "EPIRB",
  radar: "Radar target",
};

/** @type {Record<number, string>} */
const STATUSES = {
  0: "under way, engine",
  1: "at anchor",
  2: "not under command",
  3: "restricted in her ability to manoeuvre",
  4: "constrained by her draught",
  5: "moored",
  6: "aground",
  7: "fishing",
  8: "under sail",
  14: "distress",
};

/** @type {Record<string, {word: string, isImpact: boolean}>} */
const IMPACTS = {
  none: { word: "Sea alone", isImpact: false },
  "wave-slam": { word: "Wave slam", isImpact: false },
  engine: { word: "Engine", isImpact: false },
  glancing: { word: "Glancing blow", isImpact: true },
  bow: { word: "Blow from ahead", isImpact: true },
  beam: { word: "Blow from abeam", isImpact: true },
  stern: { word: "Blow from astern", isImpact: true },
};

/** @type {Record<string, string>} */
const MODEL_STATES = {
  "in-use": "In use",
  shadow: "In shadow",
  rejected: "Rejected",
  reverted: "Reverted",
  refused: "Refused",
};

/** @type {import("./types.js").Level[]} */
export const LEVEL_ORDER = ["none", "warning", "alarm"];

/** @param {string} level */
export const levelRank = (level) => Math.max(0, LEVEL_ORDER.indexOf(/** @type {any} */ (level)));

/** @param {string} name */
const spelled = (name) => name.replaceAll("-", " ");

/** @param {string} level */
export const levelLook = (level) => LEVELS[level] ?? LEVELS.none;
/** @param {Look} look */
export const lookIcon = (look) => shape(look.path, look.colour);
/** @param {string} name */
export const classWord = (name) => CLASSES[name] ?? spelled(name);
/** @param {string} name */
export const dutyWord = (name) => DUTIES[name] ?? spelled(name);
/** @param {string} name */
export const kindWord = (name) => KINDS[name] ?? spelled(name);
/** @param {number} status */
export const statusWord = (status) => STATUSES[status] ?? "";
/** @param {string} name */
export const impactLook = (name) => IMPACTS[name] ?? { word: spelled(name), isImpact: true };
/** @param {string} name */
export const modelWord = (name) => MODEL_STATES[name] ?? spelled(name);

/** @param {string} kind */
export const isDistress = (kind) => ["sart", "mob", "epirb"].includes(kind);

/** @param {number} status */
export const isAtRest = (status) => [1, 5, 6].includes(status);

/** @type {[number, number, string][]} first number, last, word (ITU-R M.1371-5, table 53) */
const SHIPS = [
  [30, 30, "fishing vessel"],
  [31, 32, "tug and tow"],
  [33, 33, "dredger"],
  [35, 35, "naval vessel"],
  [36, 36, "sailing vessel"],
  [37, 37, "pleasure craft"],
  [40, 49, "high-speed craft"],
  [50, 50, "pilot vessel"],
  [51, 51, "rescue vessel"],
  [52, 52, "tug"],
  [60, 69, "passenger ship"],
  [70, 79, "cargo ship"],
  [80, 89, "tanker"],
];

/** @param {number|undefined} type */
export const shipWord = (type) =>
  SHIPS.find(([first, last]) => type !== undefined && type >= first && type <= last)?.[2];

/**
 * Nautical miles as boaters read them; short distances in metres.
 * @param {number|null|undefined} metres
 */
export function distance(metres) {
  if (metres === null || metres === undefined || !Number.isFinite(metres)) return "–";
  const size = Math.abs(metres);
  return size < 185 ? quantity(metres, "m") : quantity(metres / MILE, "nmi", size < 18520 ? 2 : 1);
}

/**
 * Time to something: "12:30" in min:s, "1 h 5 min"; past where it is negative.
 * @param {number|null|undefined} seconds
 */
export function countdown(seconds) {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return "–";
  if (seconds < 0) return "past";
  const whole = Math.round(seconds);
  if (whole >= 3600) return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/**
 * "042°"
 * @param {number|null|undefined} degrees
 */
export const bearing = (degrees) =>
  degrees === null || degrees === undefined
    ? "–"
    : `${String(Math.round(((degrees % 360) + 360) % 360) % 360).padStart(3, "0")}°`;

/**
 * "12.3 kn"
 * @param {number|null|undefined} knots
 */
export const speed = (knots) => quantity(knots, "kn", 1);

/**
 * "54°27.60′ N"
 * @param {number} degrees
 * @param {string} positive
 * @param {string} negative
 */
export function angle(degrees, positive, negative) {
  const minutes = Math.round(Math.abs(degrees) * 6000) / 100;
  return `${Math.floor(minutes / 60)}°${number(minutes % 60, 2).padStart(5, "0")}′ ${degrees < 0 ? negative : positive}`;
}

/**
 * Where a target crosses ahead or astern.
 * @param {number|null|undefined} metres negative: astern
 * @param {number|null|undefined} seconds
 */
export function bowCrossing(metres, seconds) {
  if (metres === null || metres === undefined || seconds === null || seconds === undefined || seconds < 0) return "–";
  return `${distance(Math.abs(metres))} ${metres < 0 ? "astern" : "ahead"} in ${countdown(seconds)}`;
}

/**
 * The name of a target, else what it is called by.
 * @param {{target: string, name?: string}} data
 */
export const nameOf = ({ target, name }) => name || (target.startsWith("radar-") ? target.replace("-", " ") : target);

/**
 * An age in one unit: "45 s", "4 min".
 * @param {number} seconds
 */
export const age = (seconds) =>
  seconds < 100 ? quantity(Math.max(0, Math.round(seconds)), "s") : quantity(Math.round(seconds / 60), "min");

/** @param {string} kind of what does not move by itself */
export const isFixed = (kind) => ["aid-to-navigation", "base-station"].includes(kind);
