import assert from "node:assert/strict";
import { test } from "node:test";
import { fromRollups, rollupFlow } from "../rollup.js";

const HOUR = 3600000;
const at = (/** @type {number} */ hour, /** @type {number} */ count) => ({
  time: new Date(hour * HOUR).toISOString(),
  count,
});

test("the hour that is not over is a series of its own", () => {
  const rollup = fromRollups([at(0, 100), at(1, 90), at(2, 20)], 2.4 * HOUR);
  const [whole, running] = rollupFlow(rollup);
  assert.deepEqual(whole.values, [100, 90, null]);
  assert.deepEqual(running.values, [null, null, 20]);
  assert.equal(running.label, "This hour so far");
});

test("hours that are over are drawn as they are", () => {
  const rollup = fromRollups([at(0, 100), at(1, 90)], 2.4 * HOUR);
  assert.equal(rollup.running, null);
  assert.deepEqual(
    rollupFlow(rollup).map((series) => series.values),
    [[100, 90]],
  );
});
