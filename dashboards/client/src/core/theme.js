// Light and dark: the system's choice until the viewer makes another. The night is a dark of red alone, for eyes that
// must see in the dark afterwards.

const KEY = "sensing.theme";
const NIGHT = "sensing.night";
const dark = matchMedia("(prefers-color-scheme: dark)");
const root = document.documentElement;
/** @type {Set<() => void>} */
const listeners = new Set();
let chosen = hasStored();

function hasStored() {
  try {
    return ["light", "dark"].includes(localStorage.getItem(KEY) ?? "");
  } catch {
    return false; // storage may be forbidden; then the system's choice holds
  }
}

/** @param {"light"|"dark"} theme */
function set(theme) {
  root.dataset.theme = theme;
  listeners.forEach((listener) => listener());
}

export function isDark() {
  return root.dataset.theme === "dark";
}

export function isNight() {
  return root.dataset.night !== undefined;
}

/** Into the night, or back to the theme before it. */
export function toggleNight() {
  setNight(!isNight());
  set(isNight() ? "dark" : theme());
}

/** @param {boolean} isOn */
function setNight(isOn) {
  if (isOn) root.dataset.night = "";
  else delete root.dataset.night;
  try {
    if (isOn) localStorage.setItem(NIGHT, "on");
    else localStorage.removeItem(NIGHT);
  } catch {
    // Kept for this page only.
  }
}

/**
 * The theme without the night.
 * @returns {"light"|"dark"}
 */
function theme() {
  try {
    const stored = localStorage.getItem(KEY);
    if (stored === "light" || stored === "dark") return stored;
  } catch {
    // Then the system's choice holds.
  }
  return dark.matches ? "dark" : "light";
}

/**
 * Calls back after each change of theme.
 * @param {() => void} listener
 */
export function onTheme(listener) {
  listeners.add(listener);
}

export function toggleTheme() {
  chosen = true;
  const next = isDark() ? "light" : "dark";
  if (isNight()) setNight(false);
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Kept for this page only.
  }
  set(next);
}

/** Follows the system from now on, until the viewer chooses; early.js has set the theme before the first paint. */
export function startTheme() {
  dark.addEventListener("change", () => !chosen && !isNight() && set(dark.matches ? "dark" : "light"));
}

/**
 * A colour of the style sheet, for canvases: token("line") → the value of --line.
 * @param {string} name
 */
export function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** The font of text in canvases; larger on a wall screen, as the style sheet says. */
export function chartFont(size = Number(token("chart-size")) || 12, weight = 400) {
  return `${weight} ${size}px ${token("font")}`;
}
