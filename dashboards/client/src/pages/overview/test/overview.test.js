import assert from "node:assert/strict";
import test from "node:test";
import { nodeState, openAlarms } from "../alarms.js";
import { RateSampler, rateSeries, sourcesOf } from "../rate.js";

const page = (name, path, title, ...eventTypes) => ({
  name,
  path,
  title,
  key: "1",
  eventTypes,
  hasCard: false,
  load: async () => ({}),
});
const sources = sourcesOf([
  page("overview", "/", "Overview", "sensing.node.notice.v1"),
  page("fibre", "/fibre", "Fibre", "sensing.das.vehicle.v1", "sensing.das.flow.v1"),
  page("sky", "/sky", "Sky", "sensing.cloud.cover.v1"),
]);
const now = Date.parse("2026-05-03T12:00:00Z");
const ago = (s) => new Date(now - s * 1000).toISOString();
const node = (status = {}, more = {}) => ({
  site: "a",
  node: "b",
  receivedAt: ago(5),
  connected: true,
  status: {
    state: "online",
    clockOffsetSeconds: 0.001,
    outboxEvents: 0,
    outboxBytes: 0,
    oldestUnsentSeconds: 0,
    deadLetters: 0,
    streams: [],
    ...status,
  },
  ...more,
});
const notice = (id, code, severity, s, more = {}) => ({
  id,
  source: "/sites/a/nodes/b/streams/c",
  type: "sensing.node.notice.v1",
  time: ago(s),
  data: { code, severity, message: "m", ...more },
});

test("a node that is well opens no alarm", () => {
  assert.deepEqual(openAlarms([node()], [], now), []);
});

test("each trouble of a node is an alarm, the worst first", () => {
  const alarms = openAlarms(
    [
      node({
        clockOffsetSeconds: -0.8,
        oldestUnsentSeconds: 300,
        outboxEvents: 9,
        deadLetters: 2,
        streams: [{ name: "c", state: "stalled", problem: "no sample" }],
      }),
      node({ state: "offline" }, { node: "z", receivedAt: ago(9000), connected: false }),
    ],
    [],
    now,
  );
  assert.deepEqual(
    alarms.map((a) => a.what),
    ["Stream is stalled", "Node is offline", "Clock is off", "Events were refused", "Outbox is behind"],
  );
  assert.equal(alarms[0].where, "a / b / c");
  assert.equal(alarms[1].since, now - 9000 * 1000);
});

test("what an offline node last said about its streams is no alarm of now", () => {
  const alarms = openAlarms(
    [node({ state: "offline", oldestUnsentSeconds: 300, streams: [{ name: "c", state: "stalled" }] })],
    [],
    now,
  );
  assert.deepEqual(
    alarms.map((a) => a.what),
    ["Node is offline"],
  );
});

test("online without a sign of life for long is silent, not well", () => {
  assert.equal(nodeState(node({}, { receivedAt: ago(600) }), now), "stale");
  assert.equal(nodeState(node({}, { connected: false }), now), "stale");
  assert.equal(nodeState(node({ state: "stopped" }, { receivedAt: ago(600), connected: false }), now), "stopped");
});

test("notices of one kind and stream are one line with a count and the newest words", () => {
  const [alarm, ...rest] = openAlarms(
    [],
    [
      notice("1", "not-a-number", "warning", 50, { message: "old" }),
      notice("2", "not-a-number", "warning", 10, { message: "new", input: "f.hdf5" }),
    ],
    now,
  );
  assert.equal(rest.length, 0);
  assert.equal(alarm.what, "Not a number");
  assert.equal(alarm.count, 2);
  assert.equal(alarm.detail, "new · f.hdf5");
  assert.equal(alarm.since, now - 10000);
});

test("a stall is told once, with the notice's advice", () => {
  const alarms = openAlarms(
    [node({ streams: [{ name: "c", state: "stalled" }] })],
    [notice("1", "stalled", "warning", 9, { remedy: "look" })],
    now,
  );
  assert.deepEqual(
    alarms.map((a) => [a.what, a.remedy]),
    [["Stream is stalled", "look"]],
  );
});

test("lost events are an error that says how many", () => {
  const [alarm] = openAlarms(
    [],
    [
      {
        ...notice("1", "", "", 9),
        type: "sensing.node.loss.v1",
        data: { reason: "full", telemetry: 1200, facts: 3, alarms: 0 },
      },
    ],
    now,
  );
  assert.equal(alarm.severity, "error");
  assert.match(alarm.detail, /0 alarms, 3 facts, 1,200 telemetry/);
});

test("a rate is zero between events, and the interval that is not over is left out", () => {
  const item = (minute, count) => ({
    time: new Date(now + minute * 60000).toISOString(),
    type: "sensing.das.vehicle.v1",
    count,
  });
  const { times, series } = rateSeries([item(-5, 60), item(-3, 30), item(0, 1)], 60, now + 20000, sources);
  assert.deepEqual(
    times,
    [-4, -3, -2].map((m) => now + m * 60000),
  );
  assert.deepEqual(series[0].values, [1, 0, 0.5]);
  assert.deepEqual(rateSeries([], 60, now, sources), { times: [], series: [] });
});

test("the rate of now is the growth of the counts, and an interruption is no rate", () => {
  const streams = (count) => [{ types: [{ type: "sensing.das.vehicle.v1", count }] }];
  const sampler = new RateSampler(sources);
  sampler.take(streams(100), now);
  assert.equal(sampler.current(now), null);
  sampler.take(streams(110), now + 5000);
  assert.equal(sampler.current(now + 5000), 2);
  sampler.interrupt();
  sampler.take(streams(9000), now + 9000);
  assert.equal(sampler.current(now + 9000), 2);
  sampler.take(streams(0), now + 10000);
  assert.equal(sampler.series(0).series[0].values.at(-1), 0);
});

test("a pipeline is called what its page is called, and no two lines differ by colour alone", () => {
  const item = (type) => ({ time: new Date(now - 300000).toISOString(), type, count: 60 });
  const { series } = rateSeries(
    [
      "sensing.node.notice.v1",
      "sensing.other.fact.v1",
      "sensing.cloud.cover.v1",
      "sensing.das.flow.v1",
      "sensing.das.vehicle.v1",
    ].map(item),
    60,
    now,
    sources,
  );
  assert.deepEqual(
    series.map((s) => [s.label, s.values]),
    [
      ["Fibre", [2]],
      ["Sky", [1]],
      ["Nodes", [1]],
      ["other", [1]],
    ],
  );
  assert.equal(series[0].dash, undefined);
  assert.notDeepEqual(series[0].dash, series[1].dash);
});
