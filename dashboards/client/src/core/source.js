// The address of a stream.

/**
 * "/sites/a/nodes/b/streams/c" → {site, node, stream}; null where it is none.
 * @param {string|null|undefined} source
 * @returns {{site: string, node: string, stream: string}|null}
 */
export function parseSource(source) {
  const match = /^\/sites\/([^/]+)\/nodes\/([^/]+)\/streams\/([^/]+)$/.exec(source ?? "");
  return match && { site: match[1], node: match[2], stream: match[3] };
}

/**
 * "sensing.weather.gust.v1" → "weather"; the whole text where it is no event type.
 * @param {string} type
 */
export function pipelineOf(type) {
  return type.split(".")[1] ?? type;
}
