// Building elements without innerHTML: text from events can never become markup.

/**
 * Makes an element.
 * @param {string} tag name, with classes after dots: "span.badge.warn"
 * @param {object} [properties] DOM properties; "on…" are listeners, "data" is a dataset, "aria-…"/"role" are attributes
 * @param {...(Node|string|number|null|undefined|false)} children
 */
export function el(tag, properties = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const node = document.createElement(name);
  if (classes.length) node.className = classes.join(" ");
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "data") Object.assign(node.dataset, value);
    else if (key.includes("-") || key === "role" || key === "for" || key === "colspan" || key === "scope") node.setAttribute(key, value);
    else node[key] = value;
  }
  node.append(...children.filter((c) => c !== null && c !== undefined && c !== false));
  return node;
}

/** Replaces what is in a node. */
export function fill(node, ...children) {
  node.replaceChildren(...children.filter((c) => c !== null && c !== undefined && c !== false));
}

/** The element with this id; a page without it is a mistake in the page. */
export function byId(id) {
  const node = document.getElementById(id);
  if (!node) throw new Error(`The page has no element #${id}.`);
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

/** An icon from the page's own set, hidden from screen readers: the text beside it says the same. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

// Filled shapes that differ without colour: circle, square, triangle, ring, lozenge; two vehicles; arrows; tools.
const PATHS = {
  online: "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2z",
  stopped: "M3 3h10v10H3z",
  offline: "M8 1.5 15 14H1z",
  stale: "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zm0 2.2a3.8 3.8 0 1 0 0 7.6 3.8 3.8 0 0 0 0-7.6z",
  unknown: "M8 1l7 7-7 7-7-7z",
  info: "M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1zM7 7v5h2V7zm0-3v2h2V4z",
  warning: "M8 1.5 15.2 14H.8zM7.1 6v4h1.8V6zm0 5v1.8h1.8V11z",
  error: "M5 1h6l4 4v6l-4 4H5l-4-4V5zm2 3v5h2V4zm0 6.2V12h2v-1.8z",
  ok: "M6.4 12.6 1.8 8l1.6-1.6 3 3 6.2-6.2 1.6 1.6z",
  up: "M8 2 14 9h-4v5H6V9H2z",
  down: "M8 14 2 7h4V2h4v5h4z",
  small: "M2 8l1.6-3.6h7.2L13 8l1.6.6V11H13a1.6 1.6 0 0 1-3.2 0H6.2A1.6 1.6 0 0 1 3 11H1.4V8.6zm2-.2h6.9l-1.3-2.2H4.9z",
  large: "M1 3.5h9v7H6.4a1.7 1.7 0 0 0-3.3 0H1zm10 2.2h2.2L15 8v2.5h-.7a1.7 1.7 0 0 0-3.3 0zM4.7 9.8a1.3 1.3 0 1 1 0 2.6 1.3 1.3 0 0 1 0-2.6zm7.9 0a1.3 1.3 0 1 1 0 2.6 1.3 1.3 0 0 1 0-2.6z",
  rail: "M4 1.5h8A1.5 1.5 0 0 1 13.5 3v7.5A1.5 1.5 0 0 1 12 12l1.5 2h-2l-1-1.3h-5L4.5 14h-2L4 12a1.5 1.5 0 0 1-1.5-1.5V3A1.5 1.5 0 0 1 4 1.5zM4.5 4v3.5h7V4zM5 9v1.5h1.5V9zm4.5 0v1.5H11V9z",
  csv: "M3 1h7l3 3v11H3zm1.5 6v1.2h7V7zm0 2.6v1.2h7V9.6zm0 2.6v1h7v-1zM9 2.5V5h2.5z",
  image: "M1.5 2.5h13v11h-13zM3 4v6.2l3-3 3 3 2-2 2 2V4zm7.2.9a1.3 1.3 0 1 1 0 2.6 1.3 1.3 0 0 1 0-2.6z",
  link: "M6.3 9.7a3 3 0 0 1 0-4.2L8.5 3.200a3 3 0 0 1 4.3 4.300L11.400 9l-1.100-1.100 1.400-1.500a1.500 1.500 0 0 0-2.100-2.100L7.400 6.600a1.500 1.500 0 0 0 0 2.100zm3.400-3.400a3 3 0 0 1 0 4.200l-2.200 2.300a3 3 0 0 1-4.300-4.300L4.600 7l1.100 1.100-1.400 1.500a1.500 1.500 0 0 0 2.100 2.100l2.200-2.300a1.500 1.500 0 0 0 0-2.100z",
  table: "M1.500 2.500h13v11h-13zM3 6.500v2h4v-2zm5.500 0v2H13v-2zM3 10v2h4v-2zm5.500 0v2H13v-2z",
};
