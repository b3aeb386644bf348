// The live stream. Read with fetch instead of EventSource: an EventSource gives up for good on an HTTP error (a proxy's
// 502 while the server restarts), cannot be handed the last id of an earlier connection, and hides the heartbeat
// comments that tell a silent stream from a dead connection.
import { apiUrl } from "./api.js";
import { SseParser } from "./sse.js";

const FIRST_DELAY = 500;
const LONGEST_DELAY = 10000;
const SILENCE = 45000;

/**
 * Connects, reconnects with growing pauses and resumes after the last event received.
 * Events: "sensing" and "node" (detail: parsed JSON), "state" (detail: {state, since}).
 */
export class LiveFeed extends EventTarget {
  #query;
  #lastId = null;
  #abort = null;
  #delay = FIRST_DELAY;
  #timer = 0;
  #heard = 0;

  constructor(query = {}) {
    super();
    this.#query = query;
    /** "connecting" before the first success, "live", "lost". */
    this.state = "connecting";
    this.since = Date.now();
    // A laptop that wakes up or gets its network back should not wait for the pause to end.
    addEventListener("online", () => this.#retryNow());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.#retryNow());
    addEventListener("pagehide", () => this.stop());
    addEventListener("pageshow", (event) => event.persisted && this.start());
  }

  start() {
    this.#run();
    return this;
  }

  stop() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#abort?.abort();
    this.#abort = null;
  }

  #retryNow() {
    if (this.#timer) {
      clearTimeout(this.#timer);
      this.#run();
    }
  }

  #set(state) {
    if (this.state === state) return;
    this.state = state;
    this.since = Date.now();
    this.dispatchEvent(new CustomEvent("state", { detail: { state, since: this.since } }));
  }

  async #run() {
    this.#timer = 0;
    const abort = new AbortController();
    this.#abort = abort;
    this.#heard = Date.now();
    const watchdog = setInterval(() => Date.now() - this.#heard > SILENCE && abort.abort(), 5000);
    try {
      const headers = { Accept: "text/event-stream" };
      if (this.#lastId !== null) headers["Last-Event-ID"] = this.#lastId;
      const response = await fetch(apiUrl("live", this.#query), { headers, signal: abort.signal, cache: "no-store" });
      if (!response.ok || !response.body) throw new Error(`live answered ${response.status}`);
      this.#set("live");
      this.#delay = FIRST_DELAY;
      await this.#read(response.body);
    } catch {
      // Whatever ended it, the answer is the same: say so and connect again.
    } finally {
      clearInterval(watchdog);
    }
    if (this.#abort !== abort) return; // stopped on purpose
    this.#set("lost");
    this.#timer = setTimeout(() => this.#run(), this.#delay * (0.75 + Math.random() / 2));
    this.#delay = Math.min(LONGEST_DELAY, this.#delay * 2);
  }

  async #read(body) {
    const parser = new SseParser((message) => this.#message(message));
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      this.#heard = Date.now();
      parser.push(value);
      // Also an id without an event counts: it says how far the server has looked.
      this.#lastId = parser.lastId ?? this.#lastId;
    }
  }

  #message({ event, data }) {
    if (event !== "sensing" && event !== "node") return;
    let detail;
    try {
      detail = JSON.parse(data);
    } catch {
      console.warn(`A live message of type ${event} was not JSON and was left out.`);
      return;
    }
    this.dispatchEvent(new CustomEvent(event, { detail }));
  }
}
