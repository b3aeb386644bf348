// Names of the event types that the pages read.
export const VEHICLE = "sensing.das.vehicle.v1";
export const FLOW = "sensing.das.flow.v1";
export const PROFILE = "sensing.das.profile.v1";
export const WATERFALL = "sensing.das.waterfall.v1";
export const NOTICE = "sensing.node.notice.v1";
export const LOSS = "sensing.node.loss.v1";

/** "/sites/a/nodes/b/streams/c" → {site, node, stream}; null where it is none. */
export function parseSource(source) {
  const match = /^\/sites\/([^/]+)\/nodes\/([^/]+)\/streams\/([^/]+)$/.exec(source ?? "");
  return match && { site: match[1], node: match[2], stream: match[3] };
}
