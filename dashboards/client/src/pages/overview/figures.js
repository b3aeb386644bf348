// The headline: a few numbers at a glance.
import { el, fill } from "@sensing/client/core/dom.js";
import { number, span } from "@sensing/client/core/format.js";
import { nodeState } from "./alarms.js";

/** After this long without an event the age of the newest is shown as bad, s. */
const QUIET = 300;

/** @typedef {import("@sensing/client/core/pagemodule.js").Figure} Figure */

/**
 * @param {HTMLElement} host a list of terms
 * @param {object} state
 * @param {import("@sensing/client/core/api.js").NodeEntry[]} state.nodes
 * @param {import("./alarms.js").Alarm[]} state.alarms
 * @param {import("@sensing/client/core/dataclock.js").DataClock} state.clock
 * @param {number|null} state.rate events per second
 * @param {Figure[]} state.more figures of the cards
 * @param {number} state.now ms
 */
export function showFigures(host, { nodes, alarms, clock, rate, more, now }) {
  const online = nodes.filter((n) => nodeState(n, now) === "online").length;
  const serious = alarms.filter((a) => a.severity !== "info").length;
  const hasEvents = clock.arrival !== null;
  /** @type {Figure[]} */
  const figures = [
    { term: "Nodes online", value: `${online}`, detail: ` of ${nodes.length}`, isBad: online < nodes.length },
    {
      term: "Open alarms",
      value: `${serious}`,
      detail: alarms.length > serious ? ` and ${alarms.length - serious} for information` : "",
      isBad: serious > 0,
    },
    {
      term: "Events per second",
      value: rate === null ? "–" : number(rate, rate < 10 ? 1 : 0),
      detail: rate === null ? " measuring" : "",
    },
    ...more,
    {
      term: "Last event",
      value: hasEvents ? span(clock.silence()) : "–",
      detail: hasEvents ? " ago" : " none yet",
      isBad: clock.silence() > QUIET,
    },
  ];
  fill(
    host,
    ...figures.map(({ term, value, detail, isBad }) =>
      el(
        "div",
        {},
        el("dt", {}, term),
        el(isBad ? "dd.warn" : "dd", {}, value, detail ? el("small", {}, detail) : null),
      ),
    ),
  );
}
