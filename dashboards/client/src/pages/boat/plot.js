// The encounter plot: own ship in the middle, targets with vectors and trails, where they are closest, rings of distance.
import { chartFont, token } from "@sensing/client/core/theme.js";
import { moved, offset, radians } from "./geometry.js";
import { guardZone, rings } from "./plotground.js";
import { colourOf, hull, overlaps, symbol, vector, write } from "./plotsigns.js";
import { MILE, distance, levelRank, nameOf } from "./words.js";

const TURN = 2 * Math.PI;

/** Room for the bearing scale about the outer ring, px. */
const MARGIN = 30;

/** Vectors of slower targets say nothing, kn. */
const SLOWEST = 0.3;

/** @typedef {import("./picture.js").Picture} Picture */
/** @typedef {import("./picture.js").Seen} Seen */
/** @typedef {import("./geometry.js").Plane} Plane */

/**
 * @typedef {object} PlotView
 * @property {number} range of the outer ring, miles
 * @property {boolean} isHeadUp
 * @property {number} vectorSeconds
 * @property {number} trailSeconds
 * @property {string|null} selected id of a target
 * @property {(seen: Seen) => boolean} isOpen whether its alert wants attention
 * @property {import("./picture.js").Timed<import("./types.js").OwnShip>[]} ownTrail
 * @property {boolean} isOld whether the reports are too old to be believed
 */

/** Draws on a canvas of its own, as wide as its host. */
export class Plot {
  /** @type {{id: string, x: number, y: number}[]} */
  #places = [];
  /** @type {{x: number, y: number, width: number, height: number}[]} */
  #labels = [];
  #size = 0;

  constructor() {
    this.canvas = document.createElement("canvas");
    this.canvas.className = "encounter-plot";
    this.canvas.setAttribute("role", "img");
  }

