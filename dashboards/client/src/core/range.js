// The time range of a page's charts: one that follows now, or a fixed one.

export const RANGES = [
  { key: "live", label: "Live", seconds: 10 * 60 },
  { key: "15m", label: "15 min", seconds: 15 * 60 },
  { key: "1h", label: "1 h", seconds: 3600 },
  { key: "6h", label: "6 h", seconds: 6 * 3600 },
  { key: "24h", label: "24 h", seconds: 24 * 3600 },
];

/** Longest custom range that the pages ask for. */
export const LONGEST = 31 * 86400;

/**
 * @typedef {object} Range
 * @property {string} key one of RANGES, or "custom"
 * @property {number} seconds its length
 * @property {number} [from] ms; only of a custom range
 * @property {number} [to] ms; only of a custom range
 */

/**
 * Reads "live", "15m", … or "2026-05-03T12:00:00Z,2026-05-03T13:00:00Z".
 * @param {string|null|undefined} text
 * @returns {Range} the live range where the text is no range
 */
export function parseRange(text) {
  const known = RANGES.find((range) => range.key === text);
  if (known) return { key: known.key, seconds: known.seconds };
  const [from, to] = String(text ?? "")
    .split(",")
    .map((t) => Date.parse(t));
  if (Number.isFinite(from) && Number.isFinite(to) && to > from && to - from <= LONGEST * 1000) {
    return { key: "custom", seconds: (to - from) / 1000, from, to };
  }
  return { key: "live", seconds: RANGES[0].seconds };
}

/**
 * The text of a range for the URL.
 * @param {Range} range
 */
export function formatRange(range) {
  const iso = (/** @type {number} */ ms) => new Date(Math.round(ms)).toISOString().replace(".000Z", "Z");
  return range.from !== undefined && range.to !== undefined ? `${iso(range.from)},${iso(range.to)}` : range.key;
}

/**
 * Whether a range moves with now.
 * @param {Range} range
 */
export const follows = (range) => range.key !== "custom";

/**
 * Its ends in ms.
 * @param {Range} range
 * @param {number} now ms
 * @returns {{from: number, to: number}}
 */
export function ends({ seconds, from, to }, now) {
  return from === undefined || to === undefined ? { from: now - seconds * 1000, to: now } : { from, to };
}
