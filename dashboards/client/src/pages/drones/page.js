// Drones: how each edge serves the tasks of its drones, and what these find. The rest is loaded when the page is
// opened; the overview only needs the card.
import { TYPES } from "./types.js";

export { overviewCard } from "./card.js";

export const title = "Drones";
export const key = "5";
export const eventTypes = TYPES;

/** @type {import("@sensing/client/core/pagemodule.js").PageModule["mount"]} */
export async function mount(frame) {
  const { mountDrones } = await import("./drones.js");
  mountDrones(frame);
}
