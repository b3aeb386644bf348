// A tile as a small picture: one pixel a level, time to the right, distance upwards.
import { index } from "./colours.js";
import { NO_VALUE } from "./tile.js";

/** @typedef {Omit<import("./tile.js").Tile, "id"|"from"|"to"|"stepMs"|"firstM"|"unit">} Levels */

/**
 * Pixels of a tile, row of pictures = position (largest distance first), column = instant; transparent without value.
 * @param {Levels} tile
 * @param {Uint32Array} table colours
 * @param {number} peak value of full colour
 */
export function pixels(tile, table, peak) {
  const { rows, columns, levels, scale, stepM } = tile;
  const byLevel = new Uint32Array(256);
  for (let level = -127; level <= 127; level++) byLevel[level + 128] = table[index(level * scale, peak)];
  byLevel[NO_VALUE + 128] = 0;
  const out = new Uint32Array(rows * columns);
  for (let column = 0; column < columns; column++) {
    const y = stepM > 0 ? columns - 1 - column : column;
    for (let row = 0; row < rows; row++) out[y * rows + row] = byLevel[levels[row * columns + column] + 128];
  }
  return out;
}

/** @type {WeakMap<Levels, {key: string, canvas: OffscreenCanvas}>} */
const drawn = new WeakMap();

/**
 * The tile's canvas, drawn again where the colours changed.
 * @param {Levels} tile
 * @param {Uint32Array} table colours
 * @param {number} peak value of full colour
 */
export function raster(tile, table, peak) {
  const key = `${table[0]}/${peak}`;
  const known = drawn.get(tile);
  if (known?.key === key) return known.canvas;
  const canvas = known?.canvas ?? new OffscreenCanvas(tile.rows, tile.columns);
  drawn.set(tile, { key, canvas });
  const data = new ImageData(new Uint8ClampedArray(pixels(tile, table, peak).buffer), tile.rows, tile.columns);
  canvas.getContext("2d")?.putImageData(data, 0, 0);
  return canvas;
}