  /**
   * @param {Picture} picture
   * @param {PlotView} view
   */
  draw(picture, view) {
    const scale = devicePixelRatio || 1;
    const size = Math.max(240, Math.floor(this.canvas.clientWidth || 560));
    this.#size = size;
    if (this.canvas.width !== Math.round(size * scale))
      this.canvas.width = this.canvas.height = Math.round(size * scale);
    const c = this.canvas.getContext("2d");
    if (c === null) return;
    c.setTransform(scale, 0, 0, scale, 0, 0);
    c.clearRect(0, 0, size, size);
    this.#places = [];
    this.#labels = [];
    const middle = size / 2;
    const outer = middle - MARGIN;
    const perMetre = outer / (view.range * MILE);
    const up = view.isHeadUp ? (picture.bow ?? 0) : 0;
    const [sin, cos] = [Math.sin(radians(up)), Math.cos(radians(up))];
    /** @param {Plane} p @returns {[number, number]} */
    const at = ({ east, north }) => [
      middle + (east * cos - north * sin) * perMetre,
      middle - (east * sin + north * cos) * perMetre,
    ];
    rings(c, middle, outer, up, view.range);
    c.save();
    c.beginPath();
    c.arc(middle, middle, outer, 0, TURN);
    c.clip();
    c.globalAlpha = view.isOld ? 0.45 : 1;
    guardZone(c, picture, middle, perMetre);
    const within = picture.targets.filter((seen) => seen.range <= view.range * MILE);
    const shown = [...within].reverse();
    shown.forEach((seen) => this.#trail(c, picture, seen, view, at));
    this.#ownTrail(c, picture, view, at);
    picture.targets.forEach((seen) => this.#approach(c, seen, view, at));
    this.#own(c, picture, view, at, middle, outer, up);
    shown.forEach((seen) => this.#target(c, seen, view, at, up));
    c.restore();
    // The most urgent first: labels that would cover another are left out.
    within.forEach((seen, i) => this.#label(c, seen, view, at, i));
    this.#beyond(c, picture, view, at, middle, outer);
  }

  /**
   * The target at a place of the canvas; null where there is none.
   * @param {number} x px
   * @param {number} y px
   */
  hit(x, y) {
    let nearest = null;
    let least = 22;
    for (const place of this.#places) {
      const far = Math.hypot(place.x - x, place.y - y);
      if (far < least) [nearest, least] = [place.id, far];
    }
    return nearest;
  }

  /**
   * @param {CanvasRenderingContext2D} c
   * @param {Picture} picture
   * @param {Seen} seen
   * @param {PlotView} view
   * @param {(p: Plane) => [number, number]} at
   */
  #trail(c, picture, seen, view, at) {
    if (view.trailSeconds === 0 || (seen.data.speedKn ?? 0) < SLOWEST || picture.place === null || picture.own === null)
      return;
    const from = picture.time - view.trailSeconds * 1000;
    c.fillStyle = token(colourOf(seen));
    const place = /** @type {{latitude: number, longitude: number}} */ (picture.place);
    const ownMoved = moved({ east: 0, north: 0 }, picture.velocity, (picture.time - picture.own.time) / 1000);
    for (const report of seen.trail) {
      if (report.time < from) continue;
      const there = offset(place, /** @type {any} */ (report.data));
      const [x, y] = at({ east: there.east - ownMoved.east, north: there.north - ownMoved.north });
      c.globalAlpha = (view.isOld ? 0.3 : 0.75) * (0.25 + (0.75 * (report.time - from)) / (view.trailSeconds * 1000));
      c.beginPath();
      c.arc(x, y, 1.4, 0, TURN);
      c.fill();
    }
    c.globalAlpha = view.isOld ? 0.45 : 1;
  }

  /**
   * @param {CanvasRenderingContext2D} c
   * @param {Picture} picture
   * @param {PlotView} view
   * @param {(p: Plane) => [number, number]} at
   */
  #ownTrail(c, picture, view, at) {
    if (view.trailSeconds === 0 || picture.place === null || picture.own === null) return;
    const from = picture.time - view.trailSeconds * 1000;
    const place = picture.place;
    const ownMoved = moved({ east: 0, north: 0 }, picture.velocity, (picture.time - picture.own.time) / 1000);
    c.beginPath();
    let isDown = false;
    for (const { time, data } of view.ownTrail) {
      if (time < from || time > picture.time || data.latitude === undefined || data.longitude === undefined) continue;
      const there = offset(place, { latitude: data.latitude, longitude: data.longitude });
      const [x, y] = at({ east: there.east - ownMoved.east, north: there.north - ownMoved.north });
      if (isDown) c.lineTo(x, y);
      else c.moveTo(x, y);
      isDown = true;
    }
    c.strokeStyle = token("own-ship");
    c.globalAlpha = 0.45;
    c.lineWidth = 1.5;
    c.stroke();
    c.globalAlpha = view.isOld ? 0.45 : 1;
  }

  /**
   * Where both will be when they are closest.
   * @param {CanvasRenderingContext2D} c
   * @param {Seen} seen
   * @param {PlotView} view
   * @param {(p: Plane) => [number, number]} at
   */
  #approach(c, seen, view, at) {
    const isSelected = seen.id === view.selected;
    if (seen.closest === null || seen.data.state === "lost" || (seen.level === "none" && !isSelected)) return;
    const [ox, oy] = at(seen.closest.own);
    const [tx, ty] = at(seen.closest.target);
    const [x, y] = at(seen.at);
    c.strokeStyle = token(colourOf(seen));
    c.fillStyle = token(colourOf(seen));
    c.lineWidth = 1;
    c.globalAlpha = isSelected ? 0.9 : 0.55;
    c.setLineDash([2, 5]);
    c.beginPath();
    c.moveTo(x, y);
    c.lineTo(tx, ty);
    c.stroke();
    c.setLineDash([]);
    c.globalAlpha = 1;
    c.lineWidth = 2;
    c.beginPath();
    c.moveTo(ox, oy);
    c.lineTo(tx, ty);
    c.stroke();
    for (const [px, py] of [
      [ox, oy],
      [tx, ty],
    ]) {
      c.beginPath();
      c.moveTo(px - 4, py - 4);
      c.lineTo(px + 4, py + 4);
      c.moveTo(px + 4, py - 4);
      c.lineTo(px - 4, py + 4);
      c.stroke();
    }
  }

  /**
   * @param {CanvasRenderingContext2D} c
   * @param {Picture} picture
   * @param {PlotView} view
   * @param {(p: Plane) => [number, number]} at
   * @param {number} middle
   * @param {number} outer
   * @param {number} up
   */
  #own(c, picture, view, at, middle, outer, up) {
    const bow = picture.bow;
    c.strokeStyle = token("own-ship");
    c.fillStyle = token("own-ship");
    if (bow !== null) {
      const angle = radians(bow - up);
      c.lineWidth = 1;
      c.beginPath();
      c.moveTo(middle, middle);
      c.lineTo(middle + Math.sin(angle) * outer, middle - Math.cos(angle) * outer);
      c.stroke();
    }
    vector(c, at, { east: 0, north: 0 }, picture.velocity, view.vectorSeconds, 3);
    if (bow === null) {
      c.beginPath();
      c.arc(middle, middle, 6, 0, TURN);
      c.lineWidth = 2;
      c.stroke();
    } else {
      hull(c, middle, middle, radians(bow - up), 11);
      c.fill();
    }
    this.#labels.push({ x: middle - 14, y: middle - 14, width: 28, height: 28 });
  }

