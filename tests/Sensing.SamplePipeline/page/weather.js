// The weather page: keeps charts and list on the chosen station and range.
import { showFreshness } from "@sensing/client/chart/freshness.js";
import { Panel, panelSection } from "@sensing/client/chart/panel.js";
import { TimeChart } from "@sensing/client/chart/timechart.js";
import { el, fill } from "@sensing/client/core/dom.js";
import { StreamChooser } from "@sensing/client/core/streamchooser.js";
import { onTheme } from "@sensing/client/core/theme.js";
import { GUST_COLUMNS, GustList, gustRows } from "./gustlist.js";
import { COLUMNS, columns, rows, temperatureSeries, windSeries } from "./series.js";
import { Station } from "./station.js";
import { READING } from "./types.js";

/** Stations report every minute by default, hourly at most; s. */
const STALE = 300;

/** @param {import("@sensing/client/core/pageframe.js").PageFrame} frame */
export function mountWeather(frame) {
  const { range, feed } = frame;
  /** @type {Station|null} */
  let station = null;
  range.now = () => station?.clock.now() ?? Date.now();

  const chooser = new StreamChooser(frame, { nothing: "No weather station has reported yet" });
  const hosts = { temperature: el("div.chart"), wind: el("div.chart"), gusts: el("div.gust-list") };
  const sections = {
    temperature: panelSection("temperature", "Temperature", "°C", hosts.temperature),
    wind: panelSection("wind", "Wind", "m/s", hosts.wind),
    gusts: panelSection("gusts", "Gusts", "m/s", hosts.gusts),
  };
  fill(frame.body, el("div.weather-grid", {}, ...Object.values(sections)));

  const hooks = { sync: "weather", ...range.chartHooks() };
  const charts = {
    temperature: new TimeChart(hosts.temperature, {
      label: "Temperature over time",
      unit: "°C",
      fromZero: false,
      ...hooks,
    }),
    wind: new TimeChart(hosts.wind, { label: "Wind over time", unit: "m/s", ...hooks }),
  };
  const list = new GustList(hosts.gusts);
  const points = () => station?.points(range.ends()) ?? [];
  const gusts = () => station?.gusts(range.ends()) ?? [];
  /** @param {string} name */
  const common = (name) => ({
    link: () => frame.link(name, { source: station?.source }),
    range: () => range.ends(),
  });
  const panels = {
    temperature: new Panel(sections.temperature, "temperature", {
      ...common("temperature"),
      table: () => ({ columns: COLUMNS, rows: rows(points()) }),
      picture: () => charts.temperature.picture("Temperature"),
    }),
    wind: new Panel(sections.wind, "wind", {
      ...common("wind"),
      table: () => ({ columns: COLUMNS, rows: rows(points()) }),
      picture: () => charts.wind.picture("Wind"),
    }),
    gusts: new Panel(sections.gusts, "gusts", {
      ...common("gusts"),
      table: () => ({ columns: GUST_COLUMNS, rows: gustRows(gusts()) }),
      picture: null,
    }),
  };

  function draw() {
    if (station === null) return;
    const { from, to } = range.ends();
    station.forget({ from, to: range.follows ? Infinity : to });
    const shown = columns(points());
    charts.temperature.show(shown.times, temperatureSeries(shown), from, to);
    charts.wind.show(shown.times, windSeries(shown), from, to);
    list.show(gusts(), Date.now());
    const freshness = {
      problem: station.problem,
      isLoading: station.isLoading,
      isEmpty: shown.times.length === 0,
      emptyText: "No reading in this range.",
      newest: station.newest[READING],
      // The end of a recording is not a sensor that has fallen silent.
      follows: range.follows && !station.clock.isReplay,
      staleAfter: STALE,
    };
    showFreshness(panels.temperature, freshness);
    showFreshness(panels.wind, freshness);
    if (station.problem) panels.gusts.setState("error", station.problem.message);
    else panels.gusts.setState("ok", station.hasMoreGusts ? "Only the newest gusts of the range are listed." : "");
    Object.values(panels).forEach((panel) => panel.refreshTable());
    chooser.replay(station.clock.isReplay);
  }

  async function load() {
    range.show();
    await station?.load(range);
    draw();
  }

  chooser.on("stream", ({ source, types }) => {
    station?.stop();
    station = new Station(source);
    station.learn(types);
    load();
  });
  range.on("change", load);
  feed.on("reconnect", load);
  feed.on("sensing", (event) => {
    if (event.source === station?.source) station.take(event);
  });
  onTheme(() => Object.values(charts).forEach((chart) => chart.recolour()));
  chooser.find();
  setInterval(draw, 1000);
}
