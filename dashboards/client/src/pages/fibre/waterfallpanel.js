// The waterfall's panel: its buttons, its state, and what of it the URL keeps.
import { Panel } from "@sensing/client/chart/panel.js";
import { picture } from "@sensing/client/chart/picture.js";
import { byId } from "@sensing/client/core/dom.js";
import { localFull, number, span as spanText } from "@sensing/client/core/format.js";
import { Emitter } from "@sensing/client/core/emitter.js";
import { WATERFALL } from "./types.js";
import { levelRows } from "./waterfall/levels.js";
import { LONGEST, SHORTEST } from "./waterfall/view.js";
import { KEYS, Waterfall } from "./waterfall/waterfall.js";
import { zoomed } from "./waterfall/interact.js";
import { VEHICLE_COLUMNS, vehicleRows } from "./vehiclelist.js";

/** Without a tile for this long a picture that follows now is old, s. */
const STALE = 30;

/**
 * Events: "select" after another vehicle was marked, or none.
 * @extends {Emitter<{select: null}>}
 */
export class WaterfallPanel extends Emitter {
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;
  #restored = false;
  #shared;
  #url;

  /** @param {import("./fibre.js").FibreView} shared */
  constructor(shared) {
    super();
    this.#shared = shared;
    this.#url = shared.frame.url;
    this.picture = new Waterfall(byId("waterfall-stage"), () => shared.data()?.vehicles.all ?? []);
    byId("waterfall-key").prepend(this.picture.key);
    this.panel = new Panel(byId("waterfall"), "waterfall", {
      csv: () => levelRows(this.picture.tiles, this.picture.view),
      table: () => ({ columns: VEHICLE_COLUMNS, rows: vehicleRows(this.#inView()) }),
      range: () => ({ from: this.picture.view.from, to: this.picture.view.to }),
      link: () => shared.link("waterfall"),
      picture: () =>
        picture(this.picture.canvas, "Waterfall", { from: this.picture.view.from, to: this.picture.view.to }),
    });
    this.#controls();
    this.picture.on("view", () => this.#moved());
    this.picture.on("select", (vehicle) => {
      this.#url.set({ vehicle });
      this.emit("select", null);
    });
  }

  get selectedId() {
    return this.picture.selectedId;
  }

  focus() {
    this.picture.stage.focus();
  }

  /** Another stream: an empty store of tiles. */
  clear() {
    this.picture.tiles.clear();
    this.picture.view.isWhole = true;
    this.picture.view.setExtent({ min: 0, max: 100 });
    this.picture.hasExtent = false;
    return this.picture.tiles;
  }

  changed() {
    this.picture.refresh();
    if (!this.#restored && this.picture.tiles.newest !== null) this.#restoreDistance();
  }

  /**
   * Follows now, or stands with its right edge at an instant.
   * @param {number|null} to ms; null: follows now
   */
  follow(to) {
    const { seconds } = this.#shared.frame.range.current;
    if (to !== null) this.picture.view.span = Math.min(this.picture.view.span, Math.max(SHORTEST, seconds));
    this.picture.standAt(to);
    if (to === null && this.picture.tiles.newest === null)
      this.picture.view.to = this.#shared.data()?.clock.now() ?? Date.now();
    this.look();
  }

  /** Loads what is in view, once the viewer has stopped moving. */
  look() {
    clearTimeout(this.#timer);
    const { view, follows: isFollowing, tiles } = this.picture;
    const run = () => {
      const data = this.#shared.data();
      if (data === null) return;
      const to = isFollowing && tiles.newest === null ? data.clock.now() : view.to;
      data.loadView(to - view.span * 1000, to).then(() => this.changed());
    };
    if (tiles.newest === null) run();
    else this.#timer = setTimeout(run, 200);
  }

  /**
   * Goes to a vehicle and marks it.
   * @param {string} id
   */
  show(id) {
    const v = this.#shared.data()?.vehicles.find(id);
    if (!v) return;
    this.picture.select(id);
    const { view } = this.picture;
    if (v.to > view.to || v.from < view.from) {
      view.to = (v.from + v.to) / 2 + view.span * 500;
      this.picture.moved();
    }
  }

  /** Sets the view as the address has it. */
  restore() {
    const { view } = this.picture;
    view.span = Math.min(LONGEST, Math.max(SHORTEST, Number(this.#url.get("span")) || 120));
    const at = Date.parse(this.#url.get("at"));
    if (Number.isFinite(at)) this.picture.standAt(at);
    this.picture.selectedId = this.#url.get("vehicle") || null;
    this.look();
  }

  /** What a link keeps of the view. */
  linked() {
    const { view } = this.picture;
    return {
      at: new Date(view.to).toISOString(),
      span: String(Math.round(view.span)),
      metres: view.isWhole ? null : `${view.min.toFixed(1)},${view.max.toFixed(1)}`,
    };
  }

  /**
   * Shows how fresh and complete the picture is.
   * @param {import("./data.js").FibreData} data
   */
  state(data) {
    const { tiles, view } = this.picture;
    const inView = tiles.between(view.from, view.to);
    const newest = data.newest[WATERFALL];
    const age = newest ? (Date.now() - newest.arrival) / 1000 : Infinity;
    byId("waterfall-live").hidden = this.picture.follows;
    const bad = data.badTiles
      ? ` ${data.badTiles} unreadable ${data.badTiles === 1 ? "tile was" : "tiles were"} left out.`
      : "";
    if (data.problem) this.panel.setState("error", data.problem.message);
    else if (inView.length === 0 && data.isLoading) this.panel.setState("loading", "Loading");
    else if (inView.length === 0)
      this.panel.setState(
        "empty",
        newest
          ? `No picture here. The newest is from ${localFull(newest.time)}.`
          : "No picture yet: this stream sends no waterfall tiles.",
      );
    else if (this.picture.follows && this.#shared.frame.range.follows && age > STALE)
      this.panel.setState("stale", `Stale: nothing new for ${spanText(age)}`);
    else this.panel.setState("ok", bad.trim());
    const where = `${localFull(view.from)} to ${localFull(view.to)}, ${number(view.min)} to ${number(view.max)} m`;
    const label = `Waterfall from ${where}, ${this.#inView().length} vehicles. ${KEYS}`;
    if (document.activeElement !== this.picture.stage) this.picture.stage.setAttribute("aria-label", label);
    this.panel.refreshTable();
  }

  #inView() {
    const { view } = this.picture;
    return (this.#shared.data()?.vehicles.all ?? []).filter((v) => v.to >= view.from && v.from <= view.to);
  }

  #controls() {
    const { view } = this.picture;
    const zoom = (/** @type {number} */ factor) => {
      view.zoomTime(factor);
      zoomed(this.picture, true);
    };
    byId("waterfall-in").addEventListener("click", () => zoom(0.5));
    byId("waterfall-out").addEventListener("click", () => zoom(2));
    byId("waterfall-live").addEventListener("click", () => {
      this.picture.standAt(null);
      this.#moved();
    });
    const contrast = /** @type {HTMLSelectElement} */ (byId("waterfall-contrast"));
    const tracks = /** @type {HTMLInputElement} */ (byId("waterfall-tracks"));
    contrast.value = this.#url.get("contrast");
    tracks.checked = this.#url.get("tracks") !== "off";
    const apply = () => {
      this.picture.showTracks = tracks.checked;
      this.picture.setGain(1 / (Number(contrast.value) || 1));
    };
    contrast.addEventListener("change", () => {
      this.#url.set({ contrast: contrast.value });
      apply();
    });
    tracks.addEventListener("change", () => {
      this.#url.set({ tracks: tracks.checked ? null : "off" });
      apply();
    });
    apply();
  }

  #restoreDistance() {
    this.#restored = true;
    const [min, max] = this.#url.get("metres").split(",").map(Number);
    const { view } = this.picture;
    if (max > min) Object.assign(view, { min, max, isWhole: false });
  }

  #moved() {
    const { view, follows: isFollowing } = this.picture;
    this.#url.set({
      ...this.linked(),
      at: isFollowing ? null : new Date(view.to).toISOString(),
    });
    this.look();
  }
}
