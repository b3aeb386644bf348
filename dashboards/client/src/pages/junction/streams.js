// Which junctions there are. A junction is what cameras of one site see, with the stream of its signals where it has
// one: approaches and signals name no common junction, so a site is the unit, and two signal streams of one site share
// its cameras.
import { CAMERA_TYPES, PLAN } from "./types.js";

/** @typedef {import("@sensing/client/core/api.js").StreamEntry} StreamEntry */

/**
 * @typedef {object} Junction
 * @property {string} id source of its signals, else "/sites/SITE"
 * @property {string} label
 * @property {string} site
 * @property {string|null} signals source of its signals; null where it has none
 * @property {StreamEntry[]} cameras
 * @property {StreamEntry[]} streams all of its streams
 */

/**
 * @param {StreamEntry[]} streams
 * @returns {Junction[]} in order of their labels
 */
export function junctionsOf(streams) {
  const has = (/** @type {StreamEntry} */ s, /** @type {string[]} */ types) =>
    s.types.some((t) => types.includes(t.type));
  const sites = [...new Set(streams.filter((s) => has(s, [...CAMERA_TYPES, PLAN])).map((s) => s.site))];
  /** @param {string} site @returns {Junction[]} */
  const ofSite = (site) => {
    const here = streams.filter((s) => s.site === site);
    const cameras = here.filter((s) => has(s, CAMERA_TYPES));
    const signals = here.filter((s) => has(s, [PLAN]));
    if (signals.length === 0)
      return [{ id: `/sites/${site}`, label: site, site, signals: null, cameras, streams: cameras }];
    return signals.map((s) => ({
      id: s.source,
      label: `${site} / ${s.stream}`,
      site,
      signals: s.source,
      cameras,
      streams: [...new Set([s, ...cameras])],
    }));
  };
  return sites.flatMap(ofSite).sort((a, b) => a.label.localeCompare(b.label));
}
