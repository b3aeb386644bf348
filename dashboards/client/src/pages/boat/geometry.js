// Positions about own ship in a plane: within the range of the plot the Earth is flat enough.

const RADIUS = 6371000;
const KNOT = 1852 / 3600;

/** @typedef {{latitude?: number, longitude?: number, speedKn?: number, courseDeg?: number, headingDeg?: number}} Moving */
/** @typedef {{east: number, north: number}} Plane m */

/** @param {number} degrees */
export const radians = (degrees) => (degrees * Math.PI) / 180;

/** @param {Moving} state */
export const isPlaced = (state) => Number.isFinite(state.latitude) && Number.isFinite(state.longitude);

/**
 * Where a place is from a reference, m east and north; right across the antimeridian.
 * @param {{latitude: number, longitude: number}} from
 * @param {{latitude: number, longitude: number}} to
 * @returns {Plane}
 */
export function offset(from, to) {
  const turned = ((((to.longitude - from.longitude + 180) % 360) + 360) % 360) - 180;
  return {
    east: RADIUS * radians(turned) * Math.cos(radians((from.latitude + to.latitude) / 2)),
    north: RADIUS * radians(to.latitude - from.latitude),
  };
}

/**
 * Velocity, m/s; zero where course or speed is unknown.
 * @param {Moving} state
 * @returns {Plane}
 */
export function velocity({ speedKn, courseDeg, headingDeg }) {
  const course = courseDeg ?? headingDeg;
  if (speedKn === undefined || course === undefined || speedKn === 0) return { east: 0, north: 0 };
  const ms = speedKn * KNOT;
  return { east: ms * Math.sin(radians(course)), north: ms * Math.cos(radians(course)) };
}

/**
 * @param {Plane} at
 * @param {Plane} speed m/s
 * @param {number} seconds
 * @returns {Plane}
 */
export const moved = (at, speed, seconds) => ({
  east: at.east + speed.east * seconds,
  north: at.north + speed.north * seconds,
});

/**
 * The closest approach of two that keep straight on.
 * @param {Plane} at target from own ship, m
 * @param {Plane} own m/s
 * @param {Plane} target m/s
 * @returns {{seconds: number, metres: number}|null} null: both keep their distance
 */
export function approach(at, own, target) {
  const [x, y] = [target.east - own.east, target.north - own.north];
  const squared = x * x + y * y;
  if (squared < 0.0025) return null;
  const seconds = -(at.east * x + at.north * y) / squared;
  return { seconds, metres: Math.hypot(at.east + x * seconds, at.north + y * seconds) };
}

/**
 * Where the bow points, °; null where that is unknown: below a knot a course is noise.
 * @param {Moving} state
 */
export function bow({ headingDeg, courseDeg, speedKn }) {
  return headingDeg ?? ((speedKn ?? 0) >= 1 ? (courseDeg ?? null) : null);
}

/**
 * -180 to 180.
 * @param {number} degrees
 */
export const signed = (degrees) => ((((degrees + 180) % 360) + 360) % 360) - 180;

/** Ranges of the plot, miles. */
export const RANGES = [0.5, 1, 2, 4, 8, 16];
