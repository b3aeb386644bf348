// What the colours stand for, with the unit; values beyond the ends take the end's colour.
import { scientific } from "../core/format.js";
import { css } from "./colours.js";

/** Draws the bar across a canvas and its five labels into `labels`. */
export function drawColourBar(canvas, labels, table, peak, unit) {
  canvas.width = table.length;
  canvas.height = 1;
  const context = canvas.getContext("2d");
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
