// The overview: what is where, what is wrong, and whether events flow.
import { Panel } from "../chart/panel.js";
import { TimeChart } from "../chart/timechart.js";
import { ApiError, getEvents, getJson } from "../core/api.js";
import { DataClock } from "../core/dataclock.js";
import { byId, el, fill } from "../core/dom.js";
import { localFull, number, span } from "../core/format.js";
import { LiveFeed } from "../core/live.js";
import { ends, follows, formatRange, LONGEST, parseRange } from "../core/range.js";
import { RangeBar } from "../core/rangebar.js";
import { startShell } from "../core/shell.js";
import { onTheme } from "../core/theme.js";
import { LOSS, NOTICE, VEHICLE } from "../core/types.js";
import { UrlState } from "../core/urlstate.js";
import { announce } from "../fibre/vehicles.js";
import { vehicle } from "../waterfall/tracks.js";
import { AlarmList } from "./alarmlist.js";
import { nodeState, openAlarms } from "./alarms.js";
import { LAST_COLUMNS, lastRows, showLast } from "./lastvehicles.js";
import { NodeMap } from "./map.js";
import { NODE_COLUMNS, nodeRows, showNodes } from "./nodelist.js";
import { RateSampler, rateSeries, rateStep } from "./rate.js";

const POLL = 5000;
const DAY = 86400000;
const MOST_VEHICLES = 14;

const url = new UrlState({ range: "1h" });
const feed = new LiveFeed({ type: [VEHICLE, NOTICE, LOSS] });
const clock = new DataClock();
const sampler = new RateSampler();
const alarmList = new AlarmList(byId("alarm-list"), byId("spoken-alarms"));
let nodes = null;
let streams = null;
let places = [];
let map = null;
let notices = new Map();
let vehicles = [];
let vehiclesLastHour = null;
let rollups = null;
let range = parseRange(url.get("range"));
let lastFollowing = follows(range) ? range : parseRange("1h");
let problem = null;

const now = () => clock.now();
const chart = new TimeChart(byId("rate-chart"), { label: "Events per second", unit: "/s", onZoom: (from, to) => zoom(from, to), onReset: () => choose(lastFollowing) });
const bar = new RangeBar(byId("range"), (picked) => choose(picked));
const linked = () => ({ range: formatRange({ key: "custom", ...ends(range, now()) }) });
const panels = {
  rate: new Panel(byId("rate"), "events_per_second", {
    table: () => rateTable(), picture: () => chart.picture("Events per second"), link: () => url.link(linked(), "rate"), range: () => ends(range, now()),
  }),
};
saveList("nodes", () => ({ columns: NODE_COLUMNS, rows: nodeRows(nodes ?? [], streams ?? [], Date.now()) }));
saveList("vehicles", () => ({ columns: LAST_COLUMNS, rows: lastRows(vehicles) }));

function saveList(name, table) {
  new Panel(byId(name), name, { table, picture: null, link: () => url.link({}, name), range: () => ({ from: Date.now(), to: Date.now() }) });
}

function choose(picked) {
  range = picked;
  if (follows(range)) lastFollowing = range;
  url.set({ range: formatRange(range) }, { push: true });
  bar.show(range, now());
  rollups = null;
  loadRate();
}

function zoom(from, to) {
  const seconds = Math.min(LONGEST, Math.max(120, (to - from) / 1000));
  const middle = (from + to) / 2;
  choose({ key: "custom", seconds, from: Math.round(middle - seconds * 500), to: Math.round(middle + seconds * 500) });
}

/** Runs a read; a server that is away is the page's state, not an exception. */
async function attempt(work) {
  try {
    await work();
    problem = null;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    problem = error;
  }
  byId("trouble").hidden = problem === null;
  if (problem) byId("trouble").textContent = `The server's data cannot be read: ${problem.message}`;
  show();
}

async function poll() {
  await attempt(async () => {
    [nodes, streams] = await Promise.all([getJson("nodes"), getJson("streams")]);
    clock.learn(streams);
    sampler.take(streams, Date.now());
  });
}

const loadNotices = () => attempt(async () => {
  const { items } = await getEvents({ type: [NOTICE, LOSS], from: new Date(now() - DAY).toISOString(), order: "desc", most: 500 });
  notices = new Map(items.map((event) => [event.id, event]));
});

const loadVehicles = () => attempt(async () => {
  const { items } = await getEvents({ type: VEHICLE, order: "desc", most: MOST_VEHICLES });
  vehicles = items.filter((e) => e.data.track?.length >= 2).map(vehicle);
});

const loadRate = () => attempt(async () => {
  const to = now();
  const hour = { from: new Date(to - 3600000).toISOString(), to: new Date(to).toISOString() };
  const counted = getJson("rollups", { type: VEHICLE, step: "1m", ...hour });
  if (range.key !== "live") {
    const shown = ends(range, to);
    const step = rateStep(range.seconds);
    const answer = await getJson("rollups", { step: step.name, from: new Date(shown.from).toISOString(), to: new Date(shown.to).toISOString() });
    rollups = { step: step.seconds, items: answer.items };
  }
  const answer = await counted;
  vehiclesLastHour = answer.items.reduce((sum, item) => sum + item.count, 0);
});

