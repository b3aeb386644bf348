// Words and shapes of what the events name. Each state differs in shape and word, not in colour alone.
import { shape } from "@sensing/client/core/dom.js";

/** @typedef {{word: string, colour: string, path: string}} Look colour: a class of page.css */

/** Filled bars of four: how full the road is. */
const BARS = [1, 2, 3, 4].map((filled) =>
  [0, 1, 2, 3]
    .map((i) => {
      const [x, top] = [1 + 3.7 * i, 10.5 - 3 * i];
      const outer = `M${x} ${top}h2.9V14.500h-2.900z`;
      return i < filled
        ? outer
        : `${outer}m.7 .7v${(13.8 - top - 0.7).toFixed(1)}h1.500v-${(13.8 - top - 0.7).toFixed(1)}z`;
    })
    .join(""),
);

/** @type {Record<string, Look>} */
const LEVELS = {
  free: { word: "Free", colour: "good", path: BARS[0] },
  slow: { word: "Slow", colour: "idle", path: BARS[1] },
  congested: { word: "Congested", colour: "doubtful", path: BARS[2] },
  jammed: { word: "Jammed", colour: "critical", path: BARS[3] },
};

/** A signal head with one lamp lit: its place says which. */
const HEAD =
  "M4.500 0h7A1.500 1.500 0 0 1 13 1.500v13a1.500 1.500 0 0 1-1.500 1.500h-7A1.500 1.500 0 0 1 3 14.500v-13A1.500 1.500 0 0 1 4.500 0zm.1 1.100a.6.6 0 0 0-.6.6v12.600a.6.6 0 0 0 .6.6h6.800a.6.6 0 0 0 .6-.6V1.700a.6.6 0 0 0-.6-.6z";
/** @param {number} y */
const lamp = (y) => `M8 ${y - 2}a2 2 0 1 1 0 4a2 2 0 1 1 0-4z`;

/** @type {Record<string, Look>} */
const ASPECTS = {
  red: { word: "Red", colour: "red", path: HEAD + lamp(3.5) },
  yellow: { word: "Yellow", colour: "yellow", path: HEAD + lamp(8) },
  green: { word: "Green", colour: "green", path: HEAD + lamp(12.5) },
  permissive: { word: "Green, yields", colour: "green", path: `${HEAD}M8 10.200 10.400 14.600H5.600z` },
};

/** @type {Record<string, Look>} */
const STAGES = {
  green: { word: "Green", colour: "green", path: ASPECTS.green.path },
  yellow: { word: "Yellow", colour: "yellow", path: ASPECTS.yellow.path },
  allRed: { word: "All red", colour: "red", path: ASPECTS.red.path },
};

/** @type {Record<string, string>} */
const MODES = {
  start: "Starting",
  rule: "Adaptive rule",
  fixedPlan: "Fixed plan",
  starvation: "Longest wait first",
  preemption: "Emergency pre-emption",
  recovery: "Recovery after an emergency",
};

/** Vehicle classes in the order of columns and stacks, with the name of their colour. */
export const CLASSES = [
  { name: "twoWheeler", short: "2-wh.", word: "Two-wheeler", plural: "Two-wheelers", colour: "class-two-wheeler" },
  { name: "car", short: "Car", word: "Car", plural: "Cars", colour: "class-car" },
  { name: "van", short: "Van", word: "Van", plural: "Vans", colour: "class-van" },
  { name: "truck", short: "Truck", word: "Truck", plural: "Trucks", colour: "class-truck" },
  { name: "bus", short: "Bus", word: "Bus", plural: "Buses", colour: "class-bus" },
];

/** @type {Record<string, string>} */
export const SERVICE = {
  A: "free flow",
  B: "reasonably free flow",
  C: "stable flow",
  D: "approaching unstable flow",
  E: "at capacity",
  F: "breakdown",
};

/** @type {Record<string, string>} */
const FAULTS = { dead: "no picture", frozen: "picture frozen", covered: "lens covered", moved: "camera moved" };

/** @type {Record<string, string>} */
const PATHS = {
  emergency:
    "M7.100 0h1.800v2.600H7.100zM1.900 2.500l1.300-1.300L5 3.100 3.700 4.400zM11 3.100l1.800-1.900 1.300 1.300-1.800 1.900zM4 12V9a4 4 0 0 1 8 0v3h1.500v3.500h-11V12zm1.800 0h1.100V9.100c0-.8.4-1.400 1.100-1.400V6A3 3 0 0 0 5.800 9z",
  wrongWay: "M8 0a8 8 0 1 1 0 16A8 8 0 0 1 8 0zM2.800 6.600v2.800h10.400V6.600z",
  standing: "M8 0a8 8 0 1 1 0 16A8 8 0 0 1 8 0zM4.500 4v8h2.600V4zm4.400 0v8h2.600V4z",
  cameraFault:
    "M1.500.4 15.600 14.500l-1.100 1.100-2.600-2.600H2.500A1.500 1.500 0 0 1 1 11.500v-7C1 4 1.200 3.500 1.700 3.300L.4 2zM5.200 3h6.300A1.500 1.500 0 0 1 13 4.500v1.900L15.500 5v6.500z",
};

/**
 * "WrongWay" and "wrongWay" are one name.
 * @param {string|null|undefined} name of an enumeration
 */
export const plain = (name) => (name ? name.charAt(0).toLowerCase() + name.slice(1) : "");

/**
 * "lightBar" → "light bar".
 * @param {string} name
 */
export function spelled(name) {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/[-_]/g, " ")
    .toLowerCase();
}

/** @param {string} name @param {Record<string, Look>} looks @returns {Look} */
const find = (name, looks) => looks[plain(name)] ?? { word: spelled(name), colour: "idle", path: "M8 1l7 7-7 7-7-7z" };

/** @param {string} name */
export const levelLook = (name) => find(name, LEVELS);
/** @param {string} name */
export const aspectLook = (name) => find(name, ASPECTS);
/** @param {string} name */
export const stageLook = (name) => find(name, STAGES);
/** @param {string} name */
export const modeWord = (name) => MODES[plain(name)] ?? spelled(name);
/** @param {string} name */
export const faultWord = (name) => FAULTS[plain(name)] ?? spelled(name);
/** @param {string} name */
export const classWord = (name) => CLASSES.find((c) => c.name === plain(name))?.word ?? spelled(name);

/** @param {Look} look */
export const lookIcon = (look) => shape(look.path, look.colour);

/** @param {string} kind of an incident */
export const incidentIcon = (kind) => shape(PATHS[kind] ?? PATHS.standing, kind);
