// Which group of streams a page shows: the control, the address, and what is said while there is none.
import { ApiError, getJson } from "./api.js";
import { el, fill } from "./dom.js";
import { Emitter } from "./emitter.js";
import { replayBadge } from "./replaybadge.js";
import { findGroup } from "./streamgroups.js";

const RETRY = 5000;

/** Streams that begin together are looked for together, ms. */
const PAUSE = 1000;

/** @typedef {import("./streamgroups.js").StreamGroup} StreamGroup */

/**
 * Events: "group" when another is to be shown, or the same with other streams.
 * @template {StreamGroup} Group
 * @extends {Emitter<{group: Group}>}
 */
export class GroupChooser extends Emitter {
  #frame;
  #options;
  #known = "";
  /** @type {Set<string>} */
  #sources = new Set();
  #isSearching = false;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;

  /**
   * @param {import("./pageframe.js").PageFrame} frame
   * @param {object} options
   * @param {string} options.id of the control
   * @param {string} options.name what a group is, capitalised
   * @param {string} options.ofGroup parameter of the address that belongs to one group: dropped when another is chosen
   * @param {string} options.nothing heading while there is no group
   * @param {(streams: import("./api.js").StreamEntry[]) => Group[]} options.groupsOf
   * @param {(group: Group) => string} options.titleOf
   */
  constructor(frame, options) {
    super();
    this.#frame = frame;
    this.#options = options;
    frame.url.declare({ source: "" });
    this.select = el("select", { id: options.id });
    this.badge = replayBadge();
    frame.controls.append(el("label.stream", {}, `${options.name} `, this.select), this.badge);
    this.select.addEventListener("change", () => {
      frame.url.set({ [options.ofGroup]: null, source: this.select.value }, { push: true });
      this.find();
    });
    // A stream that has just begun to send belongs to a group, maybe to this one.
    frame.feed.on("sensing", ({ source, type }) => {
      if (!this.#sources.has(`${source} ${type}`)) this.#timer ??= setTimeout(() => this.find(), PAUSE);
    });
    frame.feed.on("reconnect", () => this.find());
  }

  /** @param {boolean} isReplay */
  replay(isReplay) {
    this.badge.hidden = !isReplay;
  }

  /** Reads the list of streams and shows the group that the address names; tries again while the server is away. */
  async find() {
    if (this.#isSearching) return;
    this.#isSearching = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    try {
      const streams = /** @type {import("./api.js").StreamEntry[]} */ (await getJson("streams"));
      this.#sources = new Set(streams.flatMap((s) => s.types.map((t) => `${s.source} ${t.type}`)));
      this.#show(this.#options.groupsOf(streams));
      this.#frame.trouble(null);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#frame.trouble(`The list of streams cannot be read: ${error.message}`);
      setTimeout(() => this.find(), RETRY);
    } finally {
      this.#isSearching = false;
    }
  }

  /** @param {Group[]} groups */
  #show(groups) {
    const wanted = this.#frame.url.get("source");
    const chosen = findGroup(groups, wanted);
    fill(
      this.select,
      ...groups.map((g) => el("option", { value: g.id }, g.label)),
      wanted && !chosen ? el("option", { value: wanted }, `${wanted} (never reported)`) : null,
    );
    this.select.disabled = groups.length === 0;
    this.select.value = chosen?.id ?? wanted;
    if (chosen === undefined) {
      const { name, nothing } = this.#options;
      this.#frame.nothing({
        heading: wanted ? `This ${name.toLowerCase()} has never reported` : nothing,
        text: "The page fills by itself as soon as its first event arrives.",
      });
      return;
    }
    this.#frame.nothing(null);
    this.#frame.title(this.#options.titleOf(chosen));
    const known = JSON.stringify([chosen.id, chosen.streams.map((s) => [s.source, s.types.map((t) => t.type)])]);
    if (known === this.#known) return;
    this.#known = known;
    this.emit("group", chosen);
  }
}
