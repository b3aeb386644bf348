// The overview: what is where, what is wrong, and whether events flow. What pipelines see comes from their pages'
// cards.
import { Panel } from "@sensing/client/chart/panel.js";
import { ApiError, getEvents, getJson } from "@sensing/client/core/api.js";
import { DataClock } from "@sensing/client/core/dataclock.js";
import { byId } from "@sensing/client/core/dom.js";
import { AlarmList } from "./alarmlist.js";
import { openAlarms } from "./alarms.js";
import { Cards } from "./cards.js";
import { showFigures } from "./figures.js";
import { NodeMap } from "./map.js";
import { NODE_COLUMNS, nodeRows, showNodes } from "./nodelist.js";
import { eventTypes } from "./page.js";
import { RatePanel } from "./ratepanel.js";

/** @typedef {import("@sensing/client/core/api.js").NodeEntry} NodeEntry */
/** @typedef {import("@sensing/client/core/api.js").SensingEvent} SensingEvent */
/** @typedef {import("@sensing/client/core/api.js").StreamEntry} StreamEntry */
/** @typedef {import("./map.js").Place} Place */

const POLL = 5000;
const LOAD = 30000;
const DAY = 86400000;
const MOST_NOTICES = 500;

/** @param {import("@sensing/client/core/pageframe.js").PageFrame} frame */
export async function mountOverview(frame) {
  const { feed, range } = frame;
  const clock = new DataClock();
  const alarmList = new AlarmList(byId("alarm-list"), byId("spoken-alarms"));
  const cards = new Cards();
  /** @type {NodeEntry[]|null} */
  let nodes = null;
  /** @type {StreamEntry[]|null} */
  let streams = null;
  /** @type {Place[]} */
  let places = [];
  /** @type {NodeMap|null} */
  let map = null;
  /** @type {Map<string, SensingEvent>} */
  let notices = new Map();
  /** @type {ApiError|null} */
  let problem = null;

  range.now = () => clock.now();
  const rate = new RatePanel(frame, clock);
  const now = () => ({ from: Date.now(), to: Date.now() });
  new Panel(byId("nodes"), "nodes", {
    table: () => ({ columns: NODE_COLUMNS, rows: nodeRows(nodes ?? [], streams ?? [], Date.now()) }),
    picture: null,
    link: () => frame.url.link({}, "nodes"),
    range: now,
  });

  /**
   * Runs a read; a server that is away is the page's state, not an exception.
   * @param {() => Promise<void>} work
   */
  async function attempt(work) {
    try {
      await work();
      problem = null;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      problem = error;
    }
    frame.trouble(problem === null ? null : `The server's data cannot be read: ${problem.message}`);
    show();
  }

  const poll = () =>
    attempt(async () => {
      const read = await Promise.all([getJson("nodes"), getJson("streams")]);
      nodes = /** @type {NodeEntry[]} */ (read[0]);
      streams = /** @type {StreamEntry[]} */ (read[1]);
      clock.learn(streams);
      cards.choose(streams);
      rate.sampler.take(streams, Date.now());
    });

  const loadNotices = () =>
    attempt(async () => {
      const { items } = await getEvents({
        type: eventTypes,
        from: new Date(clock.now() - DAY),
        order: "desc",
        most: MOST_NOTICES,
      });
      notices = new Map(items.map((event) => [event.id, event]));
    });

  const loadRate = () => attempt(() => rate.load());

  const loadCards = async () => {
    await cards.load();
    show();
  };

  function show() {
    if (nodes === null || streams === null) return;
    const time = Date.now();
    const alarms = openAlarms(nodes, [...notices.values()], time);
    cards.show(time);
    showFigures(byId("figures"), {
      nodes,
      alarms,
      clock,
      rate: rate.sampler.current(time),
      more: cards.figures(),
      now: time,
    });
    alarmList.show(alarms, time);
    showNodes(byId("node-list"), { nodes, streams, places, pages: frame.pages, now: time });
    map?.show(nodes, alarms, time);
    rate.show(problem);
  }

  async function loadPlaces() {
    const response = await fetch("/dashboard/places.json");
    places = response.ok ? (await response.json()).nodes : [];
    byId("map").hidden = places.length === 0;
    if (places.length) map = new NodeMap(byId("map-canvas"), places);
    show();
  }

  feed.on("node", (entry) => {
    if (nodes === null) return;
    nodes = [...nodes.filter((n) => n.site !== entry.site || n.node !== entry.node), entry].sort((a, b) =>
      `${a.site}/${a.node}`.localeCompare(`${b.site}/${b.node}`),
    );
    show();
  });
  feed.on("sensing", (event) => {
    if (cards.take(event)) {
      clock.observe(Date.parse(event.time));
      cards.show(Date.now());
    }
    if (eventTypes.includes(event.type)) {
      notices.set(event.id, event);
      show();
    }
  });
  feed.on("state", (state) => state === "lost" && rate.sampler.interrupt());
  feed.on("reconnect", () => Promise.all([poll(), loadNotices(), loadRate(), loadCards()]));
  range.on("change", () => {
    rate.clear();
    loadRate();
  });

  await cards.mount(frame.pages, {
    row: byId("card-row"),
    now: () => clock.now(),
    isReplay: () => clock.isReplay,
    link: (anchor) => frame.url.link({}, anchor),
    say: (text) => (byId("spoken-cards").textContent = text),
  });
  feed.add(cards.eventTypes);
  setInterval(show, 1000);
  // A second look soon after the first: the rate of now needs two.
  setTimeout(poll, 1500);
  setInterval(poll, POLL);
  setInterval(loadRate, LOAD);
  setInterval(loadCards, LOAD);
  loadPlaces();
  // Ranges end at the newest event of a replay, which the first read shows.
  poll()
    .then(() => Promise.all([loadNotices(), loadRate(), loadCards()]))
    .then(() => performance.mark("first-data"));
}
