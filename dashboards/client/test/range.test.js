import assert from "node:assert/strict";
import test from "node:test";
import { Coverage } from "../src/core/coverage.js";
import { DataClock } from "../src/core/dataclock.js";
import { ends, formatRange, parseRange } from "../src/core/range.js";

test("a range survives the address", () => {
  const custom = parseRange("2026-05-03T12:00:00Z,2026-05-03T13:30:00Z");
  assert.equal(custom.seconds, 5400);
  assert.equal(formatRange(custom), "2026-05-03T12:00:00Z,2026-05-03T13:30:00Z");
  assert.equal(formatRange(parseRange("6h")), "6h");
  assert.deepEqual(ends(parseRange("1h"), 7_200_000), { from: 3_600_000, to: 7_200_000 });
});

test("nonsense in the address is the live range", () => {
  for (const text of [
    "",
    null,
    "yesterday",
    "2026-05-03T13:00:00Z,2026-05-03T12:00:00Z",
    "2020-01-01T00:00:00Z,2026-01-01T00:00:00Z",
  ]) {
    assert.equal(parseRange(text).key, "live", String(text));
  }
});

test("coverage joins what touches and knows what is missing", () => {
  const c = new Coverage();
  c.add(0, 10);
  c.add(20, 30);
  assert.equal(c.has(5, 25), false);
  c.add(10, 20);
  assert.equal(c.has(0, 30), true);
  assert.equal(c.has(-1, 5), false);
});

test("now is the viewer's clock for a live stream and the newest event for a replay", () => {
  let wall = 10_000_000;
  const live = new DataClock(() => wall);
  live.observe(wall - 3000, wall);
  assert.equal(live.isReplay, false);
  assert.equal(live.now(), wall);
  const replay = new DataClock(() => wall);
  replay.observe(1000, wall);
  assert.equal(replay.isReplay, true);
  assert.equal(replay.now(), 1000);
  wall += 60_000;
  assert.equal(replay.now(), 1000);
  assert.equal(replay.silence(), 60);
});

test("a notice about the past does not make a live system a replay", () => {
  const wall = Date.parse("2026-05-03T12:00:00Z");
  const clock = new DataClock(() => wall);
  const type = (name, secondsAgo, arrivedAgo) => ({
    type: name,
    lastTime: new Date(wall - secondsAgo * 1000).toISOString(),
    lastArrival: new Date(wall - arrivedAgo * 1000).toISOString(),
  });
  clock.learn([{ types: [type("sensing.das.vehicle.v1", 20, 5), type("sensing.node.notice.v1", 4000, 1)] }]);
  assert.equal(clock.isReplay, false);
  assert.equal(clock.silence(), 5);
});
