// The model of impacts in use, the one in shadow, and what became of others.
import { Panel } from "@sensing/client/chart/panel.js";
import { byId, el, fill } from "@sensing/client/core/dom.js";
import { localNear, number, quantity, utc } from "@sensing/client/core/format.js";
import { IMPACT } from "./types.js";
import { modelWord } from "./words.js";

const MOST_ROWS = 8;

/** @typedef {import("./picture.js").Timed<import("./types.js").Model>} Report */

/**
 * What the reports say by now: what decides, and what runs beside it.
 * @param {Report[]} reports in order of time
 */
export function modelsOf(reports) {
  const newest = reports[reports.length - 1];
  if (newest === undefined) return { inUse: null, shadow: null };
  const { inUse } = newest.data;
  /** The last that was said of each version. @type {Map<string, Report>} */
  const last = new Map();
  for (const report of reports) last.set(report.data.version, report);
  const shadow = [...last.values()].filter((r) => r.data.state === "shadow").pop() ?? null;
  return { inUse: { version: inUse, report: last.get(inUse) ?? null, model: newest.data.model }, shadow };
}

export class ModelPanel {
  #view;
  #shown = "";

  /** @param {import("./boat.js").BoatView} view */
  constructor(view) {
    this.#view = view;
    this.panel = new Panel(byId("models"), "models", {
      table: () => ({
        columns: ["time_utc", "model", "version", "state", "in_use", "windows", "agreement", "reason", "digest"],
        rows: this.#reports().map(({ time, data }) => [
          new Date(time),
          data.model,
          data.version,
          data.state,
          data.inUse,
          data.windows,
          data.agreement,
          data.reason,
          data.digest,
        ]),
      }),
      picture: null,
      link: () => view.link("models"),
      range: () => view.frame.range.ends(),
    });
  }

  #reports() {
    const until = this.#view.frame.range.follows ? Infinity : this.#view.eventNow();
    return (this.#view.data()?.models ?? []).filter((r) => r.time <= until);
  }

  show() {
    const data = this.#view.data();
    if (data === null) return;
    const reports = this.#reports();
    const named = data.impacts.all()[0]?.data.model;
    const isUnknown = reports.length === 0 && named === undefined && !data.has(IMPACT);
    byId("models").hidden = isUnknown;
    byId("page").classList.toggle("no-models", isUnknown);
    const key = JSON.stringify([reports, named]);
    if (key === this.#shown) return;
    this.#shown = key;
    this.panel.setState("ok");
    const { inUse, shadow } = modelsOf(reports);
    const now = this.#view.eventNow();
    fill(
      byId("model-view"),
      el(
        "div.model-cards",
        {},
        inUse === null
          ? card("In use", named ?? "–", null, now)
          : card("In use", `${inUse.model} ${inUse.version}`, inUse.report, now),
        shadow === null
          ? el(
              "div.model-card.empty-card",
              {},
              el("h3", {}, "In shadow"),
              el("p.muted", {}, "No other model is being compared."),
            )
          : card("In shadow", `${shadow.data.model} ${shadow.data.version}`, shadow, now),
      ),
      reports.length === 0
        ? null
        : el(
            "ul.model-rows",
            { "aria-label": "Changes, newest first" },
            ...[...reports]
              .reverse()
              .slice(0, MOST_ROWS)
              .map(({ time, data: d }) =>
                el(
                  `li.${d.state}`,
                  {},
                  el("span.chip", {}, modelWord(d.state)),
                  el("span", {}, `${d.version}: ${d.reason}`),
                  el("time", { title: utc(time) }, localNear(time, now)),
                ),
              ),
          ),
    );
  }
}

/**
 * @param {string} what
 * @param {string} name
 * @param {Report|null} report
 * @param {number} now ms
 */
function card(what, name, report, now) {
  return el(
    "div.model-card",
    {},
    el("h3", {}, what),
    el("p.model-name", {}, name),
    report === null
      ? el("p.muted", {}, "Named by the last impact.")
      : el(
          "p.muted",
          { title: `SHA-256 ${report.data.digest}` },
          [
            `since ${localNear(report.time, now)}`,
            report.data.windows > 0 ? `${number(report.data.windows)} windows seen` : "",
            report.data.agreement === undefined ? "" : `${quantity(100 * report.data.agreement, "%", 1)} alike`,
            `digest ${report.data.digest.slice(0, 8)}…`,
          ]
            .filter(Boolean)
            .join(", "),
        ),
  );
}
