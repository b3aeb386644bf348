import assert from "node:assert/strict";
import test from "node:test";
import { flowRows, flowSeries, FlowStore, speedSeries } from "../flow.js";
import { profileGrid, profileSeries } from "../profile.js";
import { fromRollups } from "../rollup.js";

const MINUTE = 60000;
const start = Date.parse("2026-05-03T12:00:00Z");
const flow = (minute, direction, count, more = {}) => ({
  time: new Date(start + minute * MINUTE).toISOString(),
  data: {
    windowMinutes: 1,
    direction,
    count,
    flowPerHour: count * 60,
    occupancy: 0,
    ...(count ? { meanSpeedKmh: 80 + minute } : {}),
    ...more,
  },
});

function store(...events) {
  const flows = new FlowStore();
  events.forEach((e) => flows.add(e));
  return flows;
}

const grid = (flows, more) =>
  flows.grid({
    minutes: 1,
    from: start,
    to: start + 60 * MINUTE,
    directions: ["increasing", "decreasing"],
    classes: ["all"],
    ...more,
  });

test("a window that nobody reported is a gap and an empty road is zero", () => {
  const g = grid(store(flow(1, "increasing", 2), flow(2, "increasing", 0), flow(4, "increasing", 1)));
  assert.equal(g.times.length, 4);
  assert.deepEqual(flowSeries(g)[0].values, [120, 0, null, 60]);
  assert.deepEqual(speedSeries(g)[0].values, [81, null, null, 84]);
});

test("a window reported again replaces the first report", () => {
  const g = grid(store(flow(1, "increasing", 2), flow(1, "increasing", 3)));
  assert.deepEqual(flowSeries(g)[0].values, [180]);
});

test("windows of other lengths, classes and times stay out", () => {
  const g = grid(
    store(
      flow(1, "increasing", 2),
      flow(2, "increasing", 9, { windowMinutes: 5 }),
      flow(2, "increasing", 9, { class: "large" }),
      flow(90, "increasing", 9),
    ),
  );
  assert.deepEqual(
    g.groups.map((x) => [x.direction, x.class, x.windows.length]),
    [["increasing", "all", 1]],
  );
});

test("directions and classes differ by more than colour", () => {
  const events = ["small", "large"].flatMap((c) =>
    ["increasing", "decreasing"].map((d) => flow(1, d, 1, { class: c })),
  );
  const classes = flowSeries(grid(store(...events), { classes: ["small", "large"] }), true);
  assert.equal(classes.length, 4);
  assert.notDeepEqual(classes[0].dash, classes[1].dash);
  const both = flowSeries(grid(store(flow(1, "increasing", 1), flow(1, "decreasing", 1))), false);
  assert.notDeepEqual(both[0].dash, both[1].dash);
});

test("the CSV has one row for each report and none for gaps", () => {
  const rows = flowRows(grid(store(flow(1, "increasing", 2), flow(3, "decreasing", 0))));
  assert.deepEqual(
    rows.map((r) => [r[0].toISOString(), r[2], r[4], r[6]]),
    [
      ["2026-05-03T12:01:00.000Z", "increasing", 2, 81],
      ["2026-05-03T12:03:00.000Z", "decreasing", 0, undefined],
    ],
  );
});

test("old windows are forgotten", () => {
  const flows = store(flow(1, "increasing", 2), flow(30, "increasing", 2));
  flows.forget(start + 10 * MINUTE);
  assert.equal(grid(flows).times.length, 1);
});

test("the first day's profile has no usual line", () => {
  const hour = (h, more) => ({
    time: new Date(start + h * 60 * MINUTE).toISOString(),
    data: { hour: h, direction: "increasing", count: 10 + h, days: 1, ...more },
  });
  const first = profileGrid([hour(0), hour(2)], start - 1, start + 3 * 60 * MINUTE);
  assert.deepEqual(
    profileSeries(first).map((s) => s.values),
    [[10, null, 12]],
  );
  const later = profileGrid([hour(0, { usualCount: 9.5 })], start - 1, start + 3 * 60 * MINUTE);
  assert.deepEqual(
    profileSeries(later).map((s) => s.label),
    ["Increasing", "Increasing, usual"],
  );
});

test("roll-ups become hourly flow with gaps where no vehicle was counted", () => {
  const at = (h) => new Date(start + h * 60 * MINUTE).toISOString();
  const r = fromRollups([
    { time: at(2), count: 7, speedKmh: { mean: 80, min: 60, max: 101 } },
    { time: at(0), count: 3 },
  ]);
  assert.deepEqual(
    r.times,
    [1, 2, 3].map((h) => start + h * 60 * MINUTE),
  );
  assert.deepEqual(r.flow, [3, null, 7]);
  assert.deepEqual(r.mean, [null, null, 80]);
  assert.deepEqual(r.high, [null, null, 101]);
});
