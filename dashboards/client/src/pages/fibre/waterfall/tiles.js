// The tiles in memory: each once, in order of time, bounded.
import { magnitudes } from "./tile.js";

/** Enough for ten minutes of a thousand columns at 8 Hz, several times over. */
const MOST_LEVELS = 24_000_000;

/** @typedef {import("./tile.js").Tile} Tile */

/** @typedef {Tile & {counts: Uint32Array}} KeptTile counts: how many levels have each magnitude */

export class TileStore {
  /** @type {KeptTile[]} */
  #tiles = [];
  /** @type {Set<string>} */
  #ids = new Set();
  #size = 0;

  /** Tiles in order of time. */
  get all() {
    return this.#tiles;
  }

  /** End of the newest tile, ms; null before the first. */
  get newest() {
    return this.#tiles.length ? this.#tiles[this.#tiles.length - 1].to : null;
  }

  /**
   * Adds a tile; false where it is here already. The oldest go when there is no more room.
   * @param {Tile} tile
   */
  add(tile) {
    if (this.#ids.has(tile.id)) return false;
    this.#ids.add(tile.id);
    const kept = { ...tile, counts: magnitudes(tile) };
    let at = this.#tiles.length;
    while (at > 0 && this.#tiles[at - 1].from > tile.from) at--;
    this.#tiles.splice(at, 0, kept);
    this.#size += tile.levels.length;
    while (this.#size > MOST_LEVELS && this.#tiles.length > 1) {
      // The end that is farther from the newcomer is the one nobody looks at.
      const [gone] = at > this.#tiles.length / 2 ? this.#tiles.splice(0, 1) : this.#tiles.splice(-1, 1);
      this.#ids.delete(gone.id);
      this.#size -= gone.levels.length;
    }
    return true;
  }

  clear() {
    this.#tiles = [];
    this.#ids.clear();
    this.#size = 0;
  }

  /**
   * Tiles that overlap a stretch of time.
   * @param {number} from ms
   * @param {number} to ms
   */
  between(from, to) {
    return this.#tiles.filter((tile) => tile.to > from && tile.from < to);
  }

  /** Distances that the tiles cover: {min, max} in m to the outer edges of their cells; null without tiles. */
  extent() {
    if (this.#tiles.length === 0) return null;
    let min = Infinity;
    let max = -Infinity;
    for (const { firstM, stepM, columns } of this.#tiles) {
      const last = firstM + stepM * (columns - 1);
      const half = Math.abs(stepM) / 2;
      min = Math.min(min, firstM - half, last - half);
      max = Math.max(max, firstM + half, last + half);
    }
    return { min, max };
  }

  /**
   * The value that full colour stands for, among the tiles of from…to: the 99.5th percentile of magnitude, so that one
   * spike does not leave the rest pale, yet at least twelve times the median, so that noise stays calm on an empty
   * road.
   * @param {number} from ms
   * @param {number} to ms
   */
  typicalPeak(from, to) {
    const tiles = this.between(from, to);
    /** @type {[number, number][]} */
    const values = [];
    let total = 0;
    for (const tile of tiles) {
      tile.counts.forEach((count, level) => {
        if (count > 0 && level > 0) values.push([level * tile.scale, count]);
      });
      total += tile.counts.reduce((sum, count) => sum + count, 0);
    }
    if (values.length === 0) return 1;
    values.sort((a, b) => b[0] - a[0]);
    const quantile = (/** @type {number} */ fromTop) => {
      let left = Math.max(1, total * fromTop);
      return (values.find(([, count]) => (left -= count) <= 0) ?? values[values.length - 1])[0];
    };
    return Math.max(quantile(0.005), 12 * quantile(0.5));
  }
}
