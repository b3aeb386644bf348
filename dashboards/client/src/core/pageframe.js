// What the shell offers to the page within it: its address, range, live events, keys and messages.
import { byId } from "./dom.js";
import { LiveFeed } from "./live.js";
import { PageRange } from "./pagerange.js";
import { Shell } from "./shell.js";
import { UrlState } from "./urlstate.js";

/** @typedef {import("./pagemodule.js").PageEntry} PageEntry */

/** Range of a page when its address names none. */
const FIRST_RANGE = "1h";

export class PageFrame {
  #shell;
  /** @type {PageRange|null} */
  #range = null;

  /**
   * @param {PageEntry} page
   * @param {PageEntry[]} pages
   */
  constructor(page, pages) {
    this.page = page;
    /** All pages, this one among them, in the order of the navigation. */
    this.pages = pages;
    /** Where the page's content goes; holds what its page.html brought. */
    this.body = byId("page");
    /** Room for the page's own controls, beside the heading. */
    this.controls = byId("controls");
    /** The page's address: what it keeps of the view. */
    this.url = new UrlState({ range: FIRST_RANGE });
    this.url.onBack(() => location.reload());
    /** Live events of the page's types; it starts when the page has been mounted. */
    this.feed = new LiveFeed(page.eventTypes);
    this.#shell = new Shell(this.feed);
    for (const { key, title, path } of pages) this.addKey(key, title, () => (location.href = path));
  }

  /** The range control of the page; it appears as soon as the page asks for it. */
  get range() {
    if (this.#range === null) {
      this.#range = new PageRange(byId("range"), this.url);
      for (const [key, text, name] of [
        ["l", "Live", "live"],
        ["h", "Last hour", "1h"],
        ["d", "Last 24 hours", "24h"],
      ]) {
        this.addKey(key, text, () => this.#range?.chooseNamed(name));
      }
    }
    return this.#range;
  }

  /**
   * A key of the page; digits belong to the pages, 'l', 'h', 'd' to the range, 't' and '?' to the shell.
   * @param {string} key as in KeyboardEvent.key
   * @param {string} text what it does, for the help
   * @param {() => void} run
   */
  addKey(key, text, run) {
    this.#shell.addKey(key, text, run);
  }

  /**
   * A paragraph of the keyboard help.
   * @param {string} text
   */
  addHelp(text) {
    this.#shell.addHelp(text);
  }

  /**
   * Shows a message above the page; null removes it.
   * @param {string|null} message
   */
  trouble(message) {
    const banner = byId("trouble");
    banner.hidden = message === null;
    if (banner.textContent !== (message ?? "")) banner.textContent = message;
  }

  /**
   * Shows that there is no data for the page yet, in place of its content; null shows the content.
   * @param {{heading: string, text: string}|null} nothing
   */
  nothing(nothing) {
    this.body.hidden = nothing !== null;
    this.#shell.nothing(nothing);
  }

  /**
   * What the page shows now, for the window's title: "bridge, astfjord".
   * @param {string} detail
   */
  title(detail) {
    document.title = `${detail} – ${this.page.title} – Sensing`;
  }

  /**
   * A link that reopens what is seen now: a range that follows now becomes the fixed one that it is at this moment.
   * @param {string} anchor id of the panel to go to
   * @param {Record<string, string|null|undefined>} [changes] further parameters
   */
  link(anchor, changes = {}) {
    return this.url.link({ ...this.#range?.linked(), ...changes }, anchor);
  }
}
