// The reports as rows of files.

/** @typedef {import("@sensing/client/chart/panel.js").Cell} Cell */
/** @typedef {import("./types.js").Qos} Qos */
/** @template Data @typedef {import("./types.js").Timed<Data>} Timed */

export const EDGE_COLUMNS = [
  "time_utc",
  "period_s",
  "policy",
  "drones",
  "arrived",
  "done",
  "late_or_failed",
  "dropped",
  "completion",
  "utility",
  "bound",
  "qoe",
  "qoe_most",
  "promised",
  "kept",
  "shared_runs",
  "decision_p99_ms",
  "link_mbit_s",
  "cloud",
];

/** @param {Timed<Qos>[]} reports @returns {Cell[][]} */
export function edgeRows(reports) {
  return reports.map(({ time, data }) => [
    new Date(time),
    data.periodSeconds,
    data.policy,
    data.drones.join(" "),
    data.arrived,
    data.done,
    data.late,
    data.dropped,
    data.completion,
    data.utility,
    data.bound,
    data.qoe,
    data.qoeMost,
    data.promised,
    data.kept,
    data.sharedRuns,
    data.decisionMs,
    data.linkMbits,
    data.cloud,
  ]);
}

export const TYPE_COLUMNS = [
  "time_utc",
  "type",
  "arrived",
  "done",
  "late",
  "failed",
  "dropped",
  "stolen",
  "migrated",
  "edge_share",
  "cloud_share",
  "utility",
  "deadline_ms",
  "edge_seen_p95_ms",
  "edge_believed_ms",
  "cloud_seen_p95_ms",
  "cloud_believed_ms",
  "window_completion",
  "window_bonus",
];

/** @param {Timed<Qos>[]} reports @param {string|null} type @returns {Cell[][]} */
export function typeRows(reports, type) {
  return reports.flatMap(({ time, data }) =>
    data.types
      .filter((t) => type === null || t.type === type)
      .map((t) => [
        new Date(time),
        t.type,
        t.arrived,
        t.done,
        t.late,
        t.failed,
        t.dropped,
        t.stolen,
        t.migrated,
        t.edgeShare,
        t.cloudShare,
        t.utility,
        t.deadlineMs,
        t.edgeSeenMs,
        t.edgeBelievedMs,
        t.cloudSeenMs,
        t.cloudBelievedMs,
        t.windowCompletion,
        t.windowBonus,
      ]),
  );
}
