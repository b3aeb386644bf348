// The four charts below the waterfall, each with its panel.
import { BarChart } from "@sensing/client/chart/barchart.js";
import { showFreshness } from "@sensing/client/chart/freshness.js";
import { Panel } from "@sensing/client/chart/panel.js";
import { TimeChart } from "@sensing/client/chart/timechart.js";
import { byId } from "@sensing/client/core/dom.js";
import { number } from "@sensing/client/core/format.js";
import { FLOW_COLUMNS, flowRows, flowSeries, speedSeries } from "./flow.js";
import { PROFILE_COLUMNS, profileGrid, profileRows, profileSeries } from "./profile.js";
import { ROLLUP_COLUMNS, rollupFlow, rollupRows, rollupSpeed } from "./rollup.js";
import { FLOW, PROFILE, VEHICLE } from "./types.js";
import { speedHistogram, speedQuantile } from "./vehicles.js";

const BIN = 5;
const DAY = 86400000;

/** An hour, s. */
const HOUR = 3600;

const FLOW_CHARTS = /** @type {const} */ (["flow", "speed"]);

/** @typedef {import("./data.js").FibreData} FibreData */

export class FibreCharts {
  #view;

  /** @param {import("./fibre.js").FibreView} view */
  constructor(view) {
    this.#view = view;
    const { range } = view.frame;
    const hooks = range.chartHooks();
    this.flow = new TimeChart(byId("flow-chart"), { label: "Flow over time", unit: "veh/h", sync: "fibre", ...hooks });
    this.speed = new TimeChart(byId("speed-chart"), {
      label: "Speed over time",
      unit: "km/h",
      sync: "fibre",
      fromZero: false,
      ...hooks,
    });
    this.histogram = new BarChart(byId("histogram-chart"), { label: "Speeds of vehicles", unit: "km/h", bin: BIN });
    this.profile = new TimeChart(byId("profile-chart"), {
      label: "Vehicles by hour against the usual",
      unit: "veh",
      ...hooks,
    });
    /**
     * @param {string} name
     * @param {TimeChart|BarChart} chart
     * @param {(data: FibreData) => import("@sensing/client/chart/panel.js").Table} table
     * @param {string} title
     */
    const panel = (name, chart, table, title) =>
      new Panel(byId(name), name, {
        table: () => {
          const data = view.data();
          return data === null ? { columns: [], rows: [] } : table(data);
        },
        range: () => range.ends(),
        link: () => view.link(name),
        picture: () => chart.picture(title),
      });
    this.panels = {
      flow: panel("flow", this.flow, (data) => this.#flowTable(data), "Flow"),
      speed: panel("speed", this.speed, (data) => this.#flowTable(data), "Speed"),
      histogram: panel("histogram", this.histogram, (data) => this.#histogramTable(data), "Speed histogram"),
      profile: panel(
        "profile",
        this.profile,
        (data) => ({ columns: PROFILE_COLUMNS, rows: profileRows(this.#profileGrid(data)) }),
        "Day profile",
      ),
    };
  }

  recolour() {
    for (const chart of [this.flow, this.speed, this.histogram, this.profile]) chart.recolour();
  }

  /** Draws all four for the range as it is now. */
  show() {
    const data = this.#view.data();
    if (!data) return;
    this.#showFlow(data);
    this.#showHistogram(data);
    const profile = this.#profileGrid(data);
    const { from, to } = this.#profileEnds();
    this.profile.show(profile.times, profileSeries(profile), from, to);
    this.#showState(
      "profile",
      data,
      PROFILE,
      profile.times.length === 0,
      2 * HOUR,
      "No hourly report yet: one comes at the end of each full hour.",
    );
    Object.values(this.panels).forEach((panel) => panel.refreshTable());
  }

  /** @param {FibreData} data */
  #showFlow(data) {
    const { current } = this.#view.frame.range;
    const { from, to } = this.#view.frame.range.ends();
    if (data.rollup) {
      this.flow.show(data.rollup.times, rollupFlow(data.rollup), from, to);
      this.speed.show(data.rollup.times, rollupSpeed(data.rollup), from, to);
      const isEmpty = data.rollup.times.length === 0;
      for (const name of FLOW_CHARTS)
        this.#showState(name, data, VEHICLE, isEmpty, 2 * HOUR, "No vehicle in this range.");
      return;
    }
    const minutes = data.windowOf(current);
    const { grid, several } = this.#grid(data, minutes);
    this.flow.show(grid.times, flowSeries(grid, several), from, to);
    this.speed.show(grid.times, speedSeries(grid, several), from, to);
    const emptyText = `No report for windows of ${minutes} min in this range.`;
    for (const name of FLOW_CHARTS)
      this.#showState(name, data, FLOW, grid.times.length === 0, 120 + minutes * 60, emptyText);
  }

  /**
   * @param {FibreData} data
   * @param {number} minutes
   */
  #grid(data, minutes) {
    const choice = this.#view.classes();
    const several = choice === "each";
    const classes = several ? data.flows.classes().filter((c) => c !== "all") : [choice];
    const { from, to } = this.#view.frame.range.ends();
    return { several, grid: data.flows.grid({ minutes, from, to, directions: ["increasing", "decreasing"], classes }) };
  }

  /** @param {FibreData} data */
  #showHistogram(data) {
    const vehicles = this.#vehicles(data);
    const { edges, increasing, decreasing } = speedHistogram(vehicles, BIN);
    const mean = vehicles.reduce((sum, v) => sum + v.speedKmh, 0) / vehicles.length;
    const below = number(speedQuantile(vehicles, 0.85), 1);
    const text =
      vehicles.length > 0
        ? `${number(vehicles.length)} vehicles, mean ${number(mean, 1)} km/h, 85 % below ${below} km/h`
        : "";
    this.histogram.show(
      edges,
      [
        { label: "Increasing", colour: "increasing", values: increasing, unit: "veh" },
        { label: "Decreasing", colour: "decreasing", values: decreasing, unit: "veh" },
      ],
      text,
    );
    this.#showState("histogram", data, VEHICLE, vehicles.length === 0, 900, "No vehicle in this range.");
    byId("histogram-summary").textContent =
      vehicles.length === 0 || data.vehiclesComplete ? text : `The newest of the range: ${text}`;
  }

  /** @param {FibreData} data */
  #vehicles(data) {
    const { from, to } = this.#view.frame.range.ends();
    const choice = this.#view.classes();
    return data.vehicles.between(from, to).filter((v) => choice === "all" || choice === "each" || v.class === choice);
  }

  /**
   * @param {"flow"|"speed"|"histogram"|"profile"} name
   * @param {FibreData} data
   * @param {string} type of the events that the panel draws
   * @param {boolean} isEmpty
   * @param {number} staleAfter s
   * @param {string} emptyText
   */
  #showState(name, data, type, isEmpty, staleAfter, emptyText) {
    const { problem, isLoading } = data;
    const { follows } = this.#view.frame.range;
    showFreshness(
      this.panels[name],
      { problem, isLoading, isEmpty, emptyText, newest: data.newest[type], follows, staleAfter },
      data.clock.wall(),
    );
  }

  /** The profile shows a day at least. */
  #profileEnds() {
    const { from, to } = this.#view.frame.range.ends();
    return { from: Math.min(from, to - DAY), to };
  }

  /** @param {FibreData} data */
  #profileGrid(data) {
    const { from, to } = this.#profileEnds();
    return profileGrid([...data.profiles.values()], from, to);
  }

  /** @param {FibreData} data */
  #flowTable(data) {
    if (data.rollup) return { columns: ROLLUP_COLUMNS, rows: rollupRows(data.rollup) };
    return {
      columns: FLOW_COLUMNS,
      rows: flowRows(this.#grid(data, data.windowOf(this.#view.frame.range.current)).grid),
    };
  }

  /** @param {FibreData} data */
  #histogramTable(data) {
    const { edges, increasing, decreasing } = speedHistogram(this.#vehicles(data), BIN);
    return {
      columns: ["speed_from_kmh", "speed_to_kmh", "increasing", "decreasing"],
      rows: edges.map((e, i) => [e, e + BIN, increasing[i], decreasing[i]]),
    };
  }
}
