import assert from "node:assert/strict";
import test from "node:test";
import { findGroup } from "@sensing/client/core/streamgroups.js";
import { junctionsOf } from "../streams.js";

const stream = (site, node, name, ...facts) => ({
  source: `/sites/${site}/nodes/${node}/streams/${name}`,
  site,
  node,
  stream: name,
  types: facts.map((f) => ({ type: `sensing.${f}.v1`, count: 1, lastTime: "", lastArrival: "" })),
});
const streams = [
  stream("ring", "n1", "signals", "traffic.signal-plan"),
  stream("ring", "n1", "north", "traffic.approach", "traffic.snapshot"),
  stream("ring", "n2", "south", "traffic.approach"),
  stream("bridge", "n1", "deck", "traffic.approach"),
  stream("bridge", "n1", "fibre", "das.vehicle"),
];

test("a site's cameras on all nodes and its signals are one junction", () => {
  const junctions = junctionsOf(streams);
  assert.deepEqual(
    junctions.map((j) => [j.label, j.signals !== null, j.cameras.map((c) => c.stream)]),
    [
      ["bridge", false, ["deck"]],
      ["ring / signals", true, ["north", "south"]],
    ],
  );
});

test("an address names a junction by its own id, by a camera or by its site", () => {
  const junctions = junctionsOf(streams);
  const label = (wanted) => findGroup(junctions, wanted)?.label;
  assert.equal(label(""), "bridge");
  assert.equal(label("/sites/ring/nodes/n1/streams/signals"), "ring / signals");
  assert.equal(label("/sites/ring/nodes/n2/streams/south"), "ring / signals");
  assert.equal(label("/sites/bridge"), "bridge");
  assert.equal(label("/sites/elsewhere/nodes/n/streams/s"), undefined);
  // A link to cameras alone still finds them once the site has signals.
  assert.equal(label("/sites/ring"), "ring / signals");
});
