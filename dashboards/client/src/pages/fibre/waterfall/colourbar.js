// What the colours stand for, with the unit; values beyond the ends take the end's colour.
import { scientific } from "@sensing/client/core/format.js";
import { css } from "./colours.js";

/**
 * Draws the bar across a canvas, and its labels.
 * @param {HTMLCanvasElement} canvas
 * @param {{ends: HTMLElement[], unit: HTMLElement}} labels
 * @param {Uint32Array} table colours
 * @param {number} peak value of full colour
 * @param {string} unit
 */
export function drawColourBar(canvas, labels, table, peak, unit) {
  canvas.width = table.length;
  canvas.height = 1;
  const context = canvas.getContext("2d");
  if (context === null) return;
  table.forEach((colour, i) => {
    context.fillStyle = css(colour);
    context.fillRect(i, 0, 1, 1);
  });
  const name = unit === "1" ? "× channel's usual level" : `strain rate, ${unit.replace("1/s", "s⁻¹")}`;
  labels.ends[0].textContent = `≤ −${scientific(peak)}`;
  labels.ends[1].textContent = "0";
  labels.ends[2].textContent = `≥ +${scientific(peak)}`;
  labels.unit.textContent = name;
}
