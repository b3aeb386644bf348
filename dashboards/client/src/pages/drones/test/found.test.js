import assert from "node:assert/strict";
import test from "node:test";
import { edgesOf } from "../edges.js";
import { bonesOf, lookOf } from "../overlay.js";
import { rowsOf } from "../picturepanel.js";
import { cloudLook, foundWords, maskWord, percent, personTag, personWords, taskWords } from "../words.js";

const person = { left: 10, top: 20, right: 60, bottom: 180, score: 0.87 };
const result = {
  drone: "alpha",
  segment: 7,
  width: 640,
  height: 480,
  tasks: [],
  persons: [{ ...person, vest: true, mask: "NoFaceVisible", distanceM: 4.25 }, { ...person, vest: false }, person],
  crowd: 3,
  nearestObject: "bicycle",
  nearestObjectM: 6.1,
};

test("what no task asked is left out, and not called absent", () => {
  const [first, second, third] = result.persons;
  assert.equal(personWords(first), "hazard vest, no face visible, 4.3 m away, 87\u202f% sure");
  assert.equal(personWords(second), "no hazard vest, 87\u202f% sure");
  assert.equal(personWords(third), "87\u202f% sure");
  assert.deepEqual([first, second, third].map(lookOf), ["vest", "bare", "unasked"]);
  assert.deepEqual(
    [first, second, third].map((p, i) => personTag(p, i)),
    ["1 · vest · 4.3 m", "2 · no vest", "3"],
  );
  assert.deepEqual(["Mask", "NoMask", undefined].map(maskWord), ["mask", "no mask", ""]);
});

test("a segment's findings are one line", () => {
  assert.equal(foundWords(result), "3 persons; 1 without a hazard vest; nearest object: bicycle, 6.1 m");
  assert.equal(foundWords({ ...result, persons: [], crowd: 0, nearestObject: null }), "Nobody");
  assert.equal(foundWords({ ...result, persons: [person], crowd: undefined, nearestObject: null }), "1 person");
});

test("a skeleton has the bones whose ends are sure", () => {
  const pose = Array.from({ length: 17 }, (_, i) => [i, 2 * i, 0.9]).flat();
  assert.equal(bonesOf({ ...person, pose }).length, 12);
  assert.deepEqual(bonesOf({ ...person, pose })[0], [5, 10, 6, 12]);
  pose[3 * 5 + 2] = 0.1; // the left shoulder
  assert.equal(bonesOf({ ...person, pose }).length, 9);
  assert.deepEqual(bonesOf(person), []);
});

test("a task is told with where and when it ended", () => {
  const task = {
    type: "HV",
    fate: "Done",
    place: "Cloud",
    variant: "centernet",
    latencyMs: 412.4,
    deadlineMs: 650,
    stolen: false,
    migrated: true,
    utility: 100,
  };
  assert.equal(taskWords(task), "HV done, in the cloud, migrated, 412\u202fms of 650\u202fms, centernet, utility 100");
  const dropped = { ...task, fate: "Dropped", place: "None", variant: null, migrated: false, utility: 0 };
  assert.equal(taskWords(dropped), "HV dropped, utility 0");
});

test("the cloud's state has a word, a shape and a rank", () => {
  assert.deepEqual(
    ["Reachable", "Tried", "HeldBack", undefined].map((s) => cloudLook(s).word),
    ["Reachable", "Being tried", "Held back", "No cloud"],
  );
  assert.ok(cloudLook("HeldBack").rank > cloudLook("Tried").rank);
});

test("shares near all are not rounded up to all", () => {
  assert.deepEqual([null, 0, 0.973, 0.9962, 1].map(percent), [
    "–",
    "0\u202f%",
    "97\u202f%",
    "99.6\u202f%",
    "100\u202f%",
  ]);
  assert.equal(percent(0.99999), "99.9\u202f%");
});

test("the file has a row for each person, and one where nobody was found", () => {
  const last = { time: Date.parse("2026-05-03T12:00:00Z"), data: result };
  const picture = { ...last, data: { ...result, persons: [] } };
  assert.equal(rowsOf({ last, picture: null }).length, 3);
  const [row] = rowsOf({ last, picture });
  assert.deepEqual(row.slice(1, 5), ["alpha", 7, null, undefined]);
});

test("each stream of drones is an edge, other streams are not", () => {
  const stream = (name, type) => ({
    source: `/sites/park/nodes/base/streams/${name}`,
    site: "park",
    node: "base",
    stream: name,
    types: [{ type, count: 1, lastTime: "", lastArrival: "" }],
  });
  const edges = edgesOf([
    stream("south", "sensing.drone.result.v1"),
    stream("north", "sensing.drone.qos.v1"),
    stream("radar", "sensing.radar.reading.v1"),
  ]);
  assert.deepEqual(
    edges.map((e) => e.label),
    ["park / base / north", "park / base / south"],
  );
});
