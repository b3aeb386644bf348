import assert from "node:assert/strict";
import test from "node:test";
import { columns, rows, temperatureSeries, windSeries } from "../series.js";

const MINUTE = 60000;
const point = (minute, strongestWindMs = minute + 5) => ({
  time: minute * MINUTE,
  temperatureC: minute,
  windMs: minute + 1,
  strongestWindMs,
});

test("a period that nobody reported is a gap", () => {
  const all = columns([point(1), point(2), point(5), point(6)]);
  assert.deepEqual(
    all.times.map((t) => t / MINUTE),
    [1, 2, 3, 5, 6],
  );
  assert.deepEqual(temperatureSeries(all)[0].values, [1, 2, null, 5, 6]);
  assert.deepEqual(windSeries(all)[0].values, [2, 3, null, 6, 7]);
  assert.deepEqual(windSeries(all)[1].values, [6, 7, null, 10, 11]);
});

test("no reading and one reading have no gap", () => {
  assert.deepEqual(columns([]).times, []);
  assert.deepEqual(columns([point(3)]).times, [3 * MINUTE]);
});

test("roll-ups know no strongest wind", () => {
  const all = columns([point(1, null), point(2, null)]);
  assert.deepEqual(
    windSeries(all).map((s) => s.label),
    ["Mean wind"],
  );
  assert.deepEqual(rows([point(1, null)]), [[new Date(MINUTE), 1, 2, null]]);
});
