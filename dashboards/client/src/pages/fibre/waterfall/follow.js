// The right edge while following now. Tiles come every few seconds; the edge glides between them instead of jumping,
// about one tile behind the newest, and hurries where a replay runs faster than time.

/**
 * Where the edge is `elapsed` ms later.
 * @param {number} edge ms
 * @param {number|null} newest end of the newest tile, ms
 * @param {number} tileMs length of a tile
 * @param {number} elapsed ms
 */
export function glide(edge, newest, tileMs, elapsed) {
  if (newest === null) return edge;
  const lag = newest - edge;
  // Far behind (first tiles, a jump in time, a gap) or ahead (the replay began anew): go there at once.
  if (edge === 0 || lag > 20 * tileMs || lag < 0) return newest;
  const rate = lag <= 1.5 * tileMs ? 1 : lag / (1.5 * tileMs);
  return Math.min(newest, edge + elapsed * rate);
}
