// Shapes of vehicles, seen from the side.
import { shape } from "@sensing/client/core/dom.js";

/** @type {Record<string, string>} */
const PATHS = {
  small: "M2 8l1.6-3.6h7.2L13 8l1.6.6V11H13a1.6 1.6 0 0 1-3.2 0H6.2A1.6 1.6 0 0 1 3 11H1.4V8.6zm2-.2h6.9l-1.3-2.2H4.9z",
  large:
    "M1 3.5h9v7H6.4a1.7 1.7 0 0 0-3.3 0H1zm10 2.2h2.2L15 8v2.5h-.7a1.7 1.7 0 0 0-3.3 0zM4.7 9.8a1.3 1.3 0 1 1 0 2.6 1.3 1.3 0 0 1 0-2.6zm7.9 0a1.3 1.3 0 1 1 0 2.6 1.3 1.3 0 0 1 0-2.6z",
  rail: "M4 1.5h8A1.5 1.5 0 0 1 13.5 3v7.5A1.5 1.5 0 0 1 12 12l1.5 2h-2l-1-1.3h-5L4.5 14h-2L4 12a1.5 1.5 0 0 1-1.5-1.5V3A1.5 1.5 0 0 1 4 1.5zM4.5 4v3.5h7V4zM5 9v1.5h1.5V9zm4.5 0v1.5H11V9z",
};

/**
 * The icon of a class of vehicles; of a class that is not known, the one of cars.
 * @param {string} name
 */
export function vehicleIcon(name) {
  return shape(PATHS[name] ?? PATHS.small, name);
}
