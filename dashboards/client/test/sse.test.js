import assert from "node:assert/strict";
import test from "node:test";
import { SseParser } from "../src/core/sse.js";

function parse(...pieces) {
  const messages = [];
  const parser = new SseParser((m) => messages.push(m));
  pieces.forEach((p) => parser.push(p));
  return { messages, parser };
}

test("a message has its event, data and id", () => {
  const { messages } = parse('id: 7\nevent: sensing\ndata: {"a":1}\n\n');
  assert.deepEqual(messages, [{ event: "sensing", data: '{"a":1}', id: "7" }]);
});

test("cutting the stream anywhere changes nothing", () => {
  const text = "id: 7\r\nevent: sensing\r\ndata: x\r\ndata: y\r\n\r\n: alive\r\n\r\nid:8\rdata:z\r\r";
  const whole = parse(text).messages;
  assert.equal(whole.length, 2);
  for (let cut = 1; cut < text.length; cut++) {
    assert.deepEqual(parse(text.slice(0, cut), text.slice(cut)).messages, whole, `cut at ${cut}`);
  }
});

test("an id without data is remembered and no message", () => {
  const { messages, parser } = parse(": alive\nid: 41\n\n");
  assert.equal(messages.length, 0);
  assert.equal(parser.lastId, "41");
});

test("a message that has not ended is not given out", () => {
  assert.equal(parse("data: half").messages.length, 0);
  assert.equal(parse("data: half\n").messages.length, 0);
});
