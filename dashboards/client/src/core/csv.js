// RFC 4180, with a header; times as RFC 3339 in UTC, so that a spreadsheet anywhere reads the same instant.

/**
 * @param {string[]} columns names with units, e.g. "speed_kmh"
 * @param {import("../chart/panel.js").Cell[][]} rows
 */
export function toCsv(columns, rows) {
  return [columns, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

/** @param {import("../chart/panel.js").Cell} value */
function cell(value) {
  if (value === null || value === undefined || (typeof value === "number" && Number.isNaN(value))) return "";
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "number") return String(value);
  // A spreadsheet would run a text that begins with one of these as a formula.
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Hands a file to the browser's downloads.
 * @param {Blob} blob
 * @param {string} name
 */
export function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The download has its own reference by the next task.
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/**
 * A file name of a chart and its range: "flow_2026-05-03T120000Z_2026-05-03T130000Z.csv".
 * @param {string} what
 * @param {number} from ms
 * @param {number} to ms
 * @param {string} extension
 */
export function fileName(what, from, to, extension) {
  const stamp = (/** @type {number} */ ms) =>
    new Date(ms)
      .toISOString()
      .replace(/\.\d+Z/, "Z")
      .replaceAll(":", "");
  return `${what}_${stamp(from)}_${stamp(to)}.${extension}`;
}
