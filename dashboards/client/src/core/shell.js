// What every page has: state of the connection, clock, theme, help with its keyboard shortcuts.
import { byId, el, fill, icon } from "./dom.js";
import { localFull, localSecond, span, utc } from "./format.js";
import { isDark, onTheme, startTheme, toggleTheme } from "./theme.js";

const SHORTCUTS_OFF = "sensing.shortcuts.off";

/**
 * Wires the page's header.
 * @param {import("./live.js").LiveFeed} feed
 * @param {Record<string, {text: string, run: () => void}>} shortcuts the page's own keys
 */
export function startShell(feed, shortcuts = {}) {
  startTheme();
  connection(feed);
  clock();
  theme();
  help({
    1: { text: "Overview", run: () => (location.href = "/") },
    2: { text: "Fibre", run: () => (location.href = "/fibre") },
    t: { text: "Light or dark", run: () => byId("theme").click() },
    ...shortcuts,
  });
}

function connection(feed) {
  const badge = byId("connection");
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
    const spoken = feed.state === "lost" ? "Connection to the server lost. Trying to connect again." : feed.state === "live" ? "Connected." : "";
    if (byId("spoken-connection").textContent !== spoken) byId("spoken-connection").textContent = spoken;
  };
  feed.addEventListener("state", show);
  setInterval(show, 1000);
  show();
}

function clock() {
  const node = byId("clock");
  const zone = new Intl.DateTimeFormat("en-GB", { timeZoneName: "short" }).formatToParts(Date.now()).find((p) => p.type === "timeZoneName").value;
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

function help(shortcuts) {
  const dialog = byId("help");
  const off = el("input", { type: "checkbox", id: "shortcuts-on", checked: !stored() });
  off.addEventListener("change", () => store(!off.checked));
  const rows = [...Object.entries(shortcuts).map(([key, { text }]) => [key, text]), ["?", "This help"]];
  fill(dialog,
    el("h2", { id: "help-title" }, "Keyboard"),
    el("dl.keys", {}, ...rows.map(([key, text]) => el("div", {}, el("dt", {}, el("kbd", {}, key === " " ? "Space" : key)), el("dd", {}, text)))),
    el("p", {}, "In a chart: ← → read values, + − zoom, Home follows now. In the waterfall: ← → ↑ ↓ move, + − zoom time, Page Up and Page Down zoom distance, Home follows now. With a mouse: drag moves, Ctrl + wheel zooms time, Shift + wheel zooms distance, double click follows now."),
    el("label.check", { for: "shortcuts-on" }, off, " Single-key shortcuts"),
    el("form", { method: "dialog" }, el("button.primary", {}, "Close")));
  byId("help-open").addEventListener("click", () => dialog.showModal());
  document.addEventListener("keydown", (event) => {
    // A dialog just closed keeps the focus until the next frame: it is not typed in.
    const typing = event.target.closest?.("input:not([type=radio]):not([type=checkbox]), select, textarea, dialog[open]");
    if (stored() || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "?") dialog.showModal();
    else if (Object.hasOwn(shortcuts, event.key)) shortcuts[event.key].run();
    else return;
    event.preventDefault();
  });
}

function stored() {
  try {
    return localStorage.getItem(SHORTCUTS_OFF) === "1";
  } catch {
    return false;
  }
}

function store(isOff) {
  try {
    localStorage.setItem(SHORTCUTS_OFF, isOff ? "1" : "0");
  } catch {
    // Then they stay on.
  }
}