function rate() {
  if (range.key === "live") return sampler.series(Date.now() - range.seconds * 1000);
  return rollups ? rateSeries(rollups.items, rollups.step, clock.isReplay ? Infinity : Date.now()) : { times: [], series: [] };
}

function rateTable() {
  const { times, series } = rate();
  return { columns: ["interval_end_utc", ...series.map((s) => `${s.label.toLowerCase()}_per_s`)], rows: times.map((t, i) => [new Date(t), ...series.map((s) => s.values[i])]) };
}

function showRate() {
  const { times, series } = rate();
  const { from, to } = range.key === "live" ? { from: Date.now() - range.seconds * 1000, to: Date.now() } : ends(range, now());
  chart.show(times, series, from, to);
  const quiet = clock.silence();
  if (problem) panels.rate.setState("error", problem.message);
  else if (times.length === 0 && range.key === "live") panels.rate.setState("loading", "Measuring");
  else if (times.length === 0 && rollups === null) panels.rate.setState("loading", "Loading");
  else if (times.length === 0) panels.rate.setState("empty", clock.newest === null ? "No event has arrived yet." : `No event in this range. The newest is of ${localFull(clock.newest)}.`);
  else if (follows(range) && quiet > 60) panels.rate.setState("stale", `Stale: no event for ${span(quiet)}`);
  else panels.rate.setState("ok");
  panels.rate.refreshTable();
}

function figure(term, value, detail, look = "") {
  return el("div", {}, el("dt", {}, term), el(`dd${look}`, {}, value, detail ? el("small", {}, detail) : null));
}

function show() {
  if (nodes === null || streams === null) return;
  const time = Date.now();
  const alarms = openAlarms(nodes, [...notices.values()], time);
  const online = nodes.filter((n) => nodeState(n, time) === "online").length;
  const serious = alarms.filter((a) => a.severity !== "info").length;
  const current = sampler.current(time);
  fill(byId("figures"),
    figure("Nodes online", `${online}`, ` of ${nodes.length}`, online < nodes.length ? ".warn" : ""),
    figure("Open alarms", `${serious}`, alarms.length > serious ? ` and ${alarms.length - serious} for information` : "", serious ? ".warn" : ""),
    figure("Events per second", current === null ? "–" : number(current, current < 10 ? 1 : 0), current === null ? " measuring" : ""),
    figure("Vehicles in the last hour", vehiclesLastHour === null ? "–" : number(vehiclesLastHour), clock.isReplay ? " of the recording" : ""),
    figure("Last event", clock.arrival === null ? "–" : span(clock.silence()), clock.arrival === null ? " none yet" : " ago", clock.silence() > 300 ? ".warn" : ""));
  alarmList.show(alarms, time);
  showNodes(byId("node-list"), nodes, streams, places, time);
  showLast(byId("vehicle-list"), vehicles, time);
  map?.show(nodes, alarms, time);
  showRate();
}

async function loadPlaces() {
  const response = await fetch("/dashboard/places.json");
  places = response.ok ? (await response.json()).nodes : [];
  byId("map").hidden = places.length === 0;
  if (places.length) map = new NodeMap(byId("map-canvas"), places);
  show();
}

feed.addEventListener("node", ({ detail }) => {
  if (nodes === null) return;
  nodes = [...nodes.filter((n) => n.site !== detail.site || n.node !== detail.node), detail].sort((a, b) => `${a.site}/${a.node}`.localeCompare(`${b.site}/${b.node}`));
  show();
});
let fresh = [];
feed.addEventListener("sensing", ({ detail }) => {
  if (detail.type === VEHICLE && detail.data.track?.length >= 2) {
    if (vehicles.some((v) => v.id === detail.id)) return;
    vehicles = [vehicle(detail), ...vehicles].sort((a, b) => b.time - a.time).slice(0, MOST_VEHICLES);
    clock.observe(Date.parse(detail.time));
    fresh.push(detail.data);
    showLast(byId("vehicle-list"), vehicles, Date.now());
  } else if (detail.type === NOTICE || detail.type === LOSS) {
    notices.set(detail.id, detail);
    show();
  }
});
let wasLost = false;
feed.addEventListener("state", ({ detail }) => {
  if (detail.state === "lost") sampler.interrupt();
  else if (wasLost) Promise.all([poll(), loadNotices(), loadVehicles(), loadRate()]);
  wasLost = detail.state === "lost";
});
setInterval(() => {
  byId("spoken-vehicles").textContent = announce(fresh);
  fresh = [];
}, 10000);
setInterval(show, 1000);
// A second look soon after the first: the rate of now needs two.
setTimeout(poll, 1500);
setInterval(poll, POLL);
setInterval(loadRate, 30000);
onTheme(() => chart.recolour());
url.onBack(() => location.reload());
startShell(feed, {
  l: { text: "Live", run: () => choose(parseRange("live")) },
  h: { text: "Last hour", run: () => choose(parseRange("1h")) },
  d: { text: "Last 24 hours", run: () => choose(parseRange("24h")) },
});
bar.show(range, now());
feed.start();
loadPlaces();
// Ranges end at the newest event of a replay, which the first look tells.
poll().then(() => Promise.all([loadNotices(), loadVehicles(), loadRate()])).then(() => performance.mark("first-data"));
