// The fibre page: chooses the stream and the range, and keeps waterfall, list and charts on them.
import { Panel } from "../chart/panel.js";
import { ApiError, getJson } from "../core/api.js";
import { byId, el, fill } from "../core/dom.js";
import { LiveFeed } from "../core/live.js";
import { ends, follows, formatRange, LONGEST, parseRange } from "../core/range.js";
import { RangeBar } from "../core/rangebar.js";
import { startShell } from "../core/shell.js";
import { onTheme } from "../core/theme.js";
import { FLOW, parseSource, PROFILE, VEHICLE, WATERFALL } from "../core/types.js";
import { UrlState } from "../core/urlstate.js";
import { FibreCharts } from "./charts.js";
import { FibreData } from "./data.js";
import { VEHICLE_COLUMNS, VehicleList, vehicleRows } from "./vehiclelist.js";
import { WaterfallPanel } from "./waterfallpanel.js";

const TYPES = [VEHICLE, FLOW, PROFILE, WATERFALL];
const url = new UrlState({ source: "", range: "1h", classes: "all", at: "", span: "120", metres: "", contrast: "1", tracks: "on", vehicle: "" });
const feed = new LiveFeed({ type: TYPES });
let data = null;
let range = parseRange(url.get("range"));
/** Where a double click in a zoomed chart goes back to. */
let lastFollowing = follows(range) ? range : parseRange("1h");
let isDue = true;

const now = () => data?.clock.now() ?? Date.now();
const page = {
  data: () => data,
  range: () => range,
  classes: () => url.get("classes"),
  link: (anchor) => url.link(linked(), anchor),
  zoom: (from, to) => setRange(from, to),
  reset: () => choose(lastFollowing),
};
const waterfall = new WaterfallPanel(page, url, () => range);
const charts = new FibreCharts(page);
const list = new VehicleList(byId("vehicle-list"), byId("spoken-vehicles"), (id) => waterfall.show(id));
new Panel(byId("list"), "vehicles", {
  table: () => ({ columns: VEHICLE_COLUMNS, rows: vehicleRows(listed()) }),
  picture: null,
  link: () => page.link("list"),
  range: () => ends(range, now()),
});
const bar = new RangeBar(byId("range"), (picked) => choose(picked));

/** A link reopens what is seen now: a range that follows now becomes the fixed one it is at this moment. */
function linked() {
  const { from, to } = ends(range, now());
  return { source: data?.source, range: formatRange({ key: "custom", from, to }), ...waterfall.linked() };
}

function setRange(from, to) {
  const seconds = Math.min(LONGEST, Math.max(30, (to - from) / 1000));
  const middle = (from + to) / 2;
  choose({ key: "custom", seconds, from: Math.round(middle - seconds * 500), to: Math.round(middle + seconds * 500) });
}

function choose(picked) {
  range = picked;
  if (follows(range)) lastFollowing = range;
  url.set({ range: formatRange(range), at: null }, { push: true });
  applyRange();
}

function applyRange() {
  bar.show(range, now());
  waterfall.follow(follows(range) ? null : range.to, range);
  data?.load(range);
  isDue = true;
}

async function chooseStream(streams) {
  const fibres = streams.filter((s) => s.types.some((t) => TYPES.includes(t.type)));
  const select = byId("stream");
  const wanted = url.get("source");
  const chosen = fibres.find((s) => s.source === wanted) ?? (wanted ? null : fibres[0]);
  fill(select, ...fibres.map((s) => el("option", { value: s.source }, `${s.site} / ${s.node} / ${s.stream}`)),
    wanted && !chosen ? el("option", { value: wanted }, `${wanted} (never reported)`) : null);
  select.disabled = fibres.length === 0;
  byId("nothing").hidden = Boolean(chosen);
  byId("content").hidden = !chosen;
  if (!chosen) {
    fill(byId("nothing"), el("h2", {}, wanted ? "This stream has never reported" : "No fibre has reported yet"),
      el("p", {}, "The page fills by itself as soon as its first event arrives."));
    if (wanted) select.value = wanted;
    return;
  }
  select.value = chosen.source;
  document.title = `${chosen.stream}, ${parseSource(chosen.source).site} – Fibre – Sensing`;
  if (data?.source !== chosen.source) open(chosen);
}

function open({ source, types }) {
  data?.stop();
  data = new FibreData(source, waterfall.clear());
  data.learn(types);
  data.addEventListener("change", ({ detail }) => {
    isDue = true;
    if (detail === "tiles" || detail === "vehicles") waterfall.changed();
  });
  data.addEventListener("vehicle", ({ detail }) => list.arrived(detail));
  applyRange();
  waterfall.restore();
}

async function findStreams() {
  try {
    await chooseStream(await getJson("streams"));
    byId("trouble").hidden = true;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    byId("trouble").hidden = false;
    byId("trouble").textContent = `The list of streams cannot be read: ${error.message}`;
    setTimeout(findStreams, 5000);
  }
}

/** The vehicles of the range. One of this second has its reference a little ahead of now. */
function listed() {
  const { from, to } = ends(range, now());
  return data?.vehicles.between(from, follows(range) ? to + 60000 : to) ?? [];
}

function render() {
  if (!isDue && !follows(range)) return;
  isDue = false;
  if (!data) return;
  charts.show();
  waterfall.state(data, range);
  list.show(listed(), waterfall.selectedId, Date.now());
  byId("replay").hidden = !data.clock.isReplay;
  data.flows.forget(Math.min(ends(range, now()).from, now() - 2 * 86400000));
}

feed.addEventListener("sensing", ({ detail }) => {
  if (detail.source === data?.source) data.take(detail);
  else if (!data) findStreams();
});
let wasLost = false;
feed.addEventListener("state", ({ detail }) => {
  if (detail.state === "live" && wasLost) {
    data?.forgetCoverage();
    data?.load(range);
    waterfall.look();
    if (!data) findStreams();
  }
  wasLost = detail.state === "lost";
  isDue = true;
});
waterfall.addEventListener("select", () => (isDue = true));
byId("stream").addEventListener("change", (event) => {
  url.set({ source: event.target.value, at: null, metres: null, vehicle: null }, { push: true });
  findStreams();
});
byId("classes").value = url.get("classes");
byId("classes").addEventListener("change", (event) => {
  url.set({ classes: event.target.value });
  isDue = true;
  render();
});
url.onBack(() => location.reload());
onTheme(() => charts.recolour());
startShell(feed, {
  l: { text: "Live", run: () => choose(parseRange("live")) },
  h: { text: "Last hour", run: () => choose(parseRange("1h")) },
  d: { text: "Last 24 hours", run: () => choose(parseRange("24h")) },
  w: { text: "To the waterfall", run: () => waterfall.focus() },
});
bar.show(range, now());
findStreams();
feed.start();
setInterval(render, 1000);
// The first data need not wait for the next second.
(function first() {
  if (data && !data.isLoading) {
    render();
    performance.mark("first-data");
  } else setTimeout(first, 50);
})();
