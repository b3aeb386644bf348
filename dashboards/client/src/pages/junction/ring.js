// The signal plan as a ring: each phase an arc, what has passed of the present one filled, the countdown in the middle.
import { chartFont, token } from "@sensing/client/core/theme.js";
import { CLEARANCE, progressOf } from "./ringlayout.js";

const SIZE = 300;
const MIDDLE = SIZE / 2;
const RADIUS = 124;
const WIDTH = 30;
const TURN = 2 * Math.PI;

/** @typedef {import("./ringlayout.js").Arc} Arc */
/** @typedef {import("./plan.js").PlanNow} PlanNow */

/** Draws the ring on a canvas of its own. */
export class Ring {
  constructor() {
    this.canvas = document.createElement("canvas");
    this.canvas.className = "ring";
    this.canvas.setAttribute("role", "img");
  }

  /**
   * @param {PlanNow} now
   * @param {Arc[]} arcs
   * @param {{big: string, unit: string, small: string, stage: string, phase: string}} text in the middle
   */
  draw(now, arcs, text) {
    const scale = devicePixelRatio || 1;
    if (this.canvas.width !== SIZE * scale || this.canvas.height !== SIZE * scale)
      [this.canvas.width, this.canvas.height] = [SIZE * scale, SIZE * scale];
    const context = this.canvas.getContext("2d");
    if (context === null) return;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, SIZE, SIZE);
    context.globalAlpha = now.isStale ? 0.45 : 1;
    const progress = progressOf(now);
    arcs.forEach((arc) => this.#arc(context, arc, now, progress));
    this.#middle(context, now, text);
    context.globalAlpha = 1;
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Arc} arc
   * @param {PlanNow} now
   * @param {{passed: number, earliest: number}} progress
   */
  #arc(context, { phase, label, begin, end }, now, { passed, earliest }) {
    const isPresent = phase === now.phase;
    const isNext = phase === now.nextPhase && !isPresent;
    const at = (/** @type {number} */ share) => begin + (end - begin) * share;
    stroke(context, begin, end, WIDTH, token("ring-ground"));
    if (isPresent && now.stage === "green") {
      stroke(context, begin, at(earliest), WIDTH, token("lamp-green-soft"));
      if (earliest < 1) hatch(context, at(earliest), end, token("lamp-green"), token("lamp-green-soft"));
      stroke(context, begin, at(passed), WIDTH, token("lamp-green"));
      outline(context, begin, end, token("lamp-green"), 2);
      hand(context, at(passed));
    } else if (isNext) outline(context, begin, end, token("ink"), 2, [5, 4]);
    else outline(context, begin, end, token("line-strong"), 1);
    this.#clearance(context, end, isPresent ? now.stage : "", passed);
    // On the filled part the name stands on green.
    const middle = at(0.5);
    const isGreen = isPresent && now.stage === "green";
    const isOnFill = isGreen && passed > 0.5;
    const [x, y] = place(middle, RADIUS);
    context.font = chartFont(15, isPresent || isNext ? 700 : 500);
    context.textAlign = "center";
    context.textBaseline = "middle";
    if (isGreen) {
      // A ground of its own, against the hatching.
      context.lineWidth = 6;
      context.lineJoin = "round";
      context.strokeStyle = token(isOnFill ? "lamp-green" : "lamp-green-soft");
      context.strokeText(label, x, y + 0.5);
    }
    context.fillStyle = token(isOnFill ? "lamp-ink" : "ink");
    context.fillText(label, x, y + 0.5);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {number} from angle
   * @param {string} stage of the phase before; empty where another is present
   * @param {number} passed share of the clearance
   */
  #clearance(context, from, stage, passed) {
    const margin = 0.03;
    const [begin, end] = [from + margin, from + CLEARANCE - margin];
    const half = (begin + end) / 2;
    const isNow = stage === "yellow" || stage === "allRed";
    const width = isNow ? WIDTH : WIDTH / 3;
    stroke(context, begin, half, width, token(isNow ? "lamp-yellow" : "ring-ground"));
    stroke(context, half, end, width, token(stage === "allRed" ? "lamp-red" : "ring-ground"));
    if (isNow) {
      outline(context, begin, end, token(stage === "yellow" ? "lamp-yellow" : "lamp-red"), 2);
      hand(context, begin + (end - begin) * passed);
    }
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {PlanNow} now
   * @param {{big: string, unit: string, small: string, stage: string, phase: string}} text
   */
  #middle(context, now, { big, unit, small, stage, phase }) {
    context.textAlign = "center";
    context.textBaseline = "alphabetic";
    this.#head(context, now.stage);
    context.fillStyle = token("ink");
    context.font = chartFont(14, 650);
    context.fillText(fit(context, `${stage}, ${phase}`, 2 * (RADIUS - WIDTH)), MIDDLE, MIDDLE - 18);
    context.font = chartFont(56, 650);
    const wide = context.measureText(big).width;
    context.fillText(big, MIDDLE - (unit ? 6 : 0), MIDDLE + 35);
    context.fillStyle = token("ink-muted");
    context.font = chartFont(18, 500);
    context.textAlign = "left";
    context.fillText(unit, MIDDLE - 6 + wide / 2 + 4, MIDDLE + 35);
    context.textAlign = "center";
    context.font = chartFont(13);
    context.fillText(fit(context, small, 2 * (RADIUS - WIDTH) - 24), MIDDLE, MIDDLE + 58);
  }

  /**
   * A signal head: the place of the lit lamp says what its colour says.
   * @param {CanvasRenderingContext2D} context
   * @param {string} stage
   */
  #head(context, stage) {
    const [x, y, step] = [MIDDLE, MIDDLE - 62, 16];
    context.beginPath();
    context.roundRect(x - 1.5 * step, y - 9, 3 * step, 18, 9);
    context.fillStyle = token("head");
    context.fill();
    ["allRed", "yellow", "green"].forEach((name, i) => {
      context.beginPath();
      context.arc(x + (i - 1) * step, y, 5.5, 0, TURN);
      context.fillStyle = token(name !== stage ? "head-off" : name === "allRed" ? "lamp-red" : `lamp-${name}`);
      context.fill();
    });
  }
}

