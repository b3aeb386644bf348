// Changes of encounters within the range, newest first.
import { Panel } from "@sensing/client/chart/panel.js";
import { byId, el, fill } from "@sensing/client/core/dom.js";
import { localNear, utc } from "@sensing/client/core/format.js";
import { distance, levelLook, lookIcon, nameOf } from "./words.js";

const MOST_ROWS = 100;

export class LogPanel {
  #view;
  #shown = "";

  /** @param {import("./boat.js").BoatView} view */
  constructor(view) {
    this.#view = view;
    this.panel = new Panel(byId("log"), "encounters", {
      table: () => ({
        columns: [
          "time_utc",
          "target",
          "name",
          "level",
          "reason",
          "class",
          "duty",
          "advice",
          "cpa_m",
          "cpa_error_m",
          "tcpa_s",
          "range_m",
          "bearing_deg",
        ],
        rows: this.#changes().map(({ time, data: d }) => [
          new Date(time),
          d.target,
          d.name,
          d.level,
          d.reason,
          d.class,
          d.duty,
          d.advice,
          d.cpaM,
          d.cpaErrorM,
          d.tcpaSeconds,
          d.rangeM,
          d.bearingDeg,
        ]),
      }),
      picture: null,
      link: () => view.link("log"),
      range: () => view.frame.range.ends(),
    });
  }

  #changes() {
    const { from, to } = this.#view.frame.range.ends();
    return (this.#view.data()?.changes() ?? []).filter((c) => c.time >= from && c.time <= to + 60000);
  }

  show() {
    const data = this.#view.data();
    if (data === null) return;
    const changes = this.#changes().reverse();
    const key = JSON.stringify([changes.length, changes[0], data.isLoading]);
    if (key === this.#shown) return;
    this.#shown = key;
    this.panel.setState(data.problem ? "error" : "ok", data.problem?.message ?? "");
    const now = this.#view.eventNow();
    fill(
      byId("log-list"),
      changes.length === 0
        ? el("p.empty", {}, data.isLoading ? "Loading" : "No encounter in this range.")
        : el(
            "ul.log-rows",
            {},
            ...changes
              .slice(0, MOST_ROWS)
              .map(({ time, data: d }) =>
                el(
                  `li.${d.level}`,
                  {},
                  lookIcon(levelLook(d.level)),
                  el(
                    "span",
                    {},
                    el("b", {}, d.target === "own-ship" ? "Own ship" : nameOf(d)),
                    ` ${d.advice}${d.level === "none" || d.cpaM === undefined ? "" : `, CPA ${distance(d.cpaM)}`}`,
                  ),
                  el("time", { title: utc(time) }, localNear(time, now)),
                ),
              ),
          ),
    );
  }
}
