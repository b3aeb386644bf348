// Which vessels there are: each stream of a watch is one; what shakes it comes from other streams of its site.
import { parseSource } from "@sensing/client/core/source.js";
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

/**
 * The vessel that an address names: its own id, or the source of one of its streams.
 * @param {Vessel[]} vessels
 * @param {string} wanted empty: the first
 * @returns {Vessel|undefined}
 */
export function findVessel(vessels, wanted) {
  if (!wanted) return vessels[0];
  const site = parseSource(wanted)?.site ?? /^\/sites\/([^/]+)$/.exec(wanted)?.[1];
  return (
    vessels.find((v) => v.id === wanted) ??
    vessels.find((v) => v.streams.some((s) => s.source === wanted)) ??
    vessels.find((v) => v.site === site)
  );
}
