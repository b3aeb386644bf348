// Light and dark: the system's choice until the viewer makes another.

const KEY = "sensing.theme";
const dark = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set();

function chosen() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // storage may be forbidden; then the system's choice holds
  }
}

export function isDark() {
  const choice = document.documentElement.dataset.theme;
  return choice ? choice === "dark" : dark.matches;
}

/** Calls back after each change of theme. */
export function onTheme(listener) {
  listeners.add(listener);
}

export function toggleTheme() {
  const next = isDark() ? "light" : "dark";
  document.documentElement.dataset.theme = next;
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Kept for this page only.
  }
  listeners.forEach((listener) => listener());
}

/** Applies the stored choice; called before the first paint of anything coloured. */
export function startTheme() {
  const choice = chosen();
  if (choice === "light" || choice === "dark") document.documentElement.dataset.theme = choice;
  dark.addEventListener("change", () => !document.documentElement.dataset.theme && listeners.forEach((listener) => listener()));
}

/** A colour of the style sheet, for canvases: token("line") → the value of --line. */
export function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** The font of text in canvases; larger on a wall screen, as the style sheet says. */
export function chartFont(size = Number(token("chart-size")) || 12, weight = 400) {
  return `${weight} ${size}px ${token("font")}`;
}
