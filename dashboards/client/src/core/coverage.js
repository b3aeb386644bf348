// Which stretches of time have been fetched already.

export class Coverage {
  /** @type {{from: number, to: number}[]} */
  #parts = [];

  /**
   * Adds a stretch and joins what touches.
   * @param {number} from ms
   * @param {number} to ms
   */
  add(from, to) {
    const parts = [...this.#parts, { from, to }].sort((a, b) => a.from - b.from);
    this.#parts = parts.reduce((/** @type {{from: number, to: number}[]} */ joined, part) => {
      const last = joined[joined.length - 1];
      if (last && part.from <= last.to) last.to = Math.max(last.to, part.to);
      else joined.push({ ...part });
      return joined;
    }, []);
  }

  /**
   * Whether all of a stretch has been added.
   * @param {number} from ms
   * @param {number} to ms
   */
  has(from, to) {
    return this.#parts.some((part) => part.from <= from && part.to >= to);
  }

  clear() {
    this.#parts = [];
  }
}
