// One frame of the waterfall: what is missing (hatched), the tiles, the tracks, the axes.
import { localDay, localMinute, localSecond, number } from "@sensing/client/core/format.js";
import { raster } from "./raster.js";
import { drawTracks } from "./tracks.js";
import { METRE_STEPS, ticks, TIME_STEPS } from "./view.js";

/** Room for the axes, CSS pixels. */
export const MARGINS = { left: 52, right: 10, top: 8, bottom: 26 };

/** @typedef {import("./view.js").View} View */
/** @typedef {import("./tracks.js").Palette} Palette */

/**
 * @typedef {object} Scene what a frame shows
 * @property {import("./tile.js").Tile[]} tiles
 * @property {import("./tracks.js").Vehicle[]} vehicles
 * @property {Uint32Array} table colours
 * @property {number} peak value of full colour
 * @property {Palette} palette
 * @property {string|null} selectedId
 * @property {boolean} showTracks
 * @property {boolean} hasExtent whether distances are known
 * @property {number} ratio device pixels per CSS pixel
 */

/**
 * @param {CanvasRenderingContext2D} context scaled to CSS pixels
 * @param {import("./view.js").View} view
 * @param {Scene} scene
 */
export function drawFrame(context, view, scene) {
  const { palette } = scene;
  const { left, top, width, height } = view.box;
  context.fillStyle = palette.surface;
  context.fillRect(0, 0, left + width + MARGINS.right, top + height + MARGINS.bottom);
  context.save();
  context.beginPath();
  context.rect(left, top, width, height);
  context.clip();
  context.fillStyle = hatch(context, palette, scene.ratio);
  context.fillRect(left, top, width, height);
  drawTiles(context, view, scene);
  if (scene.showTracks) drawTracks(context, view, scene.vehicles, palette, scene.selectedId);
  context.restore();
  drawAxes(context, view, palette, scene.hasExtent);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {Scene} scene
 */
function drawTiles(context, view, { tiles, table, peak, ratio }) {
  context.imageSmoothingEnabled = true;
  const snap = (/** @type {number} */ v) => Math.round(v * ratio) / ratio;
  for (const tile of tiles) {
    const half = Math.abs(tile.stepM) / 2;
    const lastM = tile.firstM + tile.stepM * (tile.columns - 1);
    // Snapped to device pixels, so that neighbours meet without a seam.
    const x0 = snap(view.x(tile.from));
    const x1 = snap(view.x(tile.to));
    const y0 = snap(view.y(Math.max(tile.firstM, lastM) + half));
    const y1 = snap(view.y(Math.min(tile.firstM, lastM) - half));
    context.drawImage(raster(tile, table, peak), x0, y0, x1 - x0, y1 - y0);
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {Palette} palette
 * @param {boolean} hasExtent
 */
function drawAxes(context, view, palette, hasExtent) {
  const { left, top, width, height } = view.box;
  context.font = palette.font;
  context.fillStyle = palette.muted;
  context.strokeStyle = palette.line;
  context.lineWidth = 1;
  context.strokeRect(left - 0.5, top - 0.5, width + 1, height + 1);
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const m of hasExtent ? ticks(view.min, view.max, height, 44, METRE_STEPS).at : []) {
    const y = Math.round(view.y(m)) + 0.5;
    line(context, left - 4, y, left, y);
    context.fillText(number(m), left - 7, y);
  }
  context.save();
  context.translate(11, top + height / 2);
  context.rotate(-Math.PI / 2);
  context.textAlign = "center";
  context.fillText("Distance, m", 0, 0);
  context.restore();
  context.textAlign = "center";
  context.textBaseline = "top";
  const time = ticks(view.from, view.to, width, 84, TIME_STEPS);
  let day = "";
  for (const t of time.at) {
    const x = Math.round(view.x(t)) + 0.5;
    line(context, x, top + height, x, top + height + 4);
    const text = time.step < 60000 ? localSecond(t) : localMinute(t);
    // The date once, at the first tick that has room for it.
    const withDay = day === "" && x > left + 50 ? `${localDay(t)}, ${text}` : text;
    if (withDay !== text) day = localDay(t);
    if (x > left + 14 && x < left + width - 20) context.fillText(withDay, x, top + height + 8);
  }
}

/**
 * @param {CanvasRenderingContext2D|OffscreenCanvasRenderingContext2D} context
 * @param {number} x0
 * @param {number} y0
 * @param {number} x1
 * @param {number} y1
 */
function line(context, x0, y0, x1, y1) {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}

/** @type {Map<string, CanvasPattern>} */
const patterns = new Map();

/**
 * The hatching that means "no data": nothing in the colour map looks like it.
 * @param {CanvasRenderingContext2D} context
 * @param {Palette} palette
 * @param {number} ratio
 */
function hatch(context, palette, ratio) {
  const key = `${palette.hatch}${palette.hatchGround}${ratio}`;
  const known = patterns.get(key);
  if (known) return known;
  const tile = new OffscreenCanvas(8, 8);
  const ink = tile.getContext("2d");
  if (ink !== null) {
    ink.fillStyle = palette.hatchGround;
    ink.fillRect(0, 0, 8, 8);
    ink.strokeStyle = palette.hatch;
    ink.lineWidth = 1;
    for (const shift of [-8, 0, 8]) line(ink, shift, 8, shift + 8, 0);
  }
  const pattern = context.createPattern(tile, "repeat");
  if (pattern !== null) patterns.set(key, pattern);
  return pattern ?? palette.hatchGround;
}
