// The view as URL parameters: a link reopens a page as it is. Values that equal the default are left out.

/** @typedef {Record<string, string|null|undefined>} Changes */

export class UrlState {
  #defaults;
  /** @type {(() => void)[]} */
  #listeners = [];

  /** @param {Record<string, string>} defaults parameters with their defaults */
  constructor(defaults) {
    this.#defaults = defaults;
    addEventListener("popstate", () => this.#listeners.forEach((listener) => listener()));
  }

  /**
   * More parameters, with their defaults.
   * @param {Record<string, string>} defaults
   */
  declare(defaults) {
    this.#defaults = { ...this.#defaults, ...defaults };
  }

  /** @param {string} name a declared parameter */
  get(name) {
    return new URLSearchParams(location.search).get(name) ?? this.#defaults[name] ?? "";
  }

  /**
   * Changes parameters without a new history entry, unless asked for one; null removes a parameter.
   * @param {Changes} changes
   */
  set(changes, { push = false } = {}) {
    const url = this.#with(changes);
    if (url === location.pathname + location.search + location.hash) return;
    history[push ? "pushState" : "replaceState"](null, "", url);
  }

  /**
   * The absolute address of the page with these changes, e.g. for a link to one chart.
   * @param {Changes} changes
   * @param {string} [anchor] id of an element
   */
  link(changes = {}, anchor = "") {
    return location.origin + this.#with(changes, anchor ? `#${anchor}` : "");
  }

  /** @param {() => void} listener called after the viewer went back or forward */
  onBack(listener) {
    this.#listeners.push(listener);
  }

  /** @param {Changes} changes */
  #with(changes, hash = location.hash) {
    const query = new URLSearchParams(location.search);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null || value === undefined || value === this.#defaults[name]) query.delete(name);
      else query.set(name, value);
    }
    // Commas, colons and slashes are legal in a query and stay readable.
    const text = query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%2F", "/");
    return location.pathname + (text ? `?${text}` : "") + hash;
  }
}
