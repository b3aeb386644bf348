// Which edges there are: each stream of drones' tasks is one accelerator with its drones.
import { TYPES } from "./types.js";

/** @typedef {import("@sensing/client/core/api.js").StreamEntry} StreamEntry */

/**
 * @typedef {object} Edge
 * @property {string} id source of its stream
 * @property {string} label
 * @property {string} site
 * @property {string} node
 * @property {string} stream
 * @property {StreamEntry[]} streams its one stream
 */

/**
 * @param {StreamEntry[]} streams
 * @returns {Edge[]} in order of their labels
 */
export function edgesOf(streams) {
  return streams
    .filter((s) => s.types.some((t) => TYPES.includes(t.type)))
    .map((s) => ({
      id: s.source,
      label: `${s.site} / ${s.node} / ${s.stream}`,
      site: s.site,
      node: s.node,
      stream: s.stream,
      streams: [s],
    }))
    .sort((a, b) => a.label.localeCompare(b.label));
}
