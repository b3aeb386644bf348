// Fibre: what a fibre along a road sees. The rest is loaded when the page is opened; the overview only needs the card.
import { FLOW, PROFILE, VEHICLE, WATERFALL } from "./types.js";

export { overviewCard } from "./card.js";

export const title = "Fibre";
export const key = "2";
export const eventTypes = [VEHICLE, FLOW, PROFILE, WATERFALL];

/** @type {import("@sensing/client/core/pagemodule.js").PageModule["mount"]} */
export async function mount(frame) {
  const { mountFibre } = await import("./fibre.js");
  mountFibre(frame);
}
