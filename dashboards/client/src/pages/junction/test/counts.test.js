import assert from "node:assert/strict";
import test from "node:test";
import { barsOf, barSeries, countRows, CountStore, haveMovements, observedShare, windowRows } from "../counts.js";

const QUARTER = 900000;
const start = Date.parse("2026-05-03T12:00:00Z");
const SOURCE = "/sites/a/nodes/b/streams/north";
const event = (quarter, cars, more = {}) => ({
  source: SOURCE,
  time: new Date(start + quarter * QUARTER).toISOString(),
  data: {
    approach: "north",
    windowMinutes: 15,
    observedSeconds: 450,
    count: cars + 1,
    flowPerHour: 4 * (cars + 1),
    lanes: [
      { direction: "Toward", lane: 1, class: "Car", count: cars },
      { direction: "Toward", lane: 2, class: "TwoWheeler", count: 1 },
    ],
    movements: [{ from: "north", to: "east", class: "Car", count: cars }],
    ...more,
  },
});

function store(...events) {
  const counts = new CountStore();
  events.forEach((e) => counts.add(e));
  return counts.between(start, start + 100 * QUARTER);
}

test("a window reported twice counts once, and other lengths do not mix in", () => {
  const windows = store(event(1, 5), event(1, 6), event(1, 99, { windowMinutes: 1 }), event(2, 7));
  assert.deepEqual(
    windows.map((w) => w.count),
    [7, 8],
  );
  assert.equal(observedShare(windows), 0.5);
  assert.equal(observedShare([]), null);
});

test("bars are stacked by class; a window that nobody reported is a gap and an empty one is zero", () => {
  const bars = barsOf(store(event(1, 5), event(3, 0)), QUARTER);
  assert.deepEqual(bars.byClass.get("car"), [5, null, 0]);
  assert.deepEqual(bars.byClass.get("bus"), [0, null, 0]);
  const series = barSeries(bars);
  assert.deepEqual(
    series.map((s) => s.label),
    ["Two-wheelers", "Cars", "Vans", "Trucks", "Buses"],
  );
});

test("long ranges sum whole windows into hours", () => {
  const bars = barsOf(store(event(1, 5), event(4, 5), event(5, 7)), 4 * QUARTER);
  assert.deepEqual(bars.byClass.get("car"), [10, 7]);
  assert.deepEqual(bars.times, [start + 4 * QUARTER, start + 8 * QUARTER]);
});

test("rows sum movements and classes, or directions and lanes", () => {
  const windows = store(event(1, 5), event(2, 7));
  assert.equal(haveMovements(windows), true);
  assert.deepEqual(countRows(windows, "movement"), [
    { approach: "north", from: "north", to: "east", byClass: { car: 12 }, total: 12 },
  ]);
  assert.deepEqual(
    countRows(windows, "lane").map((r) => [r.from, r.to, r.byClass, r.total]),
    [
      ["toward", "1", { car: 12 }, 12],
      ["toward", "2", { twoWheeler: 2 }, 2],
    ],
  );
  assert.equal(windowRows(windows).length, 6);
});
