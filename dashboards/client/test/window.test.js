import assert from "node:assert/strict";
import { test } from "node:test";
import { windowAt } from "../src/chart/window.js";
import { deviation } from "../src/core/format.js";

test("the window that an instant is in is marked, not the one whose end is nearest", () => {
  const ends = [60, 120, 180, 300];
  for (const [at, nearest, expected] of [
    [61, 0, 1],
    [119, 1, 1],
    [120, 1, 1],
    [121, 1, 2],
    [30, 0, 0],
    [60, 0, 0],
    // Nobody reported from 180 to 240.
    [200, 2, null],
    [245, 3, 3],
    [301, 3, null],
  ])
    assert.equal(windowAt(ends, /** @type {number} */ (nearest), /** @type {number} */ (at), 60), expected, `${at}`);
});

test("a standard error is never told as zero", () => {
  assert.equal(deviation(1.24), "1.2");
  assert.equal(deviation(0.04), "0.04");
  assert.equal(deviation(0.0012), "0.001");
  assert.equal(deviation(0.0001), "< 0.001");
  assert.equal(deviation(null), "–");
});
