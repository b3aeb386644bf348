// Roll-ups of vehicles as flow and speed: for ranges of days, where each window's report would be too much to send.

const STEP = 3600000;

/**
 * @param {{time: string, count: number, speedKmh?: {mean: number, min: number, max: number}}[]} items hourly, of one stream and type
 * @returns {{times: number[], flow: (number|null)[], mean: (number|null)[], low: (number|null)[], high: (number|null)[]}} over the ends of the hours
 */
export function fromRollups(items) {
  const byTime = new Map(items.map((item) => [Date.parse(item.time), item]));
  const starts = [...byTime.keys()].sort((a, b) => a - b);
  const times = [];
  if (starts.length) for (let t = starts[0]; t <= starts[starts.length - 1]; t += STEP) times.push(t + STEP);
  const column = (read) => times.map((end) => {
    const item = byTime.get(end - STEP);
    return item === undefined ? null : read(item) ?? null;
  });
  return {
    times,
    flow: column((item) => item.count),
    mean: column((item) => item.speedKmh?.mean),
    low: column((item) => item.speedKmh?.min),
    high: column((item) => item.speedKmh?.max),
  };
}

export const ROLLUP_COLUMNS = ["hour_end_utc", "flow_veh_per_h", "mean_speed_kmh", "min_speed_kmh", "max_speed_kmh"];

export function rollupRows({ times, flow, mean, low, high }) {
  return times.map((time, i) => [new Date(time), flow[i], mean[i], low[i], high[i]]);
}
