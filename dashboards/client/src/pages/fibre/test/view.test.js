import assert from "node:assert/strict";
import test from "node:test";
import { flowWindow } from "../flow.js";
import { glide } from "../waterfall/follow.js";
import { LONGEST, METRE_STEPS, SHORTEST, ticks, View } from "../waterfall/view.js";

test("a pixel and its instant are inverse to each other", () => {
  const view = new View(60);
  view.to = 1_000_000;
  view.setExtent({ min: 0, max: 500 });
  view.box = { left: 50, top: 10, width: 600, height: 200 };
  assert.equal(view.x(view.time(123)), 123);
  assert.equal(view.y(view.metres(77)), 77);
  assert.equal(view.x(view.to), 650);
});

test("zooming keeps the instant under the pointer and stays within bounds", () => {
  const view = new View(60);
  view.to = 1_000_000;
  view.zoomTime(0.5, 980_000);
  assert.equal(view.span, 30);
  assert.equal(view.to, 990_000);
  view.zoomTime(0.0001);
  assert.equal(view.span, SHORTEST);
  view.zoomTime(1e9);
  assert.equal(view.span, LONGEST);
});

test("distance never leaves the fibre, and zooming out ends at the whole of it", () => {
  const view = new View();
  view.setExtent({ min: 0, max: 1000 });
  view.zoomDistance(0.5, 900);
  assert.equal(view.isWhole, false);
  view.pan(0, 5000);
  assert.equal(view.max, 1000);
  assert.equal(view.max - view.min, 500);
  view.zoomDistance(3);
  assert.deepEqual([view.min, view.max, view.isWhole], [0, 1000, true]);
});

test("axis ticks are round and far enough apart", () => {
  const { step, at } = ticks(3, 803, 400, 44, METRE_STEPS);
  assert.equal(step, 100);
  assert.deepEqual(at, [100, 200, 300, 400, 500, 600, 700, 800]);
  assert.ok(Object.is(ticks(-0.5, 10, 100, 44, METRE_STEPS).at[0], 0));
});

test("the edge glides with time, hurries after a fast replay and jumps over a gap", () => {
  assert.equal(glide(0, 10_000, 5000, 16), 10_000);
  assert.equal(glide(10_000, 15_000, 5000, 100), 10_100);
  assert.ok(glide(10_000, 40_000, 5000, 100) > 10_350);
  assert.equal(glide(10_000, 900_000, 5000, 100), 900_000);
  assert.equal(glide(14_990, 15_000, 5000, 100), 15_000);
  assert.equal(glide(90_000, 15_000, 5000, 100), 15_000);
});

test("each range has a window with at most some hundred points", () => {
  for (const seconds of [600, 900, 3600, 6 * 3600, 86400, 2 * 86400]) {
    assert.ok(seconds / 60 / flowWindow(seconds) <= 100, `${seconds} s`);
  }
});
