// What "now" means for a stream. A live sensor's events are a few seconds old: now is the viewer's clock. A replayed
// recording's events carry the recording's time: now is the newest of them, else every "last 15 minutes" were empty.

const REPLAY_GAP = 5 * 60 * 1000;

/** Live events come within this of their own time, ms; beyond it the viewer's clock is taken to be wrong. */
const USUAL_LAG = 5000;
const LAGS = 20;

export class DataClock {
  /** @param {() => number} wall the viewer's clock, ms */
  constructor(wall = Date.now) {
    this.wall = wall;
    /**
     * Newest event time, ms; null before the first event.
     * @type {number|null}
     */
    this.newest = null;
    /**
     * When the newest event arrived at the store, ms.
     * @type {number|null}
     */
    this.arrival = null;
    /**
     * How much later than their own time the last live events came, by the viewer's clock, ms.
     * @type {number[]}
     */
    this.lags = [];
  }

  /**
   * Takes the time of an event that has just arrived.
   * @param {number} time event time, ms
   */
  hear(time) {
    this.lags = [...this.lags, this.wall() - time].slice(-LAGS);
  }

  /** Now on the clock of the events, ms: right although the viewer's clock is wrong. */
  eventNow() {
    if (this.isReplay) return this.now();
    const lag = Math.min(...this.lags);
    return this.wall() - (lag < 0 || (lag > USUAL_LAG && Number.isFinite(lag)) ? lag : 0);
  }

  /**
   * @param {number} time event time, ms
   * @param {number} [arrival] when the store got it, ms; the viewer's now for a live event
   */
  observe(time, arrival = this.wall()) {
    if (!Number.isFinite(time)) return;
    // A node with a wrong clock far in the future must not freeze the view: the newest arrival decides, not the newest
    // time.
    if (this.arrival === null || arrival >= this.arrival) {
      this.arrival = arrival;
      this.newest = this.newest !== null && time < this.newest && this.newest - time < REPLAY_GAP ? this.newest : time;
    }
  }

  /**
   * Learns from the list of streams: one that is live makes the whole live. Notices are about the past, so they do not
   * count.
   * @param {import("./api.js").StreamEntry[]} streams
   */
  learn(streams) {
    const types = streams.flatMap((s) => s.types).filter((t) => !t.type.startsWith("sensing.node."));
    if (types.length === 0) return;
    const arrival = Math.max(...types.map((t) => Date.parse(t.lastArrival)));
    // A clock that is ahead must not pull now into the future.
    const time = Math.max(...types.map((t) => Math.min(Date.parse(t.lastTime), Date.parse(t.lastArrival))));
    if (this.arrival === null || arrival >= this.arrival) [this.newest, this.arrival] = [time, arrival];
  }

  /** Whether the events' time is far from when they arrived. */
  get isReplay() {
    return this.newest !== null && this.arrival !== null && Math.abs(this.arrival - this.newest) > REPLAY_GAP;
  }

  /** The right end of every range that follows now, ms. */
  now() {
    return this.isReplay && this.newest !== null ? this.newest : this.wall();
  }

  /** Seconds since anything arrived; Infinity before the first event. */
  silence() {
    return this.arrival === null ? Infinity : Math.max(0, (this.wall() - this.arrival) / 1000);
  }
}
