// The live stream. Read with fetch instead of EventSource: an EventSource gives up for good on an HTTP error (a proxy's
// 502 while the server restarts), cannot be handed the last id of an earlier connection, and hides the heartbeat
// comments that distinguish a silent stream from a dead connection.
import { apiUrl } from "./api.js";
import { Emitter } from "./emitter.js";
import { SseParser } from "./sse.js";

const FIRST_DELAY = 500;
const LONGEST_DELAY = 10000;
const SILENCE = 45000;

/** @typedef {"connecting"|"live"|"lost"} FeedState */
/** @typedef {import("./api.js").SensingEvent} SensingEvent */
/** @typedef {import("./api.js").NodeEntry} NodeEntry */

/**
 * Connects, reconnects with growing pauses and resumes after the last event received.
 * Events: "sensing" (an event of the types), "node" (a node's state), "state" (the connection's), and "reconnect" after
 * the
 * connection was lost and is back: events in between arrive too, but what was read meanwhile may have failed.
 * @extends {Emitter<{sensing: SensingEvent, node: NodeEntry, state: FeedState, reconnect: null}>}
 */
export class LiveFeed extends Emitter {
  #types;
  /** @type {string|null} */
  #lastId = null;
  /** @type {AbortController|null} */
  #abort = null;
  #delay = FIRST_DELAY;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;
  #heard = 0;

  /** @param {string[]} types event types to receive */
  constructor(types) {
    super();
    this.#types = new Set(types);
    /**
     * "connecting" before the first success.
     * @type {FeedState}
     */
    this.state = "connecting";
    this.since = Date.now();
    // A laptop that wakes up or gets its network back should not wait for the pause to end.
    addEventListener("online", () => this.#retryNow());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.#retryNow());
    addEventListener("pagehide", () => this.stop());
    addEventListener("pageshow", (event) => event.persisted && this.start());
  }

  /**
   * More types to receive; before the start.
   * @param {string[]} types
   */
  add(types) {
    for (const type of types) this.#types.add(type);
  }

  start() {
    this.#run();
    return this;
  }

  /**
   * Once the first connection stands, or has failed. What is read from the store after that, and what the feed brings, leave no gap between
   * them: the feed begins with what is stored after it was opened.
   * @returns {Promise<void>}
   */
  settled() {
    if (this.state !== "connecting") return Promise.resolve();
    return new Promise((resolve) => this.addEventListener("state", () => resolve(), { once: true }));
  }

  stop() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#abort?.abort();
    this.#abort = null;
  }

  #retryNow() {
    if (this.#timer) {
      clearTimeout(this.#timer);
      this.#run();
    }
  }

  /** @param {FeedState} state */
  #set(state) {
    const before = this.state;
    if (before === state) return;
    this.state = state;
    this.since = Date.now();
    this.emit("state", state);
    if (before === "lost" && state === "live") this.emit("reconnect", null);
  }

  async #run() {
    this.#timer = undefined;
    const abort = new AbortController();
    this.#abort = abort;
    this.#heard = Date.now();
    const watchdog = setInterval(() => Date.now() - this.#heard > SILENCE && abort.abort(), 5000);
    try {
      /** @type {Record<string, string>} */
      const headers = { Accept: "text/event-stream" };
      if (this.#lastId !== null) headers["Last-Event-ID"] = this.#lastId;
      const response = await fetch(apiUrl("live", { type: [...this.#types] }), {
        headers,
        signal: abort.signal,
        cache: "no-store",
      });
      if (!response.ok || !response.body) throw new Error(`live answered ${response.status}`);
      this.#set("live");
      this.#delay = FIRST_DELAY;
      await this.#read(response.body);
    } catch {
      // Whatever ended it, the answer is the same: show it and reconnect.
    } finally {
      clearInterval(watchdog);
    }
    if (this.#abort !== abort) return; // stopped on purpose
    this.#set("lost");
    this.#timer = setTimeout(() => this.#run(), this.#delay * (0.75 + Math.random() / 2));
    this.#delay = Math.min(LONGEST_DELAY, this.#delay * 2);
  }

  /** @param {ReadableStream<Uint8Array<ArrayBuffer>>} body */
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

  /** @param {{event: string, data: string}} message */
  #message({ event, data }) {
    if (event !== "sensing" && event !== "node") return;
    let detail;
    try {
      detail = JSON.parse(data);
    } catch {
      console.warn(`A live message of type ${event} was not JSON and was left out.`);
      return;
    }
    this.emit(event, detail);
  }
}
