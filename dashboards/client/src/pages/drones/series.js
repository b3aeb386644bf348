// The reports as series of charts.
import { binLength, binsOf, shareOf, tallyOf } from "./tally.js";
import { cloudLook, FATES } from "./words.js";

/** @typedef {import("@sensing/client/chart/timechart.js").Series} Series */
/** @typedef {import("./types.js").Qos} Qos */
/** @typedef {import("./types.js").TypeQos} TypeQos */
/** @template Data @typedef {import("./types.js").Timed<Data>} Timed */
/** @typedef {{times: number[], series: Series[]}} Drawn times: ms */

/** Types differ in dash as well as in colour. @type {(number[]|undefined)[]} */
const DASHES = [undefined, [9, 4], [2, 3], [9, 3, 2, 3], [5, 3], [14, 4]];
const COLOURS = 6;

/** Whether the cloud's calls are held back, by the rank of its state. */
const HELD = ["no", "being tried", "yes"];

/** Windows that a bar of the quality of experience holds at least. */
const WINDOWS = 3;

/** @param {Timed<Qos>[]} reports */
const periodOf = (reports) => (reports[reports.length - 1]?.data.periodSeconds ?? 5) * 1000;

/**
 * @param {Timed<Qos>[]} reports
 * @param {number} rangeMs
 * @param {number} [leastMs]
 */
function columnsOf(reports, rangeMs, leastMs = 0) {
  const stepMs = binLength(rangeMs, periodOf(reports), leastMs);
  return { stepMs, ...binsOf(reports, stepMs) };
}

/**
 * What became of the tasks, stacked.
 * @param {Timed<Qos>[]} reports
 * @param {number} rangeMs
 * @param {string|null} type null: all
 * @returns {Drawn}
 */
export function fateSeries(reports, rangeMs, type) {
  const { stepMs, times, bins } = columnsOf(reports, rangeMs);
  const tallies = bins.map((bin) => bin && tallyOf(bin, type).counts);
  return {
    times,
    series: FATES.map(({ name, word }) => ({
      label: word,
      colour: `fate-${name}`,
      unit: "tasks",
      shape: "bars",
      stepMs,
      values: tallies.map((t) => t && t[name]),
    })),
  };
}

/**
 * Shares in per cent: done in time; of all types also promises kept.
 * @param {Timed<Qos>[]} reports
 * @param {number} rangeMs
 * @param {string|null} type
 * @returns {Drawn}
 */
export function shareSeries(reports, rangeMs, type) {
  const { stepMs, times, bins } = columnsOf(reports, rangeMs);
  const tallies = bins.map((bin) => bin && tallyOf(bin, type));
  /** @type {(share: number|null) => number|null} */
  const percent = (share) => (share === null ? null : share * 100);
  const common = { unit: "%", decimals: 1, shape: /** @type {const} */ ("step"), stepMs };
  const done = {
    ...common,
    label: "Done in time",
    colour: "series-1",
    values: tallies.map((t) => t && percent(shareOf(t.counts.done, t.counts.arrived))),
  };
  const kept = {
    ...common,
    label: "Promises kept",
    colour: "series-4",
    dash: [9, 4],
    values: tallies.map((t) => t && percent(shareOf(t.kept, t.promised))),
  };
  return { times, series: type === null ? [done, kept] : [done] };
}

/**
 * Utility a second, and the bound where every report has one.
 * @param {Timed<Qos>[]} reports
 * @param {number} rangeMs
 * @param {string|null} type
 * @returns {Drawn}
 */
export function utilitySeries(reports, rangeMs, type) {
  const { stepMs, times, bins } = columnsOf(reports, rangeMs);
  const tallies = bins.map((bin) => bin && tallyOf(bin, type));
  const common = { unit: "/s", decimals: 1, shape: /** @type {const} */ ("step"), stepMs };
  const earned = {
    ...common,
    label: "Utility",
    colour: "series-1",
    values: tallies.map((t) => t && t.counts.utility / t.seconds),
  };
  const bound = {
    ...common,
    label: "Bound",
    colour: "series-4",
    dash: [9, 4],
    values: tallies.map((t) => (t && t.bounded.reports === t.reports ? t.bounded.bound / t.seconds : null)),
  };
  const hasBound = type === null && bound.values.some((v) => v !== null);
  return { times, series: hasBound ? [earned, bound] : [earned] };
}

/**
 * Windows of the quality of experience, met and missed.
 * @param {Timed<Qos>[]} reports
 * @param {number} rangeMs
 * @param {string|null} type
 * @returns {Drawn}
 */
