// Impacts: those of late, and the record of the chosen one with its motion.
import { Panel } from "@sensing/client/chart/panel.js";
import { byId, el, fill } from "@sensing/client/core/dom.js";
import { localFull, localNear, number, quantity, utc } from "@sensing/client/core/format.js";
import { blowWords, IMPACT_COLUMNS, impactRows, side } from "./impacts.js";
import { AXES, blowFrom, traceChart } from "./trace.js";
import { IMPACT } from "./types.js";
import { impactLook } from "./words.js";

const MOST_ROWS = 12;

/** Probabilities below are not drawn. */
const LEAST = 0.005;

export class ImpactPanel {
  #view;
  #shown = "";
  /** Key of the impact that the viewer has chosen; null: the newest. @type {string|null} */
  #chosen = null;

  /** @param {import("./boat.js").BoatView} view */
  constructor(view) {
    this.#view = view;
    this.panel = new Panel(byId("impacts"), "impacts", {
      table: () => ({ columns: IMPACT_COLUMNS, rows: impactRows(this.#listed()).reverse() }),
      picture: null,
      link: () => view.link("impacts"),
      range: () => view.frame.range.ends(),
    });
  }

  /** Newest first; of a fixed range those until its end. */
  #listed() {
    const data = this.#view.data();
    const until = this.#view.frame.range.follows ? Infinity : this.#view.eventNow();
    return data === null ? [] : data.impacts.all().filter((i) => i.time <= until);
  }

  show() {
    const data = this.#view.data();
    if (data === null) return;
    const listed = this.#listed();
    const shown = listed.find((i) => i.key === this.#chosen) ?? listed[0];
    const key = JSON.stringify([
      listed.map((i) => [i.key, i.data.complete]),
      shown?.key,
      data.isLoading && listed.length === 0,
      data.problem?.message,
    ]);
    if (key === this.#shown) return;
    this.#shown = key;
    if (data.problem && listed.length === 0) this.panel.setState("error", data.problem.message);
    else this.panel.setState("ok");
    if (shown === undefined) {
      const text = data.has(IMPACT)
        ? "No impact in this range."
        : "Nothing has struck the vessel; an inertial sensor is needed to know of it.";
      fill(byId("impact-view"), el("p.empty", {}, data.isLoading ? "Loading" : text));
      return;
    }
    fill(
      byId("impact-view"),
      el(
        "ul.impact-rows",
        { "aria-label": "Impacts, newest first" },
        ...listed.slice(0, MOST_ROWS).map((i) => this.#row(i, i.key === shown.key)),
      ),
      record(shown),
    );
  }

  /**
   * @param {import("./impacts.js").ShownImpact} impact
   * @param {boolean} isShown
   */
  #row({ key, time, data }, isShown) {
    const { word, isImpact } = impactLook(data.class);
    return el(
      `li${isImpact ? ".struck" : ""}`,
      {},
      el(
        "button",
        {
          type: "button",
          "aria-pressed": String(isShown),
          title: utc(time),
          onclick: () => {
            this.#chosen = key;
            this.show();
          },
        },
        el("b", {}, word),
        el("span", {}, localNear(time, this.#view.eventNow())),
        el("small", {}, `${quantity(data.peakMs2, "m/s²", 1)}${data.complete ? "" : ", being recorded"}`),
      ),
    );
  }
}

/** @param {import("./impacts.js").ShownImpact} impact */
function record({ time, data }) {
  const { isImpact } = impactLook(data.class);
  const from = isImpact ? side(data.directionDeg) : "";
  /** @type {[string, string][]} */
  const facts = [
    ["Peak", quantity(data.peakMs2, "m/s²", 1)],
    ["Jerk", quantity(data.jerkMs3, "m/s³")],
    ["Change of speed", quantity(data.deltaVMs, "m/s", 2)],
    [
      "Direction",
      isImpact ? `${number(Math.abs(data.directionDeg))}° ${data.directionDeg < 0 ? "port" : "starboard"}` : "–",
    ],
    ["Impact at all", quantity(100 * data.impactProbability, "%", 1)],
    ["Decided after", quantity(data.decidedAfterMs, "ms")],
  ];
  const likely = (data.probabilities ?? [])
    .filter((p) => p.probability >= LEAST)
    .sort((a, b) => b.probability - a.probability);
  return el(
    "div.impact-record",
    {},
    el(
      "div.impact-head",
      {},
      blowFrom(isImpact ? data.directionDeg : 0, isImpact ? `Blow ${from}` : "No blow"),
      el(
        "div",
        {},
        el("h3", {}, blowWords(data)),
        el("p.muted", { title: utc(time) }, `${localFull(time)}, number ${data.number}, model ${data.model}`),
        el("dl.facts", {}, ...facts.map(([term, value]) => el("div", {}, el("dt", {}, term), el("dd", {}, value)))),
      ),
    ),
    el(
      "ul.probabilities",
      { "aria-label": "Probability of each class" },
      ...likely.map((p) =>
        el(
          "li",
          {},
          el("span", {}, impactLook(p.class).word),
          el("meter", { min: 0, max: 1, value: p.probability, "aria-label": impactLook(p.class).word }),
          el("span.number", {}, quantity(100 * p.probability, "%", p.probability < 0.1 ? 1 : 0)),
        ),
      ),
    ),
    data.trace
      ? el(
          "figure.trace-host",
          {},
          el("figcaption", {}, "Acceleration ", ...AXES.map(([, words, look]) => el(`span.key.${look}`, {}, words))),
          traceChart(data.trace),
        )
      : el("p.muted", {}, data.complete ? "The record has no trace." : "The record with the whole motion follows."),
  );
}
