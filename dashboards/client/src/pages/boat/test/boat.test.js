import assert from "node:assert/strict";
import { test } from "node:test";
import { Alerts } from "../alerts.js";
import { approach, offset, signed } from "../geometry.js";
import { ImpactStore, side } from "../impacts.js";
import { modelsOf } from "../modelpanel.js";
import { pictureAt } from "../picture.js";
import { niceStep } from "../trace.js";
import { bowCrossing, countdown, distance } from "../words.js";

const own = { latitude: 54, longitude: 10, speedKn: 10, courseDeg: 0, headingDeg: 0, status: 0, targets: 1, alerts: 0 };
const target = {
  target: "200000101",
  kind: "class-a",
  state: "confirmed",
  status: 0,
  latitude: 54 + 1852 / 111195,
  longitude: 10,
  speedKn: 10,
  courseDeg: 180,
  ageSeconds: 2,
  onRadar: false,
  cpaM: 12,
  tcpaSeconds: 180,
  class: "none",
  level: "none",
  rank: 2,
};
/** Without the narrow spaces before units. */
const plain = (text) => text.replaceAll("\u202f", " ");
const at = (time, data) => ({ time, data });

function reports(changes = []) {
  return {
    own: [at(0, own)],
    targets: new Map([["200000101", [at(0, target)]]]),
    encounters: new Map([["200000101", changes]]),
  };
}

test("positions are moved on from their reports to the present", () => {
  const now = pictureAt(reports(), 60000).targets[0];
  // Two vessels that meet at 10 kn each, a mile apart: after a minute they are 617 m nearer.
  assert.ok(Math.abs(now.range - (1852 - 617.3)) < 3, `${now.range}`);
  assert.equal(Math.round(now.tcpa), 120);
  assert.ok(Math.abs(now.closest.seconds - 120) < 0.5);
  assert.equal(now.relative, 0);
});

test("a change of an encounter goes before an older report of the target", () => {
  const change = {
    ...target,
    class: "head-on",
    duty: "both-give-way",
    level: "alarm",
    advice: "Head-on",
    acknowledged: false,
  };
  const seen = pictureAt(reports([at(5000, change)]), 6000).targets[0];
  assert.deepEqual([seen.level, seen.class, seen.duty, seen.advice], ["alarm", "head-on", "both-give-way", "Head-on"]);
  // Before it happened, nothing is known of it: a link to the past shows the past.
  assert.equal(pictureAt(reports([at(5000, change)]), 4000).targets[0].level, "none");
});

test("old reports are not the present", () => {
  assert.equal(pictureAt(reports(), 61000).place, null);
  assert.equal(pictureAt(reports(), 200000).targets.length, 0);
  assert.equal(pictureAt({ ...reports(), own: [] }, 0).own, null);
});

test("beacons come first among equals, and removed targets not at all", () => {
  const more = reports();
  more.targets.set("972000001", [at(0, { ...target, target: "972000001", kind: "mob", rank: 9 })]);
  more.targets.set("200000102", [at(0, { ...target, target: "200000102", state: "removed", rank: 1 })]);
  assert.deepEqual(
    pictureAt(more, 0).targets.map((s) => s.id),
    ["972000001", "200000101"],
  );
});

test("an answer holds until the level rises, beacons cannot be muted, and answers are kept", () => {
  const saved = new Map();
  const storage = { getItem: (key) => saved.get(key) ?? null, setItem: (key, value) => saved.set(key, value) };
  const seen = { id: "1", level: "warning", isAcknowledged: false, data: { kind: "class-a" } };
  const alerts = new Alerts(storage);
  assert.equal(alerts.isOpen("s", seen), true);
  alerts.acknowledge("s", seen);
  assert.equal(new Alerts(storage).isOpen("s", seen), false);
  assert.equal(alerts.isOpen("s", { ...seen, level: "alarm" }), true);
  assert.equal(alerts.isOpen("other", seen), true);
  alerts.settle("s", [{ ...seen, level: "none" }]);
  assert.equal(alerts.isOpen("s", seen), true);
  alerts.mute("s", "1", true);
  assert.equal(alerts.isOpen("s", { ...seen, level: "alarm" }), false);
  alerts.mute("s", "9", true);
  assert.equal(alerts.isOpen("s", { ...seen, id: "9", level: "alarm", data: { kind: "mob" } }), true);
  assert.equal(alerts.isOpen("s", { ...seen, id: "3", isAcknowledged: true }), false);
});

test("an alarm of an impact and its record are one", () => {
  const store = new ImpactStore();
  const event = (complete, time = "2026-05-01T12:00:00Z") => ({
    source: "/sites/a/nodes/b/streams/c",
    time,
    data: { number: 1, complete, class: "bow" },
  });
  assert.ok(store.add(event(false)));
  assert.equal(store.add(event(true)), null);
  assert.equal(store.add(event(false)), null);
  assert.equal(store.all().length, 1);
  assert.equal(store.all()[0].data.complete, true);
  // Numbers begin anew with the stream's state.
  assert.ok(store.add(event(true, "2026-05-02T12:00:00Z")));
  assert.equal(store.all().length, 2);
  assert.equal(side(-50), "from the port bow");
  assert.equal(side(170), "from astern");
});

test("the model in use is the one that the newest report names", () => {
  const model = (version, state, inUse) => ({
    model: "impacts",
    version,
    state,
    inUse,
    digest: "",
    windows: 0,
    reason: "",
  });
  const all = [at(1, model("1", "in-use", "1")), at(2, model("2", "shadow", "1"))];
  assert.deepEqual([modelsOf(all).inUse.version, modelsOf(all).shadow.data.version], ["1", "2"]);
  all.push(at(3, model("2", "in-use", "2")), at(4, model("2", "reverted", "1")));
  assert.deepEqual([modelsOf(all).inUse.version, modelsOf(all).shadow], ["1", null]);
  assert.equal(modelsOf([]).inUse, null);
});

test("geometry holds across the antimeridian, and words are those of boaters", () => {
  const east = offset({ latitude: 0, longitude: 179.99 }, { latitude: 0, longitude: -179.99 });
  assert.ok(Math.abs(east.east - 2224) < 2);
  assert.equal(approach({ east: 100, north: 0 }, { east: 1, north: 1 }, { east: 1, north: 1 }), null);
  assert.equal(signed(350), -10);
  assert.equal(plain(distance(100)), "100 m");
  assert.equal(plain(distance(926)), "0.50 nmi");
  assert.equal(countdown(750), "12:30");
  assert.equal(countdown(-1), "past");
  assert.equal(plain(bowCrossing(-926, 60)), "0.50 nmi astern in 1:00");
  assert.equal(niceStep(10, 5), 2);
});
