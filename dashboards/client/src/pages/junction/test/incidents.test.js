import assert from "node:assert/strict";
import test from "node:test";
import { byPlace, incidentRows, IncidentStore, spoken } from "../incidents.js";

const start = Date.parse("2026-05-03T12:00:00Z");
const SOURCE = "/sites/a/nodes/b/streams/north";
const iso = (seconds) => new Date(start + seconds * 1000).toISOString();
const now = (seconds) => start + seconds * 1000;
let id = 0;
const event = (fact, seconds, data) => ({
  id: `e${id++}`,
  source: SOURCE,
  type: `sensing.traffic.${fact}.v1`,
  time: iso(seconds),
  data,
});
const emergency = (seconds, more = {}) =>
  event("emergency", seconds, {
    approach: "north",
    lane: 2,
    confidence: 0.7,
    evidence: ["LightBar", "Siren"],
    firstSeen: iso(0),
    expectedArrival: iso(20),
    ...more,
  });

test("the reports of one emergency vehicle are one incident, with the newest word", () => {
  const store = new IncidentStore();
  assert.notEqual(store.add(emergency(0)), null);
  assert.equal(store.add(emergency(1, { confidence: 0.95 })), null, "not fresh");
  store.add(emergency(0.5, { confidence: 0.1 })); // late
  const [active] = store.active(now(2));
  assert.deepEqual([active.confidence, active.evidence, active.lane], [0.95, ["light bar", "siren"], 2]);
  assert.equal(active.arrival, now(20));
  assert.equal(spoken(active), "Emergency vehicle on north, lane 2.");
  store.add(emergency(9, { ended: iso(8) }));
  assert.equal(store.active(now(9)).length, 0);
  assert.equal(store.between(now(0), now(60))[0].end, now(8));
});

test("an emergency vehicle of which nothing more is heard is gone; a camera fault is not", () => {
  const store = new IncidentStore();
  store.add(emergency(0));
  store.add(event("camera-fault", 0, { kind: "covered", phase: "begin", since: iso(0), detail: "" }));
  assert.equal(store.active(now(10)).length, 2);
  assert.deepEqual(
    store.active(now(7200)).map((i) => i.what),
    ["Camera fault: lens covered"],
  );
  store.add(event("camera-fault", 7300, { kind: "covered", phase: "end", since: iso(0), detail: "" }));
  assert.equal(store.active(now(7301)).length, 0);
  assert.equal(store.between(now(0), now(9000)).length, 2, "begin and end are one incident");
});

test("alarms stand out for two minutes, and the worst comes first", () => {
  const store = new IncidentStore();
  const alarm = { approach: "north", vehicleId: 7, lane: 1, class: "Car", alongM: 21.6, speedKmh: 30.2 };
  store.add(event("alarm", 0, { ...alarm, kind: "Standing" }));
  store.add(event("alarm", 5, { ...alarm, kind: "WrongWay" }));
  store.add(emergency(6));
  assert.deepEqual(
    store.active(now(7)).map((i) => i.kind),
    ["emergency", "wrongWay", "standing"],
  );
  assert.equal(store.active(now(126)).length, 0);
  const rows = incidentRows(store.between(now(0), now(60)));
  assert.match(String(rows.find((r) => r[2] === "wrongWay")?.[9]), /30 km\/h, not for enforcement/);
});

test("repeated alarms in one lane are one, and other lanes and kinds are not", () => {
  const store = new IncidentStore();
  const alarm = (seconds, lane, kind = "WrongWay") => event("alarm", seconds, { approach: "north", lane, kind });
  [alarm(0, 2), alarm(1, 2), alarm(2, 1), alarm(3, 2, "Standing"), alarm(4, 2)].forEach((e) => store.add(e));
  assert.deepEqual(
    byPlace(store.active(now(5))).map(({ incident: { kind, lane, begin }, count }) => [kind, lane, begin, count]),
    [
      ["wrongWay", 2, now(4), 3],
      ["wrongWay", 1, now(2), 1],
      ["standing", 2, now(3), 1],
    ],
  );
});
