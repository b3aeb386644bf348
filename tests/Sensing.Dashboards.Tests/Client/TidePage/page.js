// A page from outside the client's folder: water levels of a tide gauge.
import { showFreshness } from "@sensing/client/chart/freshness.js";
import { Panel, panelSection } from "@sensing/client/chart/panel.js";
import { TimeChart } from "@sensing/client/chart/timechart.js";
import { ApiError, getEvents } from "@sensing/client/core/api.js";
import { el, fill } from "@sensing/client/core/dom.js";
import { number } from "@sensing/client/core/format.js";
import { StreamChooser } from "@sensing/client/core/streamchooser.js";
import { onTheme } from "@sensing/client/core/theme.js";

const LEVEL = "sensing.tide.level.v1";

export const title = "Tide";
export const key = "9";
export const eventTypes = [LEVEL];

/** @typedef {import("@sensing/client/core/api.js").SensingEvent<{levelM: number}>} LevelEvent */

/** @type {import("@sensing/client/core/pagemodule.js").PageModule["mount"]} */
export function mount(frame) {
  const { range, feed } = frame;
  /** @type {Map<string, LevelEvent>} */
  const events = new Map();
  /** @type {Error|null} */
  let problem = null;
  let isLoading = true;
  const chooser = new StreamChooser(frame, { nothing: "No tide gauge has reported yet" });
  const host = el("div.chart.tide");
  const section = panelSection("level", "Water level", "m", host);
  fill(frame.body, section);
  const chart = new TimeChart(host, { label: "Water level over time", unit: "m", ...range.chartHooks() });
  const shown = () => {
    const { from, to } = range.ends();
    return [...events.values()].map((e) => ({ time: Date.parse(e.time), level: e.data.levelM }))
      .filter((e) => e.time >= from && e.time <= to).sort((a, b) => a.time - b.time);
  };
  const panel = new Panel(section, "level", {
    table: () => ({ columns: ["time_utc", "level_m"], rows: shown().map((e) => [new Date(e.time), e.level]) }),
    picture: () => chart.picture("Water level"), link: () => frame.link("level", { source: chooser.source }), range: () => range.ends(),
  });
  const draw = () => {
    const rows = shown();
    const { from, to } = range.ends();
    const values = rows.map((e) => e.level);
    chart.show(rows.map((e) => e.time), [{ label: "Level", colour: "series-1", unit: "m", decimals: 2, values }], from, to);
    const newest = rows.length > 0 ? { time: rows[rows.length - 1].time, arrival: rows[rows.length - 1].time } : null;
    showFreshness(panel, { problem, isLoading, isEmpty: rows.length === 0, emptyText: "No level in this range.", newest, follows: range.follows, staleAfter: 900 });
    panel.refreshTable();
  };
  const load = async () => {
    if (chooser.source === null) return;
    const { from, to } = range.ends();
    try {
      const { items } = await getEvents({ source: chooser.source, type: LEVEL, from: new Date(from), to: new Date(to + 1) });
      for (const event of items) events.set(event.id, event);
      problem = null;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      problem = error;
    }
    isLoading = false;
    draw();
  };
  chooser.on("stream", () => {
    events.clear();
    load();
  });
  range.on("change", load);
  feed.on("reconnect", load);
  feed.on("sensing", (event) => {
    if (event.source !== chooser.source) return;
    events.set(event.id, event);
    draw();
  });
  onTheme(() => chart.recolour());
  chooser.find();
  setInterval(draw, 1000);
}

/** @type {import("@sensing/client/core/pagemodule.js").OverviewCard} */
export const overviewCard = {
  title: "Water levels",
  eventTypes: [LEVEL],
  mount(frame) {
    /** @type {Map<string, LevelEvent>} */
    const newest = new Map();
    const take = (/** @type {LevelEvent} */ event) => {
      if (event.data.levelM < -50) throw new RangeError("a level below −50 m");
      newest.set(event.source, event);
    };
    return {
      load: async () => (await getEvents({ type: LEVEL, order: "desc", most: 20 })).items.reverse().forEach(take),
      take,
      show: () => fill(frame.body, newest.size === 0 ? el("p.empty", {}, "No level yet.") : el("ul.tide-levels", {}, ...[...newest.values()].map((e) =>
        el("li", {}, el("a", { href: frame.href({ source: e.source }) }, e.source.split("/")[6]), ` ${number(e.data.levelM, 2)} m`)))),
      figures: () => [{ term: "Tide gauges", value: String(newest.size) }],
    };
  },
};
