// What was found, drawn over a picture: boxes, tags and skeletons in the camera's pixels.
import { el } from "@sensing/client/core/dom.js";
import { personTag } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";

/** Key points that are less sure are not drawn. */
const LEAST_SCORE = 0.3;
const KEY_POINTS = 17;

/** Bones between key points of COCO: arms, trunk and legs. The head is blurred and has none. */
const BONES = [
  [5, 6],
  [5, 7],
  [7, 9],
  [6, 8],
  [8, 10],
  [5, 11],
  [6, 12],
  [11, 12],
  [11, 13],
  [13, 15],
  [12, 14],
  [14, 16],
];

/** @typedef {import("./types.js").Person} Person */
/** @typedef {import("./types.js").Result} Result */

/**
 * @param {Person} person
 * @returns {[number, number, number, number][]} x and y of both ends
 */
export function bonesOf({ pose }) {
  if (!pose || pose.length < 3 * KEY_POINTS) return [];
  const isSure = (/** @type {number} */ i) => pose[3 * i + 2] >= LEAST_SCORE;
  return BONES.filter(([a, b]) => isSure(a) && isSure(b)).map(([a, b]) => [
    pose[3 * a],
    pose[3 * a + 1],
    pose[3 * b],
    pose[3 * b + 1],
  ]);
}

/** The look of a person's box: with a vest, without one, or not asked. @param {Person} person */
export const lookOf = ({ vest }) => (vest === true ? "vest" : vest === false ? "bare" : "unasked");

/**
 * Boxes, skeletons and tags over an image that fills the same host.
 * @param {Result} result
 */
export function overlay({ width, height, persons }) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("aria-hidden", "true");
  for (const person of persons) {
    const look = lookOf(person);
    const { left, top, right, bottom } = person;
    // Under each line a dark one, so that it is seen on any ground.
    for (const edge of ["under", look]) {
      svg.append(
        shape("rect", { class: `box ${edge}`, x: left, y: top, width: right - left, height: bottom - top, rx: 2 }),
        ...bonesOf(person).map(([x1, y1, x2, y2]) => shape("line", { class: `bone ${edge}`, x1, y1, x2, y2 })),
      );
    }
  }
  const tags = persons.map((person, i) => {
    const tag = el(`span.tag.${lookOf(person)}`, {}, personTag(person, i));
    // Within the picture: from the box's left edge, or from its right one near the picture's.
    if (person.left < width * 0.6) tag.style.left = `${(Math.max(0, person.left) / width) * 100}%`;
    else tag.style.right = `${(1 - Math.min(width, person.right) / width) * 100}%`;
    tag.style.top = `${(Math.max(0, person.top) / height) * 100}%`;
    // At the upper edge there is no room above the box.
    tag.classList.toggle("inside", person.top < height * 0.08);
    return tag;
  });
  return el("span.overlay", { "aria-hidden": "true" }, svg, ...tags);
}

/**
 * @param {string} name
 * @param {Record<string, string|number>} attributes
 */
function shape(name, attributes) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  return node;
}
