// The four charts below the waterfall, each with its panel.
import { BarChart } from "../chart/barchart.js";
import { Panel } from "../chart/panel.js";
import { TimeChart } from "../chart/timechart.js";
import { byId } from "../core/dom.js";
import { localFull, number, span } from "../core/format.js";
import { ends, follows } from "../core/range.js";
import { FLOW, PROFILE, VEHICLE } from "../core/types.js";
import { FLOW_COLUMNS, flowRows, flowSeries, speedSeries } from "./flow.js";
import { PROFILE_COLUMNS, profileGrid, profileRows, profileSeries } from "./profile.js";
import { ROLLUP_COLUMNS, rollupRows } from "./rollup.js";
import { speedHistogram, speedQuantile } from "./vehicles.js";

const BIN = 5;
const DAY = 86400000;

/**
 * @typedef {object} PageView
 * @property {() => import("./data.js").FibreData|null} data
 * @property {() => object} range
 * @property {() => string} classes "all", "each" or one class
 * @property {(anchor: string) => string} link
 * @property {(from: number, to: number) => void} zoom
 * @property {() => void} reset
 */
export class FibreCharts {
  /** @param {PageView} page */
  constructor(page) {
    this.page = page;
    const hooks = { onZoom: page.zoom, onReset: page.reset };
    this.flow = new TimeChart(byId("flow-chart"), { label: "Flow over time", unit: "veh/h", sync: "fibre", ...hooks });
    this.speed = new TimeChart(byId("speed-chart"), { label: "Speed over time", unit: "km/h", sync: "fibre", fromZero: false, ...hooks });
    this.histogram = new BarChart(byId("histogram-chart"), { label: "Speeds of vehicles", unit: "km/h", bin: BIN });
    this.profile = new TimeChart(byId("profile-chart"), { label: "Vehicles by hour against the usual", unit: "veh", ...hooks });
    const range = () => ends(page.range(), page.data()?.clock.now() ?? Date.now());
    const panel = (name, chart, table, title) => new Panel(byId(name), name, {
      table, range, link: () => page.link(name), picture: () => chart.picture(title),
    });
    this.panels = {
      flow: panel("flow", this.flow, () => this.#flowTable(), "Flow"),
      speed: panel("speed", this.speed, () => this.#flowTable(), "Speed"),
      histogram: panel("histogram", this.histogram, () => this.#histogramTable(), "Speed histogram"),
      profile: panel("profile", this.profile, () => ({ columns: PROFILE_COLUMNS, rows: profileRows(this.#profileGrid()) }), "Day profile"),
    };
  }

  recolour() {
    for (const chart of [this.flow, this.speed, this.histogram, this.profile]) chart.recolour();
  }

  /** Draws all four for the range as it is now. */
  show() {
    const data = this.page.data();
    if (!data) return;
    const range = this.page.range();
    const now = data.clock.now();
    const { from, to } = ends(range, now);
    this.#showFlow(data, range, from, to);
    this.#showHistogram(data, range, from, to);
    const profile = this.#profileGrid();
    this.profile.show(profile.times, profileSeries(profile), this.#profileFrom(from, to), to);
    this.#say("profile", profile.times.length === 0, data, PROFILE, range, 2 * 3600, "No hourly report yet: one comes at the end of each full hour.");
    Object.values(this.panels).forEach((panel) => panel.refreshTable());
  }

  #showFlow(data, range, from, to) {
    if (data.rollup) {
      const { times, flow, mean, low, high } = data.rollup;
      const base = { colour: "increasing", stepMs: 3600000, unit: "km/h", decimals: 1 };
      this.flow.show(times, [{ label: "All vehicles, hourly", colour: "increasing", shape: "step", stepMs: 3600000, unit: "veh/h", values: flow }], from, to);
      this.speed.show(times, [
        { ...base, label: "Mean, hourly", values: mean },
        { ...base, label: "Fastest", width: 1, dash: [2, 3], values: high },
        { ...base, label: "Slowest", width: 1, dash: [2, 3], values: low },
      ], from, to);
      for (const name of ["flow", "speed"]) this.#say(name, times.length === 0, data, VEHICLE, range, 2 * 3600, "No vehicle in this range.");
      return;
    }
    const minutes = data.windowOf(range);
    const { grid, several } = this.#grid(data, minutes, from, to);
    this.flow.show(grid.times, flowSeries(grid, several), from, to);
    this.speed.show(grid.times, speedSeries(grid, several), from, to);
    for (const name of ["flow", "speed"]) {
      this.#say(name, grid.times.length === 0, data, FLOW, range, 120 + minutes * 60, `No report for windows of ${minutes} min in this range.`);
    }
  }

  #grid(data, minutes, from, to) {
    const choice = this.page.classes();
    const several = choice === "each";
    const classes = several ? data.flows.classes().filter((c) => c !== "all") : [choice];
    return { several, grid: data.flows.grid({ minutes, from, to, directions: ["increasing", "decreasing"], classes }) };
  }

  #showHistogram(data, range, from, to) {
    const choice = this.page.classes();
    const vehicles = this.#vehicles(data, from, to, choice);
    const { edges, increasing, decreasing } = speedHistogram(vehicles, BIN);
    const mean = vehicles.reduce((sum, v) => sum + v.speedKmh, 0) / vehicles.length;
    const text = vehicles.length
      ? `${number(vehicles.length)} vehicles, mean ${number(mean, 1)} km/h, 85 % below ${number(speedQuantile(vehicles, 0.85), 1)} km/h`
      : "";
    this.histogram.show(edges, [
      { label: "Increasing", colour: "increasing", values: increasing, unit: "veh" },
      { label: "Decreasing", colour: "decreasing", values: decreasing, unit: "veh" },
    ], text);
    this.#say("histogram", vehicles.length === 0, data, VEHICLE, range, 900, "No vehicle in this range.");
    if (vehicles.length) byId("histogram-summary").textContent = data.vehiclesComplete ? text : `The newest of the range: ${text}`;
    else byId("histogram-summary").textContent = "";
  }

  #vehicles(data, from, to, choice) {
    return data.vehicles.between(from, to).filter((v) => choice === "all" || choice === "each" || v.class === choice);
  }

  /** Says what a panel's data are worth: loading, nothing there, or old. */
  #say(name, isEmpty, data, type, range, staleAfter, emptyText) {
    const panel = this.panels[name];
    const newest = data.newest[type];
    const age = newest ? (data.clock.wall() - newest.arrival) / 1000 : Infinity;
    if (data.problem) panel.setState("error", data.problem.message);
    else if (isEmpty && data.isLoading) panel.setState("loading", "Loading");
    else if (isEmpty) panel.setState("empty", newest ? `${emptyText} The newest is of ${localFull(newest.time)}.` : emptyText);
    else if (follows(range) && age > staleAfter) panel.setState("stale", `Stale: nothing new for ${span(age)}`);
    else panel.setState("ok");
  }

  #profileFrom(from, to) {
    return Math.min(from, to - DAY);
  }

  #profileGrid() {
    const data = this.page.data();
    const { from, to } = ends(this.page.range(), data.clock.now());
    return profileGrid([...data.profiles.values()], this.#profileFrom(from, to), to);
  }

  #flowTable() {
    const data = this.page.data();
    if (data.rollup) return { columns: ROLLUP_COLUMNS, rows: rollupRows(data.rollup) };
    const range = this.page.range();
    const { from, to } = ends(range, data.clock.now());
    return { columns: FLOW_COLUMNS, rows: flowRows(this.#grid(data, data.windowOf(range), from, to).grid) };
  }

  #histogramTable() {
    const data = this.page.data();
    const { from, to } = ends(this.page.range(), data.clock.now());
    const { edges, increasing, decreasing } = speedHistogram(this.#vehicles(data, from, to, this.page.classes()), BIN);
    return { columns: ["speed_from_kmh", "speed_to_kmh", "increasing", "decreasing"], rows: edges.map((e, i) => [e, e + BIN, increasing[i], decreasing[i]]) };
  }
}
