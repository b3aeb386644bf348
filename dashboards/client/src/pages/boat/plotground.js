// The ground of the encounter plot: sea, rings of distance, scale of bearings, guard zone.
import { chartFont, token } from "@sensing/client/core/theme.js";
import { radians } from "./geometry.js";

const TURN = 2 * Math.PI;

const RINGS = 4;

/** @typedef {import("./picture.js").Picture} Picture */

/**
 * Rings of distance and the scale of bearings.
 * @param {CanvasRenderingContext2D} c
 * @param {number} middle
 * @param {number} outer
 * @param {number} up bearing that is up, °
 * @param {number} range of the outer ring, miles
 */
export function rings(c, middle, outer, up, range) {
  c.beginPath();
  c.arc(middle, middle, outer, 0, TURN);
  c.fillStyle = token("sea");
  c.fill();
  c.lineWidth = 1;
  c.strokeStyle = token("ring");
  for (let ring = 1; ring <= RINGS; ring++) {
    c.beginPath();
    c.arc(middle, middle, (outer * ring) / RINGS, 0, TURN);
    c.setLineDash(ring === RINGS ? [] : [2, 4]);
    c.stroke();
  }
  c.setLineDash([]);
  c.font = chartFont(11);
  c.textAlign = "center";
  c.textBaseline = "middle";
  for (let degrees = 0; degrees < 360; degrees += 10) {
    const angle = radians(degrees - up);
    const [dx, dy] = [Math.sin(angle), -Math.cos(angle)];
    const isLong = degrees % 30 === 0;
    c.strokeStyle = token("line-strong");
    c.beginPath();
    c.moveTo(middle + dx * outer, middle + dy * outer);
    c.lineTo(middle + dx * (outer + (isLong ? 7 : 4)), middle + dy * (outer + (isLong ? 7 : 4)));
    c.stroke();
    if (!isLong) continue;
    const word = { 0: "N", 90: "E", 180: "S", 270: "W" }[degrees] ?? String(degrees).padStart(3, "0");
    c.fillStyle = token(word.length === 1 ? "ink" : "ink-muted");
    c.font = chartFont(word.length === 1 ? 13 : 11, word.length === 1 ? 650 : 400);
    c.fillText(word, middle + dx * (outer + 18), middle + dy * (outer + 18));
  }
  c.font = chartFont(11);
  c.textAlign = "left";
  for (let ring = 1; ring <= RINGS; ring++) {
    // On the lower right: vectors and names are mostly ahead.
    const [x, y] = [
      middle + Math.sin(2.5) * ((outer * ring) / RINGS),
      middle - Math.cos(2.5) * ((outer * ring) / RINGS),
    ];
    const text = String((range * ring) / RINGS);
    const width = c.measureText(text).width;
    c.fillStyle = token("sea");
    c.fillRect(x - width / 2 - 2, y - 7, width + 4, 14);
    c.fillStyle = token("ink-muted");
    c.fillText(text, x - width / 2, y);
  }
}

/**
 * The guard zone: targets in it are reported whatever their closest approach.
 * @param {CanvasRenderingContext2D} c
 * @param {Picture} picture
 * @param {number} middle
 * @param {number} perMetre
 */
export function guardZone(c, picture, middle, perMetre) {
  const zone = picture.own?.data.guardZoneM;
  if (zone === undefined || zone * perMetre < 4) return;
  c.beginPath();
  c.arc(middle, middle, zone * perMetre, 0, TURN);
  c.fillStyle = token("guard-fill");
  c.fill();
  c.strokeStyle = token("guard");
  c.lineWidth = 1.5;
  c.setLineDash([6, 4]);
  c.stroke();
  c.setLineDash([]);
}
