// Which stream a page shows: the control, the address, and what is said while there is none.
import { ApiError, getJson } from "./api.js";
import { el, fill } from "./dom.js";
import { Emitter } from "./emitter.js";
import { replayBadge } from "./replaybadge.js";
import { parseSource } from "./source.js";

const RETRY = 5000;

/** @typedef {import("./api.js").StreamEntry} StreamEntry */

/**
 * Events: "stream" when another stream is to be shown.
 * @extends {Emitter<{stream: StreamEntry}>}
 */
export class StreamChooser extends Emitter {
  #frame;
  #options;
  /** @type {string|null} */
  #shown = null;

  /**
   * @param {import("./pageframe.js").PageFrame} frame
   * @param {object} options
   * @param {string} options.nothing heading while no stream has sent an event of the page's types
   * @param {string[]} [options.ofStream] parameters of the address that belong to one stream: dropped when another is
   *   chosen
   */
  constructor(frame, options) {
    super();
    this.#frame = frame;
    this.#options = options;
    frame.url.declare({ source: "" });
    this.select = el("select", { id: "stream" });
    this.badge = replayBadge();
    frame.controls.append(el("label.stream", {}, "Stream ", this.select), this.badge);
    this.select.addEventListener("change", () => this.#chosen());
    const findFirst = () => this.#shown === null && this.find();
    frame.feed.on("sensing", findFirst);
    frame.feed.on("reconnect", findFirst);
  }

  /** The source of the stream that is shown; null while there is none. */
  get source() {
    return this.#shown;
  }

  /**
   * Says whether the events of the stream carry the time of a recording.
   * @param {boolean} isReplay
   */
  replay(isReplay) {
    this.badge.hidden = !isReplay;
  }

  /**
   * Reads the list of streams and shows the one that the address names, else the first; tries again while the server is
   * away.
   */
  async find() {
    try {
      this.#show(/** @type {StreamEntry[]} */ (await getJson("streams")));
      this.#frame.trouble(null);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#frame.trouble(`The list of streams cannot be read: ${error.message}`);
      setTimeout(() => this.find(), RETRY);
    }
  }

  /** @param {StreamEntry[]} all */
  #show(all) {
    const { page, url } = this.#frame;
    const streams = all.filter((s) => s.types.some((t) => page.eventTypes.includes(t.type)));
    const wanted = url.get("source");
    const chosen = streams.find((s) => s.source === wanted) ?? (wanted ? undefined : streams[0]);
    fill(
      this.select,
      ...streams.map((s) => el("option", { value: s.source }, `${s.site} / ${s.node} / ${s.stream}`)),
      wanted && !chosen ? el("option", { value: wanted }, `${wanted} (never reported)`) : null,
    );
    this.select.disabled = streams.length === 0;
    this.select.value = chosen?.source ?? wanted;
    if (chosen === undefined) {
      this.#frame.nothing({
        heading: wanted ? "This stream has never reported" : this.#options.nothing,
        text: "The page fills by itself as soon as its first event arrives.",
      });
      return;
    }
    this.#frame.nothing(null);
    this.#frame.title(`${chosen.stream}, ${parseSource(chosen.source)?.site ?? chosen.site}`);
    if (chosen.source === this.#shown) return;
    this.#shown = chosen.source;
    this.emit("stream", chosen);
  }

  #chosen() {
    const gone = Object.fromEntries((this.#options.ofStream ?? []).map((name) => [name, null]));
    this.#frame.url.set({ ...gone, source: this.select.value }, { push: true });
    this.find();
  }
}
