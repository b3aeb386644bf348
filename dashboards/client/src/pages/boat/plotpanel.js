// The panel of the encounter plot: its controls, and what own ship does.
import { Panel } from "@sensing/client/chart/panel.js";
import { picture as framed } from "@sensing/client/chart/picture.js";
import { byId, el, fill } from "@sensing/client/core/dom.js";
import { localFull, quantity, span } from "@sensing/client/core/format.js";
import { RANGES } from "./geometry.js";
import { Plot } from "./plot.js";
import { TARGET_COLUMNS, targetRows } from "./targetpanel.js";
import { angle, bearing, distance, speed, statusWord } from "./words.js";

export class PlotPanel {
  #view;
  #shown = "";

  /** @param {import("./boat.js").BoatView} view */
  constructor(view) {
    this.#view = view;
    const { url } = view.frame;
    this.plot = new Plot();
    this.plot.canvas.addEventListener("click", (event) => this.#clicked(event));
    fill(byId("plot-host"), this.plot.canvas);
    /** @param {string} name @param {string} label @param {[string, string][]} options */
    const choice = (name, label, options) => {
      const select = el(
        "select",
        { "aria-label": label, title: label },
        ...options.map(([value, text]) => el("option", { value }, text)),
      );
      select.value = url.get(name);
      select.addEventListener("change", () => {
        url.set({ [name]: select.value });
        view.redraw();
      });
      return select;
    };
    this.up = choice("up", "Orientation", [
      ["head", "Head up"],
      ["north", "North up"],
    ]);
    this.miles = choice(
      "miles",
      "Range of the outer ring",
      RANGES.map((r) => [String(r), `${r} nmi`]),
    );
    const vectors = choice(
      "vector",
      "Length of the vectors",
      ["3", "6", "12", "20"].map((m) => [m, `Vectors ${m} min`]),
    );
    const trails = choice("trail", "Length of the trails", [
      ["0", "No trails"],
      ["3", "Trails 3 min"],
      ["6", "Trails 6 min"],
      ["15", "Trails 15 min"],
    ]);
    /** @param {string} text @param {string} label @param {number} step */
    const zoom = (text, label, step) =>
      el("button", { type: "button", "aria-label": label, title: label, onclick: () => this.zoom(step) }, text);
    fill(
      byId("plot-controls"),
      el("div.zoom", {}, zoom("−", "Longer range (−)", 1), this.miles, zoom("+", "Shorter range (+)", -1)),
      this.up,
      vectors,
      trails,
    );
    this.panel = new Panel(byId("encounter"), "targets", {
      table: () => ({ columns: TARGET_COLUMNS, rows: targetRows(view.picture()) }),
      picture: () => framed(this.plot.canvas, "Encounters", { subtitle: localFull(view.eventNow()) }),
      link: () => view.link("encounter"),
      range: () => view.frame.range.ends(),
    });
  }

  /** Head up or north up. */
  turn() {
    this.up.value = this.up.value === "head" ? "north" : "head";
    this.#view.frame.url.set({ up: this.up.value });
    this.#view.redraw();
  }

  /** @param {number} step in the list of ranges */
  zoom(step) {
    const at = RANGES.indexOf(Number(this.miles.value));
    const next = RANGES[Math.min(RANGES.length - 1, Math.max(0, at + step))];
    this.miles.value = String(next);
    this.#view.frame.url.set({ miles: this.miles.value });
    this.#view.redraw();
  }

  /** @param {boolean} isOld */
  show(isOld) {
    const picture = this.#view.picture();
    const data = this.#view.data();
    if (picture === null || data === null) return;
    const { url } = this.#view.frame;
    this.plot.draw(picture, {
      range: RANGES.includes(Number(url.get("miles"))) ? Number(url.get("miles")) : 4,
      isHeadUp: url.get("up") !== "north" && picture.bow !== null,
      vectorSeconds: 60 * (Number(url.get("vector")) || 6),
      trailSeconds: 60 * Number(url.get("trail")),
      selected: this.#view.selected(),
      isOpen: (seen) => this.#view.alerts.isOpen(this.#view.source(), seen),
      ownTrail: data.own,
      isOld,
    });
    const first = picture.targets[0];
    const spoken =
      picture.targets.length === 0
        ? "no targets"
        : `${picture.targets.length} targets, first ${first.data.name ?? first.id}, ${distance(first.range)} at ${bearing(first.bearing)}`;
    this.plot.canvas.setAttribute("aria-label", `Encounter plot: ${spoken}. The list beside it says the same.`);
    this.#own(picture);
    this.panel.refreshTable();
  }

  /** @param {import("./picture.js").Picture} picture */
  #own(picture) {
    const own = picture.own?.data;
    const age = Math.max(0, Math.round(picture.ownAge));
    const turn = own?.turnDegMin;
    /** @type {[string, string, string?][]} */
    const entries =
      own === undefined
        ? []
        : [
            ["SOG", speed(own.speedKn)],
            ["COG", bearing(own.courseDeg)],
            ["HDG", bearing(own.headingDeg)],
            [
              "Turn",
              turn === undefined || Math.abs(turn) < 1
                ? "none"
                : `${quantity(Math.abs(turn), "°/min")} ${turn < 0 ? "port" : "stbd"}`,
            ],
            [
              "Position",
              own.latitude === undefined || own.longitude === undefined
                ? "unknown"
                : `${angle(own.latitude, "N", "S")}  ${angle(own.longitude, "E", "W")}`,
              "wide",
            ],
            ["Status", statusWord(own.status) || "–", "wide"],
            ["Data age", age > 86400 ? "–" : span(age), age > 15 ? "old" : ""],
          ];
    const key = JSON.stringify(entries);
    if (key === this.#shown) return;
    this.#shown = key;
    fill(
      byId("own-ship"),
      ...entries.map(([term, value, look]) =>
        el(look ? `div.${look}` : "div", {}, el("dt", {}, term), el("dd", {}, value)),
      ),
    );
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const box = this.plot.canvas.getBoundingClientRect();
    const id = this.plot.hit(event.clientX - box.left, event.clientY - box.top);
    this.#view.select(id === this.#view.selected() ? null : id);
  }
}
