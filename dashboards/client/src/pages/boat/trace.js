// The motion about an impact as curves, and where the blow came from.
import { number } from "@sensing/client/core/format.js";

const SVG = "http://www.w3.org/2000/svg";
const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP] = [600, 220, 44, 26, 10];

/** Axes of the acceleration: name in the payload, words, class of the curve. */
export const AXES = /** @type {const} */ ([
  ["surgeMs2", "ahead", "surge"],
  ["swayMs2", "to starboard", "sway"],
  ["heaveMs2", "down", "heave"],
]);

/**
 * @param {string} name
 * @param {Record<string, string|number>} attributes
 * @param {...(Node|string)} children
 */
function svg(name, attributes, ...children) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  node.append(...children);
  return node;
}

/**
 * A step of 1, 2 or 5 that divides a span into a few parts.
 * @param {number} span
 * @param {number} parts
 */
export function niceStep(span, parts) {
  const raw = span / parts;
  const power = 10 ** Math.floor(Math.log10(raw));
  return power * (raw / power <= 1 ? 1 : raw / power <= 2 ? 2 : raw / power <= 5 ? 5 : 10);
}

/**
 * Acceleration over time, the impact at zero.
 * @param {import("./types.js").ImpactTrace} trace
 */
export function traceChart(trace) {
  const count = Math.max(...AXES.map(([name]) => trace[name].length));
  const [begin, end] = [trace.firstSeconds, trace.firstSeconds + (count - 1) * trace.stepSeconds];
  const all = AXES.flatMap(([name]) => trace[name]);
  const greatest = Math.max(0.5, ...all.map(Math.abs)) * 1.08;
  const x = (/** @type {number} */ s) => LEFT + ((s - begin) / Math.max(1e-9, end - begin)) * (WIDTH - LEFT - 8);
  const y = (/** @type {number} */ a) => TOP + ((greatest - a) / (2 * greatest)) * (HEIGHT - TOP - BOTTOM);
  const root = svg("svg", {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    class: "trace",
    role: "img",
    "aria-label": `Acceleration from ${number(begin, 1)} to ${number(end, 1)} seconds about the impact, up to ${number(Math.max(...all.map(Math.abs)), 1)} metres per second squared`,
  });
  const step = niceStep(2 * greatest, 5);
  for (let a = -Math.floor(greatest / step) * step; a <= greatest; a += step) {
    root.append(
      svg("line", { x1: LEFT, x2: WIDTH - 8, y1: y(a), y2: y(a), class: Math.abs(a) < step / 2 ? "axis" : "grid" }),
      svg("text", { x: LEFT - 6, y: y(a) + 4, "text-anchor": "end" }, number(a, step < 1 ? 1 : 0).replace("-", "−")),
    );
  }
  const wide = niceStep(end - begin, 6);
  for (let s = Math.ceil(begin / wide) * wide; s <= end + 1e-9; s += wide) {
    root.append(
      svg("line", {
        x1: x(s),
        x2: x(s),
        y1: TOP,
        y2: HEIGHT - BOTTOM,
        class: Math.abs(s) < wide / 2 ? "moment" : "grid",
      }),
      svg(
        "text",
        { x: x(s), y: HEIGHT - 9, "text-anchor": "middle" },
        Math.abs(s) < wide / 2 ? "impact" : `${number(s, wide < 1 ? 1 : 0).replace("-", "−")} s`,
      ),
    );
  }
  root.append(svg("text", { x: 4, y: 12, class: "unit" }, "m/s²"));
  for (const [name, , look] of AXES) {
    const path = trace[name]
      .map((a, i) => `${i ? "L" : "M"}${x(begin + i * trace.stepSeconds).toFixed(1)} ${y(a).toFixed(1)}`)
      .join("");
    if (path) root.append(svg("path", { d: path, class: look }));
  }
  return root;
}

/**
 * A boat from above with an arrow where the blow came from.
 * @param {number} degrees from own bow, positive to starboard
 * @param {string} words
 */
export function blowFrom(degrees, words) {
  return svg(
    "svg",
    { viewBox: "-60 -60 120 120", class: "blow", role: "img", "aria-label": words },
    svg("path", { d: "M0 -40C12 -24 14 -4 13 34L-13 34C-14 -4 -12 -24 0 -40Z", class: "hull" }),
    svg("path", {
      d: "M0 -24L-9 -40L-3.500 -38L-3.500 -57L3.500 -57L3.500 -38L9 -40Z",
      class: "arrow",
      transform: `rotate(${degrees})`,
    }),
  );
}
