// What became of the tasks over a range: sums of the periods' reports.

/** @typedef {import("./types.js").Qos} Qos */
/** @typedef {import("./types.js").TypeQos} TypeQos */
/** @template Data @typedef {import("./types.js").Timed<Data>} Timed */

/**
 * @typedef {object} Counts
 * @property {number} arrived
 * @property {number} done
 * @property {number} late
 * @property {number} failed
 * @property {number} dropped
 * @property {number} stolen
 * @property {number} migrated
 * @property {number} onEdge
 * @property {number} inCloud
 * @property {number} utility
 * @property {number} windows windows of the quality of experience that have ended
 * @property {number} met of these, with the share of tasks that they want
 */

/** @typedef {{variant: string, runs: number, edgeMs: number|null}} Variant edgeMs: as last reported */
/** @typedef {{type: string, summary: string, counts: Counts, now: TypeQos, variants: Variant[]}} TypeTally */

/**
 * @typedef {object} EdgeTally
 * @property {Counts} counts of all types
 * @property {number} reports
 * @property {number} seconds length of their periods together
 * @property {number} qoe
 * @property {number} qoeMost
 * @property {number} promised
 * @property {number} kept
 * @property {number} sharedRuns
 * @property {{utility: number, bound: number, reports: number}} bounded of the reports with a bound
 */

/** @returns {Counts} */
const zero = () => ({
  arrived: 0,
  done: 0,
  late: 0,
  failed: 0,
  dropped: 0,
  stolen: 0,
  migrated: 0,
  onEdge: 0,
  inCloud: 0,
  utility: 0,
  windows: 0,
  met: 0,
});

/**
 * @param {Counts} counts
 * @param {TypeQos} t
 * @param {boolean} hasWindow whether a window has ended in the report's period
 */
function add(counts, t, hasWindow) {
  counts.arrived += t.arrived;
  counts.done += t.done;
  counts.late += t.late;
  counts.failed += t.failed;
  counts.dropped += t.dropped;
  counts.stolen += t.stolen;
  counts.migrated += t.migrated;
  counts.onEdge += Math.round(t.edgeShare * t.arrived);
  counts.inCloud += Math.round(t.cloudShare * t.arrived);
  counts.utility += t.utility;
  // Reports repeat the last window until the next has ended.
  if (hasWindow && (t.windowCompletion ?? null) !== null) {
    counts.windows++;
    if ((t.windowBonus ?? 0) > 0) counts.met++;
  }
}

/**
 * @param {Timed<Qos>[]} reports
 * @param {string|null} [type] null: all
 * @returns {EdgeTally}
 */
export function tallyOf(reports, type = null) {
  const tally = {
    counts: zero(),
    reports: reports.length,
    seconds: 0,
    qoe: 0,
    qoeMost: 0,
    promised: 0,
    kept: 0,
    sharedRuns: 0,
    bounded: { utility: 0, bound: 0, reports: 0 },
  };
  for (const { data } of reports) {
    for (const t of data.types) if (type === null || t.type === type) add(tally.counts, t, data.qoeMost > 0);
    tally.seconds += data.periodSeconds;
    tally.qoe += data.qoe;
    tally.qoeMost += data.qoeMost;
    tally.promised += data.promised;
    tally.kept += data.kept;
    tally.sharedRuns += data.sharedRuns;
    if ((data.bound ?? null) === null) continue;
    tally.bounded.utility += data.utility;
    tally.bounded.bound += data.bound ?? 0;
    tally.bounded.reports++;
  }
  return tally;
}

/**
 * @param {Timed<Qos>[]} reports in order of time
 * @returns {TypeTally[]} in the order of the last report
 */
export function typesOf(reports) {
  /** @type {Map<string, TypeTally>} */
  const tallies = new Map();
  for (const { data } of reports) {
    for (const t of data.types) {
      const tally = tallies.get(t.type) ?? { type: t.type, summary: "", counts: zero(), now: t, variants: [] };
      tallies.set(t.type, tally);
      add(tally.counts, t, data.qoeMost > 0);
      tally.summary = t.summary;
      tally.now = t;
      for (const { variant, share, edgeMs } of t.variants) {
        let known = tally.variants.find((v) => v.variant === variant);
        if (known === undefined) tally.variants.push((known = { variant, runs: 0, edgeMs: null }));
        known.runs += Math.round(share * Math.round(t.edgeShare * t.arrived));
        known.edgeMs = edgeMs ?? known.edgeMs;
      }
    }
  }
  const last = reports[reports.length - 1]?.data.types.map((t) => t.type) ?? [];
  const place = (/** @type {string} */ type) => (last.includes(type) ? last.indexOf(type) : last.length);
  for (const tally of tallies.values()) tally.variants.sort((a, b) => b.runs - a.runs);
  return [...tallies.values()].sort((a, b) => place(a.type) - place(b.type));
}

/** Columns that can be told apart in a chart. */
const MOST_BINS = 180;

/** Periods of a bin. */
const STEPS = [1, 2, 3, 4, 6, 12, 24, 60, 120, 360, 720, 1440];

/**
 * Length of the bins of a range: whole periods.
 * @param {number} rangeMs
 * @param {number} periodMs
 * @param {number} [leastMs]
 */
export function binLength(rangeMs, periodMs, leastMs = 0) {
  const wanted = Math.max(rangeMs / MOST_BINS, leastMs);
  const step = STEPS.find((s) => s * periodMs >= wanted) ?? Math.ceil(wanted / periodMs);
  return step * periodMs;
}

/**
 * Reports by bin.
 * @param {Timed<Qos>[]} reports in order of time, which is their period's end
 * @param {number} binMs
 * @returns {{times: number[], bins: (Timed<Qos>[]|null)[]}} times: ends, ms; null: nothing was reported
 */
export function binsOf(reports, binMs) {
  /** @type {Map<number, Timed<Qos>[]>} */
  const found = new Map();
  for (const report of reports) {
    const bin = Math.ceil(report.time / binMs);
    const known = found.get(bin);
    if (known) known.push(report);
    else found.set(bin, [report]);
  }
  const keys = [...found.keys()];
  if (keys.length === 0) return { times: [], bins: [] };
  const [first, last] = [Math.min(...keys), Math.max(...keys)];
  const times = Array.from({ length: last - first + 1 }, (_, i) => (first + i) * binMs);
  return { times, bins: times.map((t) => found.get(Math.round(t / binMs)) ?? null) };
}

/** A share of a whole, or null where there is no whole. @param {number} part @param {number} whole */
export const shareOf = (part, whole) => (whole > 0 ? part / whole : null);
