// Weather: what a station measures. The rest is loaded when the page is opened; the overview only needs the card.
import { GUST, READING } from "./types.js";

export { overviewCard } from "./card.js";

export const title = "Weather";
export const key = "6";
export const eventTypes = [READING, GUST];

/** @type {import("@sensing/client/core/pagemodule.js").PageModule["mount"]} */
export async function mount(frame) {
  const { mountWeather } = await import("./weather.js");
  mountWeather(frame);
}
