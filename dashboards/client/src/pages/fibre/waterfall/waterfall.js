// The waterfall on the page: follows now or stands at an instant, and redraws only when something changed.
import { el, fill } from "@sensing/client/core/dom.js";
import { Emitter } from "@sensing/client/core/emitter.js";
import { chartFont, isDark, onTheme, token } from "@sensing/client/core/theme.js";
import { drawColourBar } from "./colourbar.js";
import { diverging } from "./colours.js";
import { drawFrame, MARGINS } from "./draw.js";
import { glide } from "./follow.js";
import { interact } from "./interact.js";
import { nice } from "./nice.js";
import { TileStore } from "./tiles.js";
import { View } from "./view.js";

/** @typedef {import("./tracks.js").Vehicle} Vehicle */

/** What the keys do, for screen readers. */
export const KEYS = "Arrow keys move, plus and minus zoom time, Page Up and Page Down zoom distance, Home follows now.";

/**
 * Events: "view" when the viewer moved or zoomed, "select" with a vehicle's id, or null.
 * @extends {Emitter<{view: null, select: string|null}>}
 */
export class Waterfall extends Emitter {
  #dirty = true;
  #last = 0;
  #calm = matchMedia("(prefers-reduced-motion: reduce)");
  #peakAge = 0;

  /**
   * @param {HTMLElement} host
   * @param {() => Vehicle[]} getVehicles vehicles to draw
   */
  constructor(host, getVehicles) {
    super();
    this.tiles = new TileStore();
    this.view = new View();
    this.getVehicles = getVehicles;
    /** Whether the right edge moves with the newest tile. */
    this.follows = true;
    this.showTracks = true;
    /** @type {string|null} */
    this.selectedId = null;
    /** Full colour at this share of the typical peak: 0.5 is twice the contrast. */
    this.gain = 1;
    this.peak = 1;
    /** Whether distances are known; else the axis has no numbers. */
    this.hasExtent = false;
    this.canvas = el("canvas", { "aria-hidden": "true" });
    this.readout = el("div.readout", { hidden: true });
    this.stage = el(
      "div.waterfall-stage",
      {
        tabIndex: 0,
        role: "group",
        "aria-label": `Waterfall. ${KEYS}`,
      },
      this.canvas,
      this.readout,
    );
    this.bar = el("canvas.colour-bar", { "aria-hidden": "true" });
    this.labels = { ends: [el("span"), el("span"), el("span")], unit: el("span.unit") };
    this.key = el(
      "div.colour-key",
      {},
      this.labels.unit,
      el("div", {}, this.bar, el("div.ends", {}, ...this.labels.ends)),
    );
    fill(host, this.stage);
    const context = this.canvas.getContext("2d", { alpha: false });
    if (context === null) throw new Error("The browser does not offer a canvas to draw on.");
    this.context = context;
    this.ratio = devicePixelRatio || 1;
    new ResizeObserver(() => this.#resize()).observe(this.stage);
    this.table = diverging("light");
    this.palette = colours();
    onTheme(() => this.#recolour());
    this.#recolour();
    interact(this);
    requestAnimationFrame((now) => this.#frame(now));
  }

  /** Tiles or vehicles have arrived. */
  refresh() {
    // A stream without tiles still has its vehicles, and their tracks show where the fibre is.
    const extent = this.tiles.extent() ?? reach(this.getVehicles());
    this.hasExtent = extent !== null;
    if (extent) this.view.setExtent(extent);
    this.#peakAge = 0;
    this.touch();
  }

  /** Something changed: draw at the next frame. */
  touch() {
    this.#dirty = true;
  }

  /**
   * Stands with the right edge at an instant, or follows now.
   * @param {number|null} to ms; null: follows now
   */
  standAt(to) {
    this.follows = to === null;
    if (to !== null) this.view.to = to;
    else this.view.to = this.tiles.newest ?? Date.now();
    this.touch();
  }

  /** @param {number} gain share of the typical peak that full colour stands for */
  setGain(gain) {
    this.gain = gain;
    this.#peakAge = 0;
    this.touch();
  }

  /** @param {string|null} id of a vehicle */
  select(id) {
    if (id === this.selectedId) return;
    this.selectedId = id;
    this.touch();
    this.emit("select", id);
  }

  /** The viewer moved: no longer following, unless at the newest already. */
  moved() {
    if (this.tiles.newest !== null && this.view.to > this.tiles.newest) this.view.to = this.tiles.newest;
    this.follows = false;
    this.#peakAge = 0;
    this.touch();
    this.emit("view", null);
  }

  #recolour() {
    this.table = diverging(isDark() ? "dark" : "light");
    this.palette = colours();
    this.#peakAge = 0;
    this.touch();
  }

  #resize() {
    const { clientWidth: width, clientHeight: height } = this.stage;
    if (width === 0 || height === 0) return;
    this.ratio = devicePixelRatio || 1;
    this.canvas.width = Math.round(width * this.ratio);
    this.canvas.height = Math.round(height * this.ratio);
    this.view.box = {
      left: MARGINS.left,
      top: MARGINS.top,
      width: width - MARGINS.left - MARGINS.right,
      height: height - MARGINS.top - MARGINS.bottom,
    };
    this.touch();
    this.#draw();
  }

  /** @param {number} now ms */
  #frame(now) {
    const elapsed = now - this.#last;
    // Gliding at 30 frames a second is smooth at this speed; a viewer who wants calm gets one step a second.
    if (elapsed >= (this.#calm.matches ? 1000 : 32)) {
      this.#last = now;
      if (this.follows) this.#glide(Math.min(elapsed, 1000));
      if (this.#dirty) this.#draw();
    }
    requestAnimationFrame((next) => this.#frame(next));
  }

  /** @param {number} elapsed ms */
  #glide(elapsed) {
    const all = this.tiles.all;
    if (all.length === 0) return;
    const newest = all[all.length - 1];
    const edge = glide(this.view.to, newest.to, newest.to - newest.from, elapsed);
    if (edge !== this.view.to) {
      this.view.to = edge;
      this.touch();
    }
  }

  #draw() {
    this.#dirty = false;
    const { view } = this;
    const tiles = this.tiles.between(view.from, view.to);
    // The contrast is chosen anew every few seconds, not at each frame: colours that pulse read as data.
    if (this.#peakAge-- <= 0) {
      this.#peakAge = 90;
      this.peak = nice(this.tiles.typicalPeak(view.from, view.to) * this.gain);
      drawColourBar(this.bar, this.labels, this.table, this.peak, tiles[0]?.unit ?? "1");
    }
    this.context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    drawFrame(this.context, view, {
      tiles,
      vehicles: this.getVehicles(),
      table: this.table,
      peak: this.peak,
      palette: this.palette,
      selectedId: this.selectedId,
      showTracks: this.showTracks,
      hasExtent: this.hasExtent,
      ratio: this.ratio,
    });
  }
}

/**
 * The colours of the theme.
 * @returns {import("./tracks.js").Palette}
 */
function colours() {
  return {
    surface: token("surface"),
    muted: token("ink-muted"),
    line: token("line-strong"),
    hatch: token("hatch"),
    hatchGround: token("hatch-ground"),
    small: token("small"),
    large: token("large"),
    rail: token("rail"),
    casing: token("casing"),
    selected: token("selected"),
    font: chartFont(),
  };
}

/**
 * Distances that tracks cover; null without vehicles.
 * @param {Vehicle[]} vehicles
 */
function reach(vehicles) {
  if (vehicles.length === 0) return null;
  const ends = vehicles.flatMap((v) => [v.track[0].m, v.track[v.track.length - 1].m]);
  return { min: ends.reduce((a, b) => Math.min(a, b)), max: ends.reduce((a, b) => Math.max(a, b)) };
}
