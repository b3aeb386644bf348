// The values in view as a table: one row an instant, one column a position.

/**
 * @param {import("./tiles.js").TileStore} tiles
 * @param {Pick<import("./view.js").View, "from"|"to"|"min"|"max">} view
 * @returns {{columns: string[], rows: (Date|number|null)[][]}} columns of the newest tile; a tile of another layout is
 *   left out
 */
export function levelRows(tiles, view) {
  const inView = tiles.between(view.from, view.to);
  const layout = inView[inView.length - 1];
  if (layout === undefined) return { columns: ["time_utc"], rows: [] };
  const { firstM, stepM, columns } = layout;
  const positions = Array.from({ length: columns }, (_, i) => i).filter(
    (i) => firstM + i * stepM >= view.min && firstM + i * stepM <= view.max,
  );
  const unit = layout.unit === "1" ? "relative" : layout.unit.replace("1/s", "per_s");
  const rows = inView
    .filter((t) => t.firstM === firstM && t.stepM === stepM && t.columns === columns)
    .flatMap((tile) =>
      Array.from({ length: tile.rows }, (_, row) => tile.from + row * tile.stepMs)
        .map((time, row) => ({ time, row }))
        .filter(({ time }) => time >= view.from && time < view.to)
        .map(({ time, row }) => [new Date(time), ...positions.map((i) => value(tile, row * columns + i))]),
    );
  return {
    columns: ["time_utc", ...positions.map((i) => `${Number((firstM + i * stepM).toFixed(3))}_m_${unit}`)],
    rows,
  };
}

/**
 * @param {import("./tile.js").Tile} tile
 * @param {number} at
 */
function value(tile, at) {
  const level = tile.levels[at];
  return level === -128 ? null : Number((level * tile.scale).toPrecision(4));
}