  /**
   * @param {CanvasRenderingContext2D} c
   * @param {Seen} seen
   * @param {PlotView} view
   * @param {(p: Plane) => [number, number]} at
   * @param {number} up
   */
  #target(c, seen, view, at, up) {
    const [x, y] = at(seen.at);
    const { data } = seen;
    this.#places.push({ id: seen.id, x, y });
    c.strokeStyle = c.fillStyle = token(colourOf(seen));
    const isAlert = seen.level !== "none";
    if ((data.speedKn ?? 0) >= SLOWEST && data.state !== "lost")
      vector(c, at, seen.at, seen.velocity, view.vectorSeconds, isAlert ? 2.5 : 1.5);
    c.lineWidth = isAlert ? 2.5 : 1.75;
    c.setLineDash(data.state === "unconfirmed" ? [3, 2] : []);
    symbol(c, seen, x, y, up);
    c.setLineDash([]);
    if (data.state === "lost") {
      c.beginPath();
      c.moveTo(x - 11, y + 7);
      c.lineTo(x + 11, y - 7);
      c.stroke();
    }
    // An alarm is ringed twice, a warning once; open ones are thicker.
    if (isAlert && data.state !== "lost") {
      c.lineWidth = view.isOpen(seen) ? 3 : 1.25;
      for (let ring = 0; ring < levelRank(seen.level); ring++) {
        c.beginPath();
        c.arc(x, y, 16 + 5 * ring, 0, TURN);
        c.stroke();
      }
    }
    if (seen.id === view.selected) {
      c.strokeStyle = token("ink");
      c.lineWidth = 2;
      for (const [sx, sy] of [
        [-1, -1],
        [1, -1],
        [1, 1],
        [-1, 1],
      ]) {
        c.beginPath();
        c.moveTo(x + sx * 26, y + sy * 17);
        c.lineTo(x + sx * 26, y + sy * 26);
        c.lineTo(x + sx * 17, y + sy * 26);
        c.stroke();
      }
    }
  }

  /**
   * @param {CanvasRenderingContext2D} c
   * @param {Seen} seen
   * @param {PlotView} view
   * @param {(p: Plane) => [number, number]} at
   * @param {number} place in the order of risk
   */
  #label(c, seen, view, at, place) {
    const isAlert = seen.level !== "none";
    const isSelected = seen.id === view.selected;
    if (!isAlert && !isSelected && place > 11) return;
    const [x, y] = at(seen.at);
    const lines = [nameOf(seen.data)];
    if ((isAlert || isSelected) && seen.tcpa !== null && seen.tcpa > 0) lines.push(`CPA ${distance(seen.cpa)}`);
    c.font = chartFont(12, isAlert || isSelected ? 650 : 400);
    const width = Math.max(...lines.map((line) => c.measureText(line).width));
    const height = 15 * lines.length;
    const far = isAlert ? 24 : isSelected ? 28 : 13;
    const free = [
      [x + far, y - height / 2],
      [x - far - width, y - height / 2],
      [x - width / 2, y - far - height],
      [x - width / 2, y + far],
    ].find(
      ([left, top]) =>
        !this.#labels.some((l) => overlaps(l, left, top, width, height)) && left > 2 && left + width < this.#size - 2,
    );
    const [left, top] = free ?? [x + far, y - height / 2];
    if (free === undefined && !isAlert && !isSelected) return;
    this.#labels.push({ x: left, y: top, width, height });
    const colour = token(isAlert ? colourOf(seen) : isSelected ? "ink" : "ink-muted");
    lines.forEach((line, i) => write(c, line, left, top + 15 * i, colour));
  }

  /**
   * Alerts beyond the outer ring are shown at its edge.
   * @param {CanvasRenderingContext2D} c
   * @param {Picture} picture
   * @param {PlotView} view
   * @param {(p: Plane) => [number, number]} at
   * @param {number} middle
   * @param {number} outer
   */
  #beyond(c, picture, view, at, middle, outer) {
    for (const seen of picture.targets) {
      if (seen.range <= view.range * MILE || (seen.level === "none" && seen.id !== view.selected)) continue;
      const [x, y] = at(seen.at);
      const angle = Math.atan2(y - middle, x - middle);
      const [ex, ey] = [middle + Math.cos(angle) * (outer - 8), middle + Math.sin(angle) * (outer - 8)];
      this.#places.push({ id: seen.id, x: ex, y: ey });
      c.fillStyle = token(colourOf(seen));
      c.save();
      c.translate(ex, ey);
      c.rotate(angle);
      c.beginPath();
      c.moveTo(9, 0);
      c.lineTo(-7, -8);
      c.lineTo(-7, 8);
      c.closePath();
      c.fill();
      c.restore();
      c.font = chartFont(12, 650);
      const text = `${nameOf(seen.data)}, ${distance(seen.range)}`;
      const width = c.measureText(text).width;
      const left = Math.min(this.#size - width - 4, Math.max(4, ex - Math.cos(angle) * 14 - (ex > middle ? width : 0)));
      const top = ey - Math.sin(angle) * 22 - 7;
      if (this.#labels.some((l) => overlaps(l, left, top, width, 15))) continue;
      this.#labels.push({ x: left, y: top, width, height: 15 });
      write(c, text, left, top, token(colourOf(seen)));
    }
  }
}
