// Events per second: from roll-ups for ranges, from the growth of the counts for now.

const NAMES = { das: "Fibre", traffic: "Junction", marine: "Boat", drone: "Drones", node: "Nodes" };
const COLOURS = { das: "increasing", traffic: "small", marine: "rail", drone: "large", node: "idle" };
const DASHES = { das: undefined, traffic: [7, 4], marine: [2, 4], drone: [9, 4, 2, 4], node: [3, 3] };

const pipelineOf = (type) => type.split(".")[1] ?? type;

/** The step that gives a few hundred points at most. */
export function rateStep(seconds) {
  if (seconds <= 6 * 3600) return { name: "1m", seconds: 60 };
  if (seconds <= 3 * 86400) return { name: "15m", seconds: 900 };
  return { name: "1h", seconds: 3600 };
}

/**
 * Roll-ups as events per second of each pipeline. Within the first and the last interval with events an absent one is
 * a true zero: the store counted nothing. The interval that is not over yet is left out, for it would seem to fall.
 * @param {{time: string, type: string, count: number}[]} items
 * @returns {{times: number[], series: object[]}} over the ends of the intervals
 */
export function rateSeries(items, stepSeconds, now) {
  const step = stepSeconds * 1000;
  const complete = items.map((i) => ({ ...i, start: Date.parse(i.time) })).filter((i) => i.start + step <= now);
  if (complete.length === 0) return { times: [], series: [] };
  const first = complete.reduce((low, i) => Math.min(low, i.start), Infinity);
  const last = complete.reduce((high, i) => Math.max(high, i.start), -Infinity);
  const times = [];
  for (let t = first; t <= last; t += step) times.push(t + step);
  const byPipeline = new Map();
  for (const { type, start, count } of complete) {
    const pipeline = pipelineOf(type);
    if (!byPipeline.has(pipeline)) byPipeline.set(pipeline, times.map(() => 0));
    byPipeline.get(pipeline)[Math.round((start - first) / step)] += count / stepSeconds;
  }
  return { times, series: look(byPipeline) };
}

function look(byPipeline) {
  return [...byPipeline].sort(([a], [b]) => a.localeCompare(b)).map(([pipeline, values]) => ({
    label: NAMES[pipeline] ?? pipeline, colour: COLOURS[pipeline] ?? "idle", dash: DASHES[pipeline], unit: "/s", decimals: 2, values,
  }));
}

/** Counts of streams, looked at again and again: their growth is the rate at which events arrive now. */
export class RateSampler {
  #before = null;
  #samples = [];

  /** @param {object[]} streams items of GET streams */
  take(streams, now) {
    const counts = new Map();
    for (const { type, count } of streams.flatMap((s) => s.types)) counts.set(pipelineOf(type), (counts.get(pipelineOf(type)) ?? 0) + count);
    if (this.#before && now > this.#before.now) {
      const rates = new Map();
      // A store that was emptied counts from zero again: that is no negative rate.
      for (const [pipeline, count] of counts) rates.set(pipeline, Math.max(0, count - (this.#before.counts.get(pipeline) ?? count)) / ((now - this.#before.now) / 1000));
      this.#samples.push({ now, rates });
      if (this.#samples.length > 2000) this.#samples.shift();
    }
    this.#before = { now, counts };
  }

  /** The server was away: what came meanwhile is no rate of one interval. */
  interrupt() {
    this.#before = null;
  }

  /** Events per second over the last half minute; null before two looks. */
  current(now) {
    const recent = this.#samples.filter((s) => now - s.now < 30000);
    if (recent.length === 0) return null;
    return recent.reduce((sum, s) => sum + [...s.rates.values()].reduce((a, b) => a + b, 0), 0) / recent.length;
  }

  series(from) {
    const samples = this.#samples.filter((s) => s.now >= from);
    const pipelines = new Set(samples.flatMap((s) => [...s.rates.keys()]));
    return { times: samples.map((s) => s.now), series: look(new Map([...pipelines].map((p) => [p, samples.map((s) => s.rates.get(p) ?? null)]))) };
  }
}
