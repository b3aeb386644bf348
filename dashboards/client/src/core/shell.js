// What every page has: state of the connection, clock, theme, help with its keyboard shortcuts.
import { byId, el, fill, icon } from "./dom.js";
import { localFull, localSecond, span, utc } from "./format.js";
import { isDark, onTheme, startTheme, toggleTheme } from "./theme.js";

const SHORTCUTS_OFF = "sensing.shortcuts.off";

/** Wires the elements of shell.html. */
export class Shell {
  /** @type {Map<string, {text: string, run: () => void}>} */
  #keys = new Map();
  /** @type {string[]} */
  #help = [];

  /** @param {import("./live.js").LiveFeed} feed */
  constructor(feed) {
    startTheme();
    connection(feed);
    clock();
    theme();
    byId("help-open").addEventListener("click", () => this.#openHelp());
    document.addEventListener("keydown", (event) => this.#pressed(event));
    this.addKey("t", "Light or dark", () => byId("theme").click());
    this.addHelp("In a chart: ← → read values, + − zoom, Home follows now.");
  }

  /**
   * @param {string} key
   * @param {string} text
   * @param {() => void} run
   */
  addKey(key, text, run) {
    if (this.#keys.has(key)) throw new Error(`The key '${key}' is taken: ${this.#keys.get(key)?.text}.`);
    this.#keys.set(key, { text, run });
  }

  /** @param {string} text */
  addHelp(text) {
    this.#help.push(text);
  }

  /** @param {{heading: string, text: string}|null} nothing */
  nothing(nothing) {
    const host = byId("nothing");
    host.hidden = nothing === null;
    if (nothing !== null) fill(host, el("h2", {}, nothing.heading), el("p", {}, nothing.text));
  }

  #openHelp() {
    const dialog = /** @type {HTMLDialogElement} */ (byId("help"));
    const off = el("input", { type: "checkbox", id: "shortcuts-on", checked: !areOff() });
    off.addEventListener("change", () => switchOff(!off.checked));
    const rows = [...[...this.#keys].map(([key, { text }]) => [key, text]), ["?", "This help"]];
    fill(
      dialog,
      el("h2", { id: "help-title" }, "Keyboard"),
      el(
        "dl.keys",
        {},
        ...rows.map(([key, text]) => el("div", {}, el("dt", {}, el("kbd", {}, key)), el("dd", {}, text))),
      ),
      ...this.#help.map((text) => el("p", {}, text)),
      el("label.check", { for: "shortcuts-on" }, off, " Single-key shortcuts"),
      el("form", { method: "dialog" }, el("button.primary", {}, "Close")),
    );
    dialog.showModal();
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    // A dialog just closed keeps the focus until the next frame: it is not typed in.
    const typing =
      event.target instanceof Element &&
      event.target.closest("input:not([type=radio]):not([type=checkbox]), select, textarea, dialog[open]");
    if (areOff() || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const known = this.#keys.get(event.key);
    if (event.key === "?") this.#openHelp();
    else if (known) known.run();
    else return;
    event.preventDefault();
  }
}

/** @param {import("./live.js").LiveFeed} feed */
function connection(feed) {
  const badge = byId("connection");
  /** @type {Record<import("./live.js").FeedState, [string, string]>} */
  const words = { connecting: ["stale", "Connecting"], live: ["online", "Live"], lost: ["offline", "Connection lost"] };
  let said = "";
  const show = () => {
    const [shape, word] = words[feed.state];
    const lostFor = feed.state === "lost" ? ` for ${span((Date.now() - feed.since) / 1000)}` : "";
    badge.className = `badge connection ${feed.state}`;
    document.documentElement.dataset.connection = feed.state;
    if (said !== word + lostFor) fill(badge, icon(shape), el("span", {}, word + lostFor));
    said = word + lostFor;
    badge.title = `${word} since ${localFull(feed.since)} (${utc(feed.since)})`;
    // Only the change is spoken, not each second of it.
    const spoken =
      feed.state === "lost"
        ? "Connection to the server lost. Reconnecting."
        : feed.state === "live"
          ? "Connected."
          : "";
    if (byId("spoken-connection").textContent !== spoken) byId("spoken-connection").textContent = spoken;
  };
  feed.on("state", show);
  setInterval(show, 1000);
  show();
}

function clock() {
  const node = byId("clock");
  const zone =
    new Intl.DateTimeFormat("en-GB", { timeZoneName: "short" })
      .formatToParts(Date.now())
      .find((p) => p.type === "timeZoneName")?.value ?? "";
  const show = () => {
    node.textContent = `${localSecond(Date.now())} ${zone}`;
    node.title = utc(Math.floor(Date.now() / 1000) * 1000);
  };
  setInterval(show, 1000);
  show();
}

function theme() {
  const button = byId("theme");
  const show = () => {
    button.textContent = isDark() ? "Light" : "Dark";
    button.setAttribute("aria-label", isDark() ? "Switch to light colours" : "Switch to dark colours");
  };
  button.addEventListener("click", toggleTheme);
  onTheme(show);
  show();
}

function areOff() {
  try {
    return localStorage.getItem(SHORTCUTS_OFF) === "1";
  } catch {
    return false;
  }
}

/** @param {boolean} isOff */
function switchOff(isOff) {
  try {
    localStorage.setItem(SHORTCUTS_OFF, isOff ? "1" : "0");
  } catch {
    // Then they stay on.
  }
}
