// What needs attention: banners for what is so now, and the list of the range.
import { Panel } from "@sensing/client/chart/panel.js";
import { byId, el, fill } from "@sensing/client/core/dom.js";
import { localNear, localSecond, quantity, span, utc } from "@sensing/client/core/format.js";
import { byPlace, INCIDENT_COLUMNS, incidentRows, isActive, spoken } from "./incidents.js";
import { incidentIcon } from "./words.js";

const MOST_ROWS = 100;

/** The plan and the approaches must stay in sight. */
const MOST_BANNERS = 4;

/** @typedef {import("./incidents.js").Incident} Incident */

export class IncidentPanel {
  #view;
  #shown = "";

  /** @param {import("./junction.js").JunctionView} view */
  constructor(view) {
    this.#view = view;
    this.panel = new Panel(byId("incidents"), "incidents", {
      table: () => ({ columns: INCIDENT_COLUMNS, rows: incidentRows(this.#listed()) }),
      picture: null,
      link: () => view.link("incidents"),
      range: () => view.frame.range.ends(),
    });
  }

  /** @param {Incident} incident that has just begun */
  arrived(incident) {
    if (this.#view.frame.range.follows) byId("spoken-junction").textContent = spoken(incident);
  }

  /** Those that matter now. */
  active() {
    const data = this.#view.data();
    return data === null ? [] : data.incidents.active(this.#view.eventNow()).filter((i) => this.#isShown(i));
  }

  show() {
    const data = this.#view.data();
    if (data === null) return;
    const now = this.#view.eventNow();
    const places = byPlace(this.active());
    const more = places.length - MOST_BANNERS;
    fill(
      byId("banners"),
      ...places.slice(0, MOST_BANNERS).map((place) => banner(place, now)),
      more > 0 ? el("li.muted.small", {}, `${more} more under Incidents`) : null,
    );
    const listed = this.#listed();
    if (data.problem) this.panel.setState("error", data.problem.message);
    else if (listed.length === 0 && data.isLoading) this.panel.setState("loading", "Loading");
    else
      this.panel.setState(
        "ok",
        data.isCut.incidents && listed.length > MOST_ROWS ? "Only the newest of the range are listed." : "",
      );
    const key = JSON.stringify([data.isLoading && listed.length === 0, listed.map((i) => [i, isActive(i, now)])]);
    if (key === this.#shown) return;
    this.#shown = key;
    fill(
      byId("incident-list"),
      listed.length === 0
        ? el(
            "p.empty",
            {},
            data.isLoading ? "" : "Nothing in this range: no emergency vehicle, no alarm, no camera fault.",
          )
        : el("ul.incident-rows", {}, ...listed.slice(0, MOST_ROWS).map((i) => row(i, now))),
    );
  }

  #listed() {
    const { from, to } = this.#view.frame.range.ends();
    const upTo = this.#view.frame.range.follows ? Infinity : to;
    return (this.#view.data()?.incidents.between(from, upTo) ?? []).filter((i) => this.#isShown(i));
  }

  /** @param {Incident} i */
  #isShown({ source, approach }) {
    return this.#view.isShown(approach === "" ? `${source}#` : `${source}#${approach}`);
  }
}

/** @param {Incident} i */
const where = ({ approach, lane, source }) =>
  [approach || source.split("/").pop(), lane === null ? "" : `lane ${lane}`].filter(Boolean).join(", ");

/** @param {Incident} i @param {number} now ms */
function arrivalText({ arrival }, now) {
  if (arrival === null) return "";
  const left = (arrival - now) / 1000;
  return left > 0
    ? `expected at the stop line in ${span(left)} (${localSecond(arrival)})`
    : `expected at the stop line at ${localSecond(arrival)}`;
}

/**
 * @param {{incident: Incident, count: number}} place
 * @param {number} now ms
 */
function banner({ incident: i, count }, now) {
  const details = [
    i.confidence === null ? "" : `confidence ${quantity(i.confidence * 100, "%")}`,
    i.evidence.join(" and "),
    arrivalText(i, now),
    i.detail,
    count > 1 ? `${count} of them` : "",
  ].filter(Boolean);
  return el(
    `li.junction-banner.${i.kind}`,
    {},
    incidentIcon(i.kind),
    el("div", {}, el("b", {}, i.what, " – ", where(i)), details.length > 0 ? el("p", {}, details.join(" · ")) : null),
    el("span.since", { title: utc(i.begin) }, `for ${span((now - i.begin) / 1000)}`),
  );
}

/**
 * @param {Incident} i
 * @param {number} now ms
 */
function row(i, now) {
  const active = isActive(i, now);
  const details = [
    i.confidence === null ? "" : `confidence ${quantity(i.confidence * 100, "%")}`,
    i.evidence.join(" and "),
    i.arrival === null ? "" : `expected at ${localSecond(i.arrival)}`,
    i.detail,
  ].filter(Boolean);
  const lasted = i.end !== null && i.end > i.begin ? `, lasted ${span((i.end - i.begin) / 1000)}` : "";
  return el(
    "li.incident",
    {},
    el(`span.kind.${i.kind}`, {}, incidentIcon(i.kind)),
    el("b", {}, i.what),
    el("time", { title: utc(i.begin), dateTime: new Date(i.begin).toISOString() }, localNear(i.begin, now)),
    el(
      "p",
      {},
      active ? el("span.now", {}, "Now") : `Over${lasted}`,
      ` · ${[where(i), ...details].filter(Boolean).join(" · ")}`,
    ),
  );
}
