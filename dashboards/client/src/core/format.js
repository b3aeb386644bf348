// Numbers and times as people read them. Times are shown in the viewer's zone; utc() is for the hover text.

const NARROW = "\u202f"; // narrow no-break space between a number and its unit

/**
 * A number with fixed decimals, grouped; an en dash where there is none.
 * @param {number|null|undefined} value
 */
export function number(value, decimals = 0) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  return value.toLocaleString("en-GB", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/**
 * A number with its unit.
 * @param {number|null|undefined} value
 * @param {string} unit
 */
export function quantity(value, unit, decimals = 0) {
  const text = number(value, decimals);
  return text === "–" || !unit || unit === "1" ? text : `${text}${NARROW}${unit}`;
}

/**
 * A standard error: with as many decimals as its first digit needs, three at most, so that it is never told as zero.
 * @param {number|null|undefined} value
 * @param {number} decimals at least
 */
export function deviation(value, decimals = 1) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  const needed = value > 0 ? Math.ceil(-Math.log10(value)) : decimals;
  const shown = Math.min(3, Math.max(decimals, needed));
  return value > 0 && value < 0.0005 ? "< 0.001" : number(value, shown);
}

/**
 * Two significant digits of a possibly tiny value: 2.4e-8 → "2.4×10⁻⁸".
 * @param {number|null|undefined} value
 */
export function scientific(value) {
  if (value === 0) return "0";
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  const magnitude = Math.abs(value);
  if (magnitude >= 0.01 && magnitude < 10000) return String(Number(value.toPrecision(2))).replace("-", "−");
  const [mantissa, exponent] = value.toExponential(1).split("e");
  return `${mantissa.replace("-", "−")}×10${superscript(Number(exponent))}`;
}

/** @param {number} exponent */
function superscript(exponent) {
  return String(exponent).replace(/./g, (c) => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)]));
}

/** @type {Intl.DateTimeFormatOptions} */
const parts = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const clock = new Intl.DateTimeFormat("en-GB", parts);
const seconds = new Intl.DateTimeFormat("en-GB", { ...parts, second: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const full = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  ...parts,
  second: "2-digit",
});

/**
 * 14:03 in the viewer's zone.
 * @param {number} ms
 */
export const localMinute = (ms) => clock.format(ms);

/**
 * 14:03:20 in the viewer's zone.
 * @param {number} ms
 */
export const localSecond = (ms) => seconds.format(ms);

/**
 * 3 May in the viewer's zone.
 * @param {number} ms
 */
export const localDay = (ms) => day.format(ms);

/**
 * 3 May 2026, 14:03:20 in the viewer's zone.
 * @param {number} ms
 */
export const localFull = (ms) => full.format(ms);

/**
 * 14:03:20 today, with the day before it on another day.
 * @param {number} ms
 * @param {number} now ms
 */
export function localNear(ms, now) {
  return day.format(ms) === day.format(now) && Math.abs(now - ms) < 86400000
    ? seconds.format(ms)
    : `${day.format(ms)} ${seconds.format(ms)}`;
}

/**
 * 2026-05-03 12:03:20.250 UTC, milliseconds only where there are some.
 * @param {number} ms
 */
export function utc(ms) {
  const text = new Date(ms).toISOString().replace("T", " ").replace("Z", "");
  return `${text.endsWith(".000") ? text.slice(0, -4) : text} UTC`;
}

/**
 * A time span in at most two units: "45 s", "3 min 20 s", "2 h 5 min", "3 d 4 h".
 * @param {number} totalSeconds
 */
export function span(totalSeconds) {
  if (!Number.isFinite(totalSeconds)) return "–";
  const s = Math.max(0, Math.round(totalSeconds));
  /** @param {number} a @param {string} unitA @param {number} b @param {string} unitB */
  const two = (a, unitA, b, unitB) => `${a}${NARROW}${unitA}${b ? ` ${b}${NARROW}${unitB}` : ""}`;
  if (s < 60) return `${s}${NARROW}s`;
  if (s < 3600) return two(Math.floor(s / 60), "min", s < 600 ? s % 60 : 0, "s");
  if (s < 86400) return two(Math.floor(s / 3600), "h", Math.floor((s % 3600) / 60), "min");
  return two(Math.floor(s / 86400), "d", Math.floor((s % 86400) / 3600), "h");
}

/**
 * Bytes in binary units: "3.2 MiB".
 * @param {number} value
 */
export function bytes(value) {
  if (!Number.isFinite(value)) return "–";
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  const power = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(value) / 10));
  return quantity(value / 1024 ** power, units[power], power === 0 ? 0 : 1);
}
