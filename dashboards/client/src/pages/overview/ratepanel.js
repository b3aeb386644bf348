// The chart of events per second.
import { Panel } from "@sensing/client/chart/panel.js";
import { TimeChart } from "@sensing/client/chart/timechart.js";
import { getRollups } from "@sensing/client/core/api.js";
import { byId } from "@sensing/client/core/dom.js";
import { localFull, span } from "@sensing/client/core/format.js";
import { onTheme } from "@sensing/client/core/theme.js";
import { RateSampler, rateSeries, rateStep, sourcesOf } from "./rate.js";

/** Without an event for this long the curve is old, s. */
const STALE = 60;

export class RatePanel {
  #frame;
  #clock;
  #chart;
  #panel;
  /** @type {{step: number, items: import("@sensing/client/core/api.js").Rollup[]}|null} */
  #rollups = null;

  /**
   * @param {import("@sensing/client/core/pageframe.js").PageFrame} frame
   * @param {import("@sensing/client/core/dataclock.js").DataClock} clock
   */
  constructor(frame, clock) {
    this.#frame = frame;
    this.#clock = clock;
    this.#chart = new TimeChart(byId("rate-chart"), {
      label: "Events per second",
      unit: "/s",
      ...frame.range.chartHooks(),
    });
    this.#panel = new Panel(byId("rate"), "events_per_second", {
      table: () => this.#table(),
      picture: () => this.#chart.picture("Events per second"),
      link: () => frame.link("rate"),
      range: () => frame.range.ends(),
    });
    this.sampler = new RateSampler(sourcesOf(frame.pages));
    onTheme(() => this.#chart.recolour());
  }

  /** Another range: what was read is not its. */
  clear() {
    this.#rollups = null;
  }

  async load() {
    const range = this.#frame.range.current;
    if (range.key === "live") return;
    const { from, to } = this.#frame.range.ends();
    const step = rateStep(range.seconds);
    const items = await getRollups({ step: step.name, from: new Date(from), to: new Date(to) });
    // The answer for a range that is not shown any more.
    if (range !== this.#frame.range.current) return;
    this.#rollups = { step: step.seconds, items };
  }

  /** @param {Error|null} problem why the server's data cannot be read */
  show(problem) {
    const { times, series } = this.#rate();
    const { range } = this.#frame;
    const { from, to } =
      range.current.key === "live" ? { from: Date.now() - range.current.seconds * 1000, to: Date.now() } : range.ends();
    this.#chart.show(times, series, from, to);
    const quiet = this.#clock.silence();
    const { newest } = this.#clock;
    if (problem) this.#panel.setState("error", problem.message);
    else if (times.length === 0 && range.current.key === "live") this.#panel.setState("loading", "Measuring");
    else if (times.length === 0 && this.#rollups === null) this.#panel.setState("loading", "Loading");
    else if (times.length === 0)
      this.#panel.setState(
        "empty",
        newest === null
          ? "No event has arrived yet."
          : `No event in this range. The newest is from ${localFull(newest)}.`,
      );
    else if (range.follows && quiet > STALE) this.#panel.setState("stale", `Stale: no event for ${span(quiet)}`);
    else this.#panel.setState("ok");
    this.#panel.refreshTable();
  }

  #rate() {
    const { current } = this.#frame.range;
    if (current.key === "live") return this.sampler.series(Date.now() - current.seconds * 1000);
    if (this.#rollups === null) return { times: [], series: [] };
    const { items, step } = this.#rollups;
    return rateSeries(items, step, this.#clock.isReplay ? Infinity : Date.now(), sourcesOf(this.#frame.pages));
  }

  /** @returns {import("@sensing/client/chart/panel.js").Table} */
  #table() {
    const { times, series } = this.#rate();
    return {
      columns: ["interval_end_utc", ...series.map((s) => `${s.label.toLowerCase()}_per_s`)],
      rows: times.map((t, i) => [new Date(t), ...series.map((s) => s.values[i])]),
    };
  }
}
