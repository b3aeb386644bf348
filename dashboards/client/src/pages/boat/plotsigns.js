// The signs of the encounter plot: vessels, marks, vectors and words.
import { token } from "@sensing/client/core/theme.js";
import { moved, radians } from "./geometry.js";
import { isAtRest, isDistress } from "./words.js";

const TURN = 2 * Math.PI;

/** Symbols grow with the vessel's drawn length, and are at least as large, px. */
const SYMBOL = 9;

/** @typedef {import("./picture.js").Seen} Seen */
/** @typedef {import("./geometry.js").Plane} Plane */

/**
 * Text with a ground of its own.
 * @param {CanvasRenderingContext2D} c
 * @param {string} text
 * @param {number} left
 * @param {number} top
 * @param {string} colour
 */
export function write(c, text, left, top, colour) {
  c.textAlign = "left";
  c.textBaseline = "top";
  c.lineWidth = 4;
  c.lineJoin = "round";
  c.strokeStyle = token("sea");
  c.strokeText(text, left, top);
  c.fillStyle = colour;
  c.fillText(text, left, top);
}

/** @param {Seen} seen */
export function colourOf({ level, data }) {
  if (data.state === "lost") return "target-lost";
  return level === "alarm" ? "alarm" : level === "warning" ? "warning" : "target";
}

/**
 * @param {CanvasRenderingContext2D} c
 * @param {Seen} seen
 * @param {number} x
 * @param {number} y
 * @param {number} up
 */
export function symbol(c, seen, x, y, up) {
  const { data } = seen;
  const isAlert = seen.level !== "none";
  c.beginPath();
  if (isDistress(data.kind)) {
    // IEC 62288: a circle with a cross.
    c.arc(x, y, SYMBOL, 0, TURN);
    c.moveTo(x - 6, y - 6);
    c.lineTo(x + 6, y + 6);
    c.moveTo(x + 6, y - 6);
    c.lineTo(x - 6, y + 6);
    c.stroke();
  } else if (data.kind === "aid-to-navigation") {
    c.moveTo(x, y - 8);
    c.lineTo(x + 8, y);
    c.lineTo(x, y + 8);
    c.lineTo(x - 8, y);
    c.closePath();
    c.moveTo(x - 4, y);
    c.lineTo(x + 4, y);
    c.moveTo(x, y - 4);
    c.lineTo(x, y + 4);
    c.stroke();
  } else if (data.kind === "base-station") {
    c.rect(x - 6, y - 6, 12, 12);
    c.stroke();
  } else if (data.kind === "radar") {
    c.arc(x, y, 6, 0, TURN);
    c.stroke();
  } else {
    const heading = data.headingDeg ?? ((data.speedKn ?? 0) >= 1 ? data.courseDeg : undefined);
    if (heading === undefined) {
      c.arc(x, y, 4, 0, TURN);
      c.stroke();
      return;
    }
    c.save();
    c.translate(x, y);
    c.rotate(radians(heading - up));
    const size = data.kind === "class-b" ? 8 : 11;
    c.moveTo(0, -size);
    c.lineTo(size * 0.58, size * 0.75);
    c.lineTo(-size * 0.58, size * 0.75);
    c.closePath();
    if (isAlert && data.state !== "lost") c.fill();
    else if (isAtRest(data.status)) c.globalAlpha *= 0.75;
    c.stroke();
    c.restore();
  }
}

/**
 * Where a vessel will be, with a tick for each minute of it.
 * @param {CanvasRenderingContext2D} c
 * @param {(p: Plane) => [number, number]} at
 * @param {Plane} from
 * @param {Plane} speed m/s
 * @param {number} seconds
 * @param {number} width
 */
export function vector(c, at, from, speed, seconds, width) {
  const [x, y] = at(from);
  const [ex, ey] = at(moved(from, speed, seconds));
  const length = Math.hypot(ex - x, ey - y);
  if (length < 2) return;
  c.lineWidth = width;
  c.beginPath();
  c.moveTo(x, y);
  c.lineTo(ex, ey);
  c.stroke();
  const [nx, ny] = [(-(ey - y) / length) * 3, ((ex - x) / length) * 3];
  c.lineWidth = 1;
  for (let minute = 60; minute <= seconds && length / (seconds / 60) > 8; minute += 60) {
    const [mx, my] = at(moved(from, speed, minute));
    c.beginPath();
    c.moveTo(mx - nx, my - ny);
    c.lineTo(mx + nx, my + ny);
    c.stroke();
  }
}

/**
 * @param {CanvasRenderingContext2D} c
 * @param {number} x
 * @param {number} y
 * @param {number} angle
 * @param {number} size
 */
export function hull(c, x, y, angle, size) {
  c.save();
  c.translate(x, y);
  c.rotate(angle);
  c.beginPath();
  c.moveTo(0, -size * 1.3);
  c.quadraticCurveTo(size * 0.62, -size * 0.4, size * 0.5, size);
  c.lineTo(-size * 0.5, size);
  c.quadraticCurveTo(-size * 0.62, -size * 0.4, 0, -size * 1.3);
  c.closePath();
  c.restore();
}

/**
 * @param {{x: number, y: number, width: number, height: number}} label
 * @param {number} left
 * @param {number} top
 * @param {number} width
 * @param {number} height
 */
export const overlaps = (label, left, top, width, height) =>
  left < label.x + label.width && left + width > label.x && top < label.y + label.height && top + height > label.y;
