// Streams that belong together and are shown on one page, such as those of one site.
import { parseSource } from "./source.js";

/**
 * @typedef {object} StreamGroup
 * @property {string} id source of its leading stream, else "/sites/SITE"
 * @property {string} label
 * @property {string} site
 * @property {import("./api.js").StreamEntry[]} streams all of its streams
 */

/**
 * The group that an address names: its own id, or the source of one of its streams.
 * @template {StreamGroup} Group
 * @param {Group[]} groups
 * @param {string} wanted empty: the first
 * @returns {Group|undefined}
 */
export function findGroup(groups, wanted) {
  if (!wanted) return groups[0];
  const site = parseSource(wanted)?.site ?? /^\/sites\/([^/]+)$/.exec(wanted)?.[1];
  return (
    groups.find((g) => g.id === wanted) ??
    groups.find((g) => g.streams.some((s) => s.source === wanted)) ??
    groups.find((g) => g.site === site)
  );
}
