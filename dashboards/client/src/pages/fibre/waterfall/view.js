// Which part of time and distance is in view, and how a pixel maps to it.

/** Longest and shortest time in view, s: more than a few minutes of tiles belong to no screen. */
export const LONGEST = 600;
export const SHORTEST = 5;

const LEAST_METRES = 10;

export class View {
  constructor(spanSeconds = 120) {
    this.to = 0;
    this.span = spanSeconds;
    this.min = 0;
    this.max = 100;
    /** Extent of the fibre, m; the view stays within. */
    this.full = { min: 0, max: 100 };
    this.isWhole = true;
    /** Plot area in CSS pixels. */
    this.box = { left: 0, top: 0, width: 1, height: 1 };
  }

  get from() {
    return this.to - this.span * 1000;
  }

  /** @param {number} ms */
  x(ms) {
    return this.box.left + ((ms - this.from) / (this.span * 1000)) * this.box.width;
  }

  /** @param {number} metres */
  y(metres) {
    return this.box.top + ((this.max - metres) / (this.max - this.min)) * this.box.height;
  }

  /** @param {number} x */
  time(x) {
    return this.from + ((x - this.box.left) / this.box.width) * this.span * 1000;
  }

  /** @param {number} y */
  metres(y) {
    return this.max - ((y - this.box.top) / this.box.height) * (this.max - this.min);
  }

  /**
   * Sets how far the fibre goes; a view of the whole stays one.
   * @param {{min: number, max: number}} extent m
   */
  setExtent({ min, max }) {
    if (min === this.full.min && max === this.full.max) return;
    this.full = { min, max };
    if (this.isWhole) [this.min, this.max] = [min, max];
    else this.#clampDistance();
  }

  /**
   * Zooms time.
   * @param {number} factor below 1: closer
   * @param {number} [at] the instant that stays where it is, ms
   */
  zoomTime(factor, at = this.to) {
    const before = this.span;
    this.span = Math.min(LONGEST, Math.max(SHORTEST, this.span * factor));
    this.to = at + (this.to - at) * (this.span / before);
  }

  /**
   * Zooms distance.
   * @param {number} factor below 1: closer
   * @param {number} [at] the distance that stays where it is, m
   */
  zoomDistance(factor, at = (this.min + this.max) / 2) {
    const size = this.max - this.min;
    const next = Math.max(LEAST_METRES, size * factor);
    if (next >= this.full.max - this.full.min) {
      this.wholeDistance();
      return;
    }
    this.min = at - (at - this.min) * (next / size);
    this.max = this.min + next;
    this.isWhole = false;
    this.#clampDistance();
  }

  /**
   * @param {number} seconds
   * @param {number} metres
   */
  pan(seconds, metres) {
    this.to += seconds * 1000;
    this.min += metres;
    this.max += metres;
    this.#clampDistance();
  }

  wholeDistance() {
    this.isWhole = true;
    [this.min, this.max] = [this.full.min, this.full.max];
  }

  #clampDistance() {
    const size = this.max - this.min;
    this.min = Math.max(this.full.min, Math.min(this.full.max - size, this.min));
    this.max = Math.min(this.full.max, this.min + size);
  }
}

/**
 * Steps of an axis: round numbers.
 * @param {number} from
 * @param {number} to
 * @param {number} pixels length of the axis
 * @param {number} space about so many pixels apart
 * @param {number[]} steps to choose from, ascending
 */
export function ticks(from, to, pixels, space, steps) {
  const least = ((to - from) / Math.max(1, pixels)) * space;
  const step = steps.find((s) => s >= least) ?? steps[steps.length - 1];
  const out = [];
  for (let t = Math.ceil(from / step) * step; t <= to; t += step) out.push(t || 0); // no −0
  return { step, at: out };
}

export const TIME_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600].map((s) => s * 1000);
export const METRE_STEPS = [1, 2, 5].flatMap((m) => [1, 10, 100, 1000, 10000].map((p) => m * p)).sort((a, b) => a - b);
