import assert from "node:assert/strict";
import test from "node:test";
import { diverging, index } from "../waterfall/colours.js";
import { nice } from "../waterfall/nice.js";
import { pixels } from "../waterfall/raster.js";
import { decodeTile, NO_VALUE, valueAt } from "../waterfall/tile.js";
import { TileStore } from "../waterfall/tiles.js";

function tileEvent(levels, rows, columns, more = {}) {
  return {
    id: more.id ?? "t",
    time: more.time ?? "2026-05-03T12:00:00.000Z",
    data: {
      rows,
      columns,
      stepSeconds: 0.5,
      firstM: 10,
      stepM: 2,
      scale: 0.1,
      unit: "1",
      levels: Buffer.from(Int8Array.from(levels).buffer).toString("base64"),
      ...more.data,
    },
  };
}

test("levels are signed bytes, row after row", () => {
  const tile = decodeTile(tileEvent([-127, 0, 127, NO_VALUE, 5, -1], 2, 3));
  assert.deepEqual([...tile.levels], [-127, 0, 127, -128, 5, -1]);
  assert.equal(tile.to - tile.from, 1000);
});

test("a value is found by time and distance, and absent where there is none", () => {
  const tile = decodeTile(tileEvent([-127, 0, 127, NO_VALUE, 5, -1], 2, 3));
  assert.equal(valueAt(tile, tile.from, 14), 12.700000000000001);
  assert.equal(valueAt(tile, tile.from + 600, 12), 0.5);
  assert.equal(valueAt(tile, tile.from + 600, 10), null);
  assert.equal(valueAt(tile, tile.from + 1000, 12), null);
  assert.equal(valueAt(tile, tile.from, 17), null);
});

test("a tile whose sizes do not fit its levels is refused", () => {
  assert.throws(() => decodeTile(tileEvent([1, 2, 3], 2, 3)), RangeError);
  assert.throws(() => decodeTile(tileEvent([1, 2, 3, 4], 2, 2, { data: { stepSeconds: 0 } })), RangeError);
  assert.throws(() => decodeTile(tileEvent([1], 1, 1, { time: "never" })), RangeError);
});

test("a picture has distance upwards, and nothing where there is no value", () => {
  const table = diverging("light");
  const tile = decodeTile(tileEvent([10, NO_VALUE, 20, 30], 2, 2));
  const out = pixels(tile, table, 5);
  // Upper row: second column (12 m); lower row: first column (10 m); instants to the right.
  assert.deepEqual([...out], [0, table[index(3, 5)], table[index(1, 5)], table[index(2, 5)]]);
});

test("a fibre that counts downwards is drawn the same way up", () => {
  const table = diverging("dark");
  const up = pixels(decodeTile(tileEvent([1, 2, 3, 4], 2, 2)), table, 1);
  const down = pixels(decodeTile(tileEvent([2, 1, 4, 3], 2, 2, { data: { firstM: 12, stepM: -2 } })), table, 1);
  assert.deepEqual([...down], [...up]);
});

test("the colour table runs evenly from one sign to the other", () => {
  const lightness = [...diverging("light")].map(
    (c) => 0.3 * (c & 255) + 0.59 * ((c >> 8) & 255) + 0.11 * ((c >> 16) & 255),
  );
  const middle = lightness.indexOf(Math.max(...lightness));
  assert.ok(Math.abs(middle - 127.5) <= 2, `brightest at ${middle}`);
  for (let i = 1; i < 256; i++) {
    const step = lightness[i] - lightness[i - 1];
    assert.ok(i <= middle ? step > -1.5 : step < 1.5, `a kink at ${i}: ${step}`);
  }
});

test("a tile is kept once, in order of time, and the oldest go when there is no room", () => {
  const store = new TileStore();
  const at = (s, id) => ({ ...decodeTile(tileEvent([1, 2, 3, 4], 2, 2)), id, from: s * 1000, to: s * 1000 + 1000 });
  assert.equal(store.add(at(2, "b")), true);
  assert.equal(store.add(at(1, "a")), true);
  assert.equal(store.add(at(2, "b")), false);
  assert.deepEqual(
    store.all.map((t) => t.id),
    ["a", "b"],
  );
  assert.equal(store.newest, 3000);
  assert.deepEqual(
    store.between(1500, 2000).map((t) => t.id),
    ["a"],
  );
  const big = (s, id) => ({ ...at(s, id), levels: new Int8Array(10_000_000) });
  ["c", "d", "e"].forEach((id, i) => store.add(big(3 + i, id)));
  assert.ok(!store.all.some((t) => t.id === "a" || t.id === "b"));
  assert.equal(store.all[store.all.length - 1].id, "e");
});

test("the extent reaches to the outer edges of the cells", () => {
  const store = new TileStore();
  assert.equal(store.extent(), null);
  store.add(decodeTile(tileEvent([1, 2, 3], 1, 3)));
  assert.deepEqual(store.extent(), { min: 9, max: 15 });
});

test("one spike does not set the contrast, and noise alone stays calm", () => {
  const store = new TileStore();
  const levels = Array.from({ length: 1000 }, (_, i) => (i === 0 ? 127 : i % 2 ? 2 : -2));
  store.add(decodeTile(tileEvent(levels, 10, 100)));
  const peak = store.typicalPeak(0, Infinity);
  assert.ok(Math.abs(peak - 12 * 0.2) < 1e-9, `peak ${peak}`);
  assert.equal(new TileStore().typicalPeak(0, 1), 1);
});

test("the ends of the colour bar are round and never below the value", () => {
  assert.deepEqual(
    [1, 1.2, 0.034, 7.5].map((v) => Number(nice(v).toPrecision(3))),
    [1, 1.5, 0.05, 10],
  );
});
