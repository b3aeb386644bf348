// Which junction the page shows: the control, the address, and what is said while there is none.
import { ApiError, getJson } from "@sensing/client/core/api.js";
import { el, fill } from "@sensing/client/core/dom.js";
import { Emitter } from "@sensing/client/core/emitter.js";
import { replayBadge } from "@sensing/client/core/replaybadge.js";
import { parseSource } from "@sensing/client/core/source.js";
import { findJunction, junctionsOf } from "./streams.js";

const RETRY = 5000;

/** Streams that begin together are looked for together, ms. */
const PAUSE = 1000;

/** @typedef {import("./streams.js").Junction} Junction */

/**
 * Events: "junction" when another is to be shown, or the same with other streams.
 * @extends {Emitter<{junction: Junction}>}
 */
export class JunctionChooser extends Emitter {
  #frame;
  #known = "";
  /** @type {Set<string>} */
  #sources = new Set();
  #isSearching = false;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;

  /** @param {import("@sensing/client/core/pageframe.js").PageFrame} frame */
  constructor(frame) {
    super();
    this.#frame = frame;
    /** @type {Junction|null} */
    this.shown = null;
    frame.url.declare({ source: "" });
    this.select = el("select", { id: "junction" });
    this.badge = replayBadge();
    frame.controls.append(el("label.stream", {}, "Junction ", this.select), this.badge);
    this.select.addEventListener("change", () => {
      frame.url.set({ approach: null, source: this.select.value }, { push: true });
      this.find();
    });
    // A stream that has just begun to send belongs to a junction, maybe to this one.
    frame.feed.on("sensing", ({ source, type }) => {
      if (!this.#sources.has(`${source} ${type}`)) this.#timer ??= setTimeout(() => this.find(), PAUSE);
    });
    frame.feed.on("reconnect", () => this.find());
  }

  /** @param {boolean} isReplay */
  replay(isReplay) {
    this.badge.hidden = !isReplay;
  }

  /** Reads the list of streams and shows the junction that the address names; tries again while the server is away. */
  async find() {
    if (this.#isSearching) return;
    this.#isSearching = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    try {
      const streams = /** @type {import("@sensing/client/core/api.js").StreamEntry[]} */ (await getJson("streams"));
      this.#sources = new Set(streams.flatMap((s) => s.types.map((t) => `${s.source} ${t.type}`)));
      this.#show(junctionsOf(streams));
      this.#frame.trouble(null);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#frame.trouble(`The list of streams cannot be read: ${error.message}`);
      setTimeout(() => this.find(), RETRY);
    } finally {
      this.#isSearching = false;
    }
  }

  /** @param {Junction[]} junctions */
  #show(junctions) {
    const wanted = this.#frame.url.get("source");
    const chosen = findJunction(junctions, wanted);
    fill(
      this.select,
      ...junctions.map((j) => el("option", { value: j.id }, j.label)),
      wanted && !chosen ? el("option", { value: wanted }, `${wanted} (never reported)`) : null,
    );
    this.select.disabled = junctions.length === 0;
    this.select.value = chosen?.id ?? wanted;
    if (chosen === undefined) {
      this.#frame.nothing({
        heading: wanted ? "This junction has never reported" : "No traffic camera has reported yet",
        text: "The page fills by itself as soon as its first event arrives.",
      });
      return;
    }
    this.#frame.nothing(null);
    const stream = parseSource(chosen.signals)?.stream;
    this.#frame.title(stream ? `${stream}, ${chosen.site}` : chosen.site);
    const known = JSON.stringify([chosen.id, chosen.streams.map((s) => [s.source, s.types.map((t) => t.type)])]);
    if (known === this.#known) return;
    this.#known = known;
    this.shown = chosen;
    this.emit("junction", chosen);
  }
}
