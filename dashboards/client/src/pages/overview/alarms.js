// What is wrong now, from the states of nodes and from what they reported: pure, so that it can be tested.
import { bytes, number, quantity, span } from "@sensing/client/core/format.js";
import { parseSource } from "@sensing/client/core/source.js";

/** At 80 km/h half a second is 11 m: beyond that two sensors no longer agree about where a vehicle is. */
const CLOCK_LIMIT = 0.5;
const UNSENT_LIMIT = 60;
const SILENT_LIMIT = 180;

/** How bad: the order of the list. */
export const SEVERITIES = ["error", "warning", "info"];

/** @typedef {import("@sensing/client/core/api.js").NodeEntry} NodeEntry */
/** @typedef {import("@sensing/client/core/api.js").SensingEvent} SensingEvent */

/**
 * @typedef {object} Alarm
 * @property {string} key
 * @property {string} severity one of SEVERITIES
 * @property {string} what
 * @property {string} where "site / node / stream"
 * @property {number|null} since ms
 * @property {string|null} [detail]
 * @property {string|null} [remedy]
 * @property {number} [count]
 * @property {string} [code] of a notice
 */

/**
 * @param {NodeEntry[]} nodes
 * @param {SensingEvent[]} notices events of notice and loss
 * @param {number} now ms
 * @returns {Alarm[]} worst first, newest first among equals
 */
export function openAlarms(nodes, notices, now) {
  const states = nodes.flatMap((node) => nodeAlarms(node, now));
  // A stream that is stalled now has said so in a notice too: one line, with the notice's advice.
  const stalled = new Map(states.filter((a) => a.key.includes(":stream:")).map((a) => [a.where, a]));
  const reported = noticeAlarms(notices).filter(({ code, where, remedy }) => {
    const state = code === "stalled" ? stalled.get(where) : undefined;
    if (state) state.remedy ??= remedy;
    return state === undefined;
  });
  const alarms = [...states, ...reported];
  return alarms.sort(
    (a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || (b.since ?? now) - (a.since ?? now),
  );
}

/**
 * A node's state; "stale" where it is online, and yet nothing has been heard for long: neither well nor known to be
 * gone.
 * @param {Pick<NodeEntry, "status"|"connected"|"receivedAt">} entry
 * @param {number} now ms
 */
export function nodeState({ status, connected, receivedAt }, now) {
  if (status.state === "online" && (connected === false || now - Date.parse(receivedAt) > SILENT_LIMIT * 1000))
    return "stale";
  return status.state;
}

/**
 * @param {NodeEntry} entry
 * @param {number} now ms
 */
function nodeAlarms(entry, now) {
  const { site, node, status, receivedAt } = entry;
  const where = `${site} / ${node}`;
  const received = Date.parse(receivedAt);
  /** @type {Alarm[]} */
  const alarms = [];
  /** @param {string} name @param {string} severity @param {string} what @param {Partial<Alarm>} more */
  const add = (name, severity, what, more = {}) =>
    alarms.push({ key: `${where}:${name}`, severity, what, where, since: null, ...more });
  const state = nodeState(entry, now);
  if (state === "offline")
    add("offline", "error", "Node is offline", {
      since: received,
      detail: "Disconnected without notice; the broker reported it.",
    });
  if (state === "stale")
    add("silent", "warning", "Node is silent", {
      since: received,
      detail: `Last heard ${span((now - received) / 1000)} ago.`,
    });
  if (state !== "online") return alarms;
  const offset = status.clockOffsetSeconds ?? 0;
  if (Math.abs(offset) > CLOCK_LIMIT) {
    add("clock", "warning", "Clock is off", {
      detail: `By ${quantity(offset, "s", 2).replace("-", "−")}.`,
      remedy: "Check the node's time synchronisation.",
    });
  }
  if (status.oldestUnsentSeconds > UNSENT_LIMIT) {
    const waiting = `${number(status.outboxEvents)} events (${bytes(status.outboxBytes)})`;
    add("unsent", "warning", "Outbox is behind", {
      since: received - status.oldestUnsentSeconds * 1000,
      detail: `${waiting} wait, the oldest for ${span(status.oldestUnsentSeconds)}.`,
      remedy: "Check the link from the node to its broker.",
    });
  }
  if (status.deadLetters > 0) {
    add("dead", "warning", "Events were refused", {
      detail: `${number(status.deadLetters)} wait in the node's dead-letter table.`,
      remedy: "See the node's log for the broker's reason.",
    });
  }
  for (const stream of status.streams ?? []) {
    if (stream.state !== "stalled" && stream.state !== "retrying") continue;
    add(
      `stream:${stream.name}`,
      "error",
      stream.state === "stalled" ? "Stream is stalled" : "Stream has failed and is retrying",
      {
        where: `${where} / ${stream.name}`,
        since: stream.lastSample ? Date.parse(stream.lastSample) : null,
        detail: stream.problem,
      },
    );
  }
  return alarms;
}

/**
 * Notices of one kind and stream are one line with a count: a file watcher may report hundreds.
 * @param {SensingEvent[]} events
 */
function noticeAlarms(events) {
  /** @type {Map<string, Alarm & {since: number, count: number}>} */
  const groups = new Map();
  for (const event of events) {
    const { data } = event;
    const source = parseSource(event.source);
    const isLoss = event.type.startsWith("sensing.node.loss.");
    const key = `${event.source}:${isLoss ? `loss-${data.reason}` : data.code}`;
    const alarm = {
      key,
      code: data.code,
      severity: isLoss ? "error" : data.severity,
      what: isLoss ? `Events were lost: outbox ${data.reason}` : words(data.code),
      where: source ? `${source.site} / ${source.node} / ${source.stream}` : event.source,
      since: Date.parse(event.time),
      detail: isLoss ? lossText(data) : [data.message, data.input, data.position].filter(Boolean).join(" · "),
      remedy: data.remedy,
      count: 1,
    };
    const known = groups.get(key);
    groups.set(
      key,
      known === undefined ? alarm : { ...(alarm.since > known.since ? alarm : known), count: known.count + 1 },
    );
  }
  return [...groups.values()];
}

/** @param {{telemetry: number, facts: number, alarms: number}} loss */
function lossText({ telemetry, facts, alarms }) {
  return `${number(alarms)} alarms, ${number(facts)} facts, ${number(telemetry)} telemetry events were dropped.`;
}

/**
 * "not-a-number" → "Not a number".
 * @param {string} code
 */
function words(code) {
  const text = code.replaceAll("-", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
