// Boat: the watch on a vessel's bridge. The rest is loaded when the page is opened; the overview only needs the card.
import { TYPES } from "./types.js";

export { overviewCard } from "./card.js";

export const title = "Boat";
export const key = "4";
export const eventTypes = TYPES;

/** @type {import("@sensing/client/core/pagemodule.js").PageModule["mount"]} */
export async function mount(frame) {
  const { mountBoat } = await import("./boat.js");
  mountBoat(frame);
}
