import assert from "node:assert/strict";
import test from "node:test";
import { levelRows } from "../waterfall/levels.js";
import { TileStore } from "../waterfall/tiles.js";
import { View } from "../waterfall/view.js";

const tile = (id, from, more = {}) => ({
  id,
  from,
  to: from + 1000,
  rows: 2,
  columns: 3,
  stepMs: 500,
  firstM: 0,
  stepM: 10,
  scale: 0.5,
  unit: "1",
  levels: Int8Array.from([1, 2, -128, 4, 5, 6]),
  ...more,
});

test("the values in view are rows of instants and columns of positions, empty where there is none", () => {
  const tiles = new TileStore();
  tiles.add(tile("a", 1000));
  tiles.add(tile("b", 2000));
  const view = new View(1);
  view.to = 2500;
  view.setExtent(tiles.extent());
  const { columns, rows } = levelRows(tiles, view);
  assert.deepEqual(columns, ["time_utc", "0_m_relative", "10_m_relative", "20_m_relative"]);
  assert.deepEqual(
    rows.map((r) => [r[0].getTime(), ...r.slice(1)]),
    [
      [1500, 2, 2.5, 3],
      [2000, 0.5, 1, null],
    ],
  );
});

test("a tile of an older layout does not mix in, and no tile is no row", () => {
  const tiles = new TileStore();
  const view = new View(5);
  view.to = 5000;
  assert.deepEqual(levelRows(tiles, view), { columns: ["time_utc"], rows: [] });
  tiles.add(tile("a", 1000, { stepM: 5 }));
  tiles.add(tile("b", 2000));
  view.setExtent(tiles.extent());
  assert.equal(levelRows(tiles, view).rows.length, 2);
});
