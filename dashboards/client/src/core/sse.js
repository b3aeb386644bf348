// The text/event-stream format of the HTML standard, read from pieces of text cut anywhere.

/** Feeds on text and calls back with each complete message. */
export class SseParser {
  #rest = "";
  /** @type {string[]} */
  #data = [];
  #event = "";
  #skipLineFeed = false;

  /** @param {(message: {event: string, data: string, id: string|null}) => void} onMessage */
  constructor(onMessage) {
    this.onMessage = onMessage;
    /**
     * Newest id seen; null before the first.
     * @type {string|null}
     */
    this.lastId = null;
    /** @type {string|null} */
    this.id = null;
  }

  /** @param {string} text */
  push(text) {
    // A CR LF cut between two pieces is one line end, not two.
    if (this.#skipLineFeed && text.startsWith("\n")) text = text.slice(1);
    this.#skipLineFeed = text.endsWith("\r");
    const lines = (this.#rest + text).split(/\r\n|\r|\n/);
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#line(line);
  }

  /** @param {string} line */
  #line(line) {
    if (line === "") return this.#dispatch();
    const colon = line.indexOf(":");
    if (colon === 0) return undefined; // a comment: only proof of life
    const field = colon < 0 ? line : line.slice(0, colon);
    let value = colon < 0 ? "" : line.slice(colon + 1);
    if (value.startsWith(" ")) value = value.slice(1);
    if (field === "data") this.#data.push(value);
    else if (field === "event") this.#event = value;
    else if (field === "id" && !value.includes("\0")) this.id = value;
    return undefined;
  }

  #dispatch() {
    this.lastId = this.id;
    if (this.#data.length > 0) {
      this.onMessage({ event: this.#event || "message", data: this.#data.join("\n"), id: this.lastId });
    }
    this.#data = [];
    this.#event = "";
  }
}
