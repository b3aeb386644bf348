// Which stretches of time have been fetched already.

export class Coverage {
  #parts = [];

  /** Adds from…to (ms) and joins what touches. */
  add(from, to) {
    const parts = [...this.#parts, { from, to }].sort((a, b) => a.from - b.from);
    this.#parts = parts.reduce((joined, part) => {
      const last = joined[joined.length - 1];
      if (last && part.from <= last.to) last.to = Math.max(last.to, part.to);
      else joined.push({ ...part });
      return joined;
    }, []);
  }

  /** Whether all of from…to has been added. */
  has(from, to) {
    return this.#parts.some((part) => part.from <= from && part.to >= to);
  }

  clear() {
    this.#parts = [];
  }
}
