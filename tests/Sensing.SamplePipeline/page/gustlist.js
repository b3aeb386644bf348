// Gusts as a table.
import { el, fill } from "@sensing/client/core/dom.js";
import { localNear, number, quantity, utc } from "@sensing/client/core/format.js";

/** @typedef {import("./types.js").GustEvent} GustEvent */

const MOST_ROWS = 100;

export const GUST_COLUMNS = ["end_utc", "peak_ms", "mean_wind_ms", "duration_s", "outlook_ms", "id"];

/**
 * @param {GustEvent[]} gusts
 * @returns {import("@sensing/client/chart/panel.js").Cell[][]}
 */
export function gustRows(gusts) {
  return gusts.map(({ time, data, id }) => [
    new Date(time),
    data.peakMs,
    data.meanWindMs,
    data.durationSeconds,
    data.outlookMs,
    id,
  ]);
}

export class GustList {
  #rows = el("tbody");
  #none = el("p.empty", {}, "No gust in this range.");
  #shown = "";

  /** @param {HTMLElement} host */
  constructor(host) {
    const heads = ["Time", "Peak", "Mean before", "Length", "Outlook"];
    fill(
      host,
      el(
        "div.scroll",
        { tabIndex: 0, role: "region", "aria-label": "Gusts" },
        el(
          "table.gusts",
          {},
          el("thead", {}, el("tr", {}, ...heads.map((c) => el("th", { scope: "col" }, c)))),
          this.#rows,
        ),
        this.#none,
      ),
    );
  }

  /**
   * @param {GustEvent[]} gusts newest first
   * @param {number} now ms
   */
  show(gusts, now) {
    const newest = gusts.slice(0, MOST_ROWS);
    const key = newest.map((e) => e.id).join();
    this.#none.hidden = newest.length > 0;
    if (key === this.#shown) return;
    this.#shown = key;
    fill(this.#rows, ...newest.map((event) => row(event, now)));
  }
}

/**
 * @param {GustEvent} event
 * @param {number} now ms
 */
function row({ time, data }, now) {
  const end = Date.parse(time);
  return el(
    "tr",
    {},
    el("td.time", { title: utc(end) }, localNear(end, now)),
    el("td.number", {}, el("b", {}, number(data.peakMs, 1))),
    el("td.number", {}, number(data.meanWindMs, 1)),
    el("td.number", {}, quantity(data.durationSeconds, "s")),
    el("td.number", { title: "strongest wind that the model expects in the next gust" }, number(data.outlookMs, 1)),
  );
}
