// The stations' card on the overview: each one's last reading, and the strongest gust of today.
import { getJson, getRollups, measureOf } from "@sensing/client/core/api.js";
import { el, fill } from "@sensing/client/core/dom.js";
import { localNear, number, quantity, utc } from "@sensing/client/core/format.js";
import { parseSource } from "@sensing/client/core/source.js";
import { GUST, READING } from "./types.js";

/** @typedef {import("./types.js").ReadingEvent} ReadingEvent */

/** @type {import("@sensing/client/core/pagemodule.js").OverviewCard} */
export const overviewCard = {
  title: "Weather stations",
  eventTypes: [READING, GUST],
  mount(frame) {
    /** @type {Map<string, ReadingEvent>} */
    let newest = new Map();
    /** @type {{midnight: number, peakMs: number}|null} */
    let strongest = null;
    let shown = "";
    const readings = () => [...newest.values()].sort((a, b) => a.source.localeCompare(b.source));
    /** @param {number} time ms */
    const midnight = (time) => new Date(time).setHours(0, 0, 0, 0);
    /** @param {ReadingEvent} event */
    const keep = (event) => {
      const known = newest.get(event.source);
      if (known === undefined || Date.parse(event.time) >= Date.parse(known.time)) newest.set(event.source, event);
    };
    return {
      async load() {
        const from = midnight(frame.now());
        const [latest, gusts] = await Promise.all([
          getJson("events/latest", { type: READING }),
          // Midnight of every time zone is the end of a quarter of an hour; the peak of each is all that is needed.
          getRollups({ type: GUST, step: "15m", from: new Date(from) }),
        ]);
        newest = new Map(latest.items.map((/** @type {ReadingEvent} */ event) => [event.source, event]));
        const peaks = gusts.map((item) => measureOf(item, "peakMs")?.max ?? 0);
        strongest = peaks.length > 0 ? { midnight: from, peakMs: Math.max(...peaks) } : null;
      },
      take(event) {
        if (event.type === READING) keep(event);
        else {
          const day = midnight(Date.parse(event.time));
          if (strongest === null || day > strongest.midnight) strongest = { midnight: day, peakMs: event.data.peakMs };
          else if (day === strongest.midnight) strongest.peakMs = Math.max(strongest.peakMs, event.data.peakMs);
        }
      },
      show(now) {
        const key = readings()
          .map((event) => event.id)
          .join();
        if (key === shown && frame.body.childElementCount > 0) return;
        shown = key;
        fill(
          frame.body,
          newest.size === 0
            ? el("p.empty", {}, "No station has reported yet.")
            : table(readings().map((event) => row(event, now, frame.href({ source: event.source })))),
        );
      },
      table: () => ({
        columns: ["time_utc", "source", "temperature_c", "mean_wind_ms", "strongest_wind_ms"],
        rows: readings().map(({ time, source, data }) => [
          new Date(time),
          source,
          data.temperatureC,
          data.windMs,
          data.strongestWindMs,
        ]),
      }),
      figures: () => [
        {
          term: "Strongest gust today",
          value: quantity(strongest?.midnight === midnight(frame.now()) ? strongest.peakMs : null, "m/s", 1),
          detail: frame.isReplay() ? " in the recording" : "",
        },
      ],
    };
  },
};

/** @param {HTMLElement[]} rows */
function table(rows) {
  const heads = ["Station", "Time", "Temperature", "Wind", "Strongest"];
  return el(
    "table.stations",
    {},
    el("thead", {}, el("tr", {}, ...heads.map((c) => el("th", { scope: "col" }, c)))),
    el("tbody", {}, ...rows),
  );
}

/**
 * @param {ReadingEvent} event
 * @param {number} now ms
 * @param {string} href
 */
function row({ source, time, data }, now, href) {
  const { site, stream } = parseSource(source) ?? { site: "", stream: source };
  const end = Date.parse(time);
  return el(
    "tr",
    {},
    el("td", {}, el("a", { href }, `${site} / ${stream}`)),
    el("td.time", { title: utc(end) }, localNear(end, now)),
    el("td.number", {}, el("b", {}, quantity(data.temperatureC, "°C", 1))),
    el("td.number", {}, el("b", {}, number(data.windMs, 1)), el("span.muted", {}, " m/s")),
    el("td.number", {}, number(data.strongestWindMs, 1)),
  );
}
