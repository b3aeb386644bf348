// Building elements without innerHTML: text from events can never become markup.

/** @typedef {Node|string|null|undefined|false} Child nothing is drawn for null, undefined and false */

/**
 * The element that a tag with classes makes: "span.badge" → HTMLSpanElement.
 * @template {string} Tag
 * @typedef {Tag extends `${infer Name}.${string}` ? NamedElement<Name> : NamedElement<Tag>} TagElement
 */

/**
 * @template {string} Name
 * @typedef {Name extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[Name] : HTMLElement} NamedElement
 */

/**
 * DOM properties by name; "on…" are listeners, "data" is a dataset; "aria-…", "role", "for", "colspan" and "scope" are
 * attributes.
 * @typedef {Record<string, unknown>} Properties
 */

const ATTRIBUTES = ["role", "for", "colspan", "scope"];

/**
 * Makes an element.
 * @template {string} Tag
 * @param {Tag} tag name, with classes after dots: "span.badge.warn"
 * @param {Properties} [properties]
 * @param {...Child} children
 * @returns {TagElement<Tag>}
 */
export function el(tag, properties = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const node = document.createElement(name);
  if (classes.length) node.className = classes.join(" ");
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), /** @type {EventListener} */ (value));
    else if (key === "data") Object.assign(node.dataset, value);
    else if (key.includes("-") || ATTRIBUTES.includes(key)) node.setAttribute(key, String(value));
    else Object.assign(node, { [key]: value });
  }
  node.append(...shown(children));
  return /** @type {TagElement<Tag>} */ (node);
}

/**
 * Replaces what is in a node.
 * @param {Element} node
 * @param {...Child} children
 */
export function fill(node, ...children) {
  node.replaceChildren(...shown(children));
}

/** @param {Child[]} children */
function shown(children) {
  return children.filter((c) => c !== null && c !== undefined && c !== false);
}

/**
 * The element with this id; a page without it is a mistake in the page.
 * @param {string} id
 */
export function byId(id) {
  const node = document.getElementById(id);
  if (!node) throw new Error(`The page has no element #${id}.`);
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

/**
 * An icon from the shared set, hidden from screen readers: the text beside it says the same.
 * @param {string} name
 */
export function icon(name) {
  return shape(PATHS[name], name);
}

/**
 * An icon of a page's own.
 * @param {string} path the d of an SVG path, filled, within 16 × 16
 * @param {string} name for the style sheet: class "icon-NAME"
 */
export function shape(path, name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const drawn = document.createElementNS(SVG, "path");
  drawn.setAttribute("d", path);
  svg.append(drawn);
  return svg;
}

// Filled shapes that differ without colour: circle, square, triangle, ring, lozenge; arrows; tools.
/** @type {Record<string, string>} */
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
  csv: "M3 1h7l3 3v11H3zm1.5 6v1.2h7V7zm0 2.6v1.2h7V9.6zm0 2.6v1h7v-1zM9 2.5V5h2.5z",
  image: "M1.5 2.5h13v11h-13zM3 4v6.2l3-3 3 3 2-2 2 2V4zm7.2.9a1.3 1.3 0 1 1 0 2.6 1.3 1.3 0 0 1 0-2.6z",
  link: "M6.3 9.7a3 3 0 0 1 0-4.2L8.5 3.200a3 3 0 0 1 4.3 4.300L11.400 9l-1.100-1.100 1.400-1.500a1.500 1.500 0 0 0-2.100-2.100L7.400 6.600a1.500 1.500 0 0 0 0 2.100zm3.400-3.400a3 3 0 0 1 0 4.200l-2.200 2.300a3 3 0 0 1-4.300-4.300L4.600 7l1.100 1.100-1.400 1.500a1.500 1.500 0 0 0 2.100 2.100l2.200-2.300a1.500 1.500 0 0 0 0-2.100z",
  table: "M1.500 2.500h13v11h-13zM3 6.500v2h4v-2zm5.500 0v2H13v-2zM3 10v2h4v-2zm5.500 0v2H13v-2z",
};
