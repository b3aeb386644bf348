// The newest vehicles as a table, and a polite word about those that have just come.
import { el, fill, icon } from "../core/dom.js";
import { localNear, number, utc } from "../core/format.js";
import { DIRECTIONS, STYLES } from "../waterfall/tracks.js";
import { announce } from "./vehicles.js";

const MOST_ROWS = 60;
const PAUSE = 5000;

export class VehicleList {
  #fresh = [];
  #timer = 0;
  #shown = "";

  /**
   * @param {HTMLElement} host
   * @param {HTMLElement} spoken a polite live region
   * @param {(id: string) => void} onPick
   */
  constructor(host, spoken, onPick) {
    this.spoken = spoken;
    this.onPick = onPick;
    this.rows = el("tbody");
    this.none = el("p.empty", {}, "No vehicle in this range.");
    fill(host, el("table.vehicles", {},
      el("thead", {}, el("tr", {}, ...["Time", "Direction", "Class", "Speed, km/h", "Conf."].map((c) => el("th", { scope: "col" }, c)))),
      this.rows), this.none);
  }

  /** A vehicle that has just come; spoken together with others within a few seconds. */
  arrived(v) {
    this.#fresh.push(v);
    this.#timer ||= setTimeout(() => {
      this.spoken.textContent = announce(this.#fresh);
      this.#fresh = [];
      this.#timer = 0;
    }, PAUSE);
  }

  /** Shows the newest of `vehicles` (in order of time) at `now`. */
  show(vehicles, selectedId, now) {
    const newest = vehicles.slice(-MOST_ROWS).reverse();
    const key = `${newest.map((v) => v.id).join()}|${selectedId}`;
    if (key === this.#shown) return;
    this.#shown = key;
    const focused = document.activeElement?.dataset?.vehicle;
    this.none.hidden = newest.length > 0;
    fill(this.rows, ...newest.map((v) => this.#row(v, v.id === selectedId, now)));
    if (focused) this.rows.querySelector(`[data-vehicle="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  #row(v, isSelected, now) {
    const style = STYLES[v.class] ?? { colour: "small", word: v.class };
    const direction = DIRECTIONS[v.direction];
    const time = el("button.plain", { type: "button", title: `${utc(v.time)} – show in the waterfall`, data: { vehicle: v.id }, "aria-pressed": String(isSelected), onclick: () => this.onPick(v.id) }, localNear(v.time, now));
    return el(isSelected ? "tr.selected" : "tr", {},
      el("td.time", {}, time),
      el("td", {}, el(`span.${v.direction}`, {}, icon(direction.shape)), el("span.word", {}, ` ${direction.word}`)),
      el("td", {}, el(`span.${style.colour}`, {}, icon(v.class in STYLES ? v.class : "small")), ` ${style.word}`),
      el("td.number", { title: `standard error ${number(v.speedStandardErrorKmh, 2)} km/h` }, el("b", {}, number(v.speedKmh)), el("span.muted", {}, ` ± ${number(v.speedStandardErrorKmh, 1)}`)),
      el("td.number", { title: `track ${number(v.confidence * 100)} %, class ${number(v.classProbability * 100)} %` }, `${number(v.confidence * 100)} %`));
  }
}

export const VEHICLE_COLUMNS = [
  "time_utc", "direction", "class", "class_probability", "speed_kmh", "speed_standard_error_kmh", "acceleration_ms2", "reference_m", "start_m", "end_m", "amplitude", "confidence", "id",
];

export function vehicleRows(vehicles) {
  return vehicles.map((v) => [
    new Date(v.time), v.direction, v.class, v.classProbability, v.speedKmh, v.speedStandardErrorKmh, v.accelerationMs2, v.referenceM, v.startM, v.endM, v.amplitude, v.confidence, v.id,
  ]);
}
