// The charts of the page: each has a panel, a note, and the rows of its file.
import { Panel } from "@sensing/client/chart/panel.js";
import { TimeChart } from "@sensing/client/chart/timechart.js";
import { byId } from "@sensing/client/core/dom.js";
import { number, quantity, span } from "@sensing/client/core/format.js";
import { LONG_COLUMNS, longRows, longShares, longUtility } from "./longrange.js";
import { EDGE_COLUMNS, edgeRows, TYPE_COLUMNS, typeRows } from "./rows.js";
import { fateSeries, latencySeries, linkSeries, shareSeries, utilitySeries, windowSeries } from "./series.js";
import { shareOf, tallyOf, typesOf } from "./tally.js";
import { percent } from "./words.js";

/** @typedef {import("./series.js").Drawn} Drawn */
/** @typedef {import("./types.js").Qos} Qos */
/** @template Data @typedef {import("./types.js").Timed<Data>} Timed */

/**
 * @typedef {object} ChartKind
 * @property {string} id of the panel; "ID-chart" and "ID-note" are in it
 * @property {string} title of its picture
 * @property {string} label for screen readers
 * @property {string} unit
 * @property {boolean} [isStacked]
 * @property {boolean} [isOfEdge] its file has rows of the edge, not of types
 * @property {(reports: Timed<Qos>[], rangeMs: number, type: string|null) => Drawn} series
 * @property {(rollups: import("./longrange.js").Rollups) => Drawn} [ofLong] of all types, where the range holds more
 *   reports than are read
 * @property {string} emptyText what is missing although there are reports
 * @property {(reports: Timed<Qos>[], type: string|null) => string} note
 */

/** @type {ChartKind[]} */
const KINDS = [
  {
    id: "fates",
    title: "Tasks",
    label: "What became of the tasks over time",
    unit: "tasks",
    isStacked: true,
    series: fateSeries,
    emptyText: "No task ended in this range.",
    note(reports, type) {
      const { arrived, stolen, migrated } = tallyOf(reports, type).counts;
      return `${number(arrived)} tasks; ${number(stolen)} stolen by the edge, ${number(migrated)} migrated to the cloud`;
    },
  },
  {
    id: "shares",
    title: "Done in time and promises kept",
    label: "Shares of tasks done in time and of promises kept",
    unit: "%",
    isOfEdge: true,
    series: shareSeries,
    ofLong: longShares,
    emptyText: "No task ended in this range.",
    note(reports, type) {
      const { counts, kept, promised } = tallyOf(reports, type);
      const done = `${percent(shareOf(counts.done, counts.arrived))} done in time`;
      if (type !== null) return done;
      return `${done}; of ${number(promised)} tasks that the edge started, ${percent(shareOf(kept, promised))} were`;
    },
  },
  {
    id: "utility",
    title: "Utility",
    label: "Utility a second, and its bound where it is known",
    unit: "/s",
    isOfEdge: true,
    series: utilitySeries,
    ofLong: longUtility,
    emptyText: "No utility was reported in this range.",
    note(reports, type) {
      const { counts, bounded } = tallyOf(reports, type);
      const earned = `${number(counts.utility)} earned`;
      if (type !== null) return `${earned}; the bound is known for all types together only`;
      if (bounded.reports === 0) return `${earned}; the bound has not been computed`;
      const share = `${percent(shareOf(bounded.utility, bounded.bound))} of the bound`;
      return `${earned}; ${share}${bounded.reports < reports.length ? " where it is known" : ""}`;
    },
  },
  {
    id: "windows",
    title: "Windows of the quality of experience",
    label: "Windows of the quality of experience, met and missed",
    unit: "windows",
    isStacked: true,
    series: windowSeries,
    emptyText: "No window ended in this range.",
    note(reports, type) {
      const { counts, qoe, qoeMost } = tallyOf(reports, type);
      const last = reports[reports.length - 1]?.data;
      if (!last) return "";
      const rule = `met: ${percent(last.windowRate)} of a window of ${quantity(last.windowSeconds, "s")} done in time`;
      const bonus = type === null ? `; bonus ${number(qoe)} of ${number(qoeMost)}` : "";
      return `${number(counts.met)} of ${number(counts.windows)} met${bonus}; ${rule}`;
    },
  },
  {
    id: "latency",
    title: "Time of cloud calls",
    label: "Time of cloud calls, seen and believed",
    unit: "ms",
    series: (reports, rangeMs, type) =>
      latencySeries(reports, rangeMs, type === null ? typesOf(reports).map((t) => t.type) : [type]),
    emptyText: "No cloud call was made or expected in this range.",
    note: (_reports, type) =>
      `95th percentile of a period; solid is what was seen, dotted what the scheduler counts on${type === null ? "" : "; the deadline is thin"}`,
  },
  {
    id: "link",
    title: "Link to the cloud",
    label: "Rate of the uplink, and when cloud calls were held back",
    unit: "Mbit/s",
    isOfEdge: true,
    series: linkSeries,
    emptyText: "Nothing was sent to a cloud in this range.",
    note: () => "rate as measured with what was sent; a gap: nothing was sent",
  },
];

export class Charts {
  #view;
  /** @type {{kind: ChartKind, chart: TimeChart, panel: Panel}[]} */
  #all;

  /** @param {import("./drones.js").DronesView} view */
  constructor(view) {
    this.#view = view;
    const { range } = view.frame;
    this.#all = KINDS.map((kind) => {
      const { label, unit, isStacked } = kind;
      const chart = new TimeChart(byId(`${kind.id}-chart`), {
        label,
        unit,
        isStacked,
        sync: "drones",
        ...range.chartHooks(),
      });
      const panel = new Panel(byId(kind.id), kind.id, {
        table: () => this.#table(kind),
        picture: () => chart.picture(view.type() === null ? kind.title : `${kind.title}, ${view.type()}`),
        link: () => view.link(kind.id),
        range: () => range.ends(),
      });
      return { kind, chart, panel };
    });
  }

  recolour() {
    this.#all.forEach(({ chart }) => chart.recolour());
  }

  show() {
    const reports = this.#view.reports();
    const { from, to } = this.#view.frame.range.ends();
    const type = this.#view.type();
    for (const { kind, chart, panel } of this.#all) {
      const long = this.#longOf(kind);
      const { times, series } = long && kind.ofLong ? kind.ofLong(long) : kind.series(reports, to - from, type);
      chart.show(times, series, from, to);
      const isEmpty = !series.some((s) => s.values.some((v) => v !== null));
      const note = long ? `means of ${span(long.stepMs / 1000)}` : kind.note(reports, type);
      byId(`${kind.id}-note`).textContent = isEmpty ? "" : note;
      const emptyText = reports.length === 0 ? "No report of the edge in this range." : kind.emptyText;
      this.#view.showState(panel, { isEmpty, emptyText, isWhole: long !== null });
      panel.refreshTable();
    }
  }

  /**
   * Roll-ups of the whole range, where a chart needs them and has a use for them.
   * @param {ChartKind} kind
   */
  #longOf(kind) {
    return kind.ofLong && this.#view.type() === null ? (this.#view.data()?.rollups ?? null) : null;
  }

  /** @param {ChartKind} kind */
  #table(kind) {
    const [long, type, reports] = [this.#longOf(kind), this.#view.type(), this.#view.reports()];
    if (long) return { columns: LONG_COLUMNS, rows: longRows(long) };
    return kind.isOfEdge && type === null
      ? { columns: EDGE_COLUMNS, rows: edgeRows(reports) }
      : { columns: TYPE_COLUMNS, rows: typeRows(reports, type) };
  }
}
