import assert from "node:assert/strict";
import test from "node:test";
import { figuresOf } from "../edgepanel.js";
import { longRows, longShares, longUtility, stepOf } from "../longrange.js";
import { typeRows } from "../rows.js";
import { fateSeries, latencySeries, linkSeries, shareSeries, utilitySeries, windowSeries } from "../series.js";
import { binLength, binsOf, shareOf, tallyOf, typesOf } from "../tally.js";

const start = Date.parse("2026-05-03T12:00:00Z");
const typeOf = (type, more = {}) => ({
  type,
  summary: "a task",
  arrived: 10,
  done: 7,
  late: 1,
  failed: 1,
  dropped: 1,
  stolen: 2,
  migrated: 3,
  edgeShare: 0.6,
  cloudShare: 0.3,
  utility: 500,
  deadlineMs: 650,
  edgeSeenMs: 20,
  edgeBelievedMs: 18,
  cloudSeenMs: 300,
  cloudBelievedMs: 280,
  variants: [
    { variant: "large", share: 0.5, edgeMs: 40 },
    { variant: "small", share: 0.5 },
  ],
  ...more,
});
const report = (index, more = {}) => ({
  time: start + index * 5000,
  data: {
    periodSeconds: 5,
    policy: "Plan-ahead",
    drones: ["alpha", "bravo"],
    arrived: 20,
    done: 14,
    late: 4,
    dropped: 2,
    completion: 0.7,
    utility: 1000,
    qoe: 0,
    qoeMost: 0,
    windowSeconds: 20,
    windowRate: 0.9,
    promised: 12,
    kept: 11,
    sharedRuns: 3,
    types: [typeOf("HV"), typeOf("CD")],
    ...more,
  },
});

test("tasks are summed by type, and those of the last period stay apart", () => {
  const reports = [report(1), report(2, { types: [typeOf("CD", { stolen: 0 }), typeOf("HV", { summary: "vests" })] })];
  const [cd, hv] = typesOf(reports);
  assert.deepEqual([cd.type, hv.type], ["CD", "HV"], "in the order of the last report");
  assert.deepEqual([cd.counts.stolen, cd.now.stolen], [2, 0]);
  assert.equal(hv.summary, "vests");
  const { arrived, done, late, failed, dropped, onEdge, inCloud } = hv.counts;
  assert.deepEqual([arrived, done, late, failed, dropped, onEdge, inCloud], [20, 14, 2, 2, 2, 12, 6]);
  assert.deepEqual(hv.variants, [
    { variant: "large", runs: 6, edgeMs: 40 },
    { variant: "small", runs: 6, edgeMs: null },
  ]);
  assert.equal(tallyOf(reports).counts.arrived, 40);
  assert.equal(tallyOf(reports, "HV").counts.arrived, 20);
});

test("a window counts once, in the report in whose period it ended", () => {
  const met = typeOf("HV", { windowCompletion: 0.95, windowBonus: 100 });
  const missed = typeOf("CD", { windowCompletion: 0.5, windowBonus: 0 });
  const reports = [
    report(1),
    report(2, { qoe: 100, qoeMost: 240, types: [met, missed] }),
    report(3, { types: [met, missed] }),
    report(4, { qoe: 100, qoeMost: 100, types: [met, typeOf("CD")] }),
  ];
  const { counts, qoe, qoeMost } = tallyOf(reports);
  assert.deepEqual([counts.met, counts.windows, qoe, qoeMost], [2, 3, 200, 340]);
  assert.equal(tallyOf(reports, "CD").counts.met, 0);
});

test("the bound counts only where it has been computed", () => {
  const reports = [report(1, { bound: 1250 }), report(2)];
  assert.deepEqual(tallyOf(reports).bounded, { utility: 1000, bound: 1250, reports: 1 });
  const { series } = utilitySeries(reports, 600000, null);
  assert.deepEqual(
    series.map((s) => [s.label, s.values]),
    [
      ["Utility", [200, 200]],
      ["Bound", [250, null]],
    ],
  );
  assert.equal(utilitySeries([report(1)], 600000, null).series.length, 1);
  const utility = figuresOf(reports, reports[1]).find((f) => f.term === "Utility");
  assert.equal(utility?.note, "80\u202f% of the bound where known");
  assert.equal(figuresOf([report(1)], report(1)).find((f) => f.term === "Utility")?.note, "bound not computed");
});

