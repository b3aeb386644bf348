// The junction page: keeps signals, approaches, charts, counts and incidents on the chosen junction and range.
import { showFreshness } from "@sensing/client/chart/freshness.js";
import { Panel } from "@sensing/client/chart/panel.js";
import { TimeChart } from "@sensing/client/chart/timechart.js";
import { byId, el, fill } from "@sensing/client/core/dom.js";
import { GroupChooser } from "@sensing/client/core/groupchooser.js";
import { parseSource } from "@sensing/client/core/source.js";
import { onTheme } from "@sensing/client/core/theme.js";
import { APPROACH_STALE, ApproachCards, STATE_COLUMNS, stateRows } from "./approachcards.js";
import { CountPanels } from "./countpanels.js";
import { JunctionData } from "./data.js";
import { IncidentPanel } from "./incidentpanel.js";
import { PlanPanel } from "./planpanel.js";
import { HISTORY_COLUMNS, historyRows, indexSeries, looksOf, measureNamed, MEASURES, measureSeries } from "./series.js";
import { junctionsOf } from "./streams.js";
import { APPROACH } from "./types.js";

/** Roll-ups end with the last whole interval; their curves are old a little later than events', s. */
const ROLLUP_STALE = 150;

/**
 * @typedef {object} JunctionView what the parts of the page share
 * @property {import("@sensing/client/core/pageframe.js").PageFrame} frame
 * @property {() => JunctionData|null} data
 * @property {() => number} eventNow what is now on the events' clock, or the end of a fixed range, ms
 * @property {(key: string) => boolean} isShown whether an approach is chosen
 * @property {(anchor: string) => string} link
 */

