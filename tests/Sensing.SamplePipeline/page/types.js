// Event types of the weather pipeline and their payloads.

export const READING = "sensing.weather.reading.v1";
export const GUST = "sensing.weather.gust.v1";

/**
 * Payload of sensing.weather.reading.v1: a period that ends at the event's time.
 * @typedef {object} Reading
 * @property {number} temperatureC
 * @property {number} windMs
 * @property {number} strongestWindMs
 * @property {number} readings
 */

/**
 * Payload of sensing.weather.gust.v1; the event's time is the gust's end.
 * @typedef {object} Gust
 * @property {number} peakMs
 * @property {number} meanWindMs
 * @property {number} durationSeconds
 * @property {number|null} [outlookMs] absent where there is no model or it failed
 */

/** @typedef {import("@sensing/client/core/api.js").SensingEvent<Reading>} ReadingEvent */
/** @typedef {import("@sensing/client/core/api.js").SensingEvent<Gust>} GustEvent */
