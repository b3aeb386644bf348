// Nodes with what each says about itself, and its streams beneath.
import { el, fill, icon } from "../core/dom.js";
import { bytes, localFull, number, quantity, span, utc } from "../core/format.js";
import { nodeState } from "./alarms.js";

export const STATE_WORDS = { online: "Online", stopped: "Stopped", offline: "Offline", stale: "Silent" };

const STREAM_LOOKS = {
  starting: ["stale", "Starting", "idle"], running: ["online", "Running", "ok"], stalled: ["warning", "Stalled", "bad"],
  retrying: ["warning", "Retrying", "bad"], finished: ["stopped", "Finished", "idle"], stopped: ["stopped", "Stopped", "idle"],
};
const STATE_CLASSES = { online: "ok", stopped: "idle", offline: "bad", stale: "warn" };

/** Icon and word of a node's state. */
export function stateMark(state) {
  return el(`span.state.${STATE_CLASSES[state] ?? "idle"}`, {}, icon(state in STATE_WORDS ? state : "unknown"), ` ${STATE_WORDS[state] ?? state}`);
}

/** Rows of nodes and their streams into `host`. */
export function showNodes(host, nodes, streams, places, now) {
  if (nodes.length === 0) {
    fill(host, el("p.empty", {}, "No node has reported yet. A node appears here when it connects to the broker."));
    return;
  }
  const columns = ["Node", "State", "Last event", "Clock offset", "Outbox", "Streams"];
  fill(host, el("table.nodes", {},
    el("thead", {}, el("tr", {}, ...columns.map((c) => el("th", { scope: "col" }, c)))),
    el("tbody", {}, ...nodes.map((node) => row(node, streams, places, now)))));
}

/** When the newest event of a node, or of one of its streams, arrived; null before the first. */
export function lastArrival(streams, site, node, stream = null) {
  const times = streams.filter((s) => s.site === site && s.node === node && (stream === null || s.stream === stream))
    .flatMap((s) => s.types.map((t) => Date.parse(t.lastArrival)));
  return times.length ? Math.max(...times) : null;
}

function row(entry, streams, places, now) {
  const { site, node, status, receivedAt } = entry;
  const place = places.find((p) => p.site === site && p.node === node);
  const state = nodeState(entry, now);
  const known = state === "online";
  return el("tr", { id: `node-${site}-${node}` },
    el("td", { data: { label: "Node" }, title: `version ${status.version}, started ${localFull(Date.parse(status.startedAt))} (${utc(Date.parse(status.startedAt))})` }, el("b", {}, place?.label ?? node), el("div.muted", {}, `${site} / ${node}`),),
    el("td", { data: { label: "State" } }, stateMark(state), el("div.muted", { title: utc(Date.parse(receivedAt)) }, `heard ${span((now - Date.parse(receivedAt)) / 1000)} ago`)),
    el("td", { data: { label: "Last event" } }, age(lastArrival(streams, site, node), now)),
    el("td", { data: { label: "Clock offset" } }, known && status.clockOffsetSeconds !== undefined && status.clockOffsetSeconds !== null ? offset(status.clockOffsetSeconds) : el("span.muted", {}, "not known")),
    el("td", { data: { label: "Outbox" } }, ...outbox(status, known)),
    el("td.streams", { data: { label: "Streams" } }, el("ul", {}, ...(status.streams ?? []).map((s) => stream(s, state, lastArrival(streams, site, node, s.name), site, node, now)))));
}

function age(arrival, now) {
  if (arrival === null) return el("span.muted", {}, "none yet");
  const seconds = (now - arrival) / 1000;
  return el(seconds > 300 ? "span.old" : "span", { title: `${localFull(arrival)} (${utc(arrival)})` }, `${span(seconds)} ago`);
}

function offset(seconds) {
  const text = Math.abs(seconds) < 1 ? quantity(seconds * 1000, "ms", 1) : quantity(seconds, "s", 2);
  return el(Math.abs(seconds) > 0.5 ? "span.old" : "span", {}, seconds > 0 ? `+${text}` : text.replace("-", "−"));
}

function outbox({ outboxEvents, outboxBytes, oldestUnsentSeconds, deadLetters }, known) {
  if (!known) return [el("span.muted", {}, `${number(outboxEvents)} events when last heard`)];
  return [
    el(oldestUnsentSeconds > 60 ? "span.old" : "span", {}, `${number(outboxEvents)} ${outboxEvents === 1 ? "event" : "events"}`),
    el("div.muted", {}, outboxEvents > 0 ? `${bytes(outboxBytes)}, oldest ${span(oldestUnsentSeconds)}` : bytes(outboxBytes)),
    deadLetters > 0 ? el("div.old", {}, `${number(deadLetters)} refused`) : null,
  ].filter(Boolean);
}

function stream({ name, pipeline, state, events, droppedBlocks, restarts, problem }, nodeIs, arrival, site, node, now) {
  // What a node that is gone said about its streams is history.
  const [shape, word, look] = nodeIs === "online" ? STREAM_LOOKS[state] ?? ["unknown", state, "idle"] : ["stale", "not known", "idle"];
  const label = pipeline === "das" ? el("a", { href: `/fibre?source=${encodeURI(`/sites/${site}/nodes/${node}/streams/${name}`)}` }, name) : name;
  const facts = [`${number(events)} events`, droppedBlocks ? `${number(droppedBlocks)} blocks dropped` : null, restarts ? `${restarts} restarts` : null];
  return el("li", { title: facts.filter(Boolean).join(", ") },
    el(`span.state.${look}`, {}, icon(shape), ` ${word}`), el("span.stream-name", {}, label, el("span.muted", {}, ` ${pipeline}`)),
    arrival === null ? null : el("span.muted", {}, `${span((now - arrival) / 1000)} ago`),
    problem && nodeIs === "online" ? el("div.problem", {}, problem) : null);
}

export const NODE_COLUMNS = ["site", "node", "state", "received_utc", "last_event_arrival_utc", "clock_offset_s", "outbox_events", "outbox_bytes", "oldest_unsent_s", "dead_letters", "streams"];

export function nodeRows(nodes, streams, now) {
  return nodes.map((entry) => {
    const { site, node, status, receivedAt } = entry;
    const arrival = lastArrival(streams, site, node);
    return [site, node, nodeState(entry, now), new Date(receivedAt), arrival === null ? null : new Date(arrival), status.clockOffsetSeconds,
      status.outboxEvents, status.outboxBytes, status.oldestUnsentSeconds, status.deadLetters, (status.streams ?? []).map((s) => `${s.name}=${s.state}`).join(" ")];
  });
}
