// The fibre page: keeps waterfall, list and charts on the chosen stream and range.
import { Panel } from "@sensing/client/chart/panel.js";
import { byId, el } from "@sensing/client/core/dom.js";
import { StreamChooser } from "@sensing/client/core/streamchooser.js";
import { onTheme } from "@sensing/client/core/theme.js";
import { FibreCharts } from "./charts.js";
import { FibreData } from "./data.js";
import { VEHICLE_COLUMNS, VehicleList, vehicleRows } from "./vehiclelist.js";
import { WaterfallPanel } from "./waterfallpanel.js";

/** @typedef {import("@sensing/client/core/pageframe.js").PageFrame} PageFrame */

const CLASSES = {
  all: "All together",
  each: "Each class",
  small: "Cars and vans",
  large: "Trucks and buses",
  rail: "Rail",
};

/** Flow reports are kept for two days beyond the range: a page that is open for weeks must not grow. */
const KEPT_FLOWS = 2 * 86400000;

/** A vehicle of this second has its reference a little ahead of now, ms. */
const AHEAD = 60000;

/**
 * @typedef {object} FibreView what the parts of the page share
 * @property {PageFrame} frame
 * @property {() => FibreData|null} data
 * @property {() => string} classes "all", "each" or one class
 * @property {(anchor: string) => string} link
 */

/** @param {PageFrame} frame */
export function mountFibre(frame) {
  const { url, range, feed } = frame;
  url.declare({ classes: "all", at: "", span: "120", metres: "", contrast: "1", tracks: "on", vehicle: "" });
  /** @type {FibreData|null} */
  let data = null;
  let isDue = true;
  range.now = () => data?.clock.now() ?? Date.now();

  const chooser = new StreamChooser(frame, {
    nothing: "No fibre has reported yet",
    ofStream: ["at", "metres", "vehicle"],
  });
  const classes = el(
    "select",
    { id: "classes" },
    ...Object.entries(CLASSES).map(([value, text]) => el("option", { value }, text)),
  );
  classes.value = url.get("classes");
  frame.controls.append(el("label", {}, "Classes ", classes));

  /** @type {FibreView} */
  const view = {
    frame,
    data: () => data,
    classes: () => url.get("classes"),
    link: (anchor) => frame.link(anchor, { source: data?.source, ...waterfall.linked() }),
  };
  const waterfall = new WaterfallPanel(view);
  const charts = new FibreCharts(view);
  const list = new VehicleList(byId("vehicle-list"), byId("spoken-vehicles"), (id) => waterfall.show(id));
  new Panel(byId("list"), "vehicles", {
    table: () => ({ columns: VEHICLE_COLUMNS, rows: vehicleRows(listed()) }),
    picture: null,
    link: () => view.link("list"),
    range: () => range.ends(),
  });

  function applyRange() {
    range.show();
    waterfall.follow(range.follows ? null : range.ends().to);
    data?.load(range.current);
    isDue = true;
  }

  /** The vehicles of the range. */
  function listed() {
    const { from, to } = range.ends();
    return data?.vehicles.between(from, range.follows ? to + AHEAD : to) ?? [];
  }

  function render() {
    if (data === null || (!isDue && !range.follows)) return;
    isDue = false;
    charts.show();
    waterfall.state(data);
    list.show(listed(), waterfall.selectedId, Date.now());
    chooser.replay(data.clock.isReplay);
    data.flows.forget(Math.min(range.ends().from, range.now() - KEPT_FLOWS));
  }

  /** The first data need not wait for the next second. */
  function renderFirst() {
    if (data === null || data.isLoading) {
      setTimeout(renderFirst, 50);
      return;
    }
    render();
    performance.mark("first-data");
  }

  chooser.on("stream", ({ source, types }) => {
    data?.stop();
    data = new FibreData(source, waterfall.clear());
    data.learn(types);
    data.on("change", (what) => {
      isDue = true;
      if (what === "tiles" || what === "vehicles") waterfall.changed();
    });
    data.on("vehicle", (v) => list.arrived(v));
    applyRange();
    waterfall.restore();
  });
  range.on("change", () => {
    url.set({ at: null });
    applyRange();
  });
  waterfall.on("select", () => (isDue = true));
  classes.addEventListener("change", () => {
    url.set({ classes: classes.value });
    isDue = true;
    render();
  });
  feed.on("sensing", (event) => event.source === data?.source && data.take(event));
  feed.on("state", () => (isDue = true));
  feed.on("reconnect", () => {
    data?.forgetCoverage();
    data?.load(range.current);
    waterfall.look();
  });
  onTheme(() => charts.recolour());
  frame.addKey("w", "To the waterfall", () => waterfall.focus());
  frame.addHelp(
    "In the waterfall: ← → ↑ ↓ move, + − zoom time, Page Up and Page Down zoom distance, Home follows now. " +
      "With a mouse: drag moves, Ctrl + wheel zooms time, Shift + wheel zooms distance, double click follows now.",
  );
  // The feed first: what is stored between the first reading and the feed's beginning would never be shown.
  feed.settled().then(() => chooser.find());
  setInterval(render, 1000);
  renderFirst();
}
