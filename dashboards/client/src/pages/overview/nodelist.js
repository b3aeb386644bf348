// Nodes with what each says about itself, and its streams beneath.
import { el, fill, icon } from "@sensing/client/core/dom.js";
import { bytes, localFull, number, quantity, span, utc } from "@sensing/client/core/format.js";
import { pipelineOf } from "@sensing/client/core/source.js";
import { nodeState } from "./alarms.js";
import { addressOf } from "./cards.js";

/** @typedef {import("@sensing/client/core/api.js").NodeEntry} NodeEntry */
/** @typedef {import("@sensing/client/core/api.js").NodeStatus} NodeStatus */
/** @typedef {import("@sensing/client/core/api.js").StreamEntry} StreamEntry */
/** @typedef {import("@sensing/client/core/api.js").StreamStatus} StreamStatus */
/** @typedef {import("@sensing/client/core/pagemodule.js").PageEntry} PageEntry */

/**
 * @typedef {object} NodeListState
 * @property {NodeEntry[]} nodes
 * @property {StreamEntry[]} streams
 * @property {import("./map.js").Place[]} places
 * @property {readonly PageEntry[]} pages
 * @property {number} now ms
 */

/** @type {Record<string, string>} */
export const STATE_WORDS = { online: "Online", stopped: "Stopped", offline: "Offline", stale: "Silent" };

/** @type {Record<string, [string, string, string]>} */
const STREAM_LOOKS = {
  starting: ["stale", "Starting", "idle"],
  running: ["online", "Running", "ok"],
  stalled: ["warning", "Stalled", "bad"],
  retrying: ["warning", "Retrying", "bad"],
  finished: ["stopped", "Finished", "idle"],
  stopped: ["stopped", "Stopped", "idle"],
};
/** @type {Record<string, string>} */
const STATE_CLASSES = { online: "ok", stopped: "idle", offline: "bad", stale: "warn" };

/**
 * Icon and word of a node's state.
 * @param {string} state
 */
export function stateMark(state) {
  return el(
    `span.state.${STATE_CLASSES[state] ?? "idle"}`,
    {},
    icon(state in STATE_WORDS ? state : "unknown"),
    ` ${STATE_WORDS[state] ?? state}`,
  );
}

/**
 * Rows of nodes and their streams into `host`.
 * @param {HTMLElement} host
 * @param {NodeListState} state
 */
export function showNodes(host, state) {
  if (state.nodes.length === 0) {
    fill(host, el("p.empty", {}, "No node has reported yet. A node appears here when it connects to the broker."));
    return;
  }
  const columns = ["Node", "State", "Last event", "Clock offset", "Outbox", "Streams"];
  fill(
    host,
    el(
      "table.nodes",
      {},
      el("thead", {}, el("tr", {}, ...columns.map((c) => el("th", { scope: "col" }, c)))),
      el("tbody", {}, ...state.nodes.map((node) => row(node, state))),
    ),
  );
}

/**
 * When the newest event of a node, or of one of its streams, arrived, ms; null before the first.
 * @param {StreamEntry[]} streams
 * @param {string} site
 * @param {string} node
 * @param {string|null} [stream]
 */
export function lastArrival(streams, site, node, stream = null) {
  const times = streams
    .filter((s) => s.site === site && s.node === node && (stream === null || s.stream === stream))
    .flatMap((s) => s.types.map((t) => Date.parse(t.lastArrival)));
  return times.length ? Math.max(...times) : null;
}

/**
 * @param {NodeEntry} entry
 * @param {NodeListState} state
 */
function row(entry, { streams, places, pages, now }) {
  const { site, node, status, receivedAt } = entry;
  const place = places.find((p) => p.site === site && p.node === node);
  const state = nodeState(entry, now);
  const known = state === "online";
  const started = Date.parse(status.startedAt);
  return el(
    "tr",
    { id: `node-${site}-${node}` },
    el(
      "td",
      {
        data: { label: "Node" },
        title: `version ${status.version}, started ${localFull(started)} (${utc(started)})`,
      },
      el("b", {}, place?.label ?? node),
      el("div.muted", {}, `${site} / ${node}`),
    ),
    el(
      "td",
      { data: { label: "State" } },
      stateMark(state),
      el(
        "div.muted",
        { title: utc(Date.parse(receivedAt)) },
        `heard ${span((now - Date.parse(receivedAt)) / 1000)} ago`,
      ),
    ),
    el("td", { data: { label: "Last event" } }, age(lastArrival(streams, site, node), now)),
    el(
      "td",
      { data: { label: "Clock offset" } },
      known && status.clockOffsetSeconds !== undefined && status.clockOffsetSeconds !== null
        ? offset(status.clockOffsetSeconds)
        : el("span.muted", {}, "unknown"),
    ),
    el("td", { data: { label: "Outbox" } }, ...outbox(status, known)),
    el(
      "td.streams",
      { data: { label: "Streams" } },
      el(
        "ul",
        {},
        ...(status.streams ?? []).map((s) =>
          stream(s, state, lastArrival(streams, site, node, s.name), linkOf(pages, s, site, node), now),
        ),
      ),
    ),
  );
}

