// A chart as a picture that explains itself: title, range in both zones and legend above the plot.
import { localFull, utc } from "../core/format.js";
import { chartFont, token } from "../core/theme.js";
import { drawSwatch } from "./legend.js";

const MARGIN = 16;

/**
 * @param {HTMLCanvasElement} plot
 * @param {string} title
 * @param {object} about
 * @param {number} [about.from] ms
 * @param {number} [about.to] ms
 * @param {string} [about.subtitle] absent: the range
 * @param {import("./legend.js").Look[]} [about.series]
 */
export function picture(plot, title, { from = 0, to = 0, subtitle, series = [] }) {
  const scale = devicePixelRatio || 1;
  const width = plot.width / scale + 2 * MARGIN;
  const head = 52 + (series.length > 1 ? 24 : 0);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round((plot.height / scale + head + MARGIN) * scale);
  const context = canvas.getContext("2d");
  if (context === null) return canvas;
  context.scale(scale, scale);
  context.fillStyle = token("surface");
  context.fillRect(0, 0, width, canvas.height / scale);
  context.fillStyle = token("ink");
  context.font = chartFont(15, 600);
  context.fillText(title, MARGIN, 24);
  context.fillStyle = token("ink-muted");
  context.font = chartFont(12);
  context.fillText(subtitle ?? `${localFull(from)} – ${localFull(to)}  (${utc(from)} – ${utc(to)})`, MARGIN, 42);
  if (series.length > 1) {
    let x = MARGIN;
    for (const s of series) {
      drawSwatch(context, x, 58, { ...s, colour: token(s.colour) });
      context.fillStyle = token("ink-muted");
      context.fillText(s.label, x + 28, 62);
      x += 44 + context.measureText(s.label).width;
    }
  }
  context.drawImage(plot, MARGIN, head, plot.width / scale, plot.height / scale);
  return canvas;
}
