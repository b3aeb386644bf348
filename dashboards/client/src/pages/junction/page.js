// Junction: what cameras see of a junction's approaches, and what its signals do. The rest is loaded when the page is
// opened; the overview only needs the card.
import { TYPES } from "./types.js";

export { overviewCard } from "./card.js";

export const title = "Junction";
export const key = "3";
export const eventTypes = TYPES;

/** @type {import("@sensing/client/core/pagemodule.js").PageModule["mount"]} */
export async function mount(frame) {
  const { mountJunction } = await import("./junction.js");
  mountJunction(frame);
}
