// Volumes over time, and counts by movement and class.
import { showFreshness } from "@sensing/client/chart/freshness.js";
import { Panel } from "@sensing/client/chart/panel.js";
import { TimeChart } from "@sensing/client/chart/timechart.js";
import { byId, el, fill } from "@sensing/client/core/dom.js";
import { localDay, localMinute, number, quantity } from "@sensing/client/core/format.js";
import {
  barLength,
  barSeries,
  barsOf,
  COUNT_COLUMNS,
  countRows,
  haveMovements,
  observedShare,
  windowRows,
} from "./counts.js";
import { LEAST_COUNTS } from "./data.js";
import { COUNT } from "./types.js";
import { CLASSES } from "./words.js";

/** A quarter of an hour may be late by a minute or two, s. */
const STALE = 17 * 60;

export class CountPanels {
  #view;
  #shown = "";

  /** @param {import("./junction.js").JunctionView} view */
  constructor(view) {
    this.#view = view;
    const { range, url } = view.frame;
    this.chart = new TimeChart(byId("counts-chart"), {
      label: "Volumes by class over time",
      unit: "veh",
      isStacked: true,
      ...range.chartHooks(),
    });
    this.choice = /** @type {HTMLSelectElement} */ (byId("movements-choice"));
    this.choice.value = url.get("by") === "lane" ? "lane" : "movement";
    this.choice.addEventListener("change", () => {
      url.set({ by: this.choice.value });
      this.show();
    });
    const common = (/** @type {string} */ name) => ({
      table: () => ({ columns: COUNT_COLUMNS, rows: windowRows(this.#windows()) }),
      link: () => view.link(name),
      range: () => this.#ends(),
    });
    this.volumes = new Panel(byId("counts"), "volumes", {
      ...common("counts"),
      picture: () => this.chart.picture("Volumes by class"),
    });
    this.counts = new Panel(byId("movements"), "counts", { ...common("movements"), picture: null });
  }

  recolour() {
    this.chart.recolour();
  }

  show() {
    const data = this.#view.data();
    if (data === null) return;
    const windows = this.#windows();
    const { from, to } = this.#ends();
    const bars = barsOf(windows, barLength(from, to));
    this.chart.show(bars.times, barSeries(bars), from, to);
    const { problem, isLoading } = data;
    for (const panel of [this.volumes, this.counts]) {
      showFreshness(panel, {
        problem,
        isLoading,
        isEmpty: windows.length === 0,
        emptyText: "No count in this range: one comes at the end of each quarter of an hour.",
        newest: data.newest[COUNT],
        follows: this.#view.frame.range.follows && !data.clock.isReplay,
        staleAfter: STALE,
      });
      panel.refreshTable();
    }
    this.#summary(windows, data.isCut.counts);
    this.#table(windows);
  }

  /**
   * @param {import("./counts.js").Window[]} windows
   * @param {boolean} isCut
   */
  #summary(windows, isCut) {
    const total = windows.reduce((sum, w) => sum + w.count, 0);
    const share = observedShare(windows);
    const parts = [
      `${number(total)} vehicles`,
      share !== null && share < 0.995 ? `seen ${quantity(share * 100, "%")} of the time` : "",
      isCut ? "the newest reports of the range only" : "",
    ];
    byId("counts-summary").textContent = windows.length === 0 ? "" : parts.filter(Boolean).join(", ");
    const length = windows[0]?.windowMinutes ?? 15;
    byId("counts-note").textContent = `vehicles by class, windows of ${length} min`;
  }

  /** @param {import("./counts.js").Window[]} windows */
  #table(windows) {
    const isByMovement = this.choice.value === "movement" && haveMovements(windows);
    const rows = countRows(windows, isByMovement ? "movement" : "lane");
    const { from, to } = this.#ends();
    const note =
      windows.length > 0
        ? `${day(from, to)}${localMinute(windows[0].time - windows[0].windowMinutes * 60000)} – ${localMinute(windows[windows.length - 1].time)}`
        : "";
    if (byId("movements-note").textContent !== note) byId("movements-note").textContent = note;
    const key = JSON.stringify([isByMovement, rows]);
    if (key === this.#shown) return;
    this.#shown = key;
    if (rows.length === 0) {
      byId("movement-list").replaceChildren();
      return;
    }
    const several = new Set(rows.map((r) => r.approach)).size > 1;
    const sum = (/** @type {string} */ name) => rows.reduce((all, r) => all + (r.byClass[name] ?? 0), 0);
    const cells = (/** @type {(name: string) => number} */ of) =>
      CLASSES.map(({ name }) => el(of(name) > 0 ? "td.number" : "td.number.none", {}, number(of(name))));
    fill(
      byId("movement-list"),
      el(
        "table.counts",
        {},
        el(
          "thead",
          {},
          el(
            "tr",
            {},
            el("th", { scope: "col" }, isByMovement ? "Movement" : "Direction, lane"),
            ...CLASSES.map((c) =>
              el(
                "th.number",
                { scope: "col" },
                swatch(c.name),
                el("span.long", {}, c.plural),
                el("span.short", { "aria-hidden": "true" }, c.short),
              ),
            ),
            el("th.number", { scope: "col" }, "All"),
          ),
        ),
        el(
          "tbody",
          {},
          ...rows.flatMap((r, i) => [
            several && r.approach !== rows[i - 1]?.approach
              ? el("tr.group", {}, el("th", { scope: "rowgroup", colspan: CLASSES.length + 2 }, r.approach))
              : null,
            el(
              "tr",
              {},
              el("th", { scope: "row" }, isByMovement ? `${r.from} → ${r.to}` : `${r.from}, lane ${r.to}`),
              ...cells((name) => r.byClass[name] ?? 0),
              el("td.number", {}, el("b", {}, number(r.total))),
            ),
          ]),
        ),
        el(
          "tfoot",
          {},
          el(
            "tr",
            {},
            el("th", { scope: "row" }, "All"),
            ...cells(sum),
            el("td.number", {}, el("b", {}, number(rows.reduce((all, r) => all + r.total, 0)))),
          ),
        ),
      ),
      this.choice.value === "movement" && !isByMovement && windows.length > 0
        ? el("p.muted.small", {}, "No gates are set up, so vehicles are counted by lane.")
        : null,
    );
  }

  #windows() {
    const { from, to } = this.#ends();
    return this.#view.data()?.counts.between(from, to, (key) => this.#view.isShown(key)) ?? [];
  }

  /** Some windows at least. */
  #ends() {
    const { from, to } = this.#view.frame.range.ends();
    return { from: Math.min(from, to - LEAST_COUNTS), to };
  }
}

/** @param {string} name */
const swatch = (name) => el(`span.swatch.${name}`, { "aria-hidden": "true" });

/** @param {number} from ms @param {number} to ms */
const day = (from, to) => (localDay(from) === localDay(to) ? "" : `${localDay(from)} – ${localDay(to)}, `);
