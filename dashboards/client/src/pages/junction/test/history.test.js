import assert from "node:assert/strict";
import test from "node:test";
import { History, keyOf } from "../history.js";
import { historyRows, indexSeries, looksOf, measureSeries } from "../series.js";

const start = Date.parse("2026-05-03T12:00:00Z");
const NORTH = "/sites/a/nodes/b/streams/north";
const SOUTH = "/sites/a/nodes/c/streams/south";
const event = (source, approach, ms, index, more = {}) => ({
  id: `${approach}${ms}`,
  type: "sensing.traffic.approach.v1",
  source,
  time: new Date(start + ms).toISOString(),
  data: { approach, index, indexRaw: index / 2, queueM: 10, vehicles: 3, quality: 0.9, lanes: [], ...more },
});

test("approaches that report at times of their own share a grid, and silence is a gap", () => {
  const history = new History();
  for (const s of [0, 1, 2, 9]) history.add(event(NORTH, "north", s * 1000 + 33, 0.1 + s / 100));
  for (const s of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]) history.add(event(SOUTH, "south", s * 1000 + 700, 0.5));
  history.add(event(SOUTH, "south", 9700, 0.5)); // again
  const grid = history.grid(start, start + 20000);
  assert.equal(grid.times[0], start + 1000);
  assert.deepEqual(
    grid.columns.map((c) => c.name),
    ["north", "south"],
  );
  const north = grid.columns[0].points.map((p) => p && Number(p.index.toFixed(2)));
  assert.deepEqual(north, [0.1, 0.11, 0.12, 0.12, 0.12, null, null, null, null, 0.19]);
  assert.ok(grid.columns[1].points.every((p) => p !== null));
  assert.equal(historyRows(grid).filter((r) => r[1] === "north").length, 4, "a point that is held is one row");
});

test("the smoothed index has the raw one behind it", () => {
  const history = new History();
  history.add(event(NORTH, "north", 1000, 0.4));
  const grid = history.grid(start, start + 5000);
  const looks = looksOf([keyOf(NORTH, "north")]);
  const series = indexSeries(grid, looks, true, 0);
  assert.deepEqual(
    series.map((s) => [s.label, s.values[0]]),
    [
      ["raw", 0.2],
      ["north, smoothed", 0.4],
    ],
  );
  assert.equal(indexSeries(grid, looks, false, 0).length, 1);
  assert.deepEqual(measureSeries(grid, looks, "queueM")[0].values, [10]);
  assert.deepEqual(measureSeries(grid, looks, "meanSpeedKmh")[0].values, [null], "no vehicle has no speed, not zero");
});

test("roll-ups stand in for the events of a long range, with the raw index as a band", () => {
  const history = new History();
  history.add(event(NORTH, "north", 1000, 0.4));
  const measure = (mean, min = mean, max = mean) => ({ count: 60, mean, min, max });
  const rollup = (minute, index) => ({
    time: new Date(start + minute * 60000).toISOString(),
    source: NORTH,
    type: "sensing.traffic.approach.v1",
    count: 60,
    index: measure(index),
    indexRaw: measure(index, 0.01, 0.9),
  });
  history.replace([rollup(0, 0.1), rollup(1, 0.2), rollup(3, 0.3)], 60000, () => ["north"]);
  const grid = history.grid(start, start + 600000);
  assert.deepEqual(
    grid.times.map((t) => (t - start) / 1000),
    [30, 90, 150, 210],
  );
  assert.deepEqual(
    grid.columns[0].points.map((p) => p?.index ?? null),
    [0.1, 0.2, null, 0.3],
  );
  const [band] = indexSeries(grid, looksOf([grid.columns[0].key]), true, 60000);
  assert.deepEqual([band.shape, band.values[0], band.lows?.[0]], ["band", 0.9, 0.01]);
  history.add(event(NORTH, "north", 300000, 0.9));
  assert.equal(history.grid(start, start + 600000).times.length, 4, "events do not mix with roll-ups");
  history.replace([rollup(0, 0.1)], 60000, () => ["north", "ramp"]);
  assert.equal(history.tracks()[0].name, "north, all approaches");
});

test("what lies before the range is forgotten, and may come again", () => {
  const history = new History();
  for (let s = 0; s < 200; s++) history.add(event(NORTH, "north", s * 1000, 0.1));
  history.forget(start + 150000);
  assert.equal(history.tracks()[0].points.length, 50);
  history.add(event(NORTH, "north", 0, 0.1));
  assert.equal(history.tracks()[0].points.length, 51);
});
