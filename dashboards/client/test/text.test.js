import assert from "node:assert/strict";
import test from "node:test";
import { apiUrl } from "../src/core/api.js";
import { toCsv } from "../src/core/csv.js";
import { bytes, number, quantity, scientific, span, utc } from "../src/core/format.js";
import { parseSource } from "../src/core/source.js";

test("CSV is quoted where it must be, and a text cannot run as a formula", () => {
  const csv = toCsv(
    ["a", "b"],
    [
      [1.5, null],
      ['say "x", y', "=1+1"],
      [new Date(0), undefined],
      [-2, "ok"],
    ],
  );
  assert.equal(csv, 'a,b\r\n1.5,\r\n"say ""x"", y",\'=1+1\r\n1970-01-01T00:00:00.000Z,\r\n-2,ok\r\n');
});

test("no value is a dash, never a zero", () => {
  for (const nothing of [null, undefined, NaN, Infinity]) assert.equal(number(nothing), "–");
  assert.equal(quantity(null, "km/h"), "–");
  assert.equal(quantity(83.21, "km/h", 1), "83.2\u202fkm/h");
  assert.equal(quantity(3, "1"), "3");
});

test("small numbers keep their digits", () => {
  assert.equal(scientific(0.000000024), "2.4×10⁻⁸");
  assert.equal(scientific(-0.000005), "−5.0×10⁻⁶");
  assert.equal(scientific(1.5), "1.5");
  assert.equal(scientific(-0.12), "−0.12");
  assert.equal(scientific(0), "0");
});

test("spans have at most two units", () => {
  assert.deepEqual(
    [4, 65, 3725, 90000].map((s) => span(s).replaceAll("\u202f", " ")),
    ["4 s", "1 min 5 s", "1 h 2 min", "1 d 1 h"],
  );
  assert.equal(span(Infinity), "–");
});

test("bytes are in binary units and times in UTC say so", () => {
  assert.equal(bytes(410).replace("\u202f", " "), "410 B");
  assert.equal(bytes(755220).replace("\u202f", " "), "737.5 KiB");
  assert.equal(utc(1250), "1970-01-01 00:00:01.250 UTC");
  assert.equal(utc(1000), "1970-01-01 00:00:01 UTC");
});

test("an address repeats a parameter that has several values and leaves out what is not set", () => {
  assert.equal(apiUrl("live", { type: ["a", "b"], cursor: undefined, source: "" }), "/api/v1/live?type=a&type=b");
  assert.equal(apiUrl("nodes"), "/api/v1/nodes");
});

test("a source has three names", () => {
  assert.deepEqual(parseSource("/sites/a/nodes/b/streams/c"), { site: "a", node: "b", stream: "c" });
  assert.equal(parseSource("/sites/a/nodes/b"), null);
  assert.equal(parseSource(undefined), null);
});
