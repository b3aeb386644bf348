// Which vessels there are: each stream of a watch is one; what shakes it comes from other streams of its site.
import { TYPES, WATCH_TYPES } from "./types.js";

/** @typedef {import("@sensing/client/core/api.js").StreamEntry} StreamEntry */

/**
 * @typedef {object} Vessel
 * @property {string} id source of its watch, else "/sites/SITE"
 * @property {string} label
 * @property {string} site
 * @property {string|null} watch source of its watch; null where only its motion is measured
 * @property {StreamEntry[]} streams all of its streams
 */

/**
 * @param {StreamEntry[]} streams
 * @returns {Vessel[]} in order of their labels
 */
export function vesselsOf(streams) {
  const has = (/** @type {StreamEntry} */ s, /** @type {string[]} */ types) =>
    s.types.some((t) => types.includes(t.type));
  const marine = streams.filter((s) => has(s, TYPES));
  /** @param {string} site @returns {Vessel[]} */
  const ofSite = (site) => {
    const here = marine.filter((s) => s.site === site);
    const watches = here.filter((s) => has(s, WATCH_TYPES));
    const others = here.filter((s) => !watches.includes(s));
    if (watches.length === 0) return [{ id: `/sites/${site}`, label: site, site, watch: null, streams: here }];
    return watches.map((s) => ({
      id: s.source,
      label: `${site} / ${s.stream}`,
      site,
      watch: s.source,
      streams: [s, ...others],
    }));
  };
  return [...new Set(marine.map((s) => s.site))].flatMap(ofSite).sort((a, b) => a.label.localeCompare(b.label));
}
