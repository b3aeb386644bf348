// A legend that shows line style as well as colour; each entry is a switch.
import { el, fill } from "../core/dom.js";
import { token } from "../core/theme.js";

/**
 * How a series looks.
 * @typedef {object} Look
 * @property {string} label
 * @property {string} colour name of a colour token
 * @property {number[]} [dash]
 * @property {number} [width] px
 * @property {"line"|"step"|"bars"|"points"|"band"} [shape]
 */

/**
 * @param {HTMLElement} host a list
 * @param {Look[]} series
 * @param {Set<string>} hidden labels that are switched off
 * @param {(label: string) => void} onToggle
 */
export function legend(host, series, hidden, onToggle) {
  // One series needs no legend: the panel's title names it.
  host.hidden = series.length < 2;
  fill(
    host,
    ...series.map((s) =>
      el(
        "li",
        {},
        el(
          "button",
          { type: "button", "aria-pressed": String(!hidden.has(s.label)), onclick: () => onToggle(s.label) },
          swatch(s),
          s.label,
        ),
      ),
    ),
  );
}

/** @param {Look} look */
function swatch({ colour, dash, width, shape }) {
  const canvas = el("canvas", { width: 44, height: 20, "aria-hidden": "true" });
  const context = canvas.getContext("2d");
  if (context === null) return canvas;
  context.scale(2, 2);
  drawSwatch(context, 0, 5, { colour: token(colour), dash, width, shape });
  return canvas;
}

/**
 * Draws a 22 px wide sample of a series.
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {Omit<Look, "label">} look colour: as CSS
 */
export function drawSwatch(context, x, y, { colour, dash, width = 2, shape }) {
  context.save();
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.lineWidth = width;
  if (shape === "bars" || shape === "band") {
    context.fillRect(x + 4, y - 4, 14, 8);
  } else if (shape === "points") {
    context.beginPath();
    context.arc(x + 11, y, 3, 0, 2 * Math.PI);
    context.fill();
  } else {
    context.setLineDash(dash ?? []);
    context.beginPath();
    context.moveTo(x + 1, y);
    context.lineTo(x + 21, y);
    context.stroke();
  }
  context.restore();
}
