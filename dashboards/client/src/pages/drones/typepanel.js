// What became of the tasks by type: over the range, and in the last period.
import { Panel } from "@sensing/client/chart/panel.js";
import { byId, el, fill } from "@sensing/client/core/dom.js";
import { number, quantity, span } from "@sensing/client/core/format.js";
import { TYPE_COLUMNS, typeRows } from "./rows.js";
import { shareOf, tallyOf, typesOf } from "./tally.js";
import { percent } from "./words.js";

/** @typedef {import("./tally.js").Counts} Counts */
/** @typedef {import("./tally.js").TypeTally} TypeTally */

/** @type {{name: "done"|"late"|"failed"|"dropped"|"stolen"|"migrated", word: string, what: string}[]} */
const COLUMNS = [
  { name: "done", word: "Done", what: "By the deadline" },
  { name: "late", word: "Late", what: "After the deadline" },
  { name: "failed", word: "Failed", what: "Ran and brought no result" },
  { name: "dropped", word: "Dropped", what: "Never started" },
  { name: "stolen", word: "Stolen", what: "Waited for the cloud, and the edge took it" },
  { name: "migrated", word: "Migrated", what: "Was queued on the edge, and went to the cloud" },
];

export class TypePanel {
  #view;
  #shown = "";

  /** @param {import("./drones.js").DronesView} view */
  constructor(view) {
    this.#view = view;
    this.panel = new Panel(byId("types"), "task_types", {
      table: () => ({ columns: TYPE_COLUMNS, rows: typeRows(view.reports(), null) }),
      picture: null,
      link: () => view.link("types"),
      range: () => view.frame.range.ends(),
    });
  }

  show() {
    const reports = this.#view.reports();
    const last = reports.at(-1);
    this.#view.showState(this.panel, {
      isEmpty: last === undefined,
      emptyText: "No report of the edge in this range.",
    });
    const rows = typesOf(reports);
    const all = tallyOf(reports).counts;
    const chosen = this.#view.type();
    const key = JSON.stringify([rows, chosen]);
    if (key === this.#shown) return;
    this.#shown = key;
    byId("types-note").textContent = last ? `in the range, and in the last ${span(last.data.periodSeconds)}` : "";
    if (rows.length === 0) {
      byId("type-list").replaceChildren();
      return;
    }
    const focused = document.activeElement?.closest("[data-type]")?.getAttribute("data-type");
    const head = (/** @type {string} */ text, /** @type {string} */ title = "") =>
      el("th.number", { scope: "col", title }, text);
    fill(
      byId("type-list"),
      el(
        "table.drone-types",
        {},
        el(
          "thead",
          {},
          el(
            "tr",
            {},
            el("th", { scope: "col" }, "Type"),
            ...COLUMNS.map(({ word, what }) => head(word, what)),
            head("Edge : cloud", "Where they ran"),
            head("Utility"),
            head("QoE", "Windows of the quality of experience that were met"),
          ),
        ),
        el("tbody", {}, ...rows.map((row) => this.#row(row, row.type === chosen))),
        rows.length > 1 ? el("tfoot", {}, el("tr", {}, el("th", { scope: "row" }, "All"), ...cells(all, null))) : null,
      ),
    );
    if (focused) {
      const button = byId("type-list").querySelector(`[data-type="${CSS.escape(focused)}"] button`);
      if (button instanceof HTMLElement) button.focus();
    }
  }

  /** @param {TypeTally} row @param {boolean} isChosen */
  #row({ type, summary, counts, now }, isChosen) {
    const choose = el(
      "button.plain",
      {
        type: "button",
        title: isChosen ? "Show all types in the charts" : `Show ${type} in the charts`,
        "aria-pressed": String(isChosen),
        onclick: () => this.#view.choose(isChosen ? null : type),
      },
      type,
    );
    return el(
      isChosen ? "tr.chosen" : "tr",
      { data: { type } },
      el("th", { scope: "row" }, choose, el("small", { title: summary }, summary)),
      ...cells(counts, now),
    );
  }
}

/**
 * @param {Counts} counts
 * @param {import("./types.js").TypeQos|null} now the last period; null: not shown
 */
function cells(counts, now) {
  const share = shareOf(counts.done, counts.arrived);
  return [
    ...COLUMNS.map(({ name }) =>
      el(
        `td.number${counts[name] === 0 ? ".none" : `.${name}`}`,
        {},
        el("b", {}, number(counts[name])),
        name === "done" ? el("span.of", {}, ` ${percent(share)}`) : null,
        now ? el("small", {}, `now ${number(now[name])}`) : null,
      ),
    ),
    el(
      "td.number",
      {},
      el("b", {}, `${number(counts.onEdge)} : ${number(counts.inCloud)}`),
      now ? el("small", {}, `now ${places(now)}`) : null,
    ),
    el(
      "td.number",
      {},
      el("b", {}, number(counts.utility)),
      now ? el("small", {}, `now ${number(now.utility)}`) : null,
    ),
    el(
      "td.number",
      {},
      el("b", {}, counts.windows === 0 ? "–" : `${number(counts.met)} / ${number(counts.windows)}`),
      now ? el("small", {}, lastWindow(now)) : null,
    ),
  ];
}

/** @param {import("./types.js").TypeQos} now */
const places = ({ arrived, edgeShare, cloudShare }) =>
  `${number(Math.round(edgeShare * arrived))} : ${number(Math.round(cloudShare * arrived))}`;

/** @param {import("./types.js").TypeQos} now */
function lastWindow({ windowCompletion, windowBonus }) {
  if ((windowCompletion ?? null) === null) return "no window yet";
  // Cut off: a window that was missed by little must not appear to have reached its share.
  const share = quantity(Math.floor((windowCompletion ?? 0) * 100 + 1e-6), "%");
  return `${(windowBonus ?? 0) > 0 ? "met" : "missed"}, ${share}`;
}
