// Events per second: from roll-ups for ranges, from the growth of the counts for now.

import { pipelineOf } from "@sensing/client/core/source.js";

/** @typedef {import("@sensing/client/core/api.js").Rollup} Rollup */
/** @typedef {import("@sensing/client/core/api.js").StreamEntry} StreamEntry */
/** @typedef {import("@sensing/client/core/pagemodule.js").PageEntry} PageEntry */
/** @typedef {import("@sensing/client/chart/timechart.js").Series} Series */

/** Looks of the pipelines' lines, in the order of their pages: no two differ by colour alone. */
const LOOKS = [
  { colour: "series-1" },
  { colour: "series-2", dash: [7, 4] },
  { colour: "series-3", dash: [2, 4] },
  { colour: "series-4", dash: [9, 4, 2, 4] },
  { colour: "series-5", dash: [12, 3] },
  { colour: "series-6", dash: [5, 2] },
];

/** Events of pipelines without a page of their own. */
const OTHER = { colour: "idle", dash: [3, 3] };

/**
 * @typedef {Map<string, {label: string, colour: string, dash?: number[]}>} Sources name and look of each pipeline with
 *   a page
 */

/**
 * Names and looks from the pages: a pipeline is called what its page is called.
 * @param {readonly PageEntry[]} pages
 * @returns {Sources}
 */
export function sourcesOf(pages) {
  const pipelines = [
    ...new Map(pages.filter((p) => p.path !== "/").flatMap((p) => p.eventTypes.map((t) => [pipelineOf(t), p.title]))),
  ];
  return new Map([
    ...pipelines.map(
      ([pipeline, label], i) => /** @type {const} */ ([pipeline, { label, ...LOOKS[i % LOOKS.length] }]),
    ),
    ["node", { label: "Nodes", ...OTHER }],
  ]);
}

/**
 * The step that gives a few hundred points at most.
 * @param {number} seconds length of the range
 * @returns {{name: "1m"|"15m"|"1h", seconds: number}}
 */
export function rateStep(seconds) {
  if (seconds <= 6 * 3600) return { name: "1m", seconds: 60 };
  if (seconds <= 3 * 86400) return { name: "15m", seconds: 900 };
  return { name: "1h", seconds: 3600 };
}

/**
 * Roll-ups as events per second of each pipeline. Within the first and the last interval with events an absent one is
 * a true zero: the store counted nothing. The interval that is not over yet is left out, for it would seem to fall.
 * @param {Pick<Rollup, "time"|"type"|"count">[]} items
 * @param {number} stepSeconds
 * @param {number} now ms
 * @param {Sources} sources
 * @returns {{times: number[], series: Series[]}} over the ends of the intervals
 */
export function rateSeries(items, stepSeconds, now, sources) {
  const step = stepSeconds * 1000;
  const complete = items.map((i) => ({ ...i, start: Date.parse(i.time) })).filter((i) => i.start + step <= now);
  if (complete.length === 0) return { times: [], series: [] };
  const first = complete.reduce((low, i) => Math.min(low, i.start), Infinity);
  const last = complete.reduce((high, i) => Math.max(high, i.start), -Infinity);
  const times = [];
  for (let t = first; t <= last; t += step) times.push(t + step);
  /** @type {Map<string, number[]>} */
  const byPipeline = new Map();
  for (const { type, start, count } of complete) {
    const pipeline = pipelineOf(type);
    const values = byPipeline.get(pipeline) ?? times.map(() => 0);
    values[Math.round((start - first) / step)] += count / stepSeconds;
    byPipeline.set(pipeline, values);
  }
  return { times, series: look(byPipeline, sources) };
}

/**
 * @param {Map<string, (number|null)[]>} byPipeline
 * @param {Sources} sources
 * @returns {Series[]} in the order of the sources
 */
function look(byPipeline, sources) {
  const known = [...sources.keys()];
  const place = (/** @type {string} */ pipeline) => (sources.has(pipeline) ? known.indexOf(pipeline) : known.length);
  return [...byPipeline]
    .sort(([a], [b]) => place(a) - place(b) || a.localeCompare(b))
    .map(([pipeline, values]) => ({
      ...(sources.get(pipeline) ?? { label: pipeline, ...OTHER }),
      unit: "/s",
      decimals: 2,
      values,
    }));
}

/** Counts of streams, read again and again: their growth is the rate at which events arrive now. */
export class RateSampler {
  #sources;
  /** @type {{now: number, counts: Map<string, number>}|null} */
  #before = null;
  /** @type {{now: number, rates: Map<string, number>}[]} */
  #samples = [];

  /** @param {Sources} sources */
  constructor(sources) {
    this.#sources = sources;
  }

  /**
   * @param {Pick<StreamEntry, "types">[]} streams items of GET streams
   * @param {number} now ms
   */
  take(streams, now) {
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const { type, count } of streams.flatMap((s) => s.types))
      counts.set(pipelineOf(type), (counts.get(pipelineOf(type)) ?? 0) + count);
    const before = this.#before;
    if (before && now > before.now) {
      // A store that was emptied counts from zero again: that is no negative rate.
      const rates = new Map(
        [...counts].map(([pipeline, count]) => [
          pipeline,
          Math.max(0, count - (before.counts.get(pipeline) ?? count)) / ((now - before.now) / 1000),
        ]),
      );
      this.#samples.push({ now, rates });
      if (this.#samples.length > 2000) this.#samples.shift();
    }
    this.#before = { now, counts };
  }

  /** The server was away: what came meanwhile is no rate of one interval. */
  interrupt() {
    this.#before = null;
  }

  /**
   * Events per second over the last half minute; null before two reads.
   * @param {number} now ms
   */
  current(now) {
    const recent = this.#samples.filter((s) => now - s.now < 30000);
    if (recent.length === 0) return null;
    return recent.reduce((sum, s) => sum + [...s.rates.values()].reduce((a, b) => a + b, 0), 0) / recent.length;
  }

  /**
   * @param {number} from ms
   * @returns {{times: number[], series: Series[]}}
   */
  series(from) {
    const samples = this.#samples.filter((s) => s.now >= from);
    const pipelines = new Set(samples.flatMap((s) => [...s.rates.keys()]));
    return {
      times: samples.map((s) => s.now),
      series: look(new Map([...pipelines].map((p) => [p, samples.map((s) => s.rates.get(p) ?? null)])), this.#sources),
    };
  }
}
