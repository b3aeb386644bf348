// The range that a page shows: chosen in the range bar, by a key, by zooming in a chart; kept in the address.
import { Emitter } from "./emitter.js";
import { ends, follows, formatRange, LONGEST, parseRange } from "./range.js";
import { RangeBar } from "./rangebar.js";

/** @typedef {import("./range.js").Range} Range */

/** Shortest range that zooming leads to, s. */
const SHORTEST = 30;

/**
 * Events: "change" after another range was chosen.
 * @extends {Emitter<{change: Range}>}
 */
export class PageRange extends Emitter {
  #bar;
  #url;
  /** What a double click in a zoomed chart goes back to. */
  #lastFollowing;

  /**
   * @param {HTMLElement} host
   * @param {import("./urlstate.js").UrlState} url
   */
  constructor(host, url) {
    super();
    this.#url = url;
    /** The right end of ranges that follow now, ms; a page that shows replays sets its data clock's. */
    this.now = Date.now;
    /** @type {Range} */
    this.current = parseRange(url.get("range"));
    this.#lastFollowing = follows(this.current) ? this.current : parseRange("1h");
    this.#bar = new RangeBar(host, (/** @type {Range} */ picked) => this.choose(picked));
    this.#bar.show(this.current, this.now());
  }

  /** Whether the range moves with now. */
  get follows() {
    return follows(this.current);
  }

  /** The ends of the range at this moment, ms. */
  ends() {
    return ends(this.current, this.now());
  }

  /** @param {Range} picked */
  choose(picked) {
    this.current = picked;
    if (follows(picked)) this.#lastFollowing = picked;
    this.#url.set({ range: formatRange(picked) }, { push: true });
    this.show();
    this.emit("change", picked);
  }

  /** @param {string} name "live", "15m", "1h", … */
  chooseNamed(name) {
    this.choose(parseRange(name));
  }

  /**
   * Shows a stretch of time, widened where it is very short.
   * @param {number} from ms
   * @param {number} to ms
   */
  zoom(from, to) {
    const seconds = Math.min(LONGEST, Math.max(SHORTEST, (to - from) / 1000));
    const middle = (from + to) / 2;
    this.choose({
      key: "custom",
      seconds,
      from: Math.round(middle - seconds * 500),
      to: Math.round(middle + seconds * 500),
    });
  }

  /** Back to the last range that followed now. */
  reset() {
    this.choose(this.#lastFollowing);
  }

  /** Draws the range bar again, for instance because now is another. */
  show() {
    this.#bar.show(this.current, this.now());
  }

  /** The hooks of a chart that zooms this range. */
  chartHooks() {
    return {
      onZoom: (/** @type {number} */ from, /** @type {number} */ to) => this.zoom(from, to),
      onReset: () => this.reset(),
    };
  }

  /** The parameters of a link to this range as it is now. */
  linked() {
    const { from, to } = this.ends();
    return { range: formatRange({ key: "custom", seconds: (to - from) / 1000, from, to }) };
  }
}