/**
 * @param {number|null} arrival ms
 * @param {number} now ms
 */
function age(arrival, now) {
  if (arrival === null) return el("span.muted", {}, "none yet");
  const seconds = (now - arrival) / 1000;
  return el(
    seconds > 300 ? "span.old" : "span",
    { title: `${localFull(arrival)} (${utc(arrival)})` },
    `${span(seconds)} ago`,
  );
}

/** @param {number} seconds */
function offset(seconds) {
  const text = Math.abs(seconds) < 1 ? quantity(seconds * 1000, "ms", 1) : quantity(seconds, "s", 2);
  return el(Math.abs(seconds) > 0.5 ? "span.old" : "span", {}, seconds > 0 ? `+${text}` : text.replace("-", "−"));
}

/**
 * @param {NodeStatus} status
 * @param {boolean} known
 */
function outbox({ outboxEvents, outboxBytes, oldestUnsentSeconds, deadLetters }, known) {
  if (!known) return [el("span.muted", {}, `${number(outboxEvents)} events when last heard`)];
  return [
    el(
      oldestUnsentSeconds > 60 ? "span.old" : "span",
      {},
      `${number(outboxEvents)} ${outboxEvents === 1 ? "event" : "events"}`,
    ),
    el(
      "div.muted",
      {},
      outboxEvents > 0 ? `${bytes(outboxBytes)}, oldest ${span(oldestUnsentSeconds)}` : bytes(outboxBytes),
    ),
    deadLetters > 0 ? el("div.old", {}, `${number(deadLetters)} refused`) : null,
  ].filter(Boolean);
}

/**
 * Where the page of a stream's pipeline shows it; null where the pipeline has no page.
 * @param {readonly PageEntry[]} pages
 * @param {StreamStatus} stream
 * @param {string} site
 * @param {string} node
 */
function linkOf(pages, { name, pipeline }, site, node) {
  const page = pages.find((p) => p.eventTypes.some((t) => pipelineOf(t) === pipeline));
  return page ? addressOf(page, { source: `/sites/${site}/nodes/${node}/streams/${name}` }) : null;
}

/**
 * @param {StreamStatus} status
 * @param {string} nodeIs the node's state
 * @param {number|null} arrival ms
 * @param {string|null} href
 * @param {number} now ms
 */
function stream({ name, pipeline, state, events, droppedBlocks, restarts, problem }, nodeIs, arrival, href, now) {
  // What a node that is gone said about its streams is history.
  const [shape, word, look] =
    nodeIs === "online" ? (STREAM_LOOKS[state] ?? ["unknown", state, "idle"]) : ["stale", "Unknown", "idle"];
  const label = href === null ? name : el("a", { href }, name);
  const facts = [
    `${number(events)} events`,
    droppedBlocks ? `${number(droppedBlocks)} blocks dropped` : null,
    restarts ? `${number(restarts)} restarts` : null,
  ];
  return el(
    "li",
    { title: facts.filter(Boolean).join(", ") },
    el(`span.state.${look}`, {}, icon(shape), ` ${word}`),
    el("span.stream-name", {}, label, el("span.muted", {}, ` ${pipeline}`)),
    arrival === null ? null : el("span.muted", {}, `${span((now - arrival) / 1000)} ago`),
    problem && nodeIs === "online" ? el("div.problem", {}, problem) : null,
  );
}

export const NODE_COLUMNS = [
  "site",
  "node",
  "state",
  "received_utc",
  "last_event_arrival_utc",
  "clock_offset_s",
  "outbox_events",
  "outbox_bytes",
  "oldest_unsent_s",
  "dead_letters",
  "streams",
];

/**
 * @param {NodeEntry[]} nodes
 * @param {StreamEntry[]} streams
 * @param {number} now ms
 * @returns {import("@sensing/client/chart/panel.js").Cell[][]}
 */
export function nodeRows(nodes, streams, now) {
  return nodes.map((entry) => {
    const { site, node, status, receivedAt } = entry;
    const arrival = lastArrival(streams, site, node);
    return [
      site,
      node,
      nodeState(entry, now),
      new Date(receivedAt),
      arrival === null ? null : new Date(arrival),
      status.clockOffsetSeconds,
      status.outboxEvents,
      status.outboxBytes,
      status.oldestUnsentSeconds,
      status.deadLetters,
      (status.streams ?? []).map((s) => `${s.name}=${s.state}`).join(" "),
    ];
  });
}
