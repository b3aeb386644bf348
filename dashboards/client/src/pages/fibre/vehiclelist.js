// The newest vehicles as a table, and a polite word about those that have just arrived.
import { el, fill, icon } from "@sensing/client/core/dom.js";
import { deviation, localNear, number, utc } from "@sensing/client/core/format.js";
import { vehicleIcon } from "./icons.js";
import { announce } from "./vehicles.js";
import { DIRECTIONS, STYLES } from "./waterfall/tracks.js";

const MOST_ROWS = 60;
const PAUSE = 5000;

/** @typedef {import("./waterfall/tracks.js").Vehicle} Vehicle */

export class VehicleList {
  /** @type {Vehicle[]} */
  #fresh = [];
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;
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
    fill(
      host,
      el(
        "table.vehicles",
        {},
        el(
          "thead",
          {},
          el(
            "tr",
            {},
            ...["Time", "Direction", "Class", "Speed, km/h", "Conf."].map((c) => el("th", { scope: "col" }, c)),
          ),
        ),
        this.rows,
      ),
      this.none,
    );
  }

  /**
   * A vehicle that has just arrived; spoken together with others within a few seconds.
   * @param {Vehicle} v
   */
  arrived(v) {
    this.#fresh.push(v);
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.spoken.textContent = announce(this.#fresh);
      this.#fresh = [];
      this.#timer = undefined;
    }, PAUSE);
  }

  /**
   * Shows the newest.
   * @param {Vehicle[]} vehicles in order of time
   * @param {string|null} selectedId
   * @param {number} now ms
   */
  show(vehicles, selectedId, now) {
    const newest = vehicles.slice(-MOST_ROWS).reverse();
    const key = `${newest.map((v) => v.id).join()}|${selectedId}`;
    if (key === this.#shown) return;
    this.#shown = key;
    const active = document.activeElement;
    const focused = active instanceof HTMLElement ? active.dataset.vehicle : undefined;
    this.none.hidden = newest.length > 0;
    fill(this.rows, ...newest.map((v) => this.#row(v, v.id === selectedId, now)));
    if (!focused) return;
    const button = this.rows.querySelector(`[data-vehicle="${CSS.escape(focused)}"]`);
    if (button instanceof HTMLElement) button.focus({ preventScroll: true });
  }

  /**
   * @param {Vehicle} v
   * @param {boolean} isSelected
   * @param {number} now ms
   */
  #row(v, isSelected, now) {
    const style = STYLES[v.class] ?? { colour: "small", word: v.class };
    const direction = DIRECTIONS[v.direction];
    const time = el(
      "button.plain",
      {
        type: "button",
        title: `${utc(v.time)} – show in the waterfall`,
        data: { vehicle: v.id },
        "aria-pressed": String(isSelected),
        onclick: () => this.onPick(v.id),
      },
      localNear(v.time, now),
    );
    return el(
      isSelected ? "tr.selected" : "tr",
      {},
      el("td.time", {}, time),
      el("td", {}, el(`span.${v.direction}`, {}, icon(direction.shape)), el("span.word", {}, ` ${direction.word}`)),
      el("td", {}, el(`span.${style.colour}`, {}, vehicleIcon(v.class)), ` ${style.word}`),
      el(
        "td.number",
        { title: `standard error ${deviation(v.speedStandardErrorKmh, 2)} km/h` },
        el("b", {}, number(v.speedKmh)),
        el("span.muted", {}, ` ± ${deviation(v.speedStandardErrorKmh)}`),
      ),
      el(
        "td.number",
        { title: `track ${number(v.confidence * 100)} %, class ${number(v.classProbability * 100)} %` },
        `${number(v.confidence * 100)} %`,
      ),
    );
  }
}

export const VEHICLE_COLUMNS = [
  "time_utc",
  "direction",
  "class",
  "class_probability",
  "speed_kmh",
  "speed_standard_error_kmh",
  "acceleration_ms2",
  "reference_m",
  "start_m",
  "end_m",
  "amplitude",
  "confidence",
  "id",
];

/**
 * @param {Vehicle[]} vehicles
 * @returns {import("@sensing/client/chart/panel.js").Cell[][]}
 */
export function vehicleRows(vehicles) {
  return vehicles.map((v) => [
    new Date(v.time),
    v.direction,
    v.class,
    v.classProbability,
    v.speedKmh,
    v.speedStandardErrorKmh,
    v.accelerationMs2,
    v.referenceM,
    v.startM,
    v.endM,
    v.amplitude,
    v.confidence,
    v.id,
  ]);
}
