// The view as URL parameters: a link reopens a page as it is. Values that equal the default are left out.

export class UrlState {
  #defaults;
  #listeners = [];

  /** @param {Record<string, string>} defaults every parameter the page knows, with its default */
  constructor(defaults) {
    this.#defaults = defaults;
    addEventListener("popstate", () => this.#listeners.forEach((listener) => listener()));
  }

  get(name) {
    return new URLSearchParams(location.search).get(name) ?? this.#defaults[name];
  }

  /** Changes parameters without a new history entry, unless asked for one. */
  set(changes, { push = false } = {}) {
    const url = this.#with(changes);
    if (url === location.pathname + location.search + location.hash) return;
    history[push ? "pushState" : "replaceState"](null, "", url);
  }

  /** The absolute address of the page with these changes, e.g. for a link to one chart. */
  link(changes = {}, anchor = "") {
    return location.origin + this.#with(changes, anchor ? `#${anchor}` : "");
  }

  onBack(listener) {
    this.#listeners.push(listener);
  }

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
