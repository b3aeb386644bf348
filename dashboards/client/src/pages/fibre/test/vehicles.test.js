import assert from "node:assert/strict";
import test from "node:test";
import { announce, MOST_VEHICLES, speedHistogram, speedQuantile, VehicleStore } from "../vehicles.js";
import { distanceTo, nearest, vehicle } from "../waterfall/tracks.js";
import { View } from "../waterfall/view.js";

const start = Date.parse("2026-05-03T12:00:00Z");
const event = (id, seconds, more = {}) => ({
  id,
  source: "s",
  time: new Date(start + seconds * 1000).toISOString(),
  data: {
    direction: "increasing",
    class: "small",
    speedKmh: 80,
    track: [
      { offsetSeconds: -2, distanceM: 0 },
      { offsetSeconds: 2, distanceM: 100 },
    ],
    ...more,
  },
});

test("a vehicle is kept once, in order of time, and the oldest goes when there are too many", () => {
  const store = new VehicleStore();
  assert.ok(store.add(event("b", 2)));
  assert.ok(store.add(event("a", 1)));
  assert.equal(store.add(event("a", 1)), null);
  assert.deepEqual(
    store.all.map((v) => v.id),
    ["a", "b"],
  );
  for (let i = 0; i < MOST_VEHICLES; i++) store.add(event(`x${i}`, 10 + i));
  assert.equal(store.all.length, MOST_VEHICLES);
  assert.equal(store.find("a"), null);
});

test("a vehicle without a track of two points is left out", () => {
  const store = new VehicleStore();
  assert.equal(store.add(event("a", 1, { track: [{ offsetSeconds: 0, distanceM: 0 }] })), null);
  assert.equal(store.all.length, 0);
});

test("the histogram counts each vehicle once, in the bin that holds its speed", () => {
  const speeds = [
    [79.99, "increasing"],
    [80, "increasing"],
    [84.9, "decreasing"],
    [95, "decreasing"],
  ];
  const h = speedHistogram(
    speeds.map(([speedKmh, direction]) => ({ speedKmh, direction })),
    5,
  );
  assert.deepEqual(h.edges, [75, 80, 85, 90, 95]);
  assert.deepEqual(h.increasing, [1, 1, 0, 0, 0]);
  assert.deepEqual(h.decreasing, [0, 1, 0, 0, 1]);
  assert.deepEqual(speedHistogram([]).edges, []);
});

test("a quantile lies between ranks", () => {
  const v = [50, 60, 70, 80].map((speedKmh) => ({ speedKmh }));
  assert.equal(speedQuantile(v, 0.5), 65);
  assert.equal(speedQuantile(v, 1), 80);
  assert.equal(speedQuantile([], 0.5), null);
});

test("vehicles that come together are spoken of together", () => {
  const v = event("a", 1).data;
  assert.equal(announce([v]), "Car, increasing, 80 kilometres per hour.");
  assert.equal(announce([v, { ...v, class: "large" }]), "2 vehicles, 1 of them large.");
  assert.equal(announce([]), "");
});

test("a track is hit near its line and not beyond its ends", () => {
  const view = new View(10);
  view.to = start + 5000;
  view.box = { left: 0, top: 0, width: 1000, height: 100 };
  const v = vehicle(event("a", 0));
  // The track runs from (300, 100) to (700, 0).
  assert.ok(distanceTo(v.track, view, 500, 50) < 0.01);
  assert.equal(nearest([v], view, 505, 50)?.id, "a");
  assert.equal(nearest([v], view, 800, 0), null);
});
