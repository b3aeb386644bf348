// How fresh and complete the data of a panel are, in one order for all panels.
import { localFull, span } from "../core/format.js";

/**
 * @typedef {object} Freshness
 * @property {Error|null} problem why the data cannot be read
 * @property {boolean} isLoading whether a read is under way
 * @property {boolean} isEmpty whether there is nothing to draw
 * @property {string} emptyText what to say then
 * @property {{time: number, arrival: number}|null|undefined} newest newest event of the kind: its time and when it
 *   arrived, ms
 * @property {boolean} follows whether the range follows now: a fixed range is never stale
 * @property {number} staleAfter s since the newest arrived
 */

/**
 * @param {import("./panel.js").Panel} panel
 * @param {Freshness} freshness
 * @param {number} [wall] the viewer's clock, ms
 */
export function showFreshness(
  panel,
  { problem, isLoading, isEmpty, emptyText, newest, follows, staleAfter },
  wall = Date.now(),
) {
  const age = newest ? (wall - newest.arrival) / 1000 : Infinity;
  if (problem) panel.setState("error", problem.message);
  else if (isEmpty && isLoading) panel.setState("loading", "Loading");
  else if (isEmpty)
    panel.setState("empty", newest ? `${emptyText} The newest is from ${localFull(newest.time)}.` : emptyText);
  else if (follows && age > staleAfter) panel.setState("stale", `Stale: nothing new for ${span(age)}`);
  else panel.setState("ok");
}
