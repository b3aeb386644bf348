// A tile as a small picture: one pixel a level, time to the right, distance upwards.
import { index } from "./colours.js";
import { NO_VALUE } from "./tile.js";

/** Pixels of a tile, row of pictures = position (largest distance first), column = instant; transparent without value. */
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

/** The tile's canvas, made again where the colours changed. */
export function raster(tile, table, peak) {
  const key = `${table[0]}/${peak}`;
  if (tile.canvas && tile.key === key) return tile.canvas;
  tile.canvas ??= new OffscreenCanvas(tile.rows, tile.columns);
  tile.key = key;
  const data = new ImageData(new Uint8ClampedArray(pixels(tile, table, peak).buffer), tile.rows, tile.columns);
  tile.canvas.getContext("2d").putImageData(data, 0, 0);
  return tile.canvas;
}
