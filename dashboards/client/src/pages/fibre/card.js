// The fibres' card on the overview: the newest vehicles of all of them.
import { getEvents, getRollups } from "@sensing/client/core/api.js";
import { el, fill, icon } from "@sensing/client/core/dom.js";
import { localNear, number, utc } from "@sensing/client/core/format.js";
import { parseSource } from "@sensing/client/core/source.js";
import { vehicleIcon } from "./icons.js";
import { VEHICLE } from "./types.js";
import { announce } from "./vehicles.js";
import { DIRECTIONS, STYLES, vehicle } from "./waterfall/tracks.js";

/** @typedef {import("./waterfall/tracks.js").Vehicle} Vehicle */

const MOST = 14;
const HOUR = 3600000;
const SPEAK_EVERY = 10000;

/** @type {import("@sensing/client/core/pagemodule.js").OverviewCard} */
export const overviewCard = {
  title: "Last vehicles",
  eventTypes: [VEHICLE],
  mount(frame) {
    /** @type {Vehicle[]} */
    let vehicles = [];
    /** @type {number|null} */
    let lastHour = null;
    let shown = "";
    /** @type {Vehicle[]} */
    let fresh = [];
    setInterval(() => {
      if (fresh.length > 0) frame.say(announce(fresh));
      fresh = [];
    }, SPEAK_EVERY);
    return {
      async load() {
        const to = frame.now();
        const hour = { from: new Date(to - HOUR).toISOString(), to: new Date(to).toISOString() };
        const [newest, counted] = await Promise.all([
          getEvents({ type: VEHICLE, order: "desc", most: MOST }),
          getRollups({ type: VEHICLE, step: "1m", ...hour }),
        ]);
        vehicles = newest.items.filter(hasTrack).map(vehicle);
        lastHour = counted.reduce((sum, item) => sum + item.count, 0);
      },
      take(event) {
        if (!hasTrack(event) || vehicles.some((v) => v.id === event.id)) return;
        const v = vehicle(event);
        vehicles = [v, ...vehicles].sort((a, b) => b.time - a.time).slice(0, MOST);
        fresh.push(v);
      },
      show(now) {
        const key = vehicles.map((v) => v.id).join();
        if (key === shown && frame.body.childElementCount > 0) return;
        shown = key;
        fill(
          frame.body,
          vehicles.length === 0 ? el("p.empty", {}, "No vehicle has been seen yet.") : table(vehicles, now, frame.href),
        );
      },
      table: () => ({
        columns: ["time_utc", "source", "direction", "class", "speed_kmh", "confidence", "id"],
        rows: vehicles.map((v) => [new Date(v.time), v.source, v.direction, v.class, v.speedKmh, v.confidence, v.id]),
      }),
      figures: () => [
        {
          term: "Vehicles in the last hour",
          value: number(lastHour),
          detail: frame.isReplay() ? " of the recording" : "",
        },
      ],
    };
  },
};

/** @param {import("@sensing/client/core/api.js").SensingEvent} event */
const hasTrack = (event) => event.data.track?.length >= 2;

/**
 * @param {Vehicle[]} vehicles
 * @param {number} now ms
 * @param {(parameters: Record<string, string>) => string} href
 */
function table(vehicles, now, href) {
  return el(
    "table.vehicles",
    {},
    el(
      "thead",
      {},
      el("tr", {}, ...["Time", "Fibre", "Direction", "Class", "Speed"].map((c) => el("th", { scope: "col" }, c))),
    ),
    el("tbody", {}, ...vehicles.map((v) => row(v, now, href({ source: v.source, vehicle: v.id })))),
  );
}

/**
 * @param {Vehicle} v
 * @param {number} now ms
 * @param {string} href
 */
function row(v, now, href) {
  const { site, stream } = parseSource(v.source) ?? { site: "", stream: v.source };
  const style = STYLES[v.class] ?? { colour: "small", word: v.class };
  const direction = DIRECTIONS[v.direction];
  return el(
    "tr",
    {},
    el("td.time", {}, el("a", { href, title: utc(v.time) }, localNear(v.time, now))),
    el("td", {}, `${site} / ${stream}`),
    el("td", {}, el(`span.${v.direction}`, {}, icon(direction.shape)), el("span.word", {}, ` ${direction.word}`)),
    el("td", {}, el(`span.${style.colour}`, {}, vehicleIcon(v.class)), ` ${style.word}`),
    el("td.number", {}, el("b", {}, number(v.speedKmh)), el("span.muted", {}, " km/h")),
  );
}