/** @param {import("@sensing/client/core/pageframe.js").PageFrame} frame */
export function mountJunction(frame) {
  const { url, range, feed } = frame;
  url.declare({ approach: "all", raw: "on", measure: "queueM", by: "movement" });
  /** @type {JunctionData|null} */
  let data = null;
  let isDue = true;
  range.now = () => data?.clock.now() ?? Date.now();

  const chooser = new GroupChooser(frame, {
    id: "junction",
    name: "Junction",
    ofGroup: "approach",
    nothing: "No traffic camera has reported yet",
    groupsOf: junctionsOf,
    titleOf: ({ signals, site }) => {
      const stream = parseSource(signals)?.stream;
      return stream ? `${stream}, ${site}` : site;
    },
  });
  const choice = el("select", { id: "approach" });
  frame.controls.append(el("label", {}, "Approach ", choice));

  /** @type {JunctionView} */
  const view = {
    frame,
    data: () => data,
    eventNow: () => (range.follows ? (data?.eventNow() ?? Date.now()) : range.ends().to),
    isShown: (key) => {
      const wanted = url.get("approach");
      // What concerns a camera as a whole concerns each of its approaches.
      return wanted === "all" || key === wanted || (key.endsWith("#") && wanted.startsWith(key));
    },
    link: (anchor) => frame.link(anchor, { source: data?.junction.id }),
  };
  const plan = new PlanPanel(view);
  const incidents = new IncidentPanel(view);
  const counts = new CountPanels(view);
  const cards = new ApproachCards(byId("approach-list"));
  const raw = /** @type {HTMLInputElement} */ (byId("index-raw"));
  const measure = /** @type {HTMLSelectElement} */ (byId("measure-choice"));
  raw.checked = url.get("raw") !== "off";
  fill(measure, ...Object.entries(MEASURES).map(([value, { word }]) => el("option", { value }, word)));
  measure.value = measureNamed(url.get("measure"));

  const hooks = { sync: "junction", ...range.chartHooks() };
  const charts = {
    index: new TimeChart(byId("index-chart"), { label: "Index over time", unit: "", ...hooks }),
    measure: new TimeChart(byId("measure-chart"), { label: "Queue and other figures over time", unit: "", ...hooks }),
  };
  const grid = () => {
    const { from, to } = range.ends();
    return data?.history.grid(from, to, view.isShown) ?? { times: [], columns: [] };
  };
  /** Approaches that are chosen, in order of their names. */
  const states = () =>
    [...(data?.approaches.values() ?? [])]
      .filter((s) => view.isShown(s.key))
      .sort((a, b) => a.data.approach.localeCompare(b.data.approach) || a.key.localeCompare(b.key));
  /** @param {"index"|"measure"} name */
  const chartPanel = (name) =>
    new Panel(byId(name), name === "index" ? "index" : "approaches", {
      table: () => ({ columns: HISTORY_COLUMNS, rows: historyRows(grid()) }),
      picture: () => charts[name].picture(name === "index" ? "Index" : MEASURES[measureNamed(measure.value)].word),
      link: () => view.link(name),
      range: () => range.ends(),
    });
  const panels = {
    approaches: new Panel(byId("approaches"), "approach_states", {
      table: () => ({ columns: STATE_COLUMNS, rows: stateRows(states()) }),
      picture: null,
      link: () => view.link("approaches"),
      range: () => range.ends(),
    }),
    index: chartPanel("index"),
    measure: chartPanel("measure"),
  };

  function drawCharts() {
    if (data === null) return;
    const { from, to } = range.ends();
    const shown = grid();
    const looks = looksOf(allKeys());
    const name = measureNamed(measure.value);
    charts.index.show(shown.times, indexSeries(shown, looks, raw.checked, data.history.stepMs), from, to);
    charts.measure.show(shown.times, measureSeries(shown, looks, name), from, to);
    byId("measure-note").textContent = `${MEASURES[name].word}, ${MEASURES[name].note}`;
    const freshness = {
      problem: data.problem,
      isLoading: data.isLoading,
      newest: data.newest[APPROACH],
      // The end of a recording is not a camera that has fallen silent.
      follows: range.follows && !data.clock.isReplay,
      staleAfter: data.history.stepMs > 0 ? ROLLUP_STALE : APPROACH_STALE,
    };
    const isEmpty = shown.times.length === 0;
    const emptyText = "No report of an approach in this range.";
    showFreshness(panels.index, { ...freshness, isEmpty, emptyText });
    showFreshness(panels.measure, {
      ...freshness,
      isEmpty: isEmpty || !shown.columns.some((c) => c.points.some((p) => p !== null && p[name] !== null)),
      emptyText: isEmpty ? emptyText : `No ${MEASURES[name].word.toLowerCase()} was measured in this range.`,
    });
    showFreshness(panels.approaches, { ...freshness, isEmpty: data.approaches.size === 0, emptyText });
    if (data.isCut.history && !isEmpty) panels.index.setState("ok", "Only the newest reports of the range are drawn.");
  }

  /** All approaches, chosen or not: their looks do not change with the choice. */
  function allKeys() {
    const named = [...(data?.approaches.values() ?? [])].map((s) => ({ key: s.key, name: s.data.approach }));
    const all = [...named, ...(data?.history.tracks() ?? [])].sort(
      (a, b) => a.name.localeCompare(b.name) || a.key.localeCompare(b.key),
    );
    return [...new Set(all.map((a) => a.key))];
  }

  function drawChoice() {
    const names = new Map([...(data?.approaches.values() ?? [])].map((s) => [s.key, s.data.approach]));
    const wanted = url.get("approach");
    const known = [...names].sort((a, b) => a[1].localeCompare(b[1]));
    const options = [["all", "All"], ...known];
    if (wanted !== "all" && !names.has(wanted)) options.push([wanted, wanted.split("#").pop() ?? wanted]);
    const key = JSON.stringify(options);
    if (choice.dataset.options !== key) {
      choice.dataset.options = key;
      fill(choice, ...options.map(([value, text]) => el("option", { value }, text)));
    }
    choice.value = wanted;
  }

  function draw() {
    if (data === null) return;
    const now = view.eventNow();
    const active = incidents.active();
    const looks = looksOf(allKeys());
    cards.show(
      states().map((shown) => ({
        shown,
        snapshot: data?.snapshots.get(shown.key),
        incidents: active.filter(
          (i) => i.source === shown.source && (i.approach === shown.data.approach || i.approach === ""),
        ),
        look: looks.get(shown.key),
        now,
        follows: range.follows && !data?.clock.isReplay,
      })),
    );
    incidents.show();
    if (isDue || range.follows) {
      isDue = false;
      drawChoice();
      drawCharts();
      counts.show();
      Object.values(panels).forEach((panel) => panel.refreshTable());
      incidents.panel.refreshTable();
    }
    byId("approach-list").classList.toggle("has-pictures", data.snapshots.size > 0);
    byId("page").classList.toggle("no-signals", data.junction.signals === null);
    chooser.replay(data.clock.isReplay);
    data.forget(range.ends().from);
    data.refresh(range.current);
  }

  async function load() {
    range.show();
    isDue = true;
    draw();
    plan.show();
    await data?.load(range.current);
    isDue = true;
    draw();
    plan.show();
  }

  chooser.on("group", (junction) => {
    if (data?.junction.id === junction.id) {
      data.extend(junction);
    } else {
      data?.stop();
      data = new JunctionData(junction);
      data.on("change", () => (isDue = true));
      data.on("incident", (incident) => incidents.arrived(incident));
    }
    load().then(() => performance.mark("first-data"));
  });
  range.on("change", load);
  feed.on("reconnect", load);
  feed.on("sensing", (event) => data?.take(event));
  feed.on("state", () => (isDue = true));
  /** @param {Record<string, string>} changes */
  const change = (changes) => {
    url.set(changes);
    isDue = true;
    draw();
  };
  choice.addEventListener("change", () => change({ approach: choice.value }));
  raw.addEventListener("change", () => change({ raw: raw.checked ? "on" : "off" }));
  measure.addEventListener("change", () => change({ measure: measure.value }));
  onTheme(() => {
    Object.values(charts).forEach((chart) => chart.recolour());
    counts.recolour();
    plan.show();
  });
  frame.addKey("s", "Say what the signals do", () => (byId("spoken-junction").textContent = plan.read()));
  frame.addKey("r", "Raw index, on or off", () => raw.click());
  frame.addHelp(
    "On the ring: filled is the green that has passed, hatched where it may end at any time, dashed is next.",
  );
  chooser.find();
  setInterval(draw, 1000);
  // The countdown's seconds are not those of the rest of the page.
  setInterval(() => plan.show(), 250);
}