/** @param {number} angle @param {number} radius @returns {[number, number]} */
const place = (angle, radius) => [MIDDLE + radius * Math.sin(angle), MIDDLE - radius * Math.cos(angle)];

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} begin
 * @param {number} end
 * @param {number} width
 * @param {string|CanvasPattern} style
 */
function stroke(context, begin, end, width, style) {
  if (end <= begin) return;
  context.beginPath();
  context.arc(MIDDLE, MIDDLE, RADIUS, begin - TURN / 4, end - TURN / 4);
  context.lineWidth = width;
  context.strokeStyle = style;
  context.stroke();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} begin
 * @param {number} end
 * @param {string} colour
 * @param {number} width
 * @param {number[]} [dash]
 */
function outline(context, begin, end, colour, width, dash = []) {
  const inset = (WIDTH - width) / 2;
  context.beginPath();
  context.arc(MIDDLE, MIDDLE, RADIUS + inset, begin - TURN / 4, end - TURN / 4);
  context.arc(MIDDLE, MIDDLE, RADIUS - inset, end - TURN / 4, begin - TURN / 4, true);
  context.closePath();
  context.setLineDash(dash);
  context.lineWidth = width;
  context.strokeStyle = colour;
  context.stroke();
  context.setLineDash([]);
}

/**
 * Where the green may end at any time.
 * @param {CanvasRenderingContext2D} context
 * @param {number} begin
 * @param {number} end
 * @param {string} colour
 * @param {string} ground
 */
function hatch(context, begin, end, colour, ground) {
  stroke(context, begin, end, WIDTH, ground);
  context.lineWidth = 1.5;
  context.strokeStyle = colour;
  for (let angle = begin + 0.03; angle < end; angle += 0.06) {
    context.beginPath();
    context.moveTo(...place(angle, RADIUS - WIDTH / 2 + 1));
    context.lineTo(...place(Math.min(end, angle + 0.06), RADIUS + WIDTH / 2 - 1));
    context.stroke();
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} angle
 */
function hand(context, angle) {
  context.beginPath();
  context.moveTo(...place(angle, RADIUS - WIDTH / 2 - 6));
  context.lineTo(...place(angle, RADIUS + WIDTH / 2 + 6));
  context.lineWidth = 3;
  context.strokeStyle = token("ink");
  context.lineCap = "round";
  context.stroke();
  context.lineCap = "butt";
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {string} text
 * @param {number} width
 */
function fit(context, text, width) {
  if (context.measureText(text).width <= width) return text;
  let cut = text;
  while (cut.length > 1 && context.measureText(`${cut}…`).width > width) cut = cut.slice(0, -1);
  return `${cut}…`;
}