export function windowSeries(reports, rangeMs, type) {
  const windowMs = (reports[reports.length - 1]?.data.windowSeconds ?? 0) * 1000;
  const { stepMs, times, bins } = columnsOf(reports, rangeMs, WINDOWS * windowMs);
  const counts = bins.map((bin) => bin && tallyOf(bin, type).counts);
  const common = { unit: "windows", shape: /** @type {const} */ ("bars"), stepMs };
  return {
    times,
    series: [
      { ...common, label: "Met", colour: "fate-done", values: counts.map((c) => (c && c.windows > 0 ? c.met : null)) },
      {
        ...common,
        label: "Missed",
        colour: "fate-failed",
        values: counts.map((c) => (c && c.windows > 0 ? c.windows - c.met : null)),
      },
    ],
  };
}

/**
 * @param {string[]} types in their order
 * @returns {Map<string, {colour: string, dash: number[]|undefined}>} the same on every chart
 */
export function looksOf(types) {
  return new Map(types.map((t, i) => [t, { colour: `series-${(i % COLOURS) + 1}`, dash: DASHES[i % COLOURS] }]));
}

/**
 * Time of a cloud call: seen and believed; of one type also that on the edge, and the deadline. Of several reports the
 * greatest that was seen, and what was believed last.
 * @param {Timed<Qos>[]} reports
 * @param {number} rangeMs
 * @param {string[]} types all, or the chosen one
 * @returns {Drawn}
 */
export function latencySeries(reports, rangeMs, types) {
  const { stepMs, times, bins } = columnsOf(reports, rangeMs);
  /** @param {string} type @param {(t: TypeQos) => number|null|undefined} read @param {(all: number[]) => number} pick */
  const values = (type, read, pick) =>
    bins.map((bin) => {
      const all = (bin ?? [])
        .flatMap(({ data }) => data.types.filter((t) => t.type === type).map(read))
        .filter((v) => v !== null && v !== undefined);
      return all.length === 0 ? null : pick(all);
    });
  const greatest = (/** @type {number[]} */ all) => Math.max(...all);
  const last = (/** @type {number[]} */ all) => all[all.length - 1];
  const common = { unit: "ms", shape: /** @type {const} */ ("step"), stepMs };
  if (types.length === 1) {
    const [type] = types;
    /** @type {Series[]} */
    const series = [
      { ...common, label: "Cloud, seen", colour: "series-1", values: values(type, (t) => t.cloudSeenMs, greatest) },
      {
        ...common,
        label: "Cloud, believed",
        colour: "series-1",
        dash: [2, 3],
        values: values(type, (t) => t.cloudBelievedMs, last),
      },
      { ...common, label: "Edge, seen", colour: "series-3", values: values(type, (t) => t.edgeSeenMs, greatest) },
      {
        ...common,
        label: "Edge, believed",
        colour: "series-3",
        dash: [2, 3],
        values: values(type, (t) => t.edgeBelievedMs, last),
      },
      {
        ...common,
        label: "Deadline",
        colour: "fate-failed",
        width: 1,
        values: values(type, (t) => t.deadlineMs, last),
      },
    ];
    return { times, series: series.filter((s) => s.values.some((v) => v !== null)) };
  }
  const looks = looksOf(types);
  const series = types.flatMap((type) => {
    const colour = looks.get(type)?.colour ?? "series-1";
    return [
      { ...common, label: type, colour, values: values(type, (t) => t.cloudSeenMs, greatest) },
      {
        ...common,
        label: `${type}, believed`,
        colour,
        dash: [2, 3],
        isAside: true,
        values: values(type, (t) => t.cloudBelievedMs, last),
      },
    ];
  });
  return { times, series: series.filter((s) => s.values.some((v) => v !== null)) };
}

/**
 * Rate of the uplink, and when cloud calls were held back.
 * @param {Timed<Qos>[]} reports
 * @param {number} rangeMs
 * @returns {Drawn}
 */
export function linkSeries(reports, rangeMs) {
  const { stepMs, times, bins } = columnsOf(reports, rangeMs);
  const rates = bins.map((bin) => {
    const all = (bin ?? []).map((r) => r.data.linkMbits ?? null).filter((v) => v !== null);
    return all.length === 0 ? null : all.reduce((sum, v) => sum + v, 0) / all.length;
  });
  const worst = bins.map((bin) => (bin ? Math.max(...bin.map((r) => cloudLook(r.data.cloud).rank)) : -1));
  const common = { unit: "Mbit/s", decimals: 1, stepMs };
  /** @type {Series} */
  const rate = { ...common, label: "Uplink", colour: "series-1", shape: "step", values: rates };
  // Marks on the axis: where calls are held back there is no rate, which is not a rate of zero.
  /** @type {Series} */
  const held = {
    ...common,
    label: "Cloud held back",
    colour: "fate-failed",
    shape: "points",
    values: worst.map((w) => (w > 0 ? 0 : null)),
    texts: worst.map((w) => HELD[w] ?? null),
  };
  return { times, series: [rate, held].filter((s) => s.values.some((v) => v !== null)) };
}
