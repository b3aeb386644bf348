// The newest vehicles of all fibres.
import { el, fill, icon } from "../core/dom.js";
import { localNear, number, utc } from "../core/format.js";
import { parseSource } from "../core/types.js";
import { DIRECTIONS, STYLES } from "../waterfall/tracks.js";

let shown = "";

export function showLast(host, vehicles, now) {
  const key = vehicles.map((v) => v.id).join();
  if (key === shown && host.childElementCount) return;
  shown = key;
  if (vehicles.length === 0) {
    fill(host, el("p.empty", {}, "No vehicle has been seen yet."));
    return;
  }
  fill(host, el("table.vehicles", {},
    el("thead", {}, el("tr", {}, ...["Time", "Fibre", "Direction", "Class", "Speed"].map((c) => el("th", { scope: "col" }, c)))),
    el("tbody", {}, ...vehicles.map((v) => row(v, now)))));
}

function row(v, now) {
  const { site, stream } = parseSource(v.source) ?? { site: "", stream: v.source };
  const style = STYLES[v.class] ?? { colour: "small", word: v.class };
  const direction = DIRECTIONS[v.direction];
  return el("tr", {},
    el("td.time", {}, el("a", { href: `/fibre?source=${encodeURI(v.source)}&vehicle=${v.id}`, title: utc(v.time) }, localNear(v.time, now))),
    el("td", {}, `${site} / ${stream}`),
    el("td", {}, el(`span.${v.direction}`, {}, icon(direction.shape)), el("span.word", {}, ` ${direction.word}`)),
    el("td", {}, el(`span.${style.colour}`, {}, icon(v.class in STYLES ? v.class : "small")), ` ${style.word}`),
    el("td.number", {}, el("b", {}, number(v.speedKmh)), el("span.muted", {}, " km/h")));
}

export const LAST_COLUMNS = ["time_utc", "source", "direction", "class", "speed_kmh", "confidence", "id"];

export function lastRows(vehicles) {
  return vehicles.map((v) => [new Date(v.time), v.source, v.direction, v.class, v.speedKmh, v.confidence, v.id]);
}
