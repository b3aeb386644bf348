import assert from "node:assert/strict";
import test from "node:test";
import { phasesOf, planNow, planRows, PlanStore } from "../plan.js";
import { arcsOf, countdownText, progressOf } from "../ringlayout.js";

const start = Date.parse("2026-05-03T12:00:00Z");
const plan = (more = {}) => ({
  junction: "Ringvei",
  phase: "A",
  stage: "green",
  elapsedSeconds: 4,
  mode: "rule",
  reason: "'A' has waited longest",
  groups: [{ group: "north", aspect: "green" }],
  next: [
    { inSeconds: 6, stage: "yellow", certainty: "earliest" },
    { inSeconds: 36, stage: "yellow", certainty: "latest" },
  ],
  ...more,
});
const yellow = plan({
  stage: "yellow",
  nextPhase: "B",
  elapsedSeconds: 0,
  next: [
    { inSeconds: 3, stage: "allRed", phase: "B", certainty: "certain" },
    { inSeconds: 5, stage: "green", phase: "B", certainty: "certain" },
  ],
});
const at = (seconds, p) => planNow({ time: start, plan: p }, start + seconds * 1000);
const event = (seconds, p) => ({ time: new Date(start + seconds * 1000).toISOString(), data: p });

test("a green counts down to its earliest end, then to its latest, then is held", () => {
  assert.deepEqual([at(2, plan()).due, at(2, plan()).certainty, at(2, plan()).elapsed], [4, "earliest", 6]);
  assert.deepEqual([at(10, plan()).due, at(10, plan()).certainty], [26, "latest"]);
  const held = at(20, plan({ next: [{ inSeconds: 0, stage: "yellow", certainty: "latest" }] }));
  assert.deepEqual([held.due, held.certainty], [0, "held"]);
  assert.match(countdownText(held).small, /held/);
  assert.deepEqual(countdownText(at(2, plan())), { big: "4", unit: "s", small: "to yellow at the earliest" });
});

test("a certain change is shown as made while its event is under way", () => {
  assert.deepEqual([at(1, yellow).stage, at(1, yellow).due, at(1, yellow).nextStage], ["yellow", 2, "allRed"]);
  const red = at(3.5, yellow);
  assert.deepEqual([red.stage, red.due, red.nextStage, red.elapsed], ["allRed", 1.5, "green", 0.5]);
  const green = at(6, yellow);
  assert.deepEqual([green.stage, green.phase, green.nextPhase], ["green", "B", null]);
  assert.equal(countdownText(red).small, "to green, B");
});

test("an old plan counts nothing down", () => {
  const old = at(31, plan());
  assert.equal(old.isStale, true);
  assert.equal(old.due, null);
  assert.deepEqual(countdownText(old), { big: "–", unit: "", small: "no plan for 31 s" });
});

test("names of enumerations are read in either case", () => {
  const upper = plan({ stage: "Green", next: [{ inSeconds: 6, stage: "Yellow", certainty: "Earliest" }] });
  assert.deepEqual(
    [at(0, upper).stage, at(0, upper).certainty, at(0, upper).nextStage],
    ["green", "earliest", "yellow"],
  );
});

test("phases keep the order in which they follow each other and their recent length", () => {
  const store = new PlanStore();
  // From C on: the ring begins with A all the same.
  for (const [t, phase, stage, elapsed, nextPhase] of [
    [0, "C", "green", 10, undefined],
    [5, "C", "yellow", 0, "A"],
    [8, "C", "allRed", 0, "A"],
    [10, "A", "green", 0, undefined],
    [20, "A", "green", 10, undefined],
    [34, "A", "yellow", 0, "B"],
    [39, "B", "green", 0, undefined],
  ])
    store.add(event(t, plan({ phase, stage, elapsedSeconds: elapsed, nextPhase, next: [] })));
  const phases = phasesOf(store.between(0, Infinity));
  assert.deepEqual(phases, [
    { phase: "A", seconds: 24 },
    { phase: "B", seconds: null },
    { phase: "C", seconds: 15 },
  ]);
  const arcs = arcsOf(phases);
  assert.deepEqual(
    arcs.map((a) => a.label),
    ["A", "B", "C"],
  );
  assert.ok(arcs[0].end - arcs[0].begin > arcs[2].end - arcs[2].begin, "longer greens are longer arcs");
  assert.ok(arcs[2].end < 2 * Math.PI, "room for the last clearance");
  assert.equal(arcsOf([{ phase: "north-south", seconds: 9 }])[0].label, "1");
});

test("the hand moves through the green, then through the clearance", () => {
  assert.deepEqual(progressOf(at(0, plan())), { passed: 0.1, earliest: 0.25 });
  assert.equal(progressOf(at(1.5, yellow)).passed, 0.25);
  assert.equal(progressOf(at(4, yellow)).passed, 0.75);
});

test("the newest plan at a time counts, whatever the order of arrival", () => {
  const store = new PlanStore();
  store.add(event(20, plan({ phase: "B" })));
  store.add(event(10, plan({ phase: "A" })));
  store.add(event(10, plan({ phase: "A" })));
  assert.equal(store.between(0, Infinity).length, 2);
  assert.equal(store.at(start + 15000)?.plan.phase, "A");
  assert.equal(store.at(start + 5000), null);
  assert.equal(planRows(store.between(0, Infinity))[0].at(-1), "north=green");
});
