// Decoding of sensing.das.waterfall.v1.

/** The level that says "no value here". */
export const NO_VALUE = -128;

const MOST_LEVELS = 4_000_000;

/**
 * @typedef {object} Tile
 * @property {string} id
 * @property {number} from ms of the first row
 * @property {number} to ms just after the last row
 * @property {number} rows
 * @property {number} columns
 * @property {number} stepMs
 * @property {number} firstM
 * @property {number} stepM
 * @property {number} scale
 * @property {string} unit
 * @property {Int8Array} levels row after row
 */

/**
 * Payload of sensing.das.waterfall.v1.
 * @typedef {object} TilePayload
 * @property {number} rows
 * @property {number} columns
 * @property {number} stepSeconds
 * @property {number} firstM
 * @property {number} stepM
 * @property {number} scale
 * @property {string} unit
 * @property {string} levels base64 of signed bytes, row after row
 */

/**
 * @param {Pick<import("@sensing/client/core/api.js").SensingEvent<TilePayload>, "id"|"time"|"data">} event
 * @returns {Tile} throws RangeError where sizes and levels do not fit together
 */
export function decodeTile(event) {
  const { rows, columns, stepSeconds, firstM, stepM, scale, unit, levels: text } = event.data;
  const from = Date.parse(event.time);
  if (!(
    rows > 0 &&
    columns > 0 &&
    stepSeconds > 0 &&
    stepM !== 0 &&
    rows * columns <= MOST_LEVELS &&
    Number.isFinite(from)
  )) {
    throw new RangeError(`Tile ${event.id}: ${rows} × ${columns} at ${stepSeconds} s, ${stepM} m cannot be drawn.`);
  }
  const levels = decodeLevels(text);
  if (levels.length !== rows * columns) {
    throw new RangeError(`Tile ${event.id}: ${levels.length} levels for ${rows} × ${columns}.`);
  }
  const stepMs = stepSeconds * 1000;
  return { id: event.id, from, to: from + rows * stepMs, rows, columns, stepMs, firstM, stepM, scale, unit, levels };
}

/**
 * Base64 to signed bytes.
 * @param {string} text
 */
export function decodeLevels(text) {
  const binary = atob(text);
  const levels = new Int8Array(binary.length);
  for (let i = 0; i < binary.length; i++) levels[i] = (binary.charCodeAt(i) << 24) >> 24;
  return levels;
}

/**
 * The value at an instant and a distance, in the tile's unit; null where the tile has none.
 * @param {Tile} tile
 * @param {number} ms
 * @param {number} metres
 */
export function valueAt(tile, ms, metres) {
  const row = Math.floor((ms - tile.from) / tile.stepMs);
  const column = Math.round((metres - tile.firstM) / tile.stepM);
  if (row < 0 || row >= tile.rows || column < 0 || column >= tile.columns) return null;
  const level = tile.levels[row * tile.columns + column];
  return level === NO_VALUE ? null : level * tile.scale;
}

/**
 * How many levels have each magnitude 0…127; what a contrast is chosen from.
 * @param {Pick<Tile, "levels">} tile
 */
export function magnitudes(tile) {
  const counts = new Uint32Array(128);
  for (const level of tile.levels) if (level !== NO_VALUE) counts[Math.abs(level)]++;
  return counts;
}