test("bins are of whole periods, and a period without a report is a gap, not zero", () => {
  assert.equal(binLength(600000, 5000), 5000);
  assert.equal(binLength(3600000, 5000), 20000);
  assert.equal(binLength(600000, 5000, 60000), 60000);
  const reports = [report(1), report(2), report(5, { types: [typeOf("HV", { done: 0 })] })];
  assert.deepEqual(
    binsOf(reports, 5000).bins.map((b) => b?.length ?? null),
    [1, 1, null, null, 1],
  );
  assert.deepEqual(binsOf(reports, 10000).times, [start + 10000, start + 20000, start + 30000]);
  const { times, series } = fateSeries(reports, 600000, "HV");
  assert.equal(times[0], start + 5000);
  assert.deepEqual(
    series.map((s) => s.label),
    ["Done", "Late", "Failed", "Dropped"],
  );
  assert.deepEqual(series[0].values, [7, 7, null, null, 0]);
  assert.deepEqual(binsOf([], 5000), { times: [], bins: [] });
});

test("shares of nothing are no data", () => {
  assert.equal(shareOf(0, 0), null);
  const idle = report(1, { promised: 0, kept: 0, types: [typeOf("HV", { arrived: 0, done: 0 })] });
  assert.deepEqual(
    shareSeries([idle], 600000, null).series.map((s) => s.values),
    [[null], [null]],
  );
  const busy = shareSeries([report(1)], 600000, null).series;
  assert.deepEqual([busy[0].values[0], Math.round(busy[1].values[0] ?? 0)], [70, 92]);
});

test("what was seen and what was believed are drawn side by side", () => {
  const reports = [report(1), report(2, { types: [typeOf("HV", { cloudSeenMs: undefined }), typeOf("CD")] })];
  const all = latencySeries(reports, 600000, ["HV", "CD"]).series;
  assert.deepEqual(
    all.map((s) => [s.label, s.isAside ?? false, s.values[1]]),
    [
      ["HV", false, null],
      ["HV, believed", true, 280],
      ["CD", false, 300],
      ["CD, believed", true, 280],
    ],
  );
  const one = latencySeries(reports, 600000, ["HV"]).series;
  assert.deepEqual(
    one.map((s) => s.label),
    ["Cloud, seen", "Cloud, believed", "Edge, seen", "Edge, believed", "Deadline"],
  );
  const noCloud = [report(1, { types: [typeOf("HV", { cloudSeenMs: null, cloudBelievedMs: null })] })];
  assert.deepEqual(latencySeries(noCloud, 600000, ["HV", "CD"]).series, [], "without a cloud there is nothing to draw");
});

test("the link has a rate where something was sent, and marks where calls were held back", () => {
  const reports = [
    report(1, { linkMbits: 8, cloud: "Reachable" }),
    report(2, { cloud: "HeldBack" }),
    report(3, { linkMbits: 4, cloud: "Tried" }),
  ];
  const [rate, held] = linkSeries([...reports, report(5, { linkMbits: 4, cloud: "Reachable" })], 600000).series;
  assert.deepEqual([rate.label, rate.values], ["Uplink", [8, null, 4, null, 4]]);
  assert.deepEqual(held.values, [null, 0, 0, null, null]);
  assert.deepEqual(held.texts, ["no", "yes", "being tried", null, "no"]);
  assert.deepEqual(linkSeries([report(1)], 600000).series, []);
});

test("windows are drawn met and missed, a few in a bar", () => {
  const met = typeOf("HV", { windowCompletion: 0.95, windowBonus: 100 });
  const { times, series } = windowSeries([report(1), report(2, { qoeMost: 100, types: [met] })], 600000, null);
  assert.equal(times.length, 1);
  assert.deepEqual(
    series.map((s) => [s.label, s.values, s.stepMs]),
    [
      ["Met", [1], 60000],
      ["Missed", [0], 60000],
    ],
  );
});

test("the file has a row for each type and period", () => {
  const rows = typeRows([report(1), report(2)], null);
  assert.deepEqual(
    rows.map((r) => r[1]),
    ["HV", "CD", "HV", "CD"],
  );
  assert.equal(typeRows([report(1)], "CD").length, 1);
});

test("roll-ups stand in for the reports of a long range", () => {
  const measure = (mean) => ({ count: 180, mean, min: 0.5, max: 1 });
  const rollup = (quarter, completion, utility) => ({
    time: new Date(start + quarter * 900000).toISOString(),
    source: "/sites/a/nodes/b/streams/c",
    type: "sensing.drone.qos.v1",
    count: 180,
    completion: measure(completion),
    utility: measure(utility),
  });
  const rollups = { stepMs: 900000, items: [rollup(0, 0.9, 100), rollup(2, 0.5, 50)] };
  const shares = longShares(rollups);
  assert.deepEqual(
    shares.times.map((t) => (t - start) / 900000),
    [1, 2, 3],
  );
  assert.deepEqual(shares.series[0].values, [90, null, 50]);
  assert.deepEqual(longUtility(rollups).series[0].values, [20, null, 10], "180 reports of 100 in 900 s");
  assert.deepEqual(longRows(rollups)[0].slice(1), [180, 0.9, 0.5, 1, 18000, null]);
  assert.deepEqual([stepOf(24 * 3600000).step, stepOf(7 * 24 * 3600000).step], ["15m", "1h"]);
});
