// Which vessel the page shows: the control, the address, and what is said while there is none.
import { ApiError, getJson } from "@sensing/client/core/api.js";
import { el, fill } from "@sensing/client/core/dom.js";
import { Emitter } from "@sensing/client/core/emitter.js";
import { replayBadge } from "@sensing/client/core/replaybadge.js";
import { findVessel, vesselsOf } from "./vessels.js";

const RETRY = 5000;

/** Streams that begin together are looked for together, ms. */
const PAUSE = 1000;

/** @typedef {import("./vessels.js").Vessel} Vessel */

/**
 * Events: "vessel" when another is to be shown, or the same with other streams.
 * @extends {Emitter<{vessel: Vessel}>}
 */
export class VesselChooser extends Emitter {
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
    frame.url.declare({ source: "" });
    this.select = el("select", { id: "vessel" });
    this.badge = replayBadge();
    frame.controls.append(el("label.stream", {}, "Vessel ", this.select), this.badge);
    this.select.addEventListener("change", () => {
      frame.url.set({ target: null, source: this.select.value }, { push: true });
      this.find();
    });
    frame.feed.on("sensing", ({ source, type }) => {
      if (!this.#sources.has(`${source} ${type}`)) this.#timer ??= setTimeout(() => this.find(), PAUSE);
    });
    frame.feed.on("reconnect", () => this.find());
  }

  /** @param {boolean} isReplay */
  replay(isReplay) {
    this.badge.hidden = !isReplay;
  }

  /** Reads the list of streams and shows the vessel that the address names; tries again while the server is away. */
  async find() {
    if (this.#isSearching) return;
    this.#isSearching = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    try {
      const streams = /** @type {import("@sensing/client/core/api.js").StreamEntry[]} */ (await getJson("streams"));
      this.#sources = new Set(streams.flatMap((s) => s.types.map((t) => `${s.source} ${t.type}`)));
      this.#show(vesselsOf(streams));
      this.#frame.trouble(null);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#frame.trouble(`The list of streams cannot be read: ${error.message}`);
      setTimeout(() => this.find(), RETRY);
    } finally {
      this.#isSearching = false;
    }
  }

  /** @param {Vessel[]} vessels */
  #show(vessels) {
    const wanted = this.#frame.url.get("source");
    const chosen = findVessel(vessels, wanted);
    fill(
      this.select,
      ...vessels.map((v) => el("option", { value: v.id }, v.label)),
      wanted && !chosen ? el("option", { value: wanted }, `${wanted} (never reported)`) : null,
    );
    this.select.disabled = vessels.length === 0;
    this.select.value = chosen?.id ?? wanted;
    if (chosen === undefined) {
      this.#frame.nothing({
        heading: wanted ? "This vessel has never reported" : "No vessel has reported yet",
        text: "The page fills by itself as soon as its first event arrives.",
      });
      return;
    }
    this.#frame.nothing(null);
    this.#frame.title(chosen.label);
    const known = JSON.stringify([chosen.id, chosen.streams.map((s) => [s.source, s.types.map((t) => t.type)])]);
    if (known === this.#known) return;
    this.#known = known;
    this.emit("vessel", chosen);
  }
}
